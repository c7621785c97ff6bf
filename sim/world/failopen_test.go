package world

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// All four targets hang at t0. TV-52: each is unhealthy after two probes time out, 35
// to 65 s later. The balancer fails open when the last of them is ("Target group
// health", ALB guide: with no healthy target it routes to all), and goes on so for as
// long as nobody replaces them; with ELB checks, until the first new one is healthy.
func TestFailOpens(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	for _, elbChecks := range []bool{false, true} {
		cfg := zombie(4, fault.Hang{Plan: fault.Plan{Name: "frozen", Whom: fault.Whom{Count: 4}}})
		cfg.Group.HealthCheckELB = elbChecks
		r := run(t, cfg)
		if len(r.FailOpens) == 0 {
			t.Fatal("four hung targets of four, and the balancer did not fail open")
		}
		f := r.FailOpens[0]
		if f.From < s(35) || f.From > s(65) || f.Zone != "" || f.Counts[0].Healthy != 0 || f.Counts[0].Registered != 4 {
			t.Errorf("ELB checks %v: failed open %+v, want 35 to 65 s after %v with none of 4 healthy", elbChecks, f, t0)
		}
		if !elbChecks {
			if len(r.FailOpens) != 1 || f.To != des.Time(cfg.Duration) {
				t.Errorf("without replacement: %+v, want one stretch to the end", r.FailOpens)
			}
			continue
		}
		first := des.Never
		for _, i := range r.Instances[4:] {
			first = min(first, i.FirstGood)
		}
		if f.To != first {
			t.Errorf("with replacement: until %v, want the first good health check of a new one, %v", f.To, first)
		}
		for k := range r.Capacity {
			c := &r.Capacity[k]
			open := c.At >= f.From && c.At < f.To
			if open && c.Routed != c.States.InService() {
				t.Fatalf("at %v it fails open and sends to %d of %d", c.At, c.Routed, c.States.InService())
			}
		}
	}
}

// One zone of two hangs, without cross-zone balancing: its node fails open, the other
// does not. The API's count of 1 for DNS failover takes the zone out of DNS instead:
// then no request is sent there at all.
func TestFailOpenOfAZone(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	t.Parallel()
	for _, failover := range []bool{false, true} {
		cfg := zombie(4, fault.Hang{Plan: fault.Plan{Name: "frozen", Whom: fault.Whom{Count: 4}}})
		cfg.Balancer.CrossZone = false
		if !failover {
			cfg.Balancer.Health.DNSFailover.Count = -1
		}
		r := run(t, cfg)
		zones := map[string]int{}
		for _, f := range r.FailOpens {
			zones[f.Zone]++
		}
		// All hang: with failover both zones leave DNS, so that both stay.
		if zones["a"] != 1 || zones["b"] != 1 || len(r.FailOpens) != 2 {
			t.Errorf("DNS failover %v: %+v, want one stretch a zone", failover, r.FailOpens)
		}
	}
}

// A group's mark is not the balancer's verdict: with ReplaceUnhealthy suspended an
// instance that was found unhealthy once stays marked, recovers and has its requests.
// Ready is what is healthy, as HealthyHostCount has it.
func TestMarkedButServing(t *testing.T) {
	cfg := timeline(115, 115, 5)
	cfg.Policies = nil
	cfg.Group.Min, cfg.Group.Max, cfg.Group.HealthCheckELB = 5, 5, true
	cfg.Group.Warmup = 0
	cfg.Group.Suspended = []asg.Process{asg.ReplaceUnhealthy}
	cfg.Classes[0].CPU = seconds64(0.080)
	cfg.Template.Model.Workers, cfg.Template.Queue = 8, 20
	cfg.Balancer.Check.HealthyThreshold = 2
	cfg.Alarms = []cloudwatch.Definition{{Name: "healthy", Metric: cloudwatch.HealthyHostCount, Period: des.Minute, Evaluate: 1, Datapoints: 1, Threshold: 100}}
	// A hang would last; an overload of five minutes comes and goes.
	cfg.Loads[0].Curve = rush{from: s(0), to: s(300), rate: 115, more: 120}
	r := run(t, cfg)
	healthy := map[des.Time]float64{}
	for _, p := range r.Metrics[0].Points {
		healthy[p.Start.Add(des.Minute)] = p.Value
	}
	marked, served := 0, 0
	for _, row := range r.Rows {
		want, ok := healthy[row.At]
		if !ok {
			continue
		}
		if got := row.States.Ready + row.States.Warming; float64(got) != want {
			t.Errorf("at %v: %d ready or warming up, HealthyHostCount is %v", row.At, got, want)
		}
		if row.Marked == 5 && want == 5 {
			marked++
			served += int(row.Served)
		}
	}
	if marked == 0 || served == 0 {
		t.Errorf("no minute in which all five are marked, healthy and serve: the overload marks them all")
	}
	for _, i := range r.Instances {
		if i.Marked == des.Never || i.Marked < s(0) {
			t.Errorf("%s marked at %v, want after the overload began at %v", i.ID, i.Marked, s(0))
		}
	}
}

// rush is a rate with something more on top for a while.
type rush struct {
	from, to   des.Time
	rate, more float64
}

func (x rush) Integral(from, to des.Time) float64 {
	over := max(0, min(to, x.to)-max(from, x.from))
	return (x.rate*float64(to-from) + x.more*float64(over)) / float64(des.Second)
}
func (x rush) Stretch(t des.Time) (from, to des.Time) {
	switch {
	case t < x.from:
		return -des.Never, x.from
	case t < x.to:
		return x.from, x.to
	}
	return x.to, des.Never
}
func (rush) Flat() bool { return true }

// Two hung targets of two share 50 requests a second, round robin: 25 a second each, all
// lost (a hung target answers nothing). Each loses those sent until it is unhealthy as a
// fault loses them, and those sent later because the balancer failed open: the first to
// be found so from the instant at which the second is, and that one at that same instant.
// What the client has not given up by the end (timeout 10 s) is not lost yet.
func TestLostWhileFailingOpen(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	r := run(t, zombie(2, fault.Hang{Plan: fault.Plan{Name: "frozen", Whom: fault.Whom{Count: 2}}}))
	open := r.FailOpens[0].From
	for _, i := range r.Summary.Incidents {
		before := 25 * *i.DetectS
		after := 25 * (des.Time(r.Config.Duration).Sub(open).Seconds() - 10)
		for _, x := range []struct {
			name string
			got  uint64
			want float64
		}{{"lost", i.Lost, before}, {"lost when it failed open", i.LostFailOpen, after}} {
			// Poisson arrivals: within five standard deviations.
			if diff := float64(x.got) - x.want; diff*diff > 25*x.want {
				t.Errorf("%s: %d %s, want about %.0f", i.Instance, x.got, x.name, x.want)
			}
		}
	}
}

// The only target of one hangs and is replaced: as long as the new one is not healthy
// the balancer fails open and sends it all 25 requests a second, which nothing answers
// until the application is up; afterwards all are served.
func TestLostOnBootingInstances(t *testing.T) {
	cfg := zombie(1, fault.Hang{Plan: fault.Plan{Name: "frozen", Whom: fault.Whom{Count: 1}}})
	cfg.Group.HealthCheckELB = true
	r := run(t, cfg)
	n := r.Instances[1]
	want := 25 * n.Up.Sub(n.Running).Seconds()
	if got := float64(n.LostBooting); want == 0 || (got-want)*(got-want) > 25*want {
		t.Errorf("%v lost from running at %v to up at %v, want about %.0f", got, n.Running, n.Up, want)
	}
	if got := r.Summary.Launch.LostBooting; got != n.LostBooting || r.Instances[0].LostBooting != 0 {
		t.Errorf("%d in the summary, %d on the first instance, want %d and none", got, r.Instances[0].LostBooting, n.LostBooting)
	}
}

// Targets that are registered one by one while none is healthy are counted as they are
// at the instant that is asked about.

func TestFailOpenCounts(t *testing.T) {
	f := record.FailOpen{From: 10, To: 50, Counts: []elb.Targets{{At: 10, Registered: 1}, {At: 20, Registered: 3}, {At: 30, Registered: 2}}}
	for _, row := range []struct {
		at                     des.Time
		registered, least, top int
	}{{10, 1, 1, 3}, {19, 1, 1, 3}, {20, 3, 2, 3}, {40, 2, 2, 2}} {
		if now, least, top := f.Targets(row.at); now.Registered != row.registered || least != row.least || top != row.top {
			t.Errorf("at %d: %d, %d to %d, want %+v", row.at, now.Registered, least, top, row)
		}
	}
}
