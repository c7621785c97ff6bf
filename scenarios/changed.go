package scenarios

import (
	"asgsim/sim/des"
	"asgsim/workload"
)

// growing is a parsed growth.
type growing struct {
	share  float64
	period des.Duration
}

// noisy is a parsed noise.
type noisy struct {
	cv    float64
	every des.Duration
}

// changed is a curve with growth and noise.
type changed struct {
	curve     workload.Curve
	growth    growing
	hasGrowth bool
	noise     noisy
	hasNoise  bool
	seed      uint64
	load      string // whose noise it is
}

// result returns the curve that it means.
func (c *changed) result() workload.Curve {
	out := c.curve
	if c.hasGrowth {
		out = workload.Growth(out, c.growth.share, c.growth.period)
	}
	if c.hasNoise {
		out = workload.Noise(out, c.noise.cv, c.noise.every, c.seed, c.load)
	}
	return out
}
