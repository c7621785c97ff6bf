package asg

import (
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// Launches go to the zone with the fewest instances ("Auto Scaling benefits"); the
// unhealthy, about to go, do not count, and zones that are not used are none.
func TestThinnestZoneFirst(t *testing.T) {
	cfg := config()
	cfg.Zones, cfg.Later = []string{"a", "b", "c", "d"}, 1
	p := newParts(cfg, 6)
	for _, z := range []int{0, 0, 0, 1, 2, 2} {
		p.add(ec2.Pool{Zone: z})
	}
	if got := p.zones.thinFirst(); !slices.Equal(got, []int{1, 2, 0}) {
		t.Errorf("%v, want b, c, a", got)
	}
	p.Members[0].Unhealthy, p.Members[1].Unhealthy, p.Members[2].Unhealthy = true, true, true
	if got := p.zones.thinFirst(); got[0] != 0 {
		t.Errorf("%v: a has no healthy one", got)
	}
	if why, ok := p.zones.use([]int{0, 1, 2, 3}); !ok || why != "availability zones: added d" {
		t.Errorf("%q, %v", why, ok)
	}
	if got := p.zones.used(); len(got) != 4 {
		t.Errorf("%v", got)
	}
	if why, ok := p.zones.use([]int{0, 1, 2, 3}); ok {
		t.Error(why)
	}
}

// Of a zone that the group has left everybody is to go, whatever the others hold.
func TestZonesThatAreLeft(t *testing.T) {
	p := newParts(config(), 4)
	for _, z := range []int{0, 0, 0, 1} {
		p.add(ec2.Pool{Zone: z})
	}
	if p.zones.stranded() {
		t.Error("all zones are used")
	}
	if why, ok := p.zones.use([]int{0}); !ok || why != "availability zones: removed b" || !p.zones.stranded() {
		t.Errorf("%q, stranded %v", why, p.zones.stranded())
	}
	if c := p.zones.crowding(p.max); c[1] <= c[0] || c[0] != 3 {
		t.Errorf("%v", c)
	}
	if m := p.chooser().victim(); m == nil || m.Instance.Zone != 1 {
		t.Errorf("%+v goes first", m)
	}
}

// The warm pool evens the zones out over group and pool together.
func TestZonesWithThePool(t *testing.T) {
	cfg := config()
	cfg.Zones = []string{"a", "b", "c"}
	p := newParts(cfg, 3)
	for _, z := range []int{0, 0, 1} {
		p.add(ec2.Pool{Zone: z})
	}
	p.pooled = append(p.pooled, &Member{Instance: p.cloud.create(ec2.Pool{Model: p.cloud.models[0], Zone: 1}, ec2.Stopped, 0)})
	if got := p.zones.thinWithPool(); !slices.Equal(got, []int{2, 0, 1}) {
		t.Errorf("%v, want c (none), then a before b, which has one in the pool", got)
	}
}

// A group under desired launches, one over it terminates; with weights it may stay above
// desired by less than the largest weight, as TV-03 has it: 16 of 12.
func TestNeedOfWeights(t *testing.T) {
	plain := newParts(config(), 3)
	plain.fill(2)
	if !plain.need.missing() || plain.need.settled() || plain.need.surplus() != -1 {
		t.Error("2 of 3")
	}
	plain.fill(2)
	if plain.need.missing() || plain.need.settled() || plain.need.surplus() != 1 {
		t.Error("4 of 3")
	}
	p := newParts(config(), 12, model("large", 6, 0.3), model("small", 1, 0.1), model("medium", 4, 0.2))
	for range 2 {
		p.add(ec2.Pool{Model: p.cloud.models[1]})
	}
	p.add(ec2.Pool{Model: p.cloud.models[2]})
	p.add(ec2.Pool{Model: p.cloud.models[2]})
	if !p.need.missing() || p.Overshoot() != 6 || plain.Overshoot() != 0 {
		t.Errorf("10 of 12 are missing; overshoot %d", p.Overshoot())
	}
	p.add(ec2.Pool{}) // 6 more
	p.need.tolerate()
	if p.Actual() != 16 || p.need.missing() || !p.need.settled() || p.need.surplus() != 0 {
		t.Errorf("TV-03: %d units, surplus %d", p.Actual(), p.need.surplus())
	}
	p.size.set(11)
	if got := p.need.surplus(); got != 5 {
		t.Errorf("desired fell to 11 of 16: surplus %d", got)
	}
}

// What was launched ahead of what it replaces does not count against desired yet, and
// stands apart from either purchase option.
func TestExtrasDoNotCount(t *testing.T) {
	p := newParts(config(), 2)
	p.fill(2)
	extra := p.add(ec2.Pool{Spot: true})
	extra.Extra, extra.Replacement = true, true
	coming := p.add(ec2.Pool{})
	coming.Extra, coming.Replacement, coming.Phase = true, true, PhasePending
	onDemand, spot := p.split()
	if p.Actual() != 4 || p.Extras() != 2 || p.counted() != 2 || p.need.missing() || onDemand != 2 || spot != 0 {
		t.Errorf("actual %d, extras %d, on demand %d, Spot %d", p.Actual(), p.Extras(), onDemand, spot)
	}
	if got := ordinals(p.ahead()); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("ahead: %v, the ready one first", got)
	}
	since, pending := p.InService()
	if len(since) != 3 || pending != 1 {
		t.Errorf("%d in service, %d pending", len(since), pending)
	}
	if p.leave(extra); extra.Extra || p.Actual() != 3 {
		t.Error("who leaves is no extra any more")
	}
	if got := first(p.active, 2); len(got) != 2 {
		t.Errorf("%d make two units", len(got))
	}
	if got := first(p.active, 9); len(got) != 3 {
		t.Errorf("all do not make nine")
	}
	if p.Overshoot(); p.tenth(7) != 1 || p.tenth(100) != 10 || p.tenth(19) != 1 {
		t.Error("a tenth, at least one, without the fraction")
	}
	if p.cfg.RoundUp = true; p.tenth(19) != 2 {
		t.Error("rounded up")
	}
}

// Suspending twice is one hold, which lifting ends.
func TestSuspensions(t *testing.T) {
	p := newParts(config(), 1)
	p.Suspend([]Process{Launch, Terminate})
	p.Suspend([]Process{Launch})
	p.wait(des.Minute)
	p.lift([]Process{Launch})
	if p.Suspended(Launch) || !p.Suspended(Terminate) || len(p.Holds) != 2 || p.Holds[0].Until != sec(60) || p.Holds[1].Until != des.Never {
		t.Errorf("%+v", p.Holds)
	}
	for process, want := range map[Process]string{Launch: "Launch", ReplaceUnhealthy: "ReplaceUnhealthy", AZRebalance: "AZRebalance", InstanceRefresh: "InstanceRefresh"} {
		if process.String() != want {
			t.Errorf("%v, want %s", process, want)
		}
	}
	if h := p.Holds[0]; h.Kind.String() != "suspension" || h.Name != "Launch" || h.Instance != -1 {
		t.Errorf("%+v", h)
	}
}

// With weights a group that is as large as desired launches on until both purchase
// options have their share, as long as that is not more than the largest weight above.
func TestNeedOfBothOptions(t *testing.T) {
	p := pooled(&Mixed{OnDemandPercent: 50})
	p.add(ec2.Pool{Model: p.cloud.models[2], Spot: true})
	if !p.need.missing() { // 4 of 4, all Spot: 2 are to be on demand
		t.Error("none is on demand")
	}
	p.add(ec2.Pool{Model: p.cloud.models[0]})
	if p.need.missing() {
		t.Error("5 of 4: no more")
	}
	p.cfg.Mixed.OnDemandPercent = 0
	p.leave(p.Members[1])
	if p.need.missing() {
		t.Error("4 of 4, all are to be Spot")
	}
}

// Two units more than desired are settled where a type weighs two, one less is not, and
// without weights none more is.
func TestSettledByWeights(t *testing.T) {
	two := newParts(config(), 4, model("pair", 2, 0.2))
	for capacity, want := range map[int]bool{3: false, 4: true, 5: true, 6: true, 7: false} {
		if got := two.need.fits(capacity); got != want {
			t.Errorf("%d of 4, by twos: settled %v", capacity, got)
		}
	}
	one := newParts(config(), 4)
	for capacity, want := range map[int]bool{3: false, 4: true, 5: false} {
		if got := one.need.fits(capacity); got != want {
			t.Errorf("%d of 4, one by one: settled %v", capacity, got)
		}
	}
}
