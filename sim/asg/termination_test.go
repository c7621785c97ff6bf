package asg

import (
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// The default termination policy: the old launch template goes before the billing hour
// is looked at ("Termination policies", EC2 Auto Scaling User Guide, read 2023-04-27:
// steps 2 and 3 before step 4), and with one template the instance nearest to its next
// hour goes.
func TestDefaultTerminationOrder(t *testing.T) {
	var k des.Kernel
	k.At(des.Time(59*des.Minute), des.Begin, func() {})
	k.Step()
	b, r := &base{cfg: &Config{}, kernel: &k}, &roster{}
	c := &chooser{base: b, size: &size{}, zoneSet: newZoneSet(r, nil, 0), version: func() *ec2.Version { return nil }}
	member := func(launched des.Duration, old bool) *Member {
		i := &ec2.Instance{Run: &ec2.Run{}, Launched: des.Time(launched)}
		if old {
			i.Version = &ec2.Version{Speed: 2}
		}
		return &Member{Instance: i}
	}
	nearHour, young, old := member(0, false), member(30*des.Minute, false), member(50*des.Minute, true)
	if got := c.byPolicy([]*Member{nearHour, young, old}); got != old {
		t.Errorf("of an instance one minute before its hour and one of the old template the former goes")
	}
	if got := c.byPolicy([]*Member{young, nearHour}); got != nearHour {
		t.Errorf("of one template the instance nearest to its next hour must go")
	}
}

// Zone balance beats every termination policy: the instance is of the fullest zone, be
// there an older one elsewhere ("Work with Amazon EC2 Auto Scaling termination
// policies"). Protected instances, pending ones and those launched ahead stay; an
// unhealthy one goes before all.
func TestZoneBalanceComesFirst(t *testing.T) {
	cfg := config()
	cfg.Termination = []TerminationPolicy{OldestInstance}
	p := newParts(cfg, 3)
	oldest := p.add(ec2.Pool{Zone: 1})
	p.wait(des.Minute)
	second := p.add(ec2.Pool{Zone: 0})
	p.wait(des.Minute)
	third := p.add(ec2.Pool{Zone: 0})
	c := p.chooser()
	if got := c.victim(); got != second {
		t.Errorf("%v goes, want the oldest of the fuller zone", ordinals([]*Member{got}))
	}
	second.Protected = true
	if got := c.victim(); got != third {
		t.Error("a protected one went")
	}
	third.Extra = true
	if got := c.victim(); got != oldest {
		t.Error("one launched ahead went")
	}
	oldest.Phase = PhasePending
	if got := c.victim(); got != nil {
		t.Errorf("%+v went", got)
	}
	oldest.Phase, second.Protected, third.Extra = PhaseInService, false, false
	oldest.Unhealthy = true
	if got := c.victim(); got != oldest {
		t.Error("the unhealthy one must go")
	}
}

// The policies go by launch time, by the time to the next full hour, and by the version
// of the launch template; each narrows what the one before leaves.
func TestTerminationPolicies(t *testing.T) {
	young := &ec2.Version{Speed: 1}
	for _, row := range []struct {
		policies []TerminationPolicy
		want     int
	}{
		{[]TerminationPolicy{OldestInstance}, 0},
		{[]TerminationPolicy{NewestInstance}, 3},
		{[]TerminationPolicy{ClosestToNextInstanceHour}, 1},
		{[]TerminationPolicy{OldestLaunchTemplate, NewestInstance}, 2},
		{[]TerminationPolicy{OldestLaunchTemplate, DefaultTermination, NewestInstance}, 1}, // Default ends the list
		{nil, 1},
	} {
		cfg := config()
		cfg.Zones, cfg.Termination = []string{"a"}, row.policies
		p := newParts(cfg, 4)
		p.wait(3 * des.Hour)
		// 0 is of the new version and oldest; 1, 2 are of the old one.
		for k, age := range []des.Duration{130, 119, 90, 10} {
			m := p.add(ec2.Pool{})
			m.Instance.Launched = p.k.Now().Add(-age * des.Minute)
			if k == 0 || k == 3 {
				m.Instance.Version = young
			}
		}
		p.cloud.version = young
		if got := p.chooser().victim(); got.Instance.Ordinal != row.want {
			t.Errorf("%v: %d goes, want %d", row.policies, got.Instance.Ordinal, row.want)
		}
	}
	for policy, want := range map[TerminationPolicy]string{DefaultTermination: "Default", OldestInstance: "OldestInstance", ClosestToNextInstanceHour: "ClosestToNextInstanceHour", AllocationStrategy: "AllocationStrategy"} {
		if policy.String() != want {
			t.Errorf("%v, want %s", policy, want)
		}
	}
}

// In a mixed group the purchase option over its share loses one first, and of it the
// pool that the allocation strategy likes least.
func TestMixedScaleIn(t *testing.T) {
	p := pooled(&Mixed{OnDemandPercent: 50, Spot: CapacityOptimized})
	p.cfg.Zones = []string{"a"}
	for k, spot := range []bool{false, true, true, true} {
		p.add(ec2.Pool{Model: p.cloud.models[k%2], Spot: spot}) // first, cheap, first, cheap
	}
	p.size.set(3)
	m := p.chooser().victim()
	// Of 3, ceil(1.5) = 2 are to be on demand and 1 Spot: one Spot too many; cheap has the least spare capacity.
	if !m.Instance.Spot || m.Instance.Model.Type.Name != "cheap" {
		t.Errorf("%+v goes", m.Instance.Pool)
	}
	// Two over the lowest price spread: of the pool with more of them.
	q := pooled(&Mixed{Spot: SpotLowestPrice, SpotPools: 2})
	for _, k := range []int{1, 2, 1, 1, 1, 1, 1} {
		q.add(ec2.Pool{Model: q.cloud.models[k], Spot: true})
	}
	q.size.set(9)
	if m := q.chooser().victim(); m.Instance.Model.Type.Name != "cheap" {
		t.Errorf("%s goes: cheap has 6 units, big 4", m.Instance.Model.Type.Name)
	}
	// The oldest, if so asked.
	q.cfg.Mixed.OldestGoes = true
	q.Members[3].Instance.Launched = -1
	if m := q.chooser().victim(); m != q.Members[3] {
		t.Errorf("%d goes, not the oldest", m.Instance.Ordinal)
	}
}

// With weights nobody goes without whom the group would be under desired.
func TestWeightedScaleIn(t *testing.T) {
	p := newParts(config(), 4, model("small", 1, 0.1), model("big", 4, 0.3))
	big := p.add(ec2.Pool{Model: p.cloud.models[1]})
	small := p.add(ec2.Pool{Zone: 0})
	if m := p.chooser().victim(); m != small {
		t.Errorf("without the big one 1 of 4 is left")
	}
	small.Protected = true
	if m := p.chooser().victim(); m != nil {
		t.Error("nobody is to spare")
	}
	small.Protected = false
	p.size.set(1)
	if m := p.chooser().victim(); m != big && m != small {
		t.Errorf("%+v", m)
	}
}

// An instance refresh replaces in the order in which scale-in would take them, zone by
// zone.
func TestOrderOfReplacement(t *testing.T) {
	cfg := config()
	cfg.Termination = []TerminationPolicy{OldestInstance}
	p := newParts(cfg, 5)
	for _, z := range []int{0, 1, 0, 1, 0} {
		p.add(ec2.Pool{Zone: z})
		p.wait(des.Minute)
	}
	got := ordinals(p.chooser().sorted(p.active))
	count := [2]int{3, 2}
	last := [2]int{-1, -1}
	for _, o := range got {
		z := p.Members[o].Instance.Zone
		if count[z] < count[1-z] || o < last[z] {
			t.Errorf("%v: %d out of order", got, o)
		}
		count[z]--
		last[z] = o
	}
	if len(got) != 5 {
		t.Errorf("%v", got)
	}
}

// Who has more than its share goes first: of 4, half on demand, 2 on demand and 3 on Spot
// leave the Spot Instances to choose from; of 2 and 2 all of them.
func TestWhoHasMoreThanItsShare(t *testing.T) {
	cfg := config()
	cfg.Mixed = &Mixed{OnDemandPercent: 50}
	p := newParts(cfg, 4)
	for k := range 5 {
		p.add(ec2.Pool{Spot: k >= 2})
	}
	c := p.chooser()
	if got := ordinals(c.overShare(p.Members)); !slices.Equal(got, []int{2, 3, 4}) {
		t.Errorf("%v, want the Spot Instances 2, 3 and 4", got)
	}
	if got := ordinals(c.overShare(p.Members[:2])); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("%v, want both that there are to choose from", got)
	}
	even := newParts(cfg, 4)
	for k := range 4 {
		even.add(ec2.Pool{Spot: k >= 2})
	}
	if got := ordinals(even.chooser().overShare(even.Members)); !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("%v, want all", got)
	}
}
