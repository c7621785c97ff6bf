package scaling

import (
	"fmt"
	"slices"

	"asgsim/sim/cloudwatch"
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

// About says what it is.
func (p *KubernetesHPA) About() About {
	return About{Name: p.Name, Kind: "kubernetes_hpa", System: "Kubernetes HPA", Says: fmt.Sprintf("Kubernetes HPA, CPU at %g %%", p.Target)}
}

// Attach reads the instances as the metrics server does: it has the CPU between its last
// two looks at the nodes.
func (p *KubernetesHPA) Attach(h Host) Attached {
	readings := h.Gather(p.Resolution, p.Delay, p.Resolution)
	return Attached{
		Every: p.SyncPeriod, Look: "sync", Idle: idleArithmetic,
		See: func(now des.Time, s *Snapshot) { s.Seen = readings.Pods(now) },
	}
}

// Settled is the fleet that holds the target.
func (p *KubernetesHPA) Settled(f Foresight, n int) int {
	one, _ := f.One(cloudwatch.CPUUtilization)
	return max(n, whole(one/p.Target))
}

// Doubts are about the delay of its metrics.
func (p *KubernetesHPA) Doubts() []Doubt {
	return delays(func(factor float64) Policy {
		c := *p
		c.Delay = times(p.Delay, factor)
		return &c
	})
}

// HPAMemory is what the autoscaler remembers from one sync to the next.
type HPAMemory struct {
	Past       []Recommendation
	Ups, Downs []Change
}

// Decide evaluates the autoscaler: the arithmetic, stabilization, rate rules.
func (p *KubernetesHPA) Decide(now des.Time, s *Snapshot, past Memory) (Decision, Memory) {
	m, _ := past.(HPAMemory)
	if s.Desired == 0 { // as replicas 0 is in Kubernetes
		return Decision{Why: "replicas are 0: switched off"}, m
	}
	pods := s.Seen.([]Pod)
	d := p.decide(now, s, pods, &m)
	d.Metric, d.HasMetric = utilization(pods)
	return d, m
}

// utilization is the CPU of the pods with a sample, in percent.
func utilization(pods []Pod) (float64, bool) {
	used, asked := int64(0), int64(0)
	for _, p := range pods {
		if p.Known {
			used, asked = used+p.Usage, asked+p.Request
		}
	}
	if asked == 0 {
		return 0, false
	}
	return 100 * float64(used) / float64(asked), true
}

func (p *KubernetesHPA) decide(now des.Time, s *Snapshot, pods []Pod, m *HPAMemory) Decision {
	t := HPATarget{Value: int64(p.Target), Utilization: true, Tolerance: p.Tolerance}
	n, metric, err := t.Replicas(s.Desired, pods)
	if err != nil {
		return Decision{Side: Hold, Block: BlockData, Why: err.Error()}
	}
	m.forget(now, max(p.Up.Window, p.Down.Window), p.longest())
	steady := Stabilize(now, s.Desired, n, m.Past, p.Up.Window, p.Down.Window)
	m.Past = append(slices.Clip(m.Past), Recommendation{now, n})
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
		m.Ups = append(slices.Clip(m.Ups), Change{now, want - s.Desired})
		return Decision{Side: Out, Want: want, Why: why}
	case want < s.Desired:
		m.Downs = append(slices.Clip(m.Downs), Change{now, s.Desired - want})
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
