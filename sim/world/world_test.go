package world

import (
	"context"
	"math"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// jump is a load that changes from one rate to another at an instant.
type jump struct {
	at            des.Time
	before, after float64
}

func (j jump) Integral(from, to des.Time) float64 {
	early := min(to, j.at) - min(from, j.at)
	return (j.before*float64(early) + j.after*float64(to-from-early)) / float64(des.Second)
}
func (j jump) Stretch(t des.Time) (from, to des.Time) {
	if t < j.at {
		return -des.Never, j.at
	}
	return j.at, des.Never
}
func (jump) Flat() bool { return true }

func seconds64(v float64) workload.Dist {
	d, err := workload.NewConstant(v)
	if err != nil {
		panic(err)
	}
	return d
}

// t0 is when the load of the timelines changes.
const t0 = des.Time(10 * des.Minute)

// s is an instant so many seconds after t0.
func s(v float64) des.Time { return t0.Add(des.Seconds(v)) }

// timeline is the group of the integration timelines TV-71 to TV-77: m5.large
// tracking 50 %, detailed monitoring, warm-up 120 s, publication delay 60 s,
// reconcile delay 10 s, 20 s to running, 20 s to boot, probes every 30 s; 10 ms of
// CPU a request, so that n instances show rate / (2 n) percent.
//
// An eighth of the requests come, and each costs eight times as much: everything that
// is measured in shares, seconds and instances is the same, in an eighth of the time.
// What counts requests, bytes or response times takes [dense].
func timeline(before, after float64, start int) *record.Config {
	return thinned(8, before, after, start)
}

// dense is the timeline with every request.
func dense(before, after float64, start int) *record.Config { return thinned(1, before, after, start) }

func thinned(times, before, after float64, start int) *record.Config {
	m5, _ := ec2.Lookup("m5.large")
	return &record.Config{
		Title: "timeline", Duration: 40 * des.Minute, NeededUnasked: true,
		SLO:      record.SLO{Latency: des.Second, Good: 0.99, BreachedMinutes: 0.01},
		Loads:    []workload.Load{{Name: "load", Curve: jump{t0, before / times, after / times}, Arrivals: workload.Arrivals{Kind: workload.Regular}}},
		Classes:  []serving.Class{{Name: "request", CPU: seconds64(0.010 * times), Retry: serving.Retry{Attempts: 1}}},
		Template: ec2.Template{Model: ec2.Model{Type: m5, Speed: 1, Workers: serving.Unlimited, Price: m5.Price}, Queue: serving.Unlimited, Pending: seconds64(20), Boot: seconds64(20), Detailed: true},
		Balancer: elb.Config{
			CrossZone: true, DeregistrationDelay: 300 * des.Second, IdleTimeout: 60 * des.Second, ConnectTimeout: 10 * des.Second,
			Check: elb.HealthCheck{Interval: 30 * des.Second, Timeout: 5 * des.Second, HealthyThreshold: 5, UnhealthyThreshold: 2, Work: 0.001},
		},
		Group: asg.Config{
			Name: "web", Min: 2, Max: 20, Desired: start, Zones: []string{"a", "b"}, Warmup: 120 * des.Second, Cooldown: 300 * des.Second,
			Reconcile: seconds64(10), HealthPeriod: des.Minute, ImpairedWait: 300 * des.Second, ShuttingDown: seconds64(30), AllBad: 1,
		},
		Policies: []scaling.Policy{&scaling.TargetTracking{
			Name: "cpu", Target: 50, Warmup: scaling.Unset, LowRatio: 0.7, AlarmPeriod: des.Minute, HighPeriods: 3, LowPeriods: 15, Repeat: scaling.Unset,
		}},
		Watch: cloudwatch.Config{DetailedDelay: des.Minute, BasicDelay: 2 * des.Minute, BalancerDelay: des.Minute},
		Bill:  billing.Config{BalancerHour: billing.Dollars(0.0225), LCUHour: billing.Dollars(0.008), RequestsPerConnection: 10},
	}
}

func run(t *testing.T, cfg *record.Config) *account.Result {
	t.Helper()
	r, err := Run(context.Background(), cfg, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range r.Violations {
		t.Errorf("audit: %s: %s", v.Law, v.Detail)
	}
	return r
}

// changeOf is a change of the desired capacity.
type changeOf struct {
	At des.Time
	To int
}

// changesOfDesired lists when desired became what.
func changesOfDesired(r *account.Result) (out []changeOf) {
	for i := 1; i < len(r.Capacity); i++ {
		if r.Capacity[i].Desired != r.Capacity[i-1].Desired {
			out = append(out, changeOf{r.Capacity[i].At, r.Capacity[i].Desired})
		}
	}
	return out
}

// TV-71: load doubles from 40 % to 80 % of four instances at 0. Three minutes of
// it are known at 240; need is ceil(4 x 80 / 50) = 7.
func TestTV71ScaleOut(t *testing.T) {
	r := run(t, timeline(320, 640, 4))
	got := changesOfDesired(r)
	if len(got) != 1 || got[0].At != s(240) || got[0].To != 7 {
		t.Fatalf("desired changed %v, want once, to 7 at %v", got, s(240))
	}
	for _, i := range r.Instances[4:] {
		if i.Launched != s(250) || i.Running != s(270) || i.Registered != s(270) {
			t.Errorf("instance %d: launched %v, running %v, in service %v; want 250, 270, 270 s after the change", i.Ordinal, i.Launched, i.Running, i.Registered)
		}
		if i.FirstGood < s(290) || i.FirstGood > s(320) {
			t.Errorf("instance %d: first good probe at %v, want 290 to 320 s after the change", i.Ordinal, i.FirstGood)
		}
		for _, c := range i.Changes {
			if c.State == record.Ready && c.At != s(390) {
				t.Errorf("instance %d: warm at %v, want 390 s after the change", i.Ordinal, c.At)
			}
		}
	}
	// The repeats at 300 and 360 still see four warm instances and need 7: no change.
	for _, d := range r.Decisions {
		if (d.At == s(300) || d.At == s(360)) && (d.Alarm != "AlarmHigh in ALARM" || d.Result != 7) {
			t.Errorf("at %v: %+v, want AlarmHigh in ALARM and no change", d.At, d)
		}
	}
	// TV-77: three m5.large billed from 270 on.
	want := int64((r.Config.Duration - des.Duration(s(270))) / des.Second)
	for _, i := range r.Instances[4:] {
		if i.BilledS != want {
			t.Errorf("instance %d billed %d s, want %d", i.Ordinal, i.BilledS, want)
		}
	}
}

// TV-72: the load ends at 0; the fifteenth point under 35 % is known at 960.
func TestTV72ScaleIn(t *testing.T) {
	r := run(t, timeline(320, 0, 4))
	got := changesOfDesired(r)
	if len(got) != 2 || got[0].At != s(960) || got[0].To != 3 || got[1].At != s(1020) || got[1].To != 2 {
		t.Fatalf("desired changed %v, want to 3 at %v and to 2 at %v", got, s(960), s(1020))
	}
	for _, d := range r.Decisions {
		if d.At == s(1080) && d.Block != scaling.BlockMin {
			t.Errorf("at 1080 s: %+v, want blocked by min_size", d)
		}
	}
}

// A group in the steady state of its policy does not move under a steady load.
func TestStartsSettled(t *testing.T) {
	cfg := timeline(640, 640, asg.Settled)
	r := run(t, cfg)
	if len(r.Activities) != 0 || r.Capacity[0].Desired != 7 {
		t.Errorf("began with %d and %d activities, want 7 and none", r.Capacity[0].Desired, len(r.Activities))
	}
	if got := r.Summary.CPU.Mean; math.Abs(got-640.0/1400) > 0.005 {
		t.Errorf("mean CPU %.4f, want %.4f", got, 640.0/1400)
	}
	if zones := map[string]int{}; true {
		for _, i := range r.Instances {
			zones[i.Zone]++
		}
		if zones["a"]-zones["b"] != 1 {
			t.Errorf("zones %v, want 4 and 3", zones)
		}
	}
}

// Starting cold, the first instances launch at 0 and traffic finds nobody before.
func TestStartsCold(t *testing.T) {
	cfg := dense(100, 100, asg.Settled)
	cfg.Group.Cold = true
	r := run(t, cfg)
	if i := r.Instances[0]; i.Launched != 0 || i.Running != des.Time(20*des.Second) {
		t.Errorf("first instance launched %v, running %v", i.Launched, i.Running)
	}
	if n := r.Summary.Requests.FailedBy["no_target"]; n < 1900 || n > 2100 {
		t.Errorf("%d requests found no target, want about 100/s x 20 s", n)
	}
}

func exponential(mean float64) workload.Dist {
	d, err := workload.NewExponential(mean)
	if err != nil {
		panic(err)
	}
	return d
}

// tracking is the target tracking policy of an index among all policies.
func tracking(cfg *record.Config, i int) *scaling.TargetTracking {
	return cfg.Policies[i].(*scaling.TargetTracking)
}
