package scaling

import (
	"fmt"

	"asgsim/sim/des"
)

// KubernetesHPA is a HorizontalPodAutoscaler on CPU, whose pods are the group's
// instances, each asking for all its CPU.
type KubernetesHPA struct {
	Name       string
	Target     float64 // percent of the CPU
	SyncPeriod des.Duration
	Tolerance  float64
	Up, Down   Behavior
	// Resolution is how often the metrics server asks the nodes for CPU, and Delay
	// how old what it is told may be.
	Resolution, Delay des.Duration
}

// PolicyName returns the name of the policy.
func (p *KubernetesHPA) PolicyName() string { return p.Name }

// System returns whose autoscaler it is.
func (p *KubernetesHPA) System() string { return "Kubernetes HPA" }

// Goal returns what it holds.
func (p *KubernetesHPA) Goal() string { return fmt.Sprintf("CPU at %g %%", p.Target) }

// HPAMemory is what the autoscaler remembers from one sync to the next.
type HPAMemory struct {
	Past       []Recommendation
	Ups, Downs []Change
}

// Decide evaluates the autoscaler: the arithmetic, stabilization, rate rules.
func (p *KubernetesHPA) Decide(now des.Time, s *Snapshot, pods []Pod, m *HPAMemory) Decision {
	t := HPATarget{Value: int64(p.Target), Utilization: true, Tolerance: p.Tolerance}
	n, metric, err := t.Replicas(s.Desired, pods)
	if err != nil {
		return Decision{Side: Hold, Block: BlockData, Why: err.Error()}
	}
	m.forget(now, max(p.Up.Window, p.Down.Window), p.longest())
	steady := Stabilize(now, s.Desired, n, m.Past, p.Up.Window, p.Down.Window)
	m.Past = append(m.Past, Recommendation{now, n})
	pace := Pace{Up: p.Up, Down: p.Down, Ups: m.Ups, Downs: m.Downs, Min: s.Min, Max: s.Max}
	want, limit := pace.Bound(now, s.Desired, steady)
	why := fmt.Sprintf("CPU %d %% of the pods at a target of %d %%: %d replicas", metric, t.Value, n)
	if steady != n {
		why += fmt.Sprintf(", stabilized %d", steady)
	}
	if limit != NoLimit {
		why += fmt.Sprintf(", %v %d", limit, want)
	}
	switch {
	case want > s.Desired:
		m.Ups = append(m.Ups, Change{now, want - s.Desired})
		return Decision{Side: Out, Want: want, Why: why}
	case want < s.Desired:
		m.Downs = append(m.Downs, Change{now, s.Desired - want})
		return Decision{Side: In, Want: want, Why: why}
	case limit == AtMax:
		return Decision{Side: Stay, Block: BlockMax, Why: why}
	case limit == AtMin:
		return Decision{Side: Stay, Block: BlockMin, Why: why}
	}
	return Decision{Side: Hold, Why: why}
}

// longest is the longest period of the rate rules.
func (p *KubernetesHPA) longest() (d des.Duration) {
	for _, b := range [...]*Behavior{&p.Up, &p.Down} {
		for _, r := range b.Rules {
			d = max(d, r.Period)
		}
	}
	return d
}

// forget drops what no window and no rule will look at again.
func (m *HPAMemory) forget(now des.Time, window, period des.Duration) {
	for len(m.Past) > 0 && m.Past[0].At <= now.Add(-window) {
		m.Past = m.Past[1:]
	}
	for _, c := range [...]*[]Change{&m.Ups, &m.Downs} {
		for len(*c) > 0 && (*c)[0].At <= now.Add(-period) {
			*c = (*c)[1:]
		}
	}
}
