package asg

import (
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/workload"
)

// newHealth is a group of n instances with the balancer's checks on.
func newHealth(n int) (*parts, *health, *scales) {
	cfg := config()
	cfg.HealthCheckELB, cfg.Max = true, 1000
	p := newParts(cfg, n)
	b := newScales(&p.k)
	for _, m := range p.fill(n) {
		b.Register(m.Instance.Plane, 0, 0)
	}
	return p, p.health(b), b
}

// What makes an instance unhealthy ("Health checks for instances in an Auto Scaling
// group"): not running at once, whatever the grace period; an impaired status check
// after a few minutes (X-14: 300 s here); the balancer's verdict after the grace period
// and only if its checks are on.
func TestWhatIsUnhealthy(t *testing.T) {
	for _, row := range []struct {
		name  string
		set   func(p *parts, m *Member, b *scales)
		after des.Duration
		want  string
	}{
		{"healthy", func(*parts, *Member, *scales) {}, des.Hour, ""},
		{"stopped within the grace period", func(_ *parts, m *Member, _ *scales) { m.Instance.State = ec2.Failed }, 0, causeStopped},
		{"balancer's verdict within the grace period", func(_ *parts, m *Member, b *scales) { b.health[m.Instance.Plane] = elb.Unhealthy }, 299 * des.Second, ""},
		{"balancer's verdict after it", func(_ *parts, m *Member, b *scales) { b.health[m.Instance.Plane] = elb.Unhealthy }, 300 * des.Second, causeELB},
		{"not yet checked", func(_ *parts, m *Member, b *scales) { b.health[m.Instance.Plane] = elb.Initial }, des.Hour, ""},
		{"its checks are off", func(p *parts, m *Member, b *scales) {
			p.cfg.HealthCheckELB = false
			b.health[m.Instance.Plane] = elb.Unhealthy
		}, des.Hour, ""},
		{"impaired for less than the wait", func(_ *parts, m *Member, _ *scales) { m.Instance.Impaired = sec(400) }, 699 * des.Second, ""},
		{"volume impaired, EBS checks off", func(_ *parts, m *Member, _ *scales) { m.Instance.VolumeImpaired = sec(400) }, 700 * des.Second, ""},
		{"volume impaired for less than the wait", func(p *parts, m *Member, _ *scales) {
			p.cfg.HealthCheckEBS = true
			m.Instance.VolumeImpaired = sec(400)
		}, 699 * des.Second, ""},
		{"volume impaired for the wait", func(p *parts, m *Member, _ *scales) {
			p.cfg.HealthCheckEBS = true
			m.Instance.VolumeImpaired = sec(400)
		}, 700 * des.Second, causeEBS},
		{"impaired for the wait", func(_ *parts, m *Member, _ *scales) { m.Instance.Impaired = sec(400) }, 700 * des.Second, causeImpaired},
	} {
		p, h, b := newHealth(1)
		p.cfg.Grace = 300 * des.Second
		m := p.Members[0]
		row.set(p, m, b)
		p.wait(row.after)
		if got := h.examine(m, p.k.Now()); got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}

// TV-06 and TV-07: of 100 with 30 unhealthy ten are replaced at a time, of 7 with 3 one,
// each time waiting for the new ones to pass their first check and warm up.
func TestReplacementPacing(t *testing.T) {
	for _, row := range []struct{ desired, bad, batch int }{{100, 30, 10}, {7, 3, 1}} {
		p, h, b := newHealth(row.desired)
		p.cfg.Warmup = 2 * des.Minute
		for _, m := range p.Members[:row.bad] {
			b.health[m.Instance.Plane] = elb.Unhealthy
		}
		for left := row.bad; left > 0; left -= row.batch {
			h.check()
			did := p.done()
			if len(did) != 2*row.batch {
				t.Fatalf("desired %d: %q, want %d exchanged", row.desired, did, row.batch)
			}
			// The terminating activity comes first, the launch runs meanwhile.
			if did[0][:9] != "terminate" || did[1][:6] != "launch" {
				t.Errorf("%q", did[:2])
			}
			news := p.Members[len(p.Members)-row.batch:]
			for _, m := range news {
				if !m.Replacement {
					t.Error("it is a replacement")
				}
				b.Register(m.Instance.Plane, 0, 0)
				b.health[m.Instance.Plane] = elb.Initial
			}
			p.wait(2 * des.Minute)
			h.check()
			if did := p.done(); len(did) != 0 {
				t.Errorf("desired %d: %q before the first check", row.desired, did)
			}
			for _, m := range news {
				b.health[m.Instance.Plane] = elb.Healthy
				m.InServiceAt = p.k.Now()
			}
			h.check()
			if did := p.done(); len(did) != 0 {
				t.Errorf("desired %d: %q before they are warm", row.desired, did)
			}
			p.wait(2 * des.Minute)
		}
		if p.Replacements != row.bad || p.Actual() != row.desired {
			t.Errorf("desired %d: %d replaced, %d there", row.desired, p.Replacements, p.Actual())
		}
	}
}

// While a tenth of the group or more is missing and on its way, the unhealthy wait; and
// when the balancer finds everybody unhealthy fewer go at a time.
func TestReplacementWaits(t *testing.T) {
	p, h, _ := newHealth(10)
	p.Members[9].Phase = PhasePending
	if got := h.allowance(3); got != 0 {
		t.Errorf("9 of 10 are there: %d", got)
	}
	p.Members[9].Phase = PhaseInService
	if got := h.allowance(3); got != 1 {
		t.Errorf("all are there: %d", got)
	}
	p.cfg.AllBad = 2
	if got := h.allowance(10); got != 2 {
		t.Errorf("all are unhealthy: %d, want AllBad", got)
	}
	if got := h.allowance(0); got != 0 {
		t.Errorf("none is: %d", got)
	}
	q, h, _ := newHealth(30)
	q.Members[29].Phase = PhasePending
	if got := h.allowance(3); got != 3 {
		t.Errorf("29 of 30 are there: %d", got)
	}
}

// Those that stopped running are replaced all at once, protected or not.
func TestStoppedOnesGoAtOnce(t *testing.T) {
	p, h, _ := newHealth(4)
	for _, m := range p.Members[:3] {
		m.Instance.State, m.Protected = ec2.Failed, true
	}
	p.Members[0].Instance.Interrupted = true
	h.check()
	if did := p.done(); len(did) != 6 || did[0] != "terminate 0 Spot interruption" || did[2] != "terminate 1 unhealthy" {
		t.Errorf("%q", did)
	}
}

// Suspending HealthCheck stops the marking, ReplaceUnhealthy and Terminate the
// replacing: marks accumulate, and go at once afterwards ("Suspend and resume a
// process").
func TestSuspendedHealth(t *testing.T) {
	for _, process := range []Process{HealthCheck, ReplaceUnhealthy, Terminate} {
		p, h, _ := newHealth(3)
		p.Suspend([]Process{process})
		p.Members[0].Instance.State = ec2.Failed
		h.check()
		if len(p.did) != 0 || p.Members[0].Unhealthy != (process != HealthCheck) {
			t.Errorf("%v suspended: %q, marked %v", process, p.did, p.Members[0].Unhealthy)
		}
		p.lift([]Process{process})
		if h.check(); len(p.did) != 2 {
			t.Errorf("%v lifted: %q", process, p.did)
		}
	}
}

// A pending instance that stopped, or whose awaited application does not come up in an
// hour, is given up, and launching waits.
func TestPendingOnesAreGivenUp(t *testing.T) {
	p, h, _ := newHealth(2)
	for _, m := range p.Members {
		m.Phase, m.ready = PhasePending, false
	}
	p.Members[0].Instance.State = ec2.Failed
	p.wait(des.Hour - 1)
	h.check()
	if len(p.given) != 1 || h.retries.zoneRetry[0].failures != 1 || h.retries.hookRetry.failures != 0 {
		t.Errorf("%q", p.given)
	}
	p.wait(1)
	h.check()
	if len(p.given) != 2 || h.retries.hookRetry.failures != 1 {
		t.Errorf("%q", p.given)
	}
	q, h, _ := newHealth(1)
	q.Members[0].Phase, q.Members[0].Instance.State = PhasePending, ec2.Failed
	q.Suspend([]Process{Terminate})
	if h.check(); len(q.given) != 0 {
		t.Error("Terminate is suspended")
	}
}

// Where AWS's 31 s between termination and launch are asked for, the launch waits; one
// that comes to nothing is due until it succeeds, and no more than desired is launched.
func TestSuccessors(t *testing.T) {
	p, h, _ := newHealth(2)
	p.cfg.ReplaceAfter = workload.Constant{Value: 31}
	p.Members[0].Instance.State = ec2.Failed
	h.check()
	expect(t, "31 s later", p.done(), "terminate 0 unhealthy")
	if h.replacer.due != 1 || !slices.Equal(p.looks, []des.Time{sec(31)}) {
		t.Errorf("due %d, looks at %v", h.replacer.due, p.looks)
	}
	p.cfg.ReplaceAfter, p.refuse = nil, true
	h.replacer.succeed("x")
	if h.replacer.due != 2 {
		t.Errorf("due %d", h.replacer.due)
	}
	p.refuse = false
	p.size.set(1)
	if h.replacer.succeed("x"); len(p.done()) != 1 { // the refusal alone
		t.Error("desired is met")
	}
}

// A maintenance policy paces the replacement of the unhealthy, too: launch before
// terminating.
func TestMaintenanceOfTheUnhealthy(t *testing.T) {
	p, h, b := newHealth(4)
	p.cfg.Maintenance = &Maintenance{MinHealthy: 1, MaxHealthy: 1.25}
	b.health[p.Members[0].Instance.Plane] = elb.Unhealthy
	h.check()
	expect(t, "launch first", p.done(), "launch a")
	if m := p.Members[4]; !m.Extra || !m.Replacement {
		t.Errorf("%+v", m)
	}
	b.Register(p.Members[4].Instance.Plane, 0, 0)
	h.check()
	expect(t, "the successor is healthy", p.done(), "terminate 0 unhealthy")
	if p.Members[4].Extra || p.counted() != 4 {
		t.Error("it has taken its place")
	}
}

// With weights one successor may not be enough: the group looks again at once. Without
// them the rest is the group's to launch.
func TestSuccessorsOfWeights(t *testing.T) {
	for weight, looks := range map[int]int{1: 0, 2: 1} {
		p := newParts(config(), 3*weight, model("m", weight, 0.1))
		p.fill(1) // 2 x weight are missing; one successor makes up for half of that
		r := p.replacer()
		r.succeed("x")
		if len(p.looks) != looks || looks == 1 && p.looks[0] != p.k.Now() {
			t.Errorf("weight %d: looks again at %v, want %d times", weight, p.looks, looks)
		}
	}
	p := newParts(config(), 4, model("m", 2, 0.1))
	p.fill(1)
	if p.replacer().succeed("x"); len(p.looks) != 0 {
		t.Errorf("nothing is missing any more, but the group looks again at %v", p.looks)
	}
}

// A replacement has passed when the health checks that count say so: the balancer's if they
// are on and the instance is registered; else being in service is enough.
func TestWhoHasPassed(t *testing.T) {
	for _, row := range []struct {
		elb, registered bool
		health          elb.Health
		want            bool
	}{{true, true, elb.Healthy, true}, {true, true, elb.Unhealthy, false}, {true, true, elb.Initial, false}, {true, false, elb.Unhealthy, true}, {false, true, elb.Unhealthy, true}} {
		p, h, b := newHealth(1)
		m := p.Members[0]
		p.cfg.HealthCheckELB, m.registered, b.health[m.Instance.Plane] = row.elb, row.registered, row.health
		if got := h.passed(m); got != row.want {
			t.Errorf("%+v: %v", row, got)
		}
	}
}
