package elb

import (
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// two is a balancer with two target groups: [target_group] checks every 30 s, the other
// every 10 s and needs three failures in a row.
func two() *Config {
	c := config()
	c.Others = []Other{{Name: "api", Share: 0.25, DeregistrationDelay: 400 * des.Second,
		Check: HealthCheck{Interval: 10 * des.Second, Timeout: 5 * des.Second, HealthyThreshold: 2, UnhealthyThreshold: 3, Work: 0.001}}}
	return c
}

// "All of them must report that an instance is healthy in order for it to consider the
// instance healthy. If any one of them reports an instance as unhealthy, the Auto Scaling
// group replaces the instance" ("Health checks for instances in an Auto Scaling group",
// EC2 Auto Scaling User Guide, read 2026-11).
func TestHealthOfSeveralTargetGroups(t *testing.T) {
	for _, row := range []struct {
		first, other Health
		want         Health
	}{
		{Healthy, Healthy, Healthy}, {Initial, Initial, Initial},
		{Healthy, Initial, Initial}, {Initial, Healthy, Initial},
		{Unhealthy, Healthy, Unhealthy}, {Healthy, Unhealthy, Unhealthy},
		{Initial, Unhealthy, Unhealthy}, {Unhealthy, Initial, Unhealthy},
	} {
		b := newBench(t, two(), 1, des.Hour)
		id := b.add(serving.Serving)
		b.balancer.Register(id, 0, 0)
		b.balancer.groups[0].find(id).judge.health = row.first
		b.balancer.groups[1].find(id).judge.health = row.other
		if got, known := b.balancer.Health(id); got != row.want || !known {
			t.Errorf("%v in the first, %v in the other: %v, want %v", row.first, row.other, got, row.want)
		}
	}
}

// Each group probes by its own settings: a hung instance is unhealthy in the other after
// its third probe has timed out, 25 to 35 s from then; the first would take 35 to 65 s.
// Its quarter of the requests then goes to the rest, the first group's still to the hung
// one too. A new instance is healthy once both have probed it, the slower within 30 s.
func TestEachTargetGroupChecksByItsOwnSettings(t *testing.T) {
	table := &tables{}
	b := newBench(t, two(), 1, des.Hour)
	hung, fine := b.add(serving.Serving), b.add(serving.Serving)
	b.balancer.Adopt(hung, 0, 0)
	b.balancer.Adopt(fine, 1, 1)
	table.Plane, b.balancer.plane = b.plane, table
	b.balancer.Open()
	b.kernel.At(100*sec, des.Begin, func() { b.plane.SetMode(hung, serving.Mode{Kind: serving.Hung}) })
	b.run(136 * sec)
	first, _ := b.balancer.HealthIn("", hung)
	other, _ := b.balancer.HealthIn("api", hung)
	if first != Healthy || other != Unhealthy {
		t.Fatalf("36 s after it hangs: %v and %v, want healthy and unhealthy", first, other)
	}
	if got := b.changes[len(b.changes)-1]; got.at < 125*sec || got.at > 135*sec || got.to != Unhealthy {
		t.Errorf("%v at %v, want unhealthy within 125 to 135 s", got.to, got.at)
	}
	nodes := table.last.Nodes
	if len(nodes) != 2 || nodes[0].Share != 0.75 || nodes[1].Share != 0.25 || len(nodes[0].Targets) != 2 || len(nodes[1].Targets) != 1 || nodes[1].Targets[0].ID != fine {
		t.Errorf("routes %+v", nodes)
	}
	if !b.balancer.Routed(hung) || b.balancer.RoutedUnhealthy(hung) {
		t.Error("the first target group sends to what it finds healthy")
	}
	registered := b.kernel.Now()
	late := b.add(serving.Serving)
	b.balancer.Register(late, 0, 2)
	b.run(136*sec + 31*sec)
	var both, single des.Time
	for _, c := range b.changes {
		if c.id == late && c.to == Healthy {
			both = c.at
		}
	}
	for _, c := range b.changes {
		if c.id == late && c.at > registered {
			single = c.at
			break
		}
	}
	if both == 0 || both > registered.Add(30*des.Second+des.Second) || single >= both {
		t.Errorf("registered at %v: one finds it healthy at %v, both at %v", registered, single, both)
	}
}

// A drain of an instance lasts as long as its slowest group allows: what is in flight is
// cut after 400 s, not after the first group's 300.
func TestDrainLastsAsTheSlowestTargetGroup(t *testing.T) {
	b := newBench(t, two(), 1000, des.Hour)
	id := b.add(serving.Serving)
	b.balancer.Adopt(id, 0, 0)
	b.balancer.Open()
	var done des.Time
	b.kernel.At(2*sec, des.Reconcile, func() { b.balancer.Deregister(id, func() { done = b.kernel.Now() }) })
	b.run(1000 * sec)
	if want := 402 * sec; done != want {
		t.Errorf("drained at %v, want %v", done, want)
	}
}

// A new division of the requests is in the routing table where it is off by more than two
// points, or a group gets none any more; the group shows it as it is.
func TestDivide(t *testing.T) {
	table := &tables{}
	b := newBench(t, two(), 1, des.Hour)
	b.balancer.Adopt(b.add(serving.Serving), 0, 0)
	table.Plane, b.balancer.plane = b.plane, table
	b.balancer.Open()
	for _, x := range []struct {
		share float64
		want  []float64
	}{
		{0.25, []float64{0.75, 0.25}}, {0.26, []float64{0.75, 0.25}}, {0.5, []float64{0.5, 0.5}}, {0.51, []float64{0.5, 0.5}}, {1, []float64{1}}, {0.001, []float64{0.999, 0.001}}, {0, []float64{1}},
	} {
		b.balancer.Divide(func(group string) float64 {
			if group == "api" {
				return x.share
			}
			return 1 - x.share
		})
		var got []float64
		for _, n := range table.last.Nodes {
			got = append(got, n.Share)
		}
		if !slices.Equal(got, x.want) || b.balancer.GroupOf("api").Share != x.share || b.balancer.GroupOf(First).Share != 1-x.share {
			t.Errorf("%v to api: the table has %v, want %v; %+v", x.share, got, x.want, b.balancer.GroupOf("api"))
		}
	}
}
