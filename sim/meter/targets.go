package meter

import (
	"asgsim/sim/asg"
	"asgsim/sim/elb"
)

// targetGroup is what a target group shows of itself now.
type targetGroup struct {
	share        float64 // of the requests that the balancer sends
	healthy, bad int
	registered   int // targets that are not draining
	divisor      int // of RequestCountPerTarget
	counted      int // capacity of the targets that it counts
}

// targetsOf are the counts of the target group of a name, and what its
// RequestCountPerTarget divides by: with everybody, by all that are registered.
func targetsOf(balancer *elb.Balancer, group *asg.Group, name string, everybody bool) targetGroup {
	g := balancer.GroupOf(name)
	t := targetGroup{share: g.Share, healthy: g.Healthy, bad: g.Unhealthy}
	all := everybody || t.healthy == 0
	t.registered = t.healthy + t.bad + g.Initial
	if t.divisor = t.healthy; all {
		t.divisor = t.registered
	}
	if t.counted = t.divisor; group.Overshoot() == 0 {
		return t
	}
	t.counted = 0
	for _, member := range group.Active() {
		h, ok := balancer.HealthIn(name, member.Instance.Plane)
		if ok && (h == elb.Healthy || all && h != elb.Draining) {
			t.counted += member.Units()
		}
	}
	return t
}

// remember computes what it is asked for once a minute.
func remember(of func(string) targetGroup) func(string) targetGroup {
	known := map[string]targetGroup{}
	return func(name string) targetGroup {
		t, ok := known[name]
		if !ok {
			t = of(name)
			known[name] = t
		}
		return t
	}
}
