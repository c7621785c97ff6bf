package workload

import "asgsim/sim/rng"

// Sampler draws from a distribution in the hot loop, without an interface call
// for the common laws.
type Sampler struct{ draw func(*rng.Stream) float64 }

// Draw returns one variate in seconds.
func (s *Sampler) Draw(r *rng.Stream) float64 { return s.draw(r) }

// SamplerOf returns the hot-loop form of d.
func SamplerOf(d Dist) Sampler { return d.sampler() }
