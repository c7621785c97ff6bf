package world

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// settledSize is the number of instances the run begins with: what the user said,
// else the steady state of the policies for the load at the start, the smallest
// fleet that holds every target, within the bounds.
func (w *world) settledSize() int {
	g := &w.cfg.Group
	if g.Desired != asg.Settled {
		return g.Desired
	}
	n := g.Min
	if g.Cold {
		return n
	}
	for i := range w.cfg.Tracking {
		t := &w.cfg.Tracking[i]
		need := w.metricOfOne(t.Metric, 0) / t.Target
		n = max(n, int(math.Min(math.Ceil(need-1e-9), float64(g.Max))))
	}
	return min(n, g.Max)
}

// metricOfOne is the expected value of a metric at t if one instance (as fast as
// need be) carried the load: divided by n it is the metric of n.
func (w *world) metricOfOne(m scaling.Metric, t des.Time) float64 {
	total := 0.0
	for i, load := range w.loads {
		rate := load.Rate(t)
		if m == scaling.ALBRequestCountPerTarget {
			total += rate * 60
			continue
		}
		class := &w.cfg.Classes[w.cfg.Loads[i].Class]
		total += 100 * rate * class.CPU.Mean() / (w.cfg.Template.Speed * float64(w.cfg.Template.Type.VCPU))
	}
	return total
}

// fillHistory gives the alarms of a settled start the datapoints that a fleet of
// n would have shown: a long steady state at the load of the start.
func (p *policies) fillHistory(n int) {
	w := p.world
	if w.cfg.Group.Cold || n == 0 {
		return
	}
	cpu := math.Min(100, w.metricOfOne(scaling.ASGAverageCPUUtilization, 0)/float64(n))
	count := w.metricOfOne(scaling.ALBRequestCountPerTarget, 0) / float64(n)
	const past = 30 * des.Minute
	for t := des.Time(-past); t < 0; t = t.Add(w.meter.cpu.Period) {
		w.meter.cpu.Put(t, cpu, n)
	}
	for t := des.Time(-past); t < 0; t = t.Add(w.meter.count.Period) {
		w.meter.count.Put(t, count, n)
	}
}
