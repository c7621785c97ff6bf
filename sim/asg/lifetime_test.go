package asg

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// newRenewer is a group of instances of the given ages in hours, with a maximum lifetime
// of a day and nothing set aside to begin earlier.
func newRenewer(ages ...int) (*parts, *renewer, *int) {
	cfg := config()
	cfg.Max, cfg.Lifetime, cfg.Spread = 100, des.Day, 1
	p := newParts(cfg, len(ages))
	p.wait(100 * des.Hour)
	for _, m := range p.fill(len(ages)) {
		m.Instance.Launched = p.k.Now().Add(-des.Duration(ages[m.Instance.Ordinal]) * des.Hour)
	}
	h := p.health(newScales(&p.k))
	pool := 0
	return p, &renewer{base: p.base, roster: p.roster, suspensions: p.suspensions, History: p.History, mover: p, health: h, exchanger: h.exchanger, replacer: h.replacer, refreshed: func() bool { return false }, renewPool: func() { pool++ }}, &pool
}

// "Replace instances based on maximum instance lifetime": one at a time, terminated
// first; not the young, not the protected, not while Launch or Terminate is suspended.
func TestLifetime(t *testing.T) {
	p, r, pool := newRenewer(23, 26, 25)
	p.Members[1].Protected = true
	r.renew()
	expect(t, "the oldest that may go", p.done(), "terminate 2 maximum lifetime", "launch a")
	if r.renew(); len(p.done()) != 0 || *pool != 1 {
		t.Errorf("nobody else is due; the pool was looked at %d times", *pool)
	}
	for _, process := range []Process{Launch, Terminate} {
		p, r, _ := newRenewer(30)
		p.Suspend([]Process{process})
		if r.renew(); len(p.did) != 0 {
			t.Errorf("%v suspended: %q", process, p.did)
		}
	}
	p, r, _ = newRenewer(30)
	r.refreshed = func() bool { return true }
	if r.renew(); len(p.did) != 0 {
		t.Error("an instance refresh goes first")
	}
	if p.cfg.Lifetime = 0; len(p.did) != 0 {
		t.Error("no maximum")
	}
}

// Late, a tenth of the group goes at once; a replacement that is not proven yet counts
// against it, and so does one that could not be launched.
func TestLifetimeWhenLate(t *testing.T) {
	ages := make([]int, 40)
	for k := range ages {
		ages[k] = 30
	}
	p, r, _ := newRenewer(ages...)
	p.pending = true
	r.renew()
	if did := p.done(); len(did) != 8 {
		t.Errorf("%d steps, want 4 terminated and 4 launched of 40", len(did))
	}
	if r.renew(); len(p.did) != 0 {
		t.Errorf("four are under way: %q", p.did)
	}
	for _, m := range p.active {
		m.Phase, m.InServiceAt = PhaseInService, 0
	}
	r.replacer.due = 3
	if r.renew(); len(p.done()) != 2 {
		t.Error("three are due: one more")
	}
}

// It begins earlier, so that all can be replaced one after the other in time: with five
// minutes for each, the last of six of one age begins to matter 30 minutes before.
func TestLifetimeIsSpread(t *testing.T) {
	for _, row := range []struct {
		before des.Duration
		n      int
	}{{31 * des.Minute, 0}, {30 * des.Minute, 1}} {
		p, r, _ := newRenewer(0, 0, 0, 0, 0, 0)
		p.cfg.Spread = 0
		for _, m := range p.Members {
			m.Instance.Launched = p.k.Now().Add(row.before - des.Day)
		}
		if list, limit := r.aged(); len(list) != row.n || limit != 1 {
			t.Errorf("%v before the deadline: %d due, %d at a time", row.before, len(list), limit)
		}
	}
}

// With a maintenance policy the successor comes first.
func TestLifetimeWithAMaintenancePolicy(t *testing.T) {
	p, r, _ := newRenewer(30)
	p.cfg.Maintenance = &Maintenance{MinHealthy: 1, MaxHealthy: 1.5}
	p.pending = true
	r.renew()
	expect(t, "launch before terminating, in its zone", p.done(), "launch a")
	p.Members[1].Phase, p.Members[1].InServiceAt = PhaseInService, p.k.Now()
	p.Members[1].registered = false
	r.renew()
	expect(t, "then the old one", p.done(), "terminate 0 maximum lifetime")
}

// newRescuer is a group of Spot Instances of type first; EC2 has safe ones, too.
func newRescuer(n int) (*parts, *rescuer) {
	cfg := config()
	cfg.Rebalance = true
	p := newParts(cfg, n, model("first", 0, 0.1), model("safe", 0, 0.1))
	p.cloud.hazard = map[string]float64{"first": 2, "safe": 1}
	for range n {
		p.add(ec2.Pool{Spot: true})
	}
	r := p.replacer()
	return p, &rescuer{base: p.base, suspensions: p.suspensions, need: p.need, mover: p, zones: p.zones, risks: p.cloud, replacer: r, exchanger: p.exchanger(r), passed: func(m *Member) bool { return !m.Waiting }, refreshed: func() bool { return false }}
}

// Capacity Rebalancing launches before it terminates, up to a tenth above desired, and
// waits for the successor's health check ("Use Capacity Rebalancing").
func TestRebalanceRecommendation(t *testing.T) {
	p, r := newRescuer(10)
	for _, m := range p.Members[:3] {
		m.Instance.Recommended = 0
	}
	p.pending = true
	r.rescue()
	expect(t, "11 of 10 at most", p.done(), "launch a")
	if !r.look.Pending() {
		t.Error("it looks again")
	}
	m := p.Members[10]
	m.Phase, m.InServiceAt, m.Waiting = PhaseInService, p.k.Now(), true
	r.rescue()
	expect(t, "not healthy yet", p.done())
	m.Waiting = false
	r.rescue()
	if did := p.done(); len(did) != 2 || did[0] != "terminate 0 rebalance recommendation" || did[1] != "launch a" {
		t.Errorf("%q: the old one goes, the next is launched", did)
	}
}

// Nothing is done where no other pool is as safe, where the group is below desired, and
// where it is not asked for.
func TestNoRescue(t *testing.T) {
	for name, set := range map[string]func(p *parts, r *rescuer){
		"off":                 func(p *parts, _ *rescuer) { p.cfg.Rebalance = false },
		"every other is less": func(p *parts, _ *rescuer) { p.cloud.hazard["safe"] = 3; p.cloud.noZone[1] = true },
		"no capacity":         func(p *parts, _ *rescuer) { p.cloud.noZone[0], p.cloud.noZone[1] = true, true },
		"below desired":       func(p *parts, _ *rescuer) { p.size.set(3) },
		"Launch suspended":    func(p *parts, _ *rescuer) { p.Suspend([]Process{Launch}) },
		"a refresh goes on":   func(_ *parts, r *rescuer) { r.refreshed = func() bool { return true } },
		"already noticed":     func(p *parts, _ *rescuer) { p.Members[0].Instance.Noticed = 0 },
	} {
		p, r := newRescuer(2)
		p.Members[0].Instance.Recommended = 0
		set(p, r)
		if r.rescue(); len(p.did) != 0 {
			t.Errorf("%s: %q", name, p.did)
		}
	}
}

// At the notice the instance goes at once; its successor is one launched ahead, if there
// is one, else another, whatever the pools are like.
func TestInterruptionNotice(t *testing.T) {
	p, r := newRescuer(2)
	r.noticed(p.Members[0])
	expect(t, "out, and another", p.done(), "terminate 0 Spot interruption notice", "launch b")
	ahead := p.add(ec2.Pool{Spot: true})
	ahead.Extra, ahead.Replacement = true, true
	r.noticed(p.Members[1])
	expect(t, "the one launched ahead takes its place", p.done(), "terminate 1 Spot interruption notice")
	if ahead.Extra {
		t.Error("it counts now")
	}
	p.Suspend([]Process{Terminate})
	if r.noticed(p.Members[2]); len(p.did) != 0 {
		t.Error("Terminate is suspended")
	}
	p.lift([]Process{Terminate})
	if r.noticed(p.Members[0]); len(p.did) != 0 {
		t.Error("it is gone already")
	}
}
