package elb

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// shares are the targets' parts of the traffic by the last table.
func (t *tables) shares() map[serving.ID]float64 {
	out := map[serving.ID]float64{}
	for _, n := range t.last.Nodes {
		sum := 0.0
		for _, target := range n.Targets {
			sum += target.Weight
		}
		for _, target := range n.Targets {
			out[target.ID] += n.Share * target.Weight / sum
		}
	}
	return out
}

// steady is a balancer over n targets that are healthy from the start, and its last
// table.
func steady(t *testing.T, cfg *Config, n int) (*bench, *tables) {
	x := newBench(t, cfg, 0.01, des.Hour)
	table := &tables{Plane: x.plane}
	x.balancer.plane = table
	for i := range n {
		x.balancer.Adopt(x.add(serving.Serving), i%2, i)
	}
	x.balancer.Open()
	return x, table
}

// TV-55: a slow start of 120 s beside three full targets: after 30 s the new one
// has 0.25 of 3.25 shares. X-27: never less than a quarter of a share among four.
func TestTV55SlowStart(t *testing.T) {
	cfg := config()
	cfg.SlowStart = 120 * des.Second
	x, table := steady(t, cfg, 3)
	id := x.add(serving.Serving)
	x.kernel.At(sec, des.Begin, func() { x.balancer.Register(id, 0, 3) })
	x.run(35 * sec) // one of the probes in the first 30 s
	var healthy des.Time
	for _, c := range x.changes {
		if c.id == id && c.to == Healthy {
			healthy = c.at
		}
	}
	for _, row := range []struct{ after, want float64 }{{30, 0.25 / 3.25}, {60, 0.5 / 3.5}, {90, 0.75 / 3.75}, {121, 0.25}} {
		x.run(max(35*sec, healthy.Add(des.Seconds(row.after)).Add(des.Millisecond)))
		if got := table.shares()[id]; math.Abs(got-row.want) > 0.005 {
			t.Errorf("TV-55: after %v s a share of %.4f, want %.4f", row.after, got, row.want)
		}
		if got := x.balancer.Slow(); (got == 1) != (row.after < 120) {
			t.Errorf("after %v s %d in slow start", row.after, got)
		}
	}
}

// the least share in slow start may be given.
func TestSlowStartFloor(t *testing.T) {
	cfg := config()
	cfg.SlowStart, cfg.SlowFloor = 300*des.Second, 0.5
	x, table := steady(t, cfg, 3)
	id := x.add(serving.Serving)
	x.kernel.At(sec, des.Begin, func() { x.balancer.Register(id, 0, 3) })
	x.run(60 * sec)
	if got := table.shares()[id]; math.Abs(got-0.5/3.5) > 0.005 {
		t.Errorf("a share of %.4f, want %.4f", got, 0.5/3.5)
	}
}

// Who enters slow start: not a batch into an empty group, but a target that recovers.
func TestWhoStartsSlowly(t *testing.T) {
	cfg := config()
	cfg.SlowStart = 120 * des.Second
	x, _ := steady(t, cfg, 0)
	a, b := x.add(serving.Serving), x.add(serving.Serving)
	x.balancer.Register(a, 0, 0)
	x.balancer.Register(b, 1, 1)
	for at := sec; at <= 40*sec; at += sec {
		if x.run(at); x.balancer.groups[0].ramp.Pending() {
			t.Fatalf("%v: shares grow and no target is in slow start", at)
		}
	}
	if x.balancer.Slow() != 0 {
		t.Error("a batch registered into an empty group begins in full")
	}
	x.plane.SetMode(a, serving.Mode{Kind: serving.Refusing})
	x.run(140 * sec)
	x.plane.SetMode(a, serving.Mode{Kind: serving.Serving})
	x.run(310 * sec)
	if h, _ := x.balancer.Health(a); h != Healthy || x.balancer.Slow() != 1 {
		t.Errorf("recovered: %v, %d in slow start", h, x.balancer.Slow())
	}
	x.balancer.Deregister(a, func() {})
	if x.balancer.Slow() != 0 {
		t.Error("a target that drains is not in slow start")
	}
}

// TV-54: two zones of ten targets, both thresholds 50 %; six fail in the second.
func TestTV54TargetGroupHealth(t *testing.T) {
	half := Least{Share: 0.5}
	for _, row := range []struct {
		name          string
		cross         bool
		health        TargetGroupHealth
		failA, failB  int
		nodes         int     // in DNS
		first, second float64 // share of the traffic that each zone's targets get
		sick          bool    // the failed ones get traffic
	}{
		{"TV-54, off: B is out of DNS", false, TargetGroupHealth{half, half}, 0, 6, 1, 1, 0, false},
		{"TV-54, on: nothing", true, TargetGroupHealth{half, half}, 0, 6, 1, 10.0 / 14, 4.0 / 14, false},
		{"no failover: direct traffic to B goes to all ten", false, TargetGroupHealth{Least{Count: Off}, half}, 0, 6, 2, 0.5, 0.5, true},
		{"both zones bad: both are used", false, TargetGroupHealth{half, half}, 6, 6, 2, 0.5, 0.5, true},
		{"cross-zone, too few in all: everybody", true, TargetGroupHealth{Least{Count: 9}, Least{Count: 9}}, 6, 6, 1, 0.5, 0.5, true},
		{"AWS's defaults: a zone with one healthy target stays", false, TargetGroupHealth{}, 0, 9, 2, 0.5, 0.5, false},
		{"and one with none leaves", false, TargetGroupHealth{}, 0, 10, 1, 1, 0, false},
	} {
		cfg := config()
		cfg.CrossZone, cfg.Health = row.cross, row.health
		x, table := steady(t, cfg, 0)
		for i := range 20 {
			x.balancer.Adopt(x.add(serving.Serving), i/10, i)
		}
		x.balancer.Open()
		for i, target := range x.balancer.groups[0].targets {
			if i < row.failA || i >= 10 && i < 10+row.failB {
				target.judge.health = Unhealthy
			}
		}
		x.balancer.route()
		zone := [2]float64{}
		sick := false
		for id, share := range table.shares() {
			zone[x.balancer.groups[0].find(id).zone] += share
			h, _ := x.balancer.Health(id)
			sick = sick || h == Unhealthy
		}
		got := fmt.Sprintf("%d nodes, %.3f, %.3f, sick %v", len(table.last.Nodes), zone[0], zone[1], sick)
		if want := fmt.Sprintf("%d nodes, %.3f, %.3f, sick %v", row.nodes, row.first, row.second, row.sick); got != want {
			t.Errorf("%s: %s, want %s", row.name, got, want)
		}
	}
}

// Where every registered target is healthy nobody else gets traffic, however few the group
// wants at least: that is no fail-open. With one that is not, it is.
func TestFailOpenNeedsAnUnhealthyTarget(t *testing.T) {
	cfg := config()
	cfg.Health = TargetGroupHealth{DNSFailover: Least{Count: Off}, Routing: Least{Count: 3}}
	x, _ := steady(t, cfg, 0)
	for i := range 2 {
		x.balancer.Adopt(x.add(serving.Serving), 0, i)
	}
	x.balancer.Open()
	if got := x.balancer.FailOpens; len(got) != 0 {
		t.Errorf("two healthy of two: %+v", got)
	}
	x.balancer.groups[0].targets[0].judge.health = Unhealthy
	x.balancer.route()
	if got := x.balancer.FailOpens; len(got) != 1 || got[0].To != des.Never || got[0].Zone != -1 {
		t.Errorf("one healthy of two: %+v", got)
	}
}

// Each target is probed at its own phase of the interval, drawn from the seed: the same in
// a run of the same seed, another in one of another.
func TestPhaseOfProbes(t *testing.T) {
	first := func(seed uint64) (out []des.Time) {
		for ordinal := range 8 {
			var k des.Kernel
			b := New(&k, &tables{Plane: newBench(t, config(), 0.01, des.Hour).plane}, config(), 2, seed, func(serving.ID, Health) {})
			b.groups[0].add(0, 0, ordinal)
			out = append(out, k.Next())
		}
		return out
	}
	one, again, other := first(1), first(1), first(2)
	if !slices.Equal(one, again) || slices.Equal(one, other) {
		t.Errorf("%v, again %v, with another seed %v", one, again, other)
	}
	slices.Sort(one)
	if len(slices.Compact(one)) != 8 || one[7] >= 30*sec {
		t.Errorf("%v", one)
	}
}

// A zone of one target is in DNS as long as that is healthy; one without targets is not.
func TestAZoneOfOneTarget(t *testing.T) {
	b := &group{cfg: config()}
	b.cfg.Health.DNSFailover = Least{Count: 1}
	if !b.inDNS(&reach{registered: []*target{{}}, healthy: 1}) || b.inDNS(&reach{registered: []*target{{}}}) || b.inDNS(&reach{}) {
		t.Error("one healthy target, one that is not, none")
	}
}
