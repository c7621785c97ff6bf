package asg

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// swap exchanges all members at a pace and returns the fewest fit and the most there at
// any step; what is launched becomes fit a step later.
func swap(t *testing.T, n int, pace *Maintenance) (fewest, most int) {
	t.Helper()
	p := newParts(config(), n)
	old := p.fill(n)
	x := p.exchanger(p.replacer())
	fewest, most = n, n
	for range 10 * n {
		var left []*Member
		for _, m := range old {
			if m.Phase == PhaseInService {
				left = append(left, m)
			}
		}
		if len(left) == 0 {
			break
		}
		now := p.k.Now()
		fit := func(m *Member) bool { return m.InServiceAt < now }
		x.exchange(left, pace, fit, func(*Member) string { return "" }, End{Kind: EndRefresh}, "")
		ready := 0
		for _, m := range p.active {
			if m.Instance.Ordinal < n || fit(m) {
				ready++
			}
		}
		fewest, most = min(fewest, ready), max(most, p.Actual())
		p.wait(des.Minute)
	}
	x.settleExtras()
	if p.Actual() != n || p.Replacements != n || p.Extras() != 0 {
		t.Errorf("%d there, %d replaced, %d extras", p.Actual(), p.Replacements, p.Extras())
	}
	return fewest, most
}

// The console's names for it ("Instance maintenance policies"): launch before terminating
// never has fewer, terminate and launch never more, custom both within its shares; 100
// to 100 is one at a time, launched first. TV-08 with 10 for 100.
func TestExchangeKeepsItsPace(t *testing.T) {
	for _, row := range []struct {
		low, high    float64
		fewest, most int
	}{
		{1, 1.2, 10, 12},
		{0.9, 1, 9, 10},
		{0.9, 1.2, 9, 12},
		{1, 1, 10, 11},
		{0, 1, 0, 10},
	} {
		fewest, most := swap(t, 10, &Maintenance{MinHealthy: row.low, MaxHealthy: row.high})
		if fewest != row.fewest || most != row.most {
			t.Errorf("%v to %v: between %d and %d, want %d and %d", row.low, row.high, fewest, most, row.fewest, row.most)
		}
	}
}

// A successor is launched in the zone of the one it will replace; where that has no
// capacity, elsewhere. Suspending Terminate stops the rest.
func TestExchangeInTheSameZone(t *testing.T) {
	p := newParts(config(), 3)
	p.add(ec2.Pool{Zone: 0})
	p.add(ec2.Pool{Zone: 0})
	p.add(ec2.Pool{Zone: 1})
	x := p.exchanger(p.replacer())
	p.Suspend([]Process{Terminate})
	never := func(*Member) bool { return false }
	x.exchange(p.Members[:1], &Maintenance{MinHealthy: 1, MaxHealthy: 2}, never, func(*Member) string { return "" }, End{}, "")
	expect(t, "the fuller zone, since the old one is there", p.done(), "launch a")
	if !x.busy {
		t.Error("something is under way")
	}
	if p.zones.use([]int{1}); x.launchBeside(p.Members[0], "").Instance.Zone != 1 {
		t.Error("launched in a zone that the group has left")
	}
	x.busy = false
	if x.exchange(nil, nil, never, nil, End{}, ""); x.busy {
		t.Error("there is nothing to do")
	}
}

// A replacement launched ahead that has nobody left to replace counts like any other,
// and if that is too many somebody goes; not while Terminate is suspended.
func TestExtrasSettle(t *testing.T) {
	p := newParts(config(), 2)
	p.fill(2)
	m := p.add(ec2.Pool{Zone: 0})
	m.Extra, m.Replacement = true, true
	x := p.exchanger(p.replacer())
	p.Suspend([]Process{Terminate})
	if x.settleExtras(); !m.Extra || len(p.did) != 0 {
		t.Errorf("%q", p.did)
	}
	p.lift([]Process{Terminate})
	x.settleExtras()
	expect(t, "one too many", p.done(), "terminate 0 scale in")
	if m.Extra || p.Actual() != 2 {
		t.Errorf("%d there", p.Actual())
	}
	p.size.set(3)
	m = p.add(ec2.Pool{})
	m.Extra, m.Replacement, m.Phase = true, true, PhasePending
	if x.settleExtras(); !m.Extra {
		t.Error("it does not serve yet")
	}
	m.Phase = PhaseInService
	if x.settleExtras(); m.Extra || len(p.done()) != 0 {
		t.Error("desired asks for it")
	}
}

// A replacement that fails before the one it was launched for has gone did not count, so
// nobody is counted in its place: of two desired and two ahead, two still count.
func TestAFailedReplacementCountsForNobody(t *testing.T) {
	p := newParts(config(), 2)
	failed, other := p.add(ec2.Pool{Zone: 0}), p.add(ec2.Pool{Zone: 0})
	p.fill(2)
	for _, m := range []*Member{failed, other} {
		m.Extra, m.Replacement = true, true
	}
	fit := func(m *Member) bool { return m != failed }
	p.exchanger(p.replacer()).exchange([]*Member{failed}, &Maintenance{MinHealthy: 1, MaxHealthy: 1.5}, fit, func(*Member) string { return "" }, End{Kind: EndUnhealthy}, "")
	expect(t, "it goes", p.done(), "terminate 0 unhealthy")
	if !other.Extra || p.Actual()-p.Extras() != 2 {
		t.Errorf("%d there, %d of them ahead", p.Actual(), p.Extras())
	}
}

// With weights: a replacement of one unit each for an instance of four; the group never
// has less than desired.
func TestExchangeOfWeights(t *testing.T) {
	p := newParts(config(), 8, model("one", 1, 0.1), model("four", 4, 0.3))
	old := []*Member{p.add(ec2.Pool{Model: p.cloud.models[1]}), p.add(ec2.Pool{Model: p.cloud.models[1], Zone: 1})}
	x := p.exchanger(p.replacer())
	pace := &Maintenance{MinHealthy: 1, MaxHealthy: 1}
	for step := range 40 {
		var left []*Member
		for _, m := range old {
			if m.Phase == PhaseInService {
				left = append(left, m)
			}
		}
		now := p.k.Now()
		fit := func(m *Member) bool { return m.InServiceAt < now }
		x.exchange(left, pace, fit, func(*Member) string { return "" }, End{Kind: EndRefresh}, "")
		if p.Actual() < 8 {
			t.Fatalf("step %d: %d of 8 units", step, p.Actual())
		}
		p.wait(des.Minute)
	}
	x.settleExtras()
	if old[0].Phase != PhaseGone || old[1].Phase != PhaseGone || p.Actual() != 8 {
		t.Errorf("%d units, %v, %v", p.Actual(), old[0].Phase, old[1].Phase)
	}
	// One ahead without whom the others are enough: it goes.
	m := p.add(ec2.Pool{Model: p.cloud.models[1]})
	m.Extra, m.Replacement = true, true
	for _, o := range p.active {
		o.Protected = o != m
	}
	p.done()
	x.settleExtras()
	if m.Phase != PhaseGone {
		t.Errorf("%q", p.did)
	}
}

// TV-09 at work: the zones are evened out by launching in the thin zone before
// terminating in the full one, a tenth above the maximum at most, after a minute.
func TestRebalance(t *testing.T) {
	newRebalancer := func(p *parts) *rebalancer {
		return &rebalancer{base: p.base, suspensions: p.suspensions, need: p.need, retries: p.retries(), mover: p, zones: p.zones, chooser: p.chooser(), exchanger: p.exchanger(p.replacer()), uneven: des.Never}
	}
	cfg := config()
	cfg.Max = 4
	p := newParts(cfg, 4)
	for range 4 {
		p.add(ec2.Pool{Zone: 0})
	}
	r := newRebalancer(p)
	r.rebalance()
	expect(t, "for a minute nothing", p.done())
	p.wait(des.Minute)
	p.pending = true
	r.rebalance()
	expect(t, "launches before it terminates", p.done(), "launch b")
	if m := p.Members[4]; !m.Extra || m.Replacement || p.Actual() != 5 {
		t.Errorf("%+v", m)
	}
	p.wait(5 * des.Minute)
	r.rebalance()
	expect(t, "one pair at a time", p.done())
	p.Members[4].Phase, p.pending = PhaseInService, false
	r.rebalance()
	if did := p.done(); len(did) != 1 || did[0] != "terminate 0 rebalance" || p.Members[4].Extra {
		t.Errorf("%q", did)
	}
	p.wait(des.Minute)
	r.rebalance()
	expect(t, "the second pair", p.done(), "launch b")
	r.giveWay(p.Members[5])
	expect(t, "makes way at once", p.done(), "terminate 1 rebalance")
	p.wait(des.Hour)
	if r.rebalance(); len(p.done()) != 0 {
		t.Error("two and two")
	}

	for _, process := range []Process{AZRebalance, Launch} {
		p := newParts(config(), 4)
		for range 4 {
			p.add(ec2.Pool{Zone: 0})
		}
		p.Suspend([]Process{process})
		r := newRebalancer(p)
		r.rebalance()
		p.wait(des.Hour)
		if r.rebalance(); len(p.did) != 0 {
			t.Errorf("%v suspended: %q", process, p.did)
		}
	}
}

// A difference of one is even; a group that is not as large as desired scales out first;
// with only protected instances in the full zone nothing can move.
func TestNoRebalance(t *testing.T) {
	for name, set := range map[string]func(p *parts){
		"three and two":       func(p *parts) { p.add(ec2.Pool{Zone: 1}); p.add(ec2.Pool{Zone: 1}) },
		"one is missing":      func(p *parts) { p.size.set(4) },
		"all protected":       func(p *parts) { protect(p.Members) },
		"one is unhealthy":    func(p *parts) { p.Members[0].Unhealthy = true; p.add(ec2.Pool{Zone: 0}); p.size.set(4) },
		"the thin zone waits": func(*parts) {},
	} {
		p := newParts(config(), 3)
		for range 3 {
			p.add(ec2.Pool{Zone: 0})
		}
		set(p)
		if name == "three and two" {
			p.size.set(5)
		}
		re := p.retries()
		r := &rebalancer{base: p.base, suspensions: p.suspensions, need: p.need, retries: re, mover: p, zones: p.zones, chooser: p.chooser(), exchanger: p.exchanger(p.replacer()), uneven: des.Never}
		if name == "the thin zone waits" {
			re.zoneRetry[1].until = sec(1000)
		}
		r.rebalance()
		p.wait(2 * des.Minute)
		if r.rebalance(); len(p.did) != 0 {
			t.Errorf("%s: %q", name, p.did)
		}
	}
}

func protect(list []*Member) {
	for _, m := range list {
		m.Protected = true
	}
}
