package control

import (
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// fake is a group and a run around it that do what they are told: instances are in
// service at once, metrics show what value says.
type fake struct {
	kernel             des.Kernel
	now                []des.Time // in service since
	desired, low, high int
	suspended          map[asg.Process]bool
	cooled             []des.Duration
	said               []string // why desired changed
	changes            []change
	schedules          []asg.Changed
	value              func(m cloudwatch.Metric, at des.Time, n int) float64
	pods               func(n int) []scaling.Pod
	offered            uint64
	basic              float64 // what series show every five minutes instead; 0: every minute
	events             []asg.Happened
	left               []asg.Changed // by schedules before the start
}

type change struct {
	at des.Time
	to int
}

func newFake(n, low, high int) *fake {
	f := &fake{low: low, high: high, suspended: map[asg.Process]bool{}}
	f.size(n, -des.Time(des.Hour))
	return f
}

func (f *fake) size(n int, since des.Time) {
	f.desired = n
	for len(f.now) < n {
		f.now = append(f.now, since)
	}
	f.now = f.now[:n]
}

func (f *fake) Desired() int                                   { return f.desired }
func (f *fake) Min() int                                       { return f.low }
func (f *fake) Max() int                                       { return f.high }
func (f *fake) InService() ([]des.Time, int)                   { return append([]des.Time(nil), f.now...), 0 }
func (f *fake) Cooling() (bool, des.Time)                      { return false, 0 }
func (f *fake) Suspended(p asg.Process) bool                   { return f.suspended[p] }
func (f *fake) Overshoot() int                                 { return 0 }
func (f *fake) RaiseMax(n int)                                 { f.high = max(f.high, n) }
func (f *fake) BeginSimple(d des.Duration)                     { f.cooled = append(f.cooled, d) }
func (f *fake) WatchRefresh()                                  {}
func (f *fake) Changed()                                       {}
func (f *fake) Offered() uint64                                { return f.offered }
func (f *fake) Pods(des.Time) []scaling.Pod                    { return f.pods(f.desired) }
func (f *fake) VMs(des.Time) []scaling.VM                      { return nil }
func (f *fake) Window(des.Time, des.Duration) [][]scaling.Used { return nil }

func (f *fake) Gather(_, _, _ des.Duration) scaling.Readings { return f }

func (f *fake) SetDesired(n int, why string) { f.SetDesiredFor(n, why, "", 0) }

func (f *fake) SetDesiredFor(n int, why, _ string, _ des.Duration) {
	f.size(n, f.kernel.Now())
	f.said = append(f.said, why)
	f.changes = append(f.changes, change{f.kernel.Now(), n})
}

// Series publishes a minute's datapoint at its end.
func (f *fake) Series(c scaling.Custom) *cloudwatch.Series {
	every, value := des.Minute, f.value
	if f.basic > 0 {
		every, value = 5*des.Minute, func(cloudwatch.Metric, des.Time, int) float64 { return f.basic }
	}
	s := &cloudwatch.Series{Name: c.Metric.String(), Period: every, All: true}
	var publish func()
	publish = func() {
		now := f.kernel.Now()
		s.PutFor(now.Add(-every), value(c.Metric, now, f.desired), f.desired, f.desired)
		f.kernel.At(now.Add(every), des.Publish, publish)
	}
	f.kernel.At(des.Time(every), des.Publish, publish)
	return s
}

func (f *fake) Inherit(list []asg.Schedule, desired int) (int, []asg.Changed) {
	for _, s := range list {
		if s.Ran < 0 && s.Desired != asg.Keep {
			desired = s.Desired
		}
	}
	return desired, f.left
}

func (f *fake) PlanSchedules(_ []asg.Schedule, _ des.Time, done func(asg.Changed)) {
	for _, c := range f.schedules {
		f.kernel.At(c.At, des.Schedule, func() { done(c) })
	}
}

func (f *fake) PlanEvents(_ []asg.Event, _ des.Time, done func(asg.Happened)) {
	for _, h := range f.events {
		f.kernel.At(h.At, des.Schedule, func() { done(h) })
	}
}

// with makes the metrics show something.
func (f *fake) with(value func(cloudwatch.Metric, des.Time, int) float64) *fake {
	f.value = value
	return f
}

// config is a group of two-vCPU instances under 400 requests a second of 10 ms: 200 % of
// one instance's CPU.
func config(policies ...scaling.Policy) *record.Config {
	work := workload.Exponential{M: 0.010}
	return &record.Config{
		Duration: des.Hour, Policies: policies,
		Loads:    []workload.Load{{Name: "load", Curve: workload.ConstantRate(400)}},
		Classes:  []serving.Class{{CPU: work}},
		Template: ec2.Template{Model: ec2.Model{Type: ec2.Type{Name: "m", VCPU: 2, Price: billing.Dollars(1)}, Speed: 1}, Detailed: true},
		Group:    asg.Config{Name: "web", Desired: asg.Settled, Warmup: 0, Cooldown: 300 * des.Second},
	}
}

// controlled is a controller of the fake.
func (f *fake) controlled(cfg *record.Config) *Controller {
	loads := []*workload.Compiled{workload.Compile(cfg.Loads[0].Curve, des.Time(cfg.Duration))}
	return New(Setup{Config: cfg, Seed: 1, Loads: loads, Kernel: &f.kernel, Group: f, Host: f})
}

// run goes on until an instant, that included.
func (f *fake) run(until des.Time) {
	for f.kernel.Next() <= until {
		f.kernel.Step()
	}
}
