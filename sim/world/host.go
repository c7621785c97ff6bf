package world

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
)

// host is the run as package control needs it.
type host struct{ world *world }

// Series are the datapoints of a metric.
func (h host) Series(c scaling.Custom) *cloudwatch.Series {
	return h.world.meter.Series(c.Metric, c.Statistic, c.Period)
}

// Gather begins to read the instances.
func (h host) Gather(every, delay, keep des.Duration) scaling.Readings {
	return newGatherer(h.world, every, delay, keep)
}

// Offered counts the first attempts so far.
func (h host) Offered() uint64 {
	var c serving.Counters
	h.world.plane.Read(&c)
	return c.All.Offered
}

// Changed has the capacity taken down.
func (h host) Changed() { h.world.lifecycles.dirty = true }
