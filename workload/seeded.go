package workload

import (
	"asgsim/sim/des"
)

// Seeded is a curve with chance of its own. What it draws belongs to a run, not
// to the curve: a run realises it with its own seed.
type Seeded interface {
	Curve
	// WithSeed returns the curve as drawn from a seed, leaving the receiver alone.
	WithSeed(seed uint64) Curve
}

// WithSeed returns a curve as drawn from a seed: c itself where there is no
// chance in it.
func WithSeed(c Curve, seed uint64) Curve {
	if s, ok := c.(Seeded); ok {
		return s.WithSeed(seed)
	}
	return c
}

// Realised returns the loads as a run with this seed meets them. The same seed
// gives the same loads, whatever else is configured.
func Realised(loads []Load, seed uint64) []Load {
	out := append([]Load(nil), loads...)
	for i := range out {
		out[i].Curve = WithSeed(out[i].Curve, seed)
	}
	return out
}

// Past is how far before the start a curve can be asked for its history: the
// fourteen days that predictive scaling looks back, and a day for whole hours.
const Past = 15 * des.Day

// always is the Since of a curve without a beginning.
const always = -des.Never

// Since returns the instant from which on a curve is known: 0 or before. A trace
// is known from its first bin, at most [Past] back; everything else has always been.
func Since(c Curve) des.Time {
	if s, ok := c.(interface{ Since() des.Time }); ok {
		return s.Since()
	}
	return always
}
