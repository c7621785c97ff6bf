package chart

import (
	"fmt"
	"math"
	"math/rand/v2"

	"asgsim/report/story"
	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// fixture makes a plausible, self-consistent Result without a run: a fluid group
// that tracks 50 % CPU over a day/night load with a newsletter spike on the
// second day and one hung instance. Same arguments, same Result.
func fixture(days int, seed uint64) *account.Result {
	f := &fluid{rnd: rand.New(rand.NewPCG(seed, 1)), end: des.Time(days) * des.Time(des.Day)}
	f.res = &account.Result{Seed: seed, Interval: des.Minute, Config: fixtureConfig(days)}
	for range 3 {
		f.launch(-des.Time(des.Hour), "initial")
	}
	for _, in := range f.live {
		in.settle()
	}
	f.desired = 3
	for f.now = 0; f.now < f.end; f.now = f.now.Add(10 * des.Second) {
		f.step()
	}
	f.finish()
	return f.res
}

func fixtureConfig(days int) *record.Config {
	c := &record.Config{
		Title: "A web shop over two days",
		Calendar: des.Calendar{Zone: "Europe/Berlin", Start: 1772406000, // 2026-03-02T00:00:00+01:00
			Offsets: []des.Offset{{Seconds: 3600}, {From: des.Time(27*des.Day + 2*des.Hour), Seconds: 7200}}},
		Duration: des.Duration(days) * des.Day,
		SLO:      record.SLO{Latency: 400 * des.Millisecond, Good: 0.995, BreachedMinutes: 0.01},
		Policies: []scaling.Policy{&scaling.TargetTracking{Name: "cpu", Target: 50}},
		Baseline: []record.Baseline{{Name: "always-on", Instances: 20}},
	}
	c.Template = ec2.Template{Model: ec2.Model{Type: ec2.Type{Name: "c7g.large", VCPU: 2}, Price: billing.Dollars(0.0725)}, Detailed: true}
	c.Group = asg.Config{Name: "web", Min: 3, Max: 24, Zones: []string{"a", "b", "c"}, HealthCheckELB: true}
	return c
}

const fixtureCPU = 0.0222 // CPU seconds a request

type fluidInstance struct {
	*record.Instance
	state record.State
	next  des.Time
}

func (in *fluidInstance) settle() {
	in.state, in.next = record.Ready, des.Never
	in.Running, in.Registered, in.FirstGood = in.Launched, in.Launched, in.Launched
	in.Changes = []record.StateChange{{At: 0, State: record.Ready}}
}

type fluid struct {
	res       *account.Result
	rnd       *rand.Rand
	now, end  des.Time
	live      []*fluidInstance
	desired   int
	high, low int
	seconds   float64 // billed
	minute    struct{ offered, bad, cpu float64 }
}

func (f *fluid) rate(t des.Time) float64 {
	l := f.res.Config.Calendar.Local(t)
	x := float64(l.Second) / 86400
	r := 60 + 840*math.Pow((1-math.Cos(2*math.Pi*(x-0.08)))/2, 1.6)
	if l.Weekday == 0 || l.Weekday == 6 {
		r *= 0.55
	}
	at := des.Time(34*des.Hour + 30*des.Minute)
	switch d := t.Sub(at).Seconds() / 60; {
	case d > 0 && d < 2:
		r += 700 * d / 2
	case d >= 2 && d < 12:
		r += 700
	case d >= 12:
		r += 700 * math.Exp(-(d-12)/40)
	}
	return r
}

func (f *fluid) launch(at des.Time, cause string) {
	n := len(f.res.Instances)
	f.res.Instances = append(f.res.Instances, record.Instance{})
	in := &record.Instance{Ordinal: n, ID: fmt.Sprintf("i-%017x", uint64(n+1)*0x9e3779b97f4a7), Zone: f.zone(), Launched: at,
		Running: des.Never, Registered: des.Never, FirstGood: des.Never, Ended: des.Never, Marked: des.Never,
		Changes: []record.StateChange{{At: at, State: record.Pending}}}
	f.live = append(f.live, &fluidInstance{Instance: in, next: at.Add(8 * des.Second)})
	if cause != "initial" {
		f.res.Activities = append(f.res.Activities, asg.Activity{ID: len(f.res.Activities), Launch: true, Instance: n, Zone: in.Zone,
			Description: "Launching a new EC2 instance: " + in.ID, Cause: cause, Start: at, End: at.Add(60 * des.Second), Status: asg.Successful})
	}
}

func (f *fluid) zone() string {
	count := map[string]int{}
	for _, in := range f.live {
		if in.state < record.Draining {
			count[in.Zone]++
		}
	}
	best := "a"
	for _, z := range []string{"b", "c"} {
		if count[z] < count[best] {
			best = z
		}
	}
	return best
}

func (f *fluid) to(in *fluidInstance, s record.State, wait des.Duration) {
	in.state, in.next = s, f.now.Add(wait)
	in.Changes = append(in.Changes, record.StateChange{At: f.now, State: s})
}

func (f *fluid) advance(in *fluidInstance) {
	if f.now < in.next {
		return
	}
	switch in.state {
	case record.Pending:
		in.Running, in.Registered = f.now, f.now
		f.to(in, record.Booting, 35*des.Second+des.Duration(f.rnd.Float64()*40)*des.Second)
	case record.Booting:
		in.FirstGood = f.now
		f.to(in, record.Warming, des.Minute)
	case record.Warming:
		f.to(in, record.Ready, 0)
		in.next = des.Never
	case record.Ready:
		f.to(in, record.Unhealthy, 40*des.Second)
	case record.Unhealthy:
		in.End = asg.End{Kind: asg.EndUnhealthy, By: "health checks failed"}
		f.res.Summary.Capacity.HealthReplacements++
		f.launch(f.now, "an instance was taken out of service in response to an ELB system health check failure.")
		f.to(in, record.Draining, 60*des.Second)
	case record.Draining:
		f.to(in, record.Terminating, 40*des.Second)
	case record.Terminating:
		in.Ended = f.now
		f.to(in, record.Gone, 0)
		in.next = des.Never
	}
}

func (f *fluid) step() {
	if f.now == des.Time(15*des.Hour+40*des.Minute) {
		for _, in := range f.live {
			if in.state == record.Ready {
				in.Struck = "frozen"
				f.res.Faults = append(f.res.Faults, record.Injection{Name: "frozen", Kind: "hang", At: f.now, Ordinal: in.Ordinal, Scripted: true})
				f.res.Summary.Incidents = append(f.res.Summary.Incidents, account.Incident{Fault: "frozen", Kind: "hang", AtS: f.now.Seconds(), Instance: in.ID})
				in.next = f.now.Add(20 * des.Second)
				break
			}
		}
	}
	for i := range len(f.live) {
		f.advance(f.live[i])
	}
	kept := f.live[:0]
	for _, in := range f.live {
		f.res.Instances[in.Ordinal] = *in.Instance
		if in.state != record.Gone {
			kept = append(kept, in)
		}
	}
	f.live = kept
	st, running := f.states()
	f.record(st, running)
	serving := st.Ready + st.Warming
	r := f.rate(f.now)
	cpu := math.Min(1, r*fixtureCPU/2/math.Max(float64(serving), 0.5)*(1+0.02*f.rnd.NormFloat64()))
	f.minute.offered += r * 10
	f.minute.cpu += cpu / 6
	if cpu > 0.97 {
		f.minute.bad += r * 10 * 0.3
	}
	f.seconds += float64(running) * 10
	if int64(f.now)%int64(des.Minute) == int64(50*des.Second) {
		f.endMinute(st, running, r)
	}
}

func (f *fluid) states() (st record.States, running int) {
	for _, in := range f.live {
		switch in.state {
		case record.Pending:
			st.Pending++
			continue
		case record.Booting:
			st.Booting++
		case record.Warming:
			st.Warming++
		case record.Ready:
			st.Ready++
		case record.Unhealthy:
			st.Unhealthy++
		case record.Draining:
			st.Draining++
		case record.Terminating:
			st.Terminating++
			continue
		}
		running++
	}
	return st, running
}

func (f *fluid) record(st record.States, running int) {
	c := record.CapacityChange{At: f.now, States: st, Running: running, Desired: f.desired, MinSize: 3, MaxSize: 24}
	if n := len(f.res.Capacity); n > 0 {
		last := f.res.Capacity[n-1]
		last.At = c.At
		if last == c {
			return
		}
	}
	f.res.Capacity = append(f.res.Capacity, c)
}

func (f *fluid) endMinute(st record.States, running int, r float64) {
	cpu := f.minute.cpu
	p50 := 0.013 + 0.004*cpu + 0.02*math.Pow(cpu, 12)
	row := record.Row{At: f.now.Add(-50 * des.Second), Expected: r, Offered: uint64(f.minute.offered), States: st, Desired: f.desired, Running: running,
		CPU: cpu, Hottest: math.Min(1, cpu*1.06+0.01), Workers: math.NaN(),
		NeededSLO: int(math.Ceil(r * fixtureCPU / 2 / 0.85)), NeededTarget: int(math.Ceil(cpu * float64(st.Ready+st.Warming) / 0.5))}
	noise := func(s float64) float64 { return math.Exp(s * f.rnd.NormFloat64()) }
	row.P50 = p50 * noise(0.02)
	row.P90 = p50 * 3.2 * (1 + 3*math.Pow(cpu, 10)) * noise(0.04)
	row.P99 = p50 * 8.5 * (1 + 6*math.Pow(cpu, 10)) * noise(0.06)
	row.P999 = p50 * 14 * (1 + 7*math.Pow(cpu, 10)) * noise(0.12)
	row.Slow = uint64(f.minute.bad)
	row.Served = row.Offered
	row.Breached = f.minute.bad > 0.05*f.minute.offered
	if row.Breached {
		f.res.Summary.SLO.BreachedMinutes++
	}
	row.CostPerHour = float64(running) * 0.0725
	row.Cost = f.seconds / 3600 * 0.0725
	f.res.Rows = append(f.res.Rows, row)
	sum := &f.res.Summary.Requests
	sum.Offered += row.Offered
	sum.Served += row.Served
	sum.Slow += row.Slow
	f.minute.offered, f.minute.bad, f.minute.cpu = 0, 0, 0
	f.decide(cpu, st)
}

func (f *fluid) decide(cpu float64, st record.States) {
	f.high, f.low = f.high+1, f.low+1
	if cpu <= 0.5 {
		f.high = 0
	}
	if cpu >= 0.35 {
		f.low = 0
	}
	at := f.now.Add(10 * des.Second)
	warm := st.Ready + st.Warming
	switch {
	case f.high >= 3 && st.Pending+st.Booting+st.Warming == 0:
		want := min(24, int(math.Ceil(cpu/0.5*float64(warm))))
		if want > f.desired {
			f.res.Summary.Capacity.ScaleOuts++
		}
		for ; f.desired < want; f.desired++ {
			f.launch(at, "a monitor alarm TargetTracking-web-AlarmHigh in state ALARM triggered policy cpu")
		}
		f.high = 0
	case f.low >= 15 && f.desired > 3:
		n := min(max(1, f.desired/10), f.desired-3)
		f.res.Summary.Capacity.ScaleIns++
		for _, in := range f.live {
			if n > 0 && in.state == record.Ready {
				in.End = asg.End{Kind: asg.EndScaleIn}
				f.to(in, record.Draining, 60*des.Second)
				n--
				f.desired--
			}
		}
		f.low = 8
	}
}

func (f *fluid) finish() {
	ptr := func(v float64) *float64 { return &v }
	res, s := f.res, &f.res.Summary
	s.Requests.Good = s.Requests.Served - s.Requests.Slow
	s.Requests.GoodShare = ptr(float64(s.Requests.Good) / float64(s.Requests.Offered))
	s.Latency = account.Latency{Mean: ptr(0.021), P50: ptr(0.017), P90: ptr(0.055), P95: ptr(0.083), P99: ptr(0.141), P999: ptr(0.302), Max: ptr(3.1)}
	s.SLO.Met = *s.Requests.GoodShare >= 0.995
	s.SLO.LatencyS, s.SLO.Good = 0.4, 0.995
	s.SLO.AllowedMinutes = 0.01 * float64(len(res.Rows))
	s.InstanceHours = f.seconds / 3600
	s.Cost.EC2 = f.seconds / 3600 * 0.0725
	s.Cost.LoadBalancer, s.Cost.Monitoring = 2.31, 1.75
	s.Cost.Total = s.Cost.EC2 + s.Cost.LoadBalancer + s.Cost.Monitoring
	days := res.Config.Duration.Hours() / 24
	s.Cost.PerDay, s.Cost.EC2PerDay = s.Cost.Total/days, s.Cost.EC2/days
	s.Cost.PriceHour, s.Cost.PriceSource = 0.0725, "on demand, us-east-1, Linux, 2026-07-20"
	base := 20 * 0.0725 * 24 * days
	s.Savings = []account.Saving{{Baseline: "always-on", Instances: 20, BaselineUS: base, USD: base - s.Cost.EC2, Share: 1 - s.Cost.EC2/base, Comparable: true}}
	s.Capacity.MinSize, s.Capacity.MaxSize = 3, 24
	s.Capacity.InService.Min = 99
	for _, c := range res.Capacity {
		s.Capacity.InService.Min = min(s.Capacity.InService.Min, c.States.InService())
		s.Capacity.InService.Max = max(s.Capacity.InService.Max, c.States.InService())
	}
	s.Capacity.InService.Mean = s.InstanceHours / (24 * days)
	s.Capacity.Launches = len(res.Instances)
	s.CPU = account.CPUSummary{Mean: 0.44, MaxMinute: 1, Hottest: 1}
	s.Faults = account.FaultSummary{Asked: map[string]int{"hang": 1}, Injected: map[string]int{"hang": 1}, Skipped: map[string]int{}}
	f.moments()
	res.Warnings = []string{"one instance needs 40 s to boot at the median; grace period 120 s covers it"}
	res.Inactive = []record.Inactive{{Rule: "fault hardware", Why: "no instance reached its random age of failure in 607 instance-hours"}}
}

// told are the moments of each fixture.
var told = map[*account.Result][]story.Moment{}

func (f *fluid) moments() {
	add := func(at des.Time, label, text string, v float64) {
		told[f.res] = append(told[f.res], story.Moment{N: len(told[f.res]) + 1, At: at, Label: label, Text: text, Value: v})
	}
	h, m := des.Time(des.Hour), des.Time(des.Minute)
	add(5*h+13*m, "scale out", "CPU 51 % was over 50 % for 3 minutes: desired 3 -> 4", 4)
	add(5*h+14*m, "register", "the new instance answers its first health check after 62 s: traffic starts", 4)
	add(12*h+28*m, "day", "20 instances carry the afternoon", 20)
	add(15*h+40*m, "replace", "one instance hangs: unhealthy after 25 s, deregistered, terminated; a new one serves at 15:43", 19)
	add(18*h+49*m, "scale in", "CPU 34 % was under 35 % for 15 minutes: desired 20 -> 18, each drained first, no request lost", 18)
	if f.end > 30*h {
		add(24*h+4*m, "minimum", "the night needs 2 instances, min_size keeps 3", 3)
		add(34*h+34*m, "maximum", "the newsletter asks for 32, max_size allows 24", 24)
		add(34*h+41*m, "worst", "31 % of the requests of 10:41 were bad: all instances at 100 % CPU", 24)
	}
}
