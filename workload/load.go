package workload

import "asgsim/sim/des"

// Load is one stream of requests. Loads add up; each is its own arrival process
// with its own random streams, so adding one disturbs no other.
type Load struct {
	Name     string
	Curve    Curve
	Arrivals Arrivals
	Class    int // index of the class of its requests
	// Group is the target group that all of its requests go to; empty: they are divided
	// among all by their shares.
	Group string
}

// Curve is a rate over time as the user described it.
type Curve interface {
	// Integral returns the expected number of requests in [from, to).
	Integral(from, to des.Time) float64
	// Stretch returns the stretch [from, to) around t in which the rate neither
	// jumps nor bends; cells are split at its ends. The outermost reach to -[des.Never]
	// and [des.Never].
	Stretch(t des.Time) (from, to des.Time)
	// Flat reports whether the rate is constant in each stretch, so that one cell can
	// serve for all of it.
	Flat() bool
}

// ArrivalKind is how requests arrive at a given rate.
type ArrivalKind uint8

// The arrival processes.
const (
	Poisson ArrivalKind = iota // independent users; the default
	Regular                    // evenly spaced in expected count
	Bursty                     // over-dispersed: IDC above 1
	Counts                     // exactly the curve's count in each bin of a trace, uniform inside it
)

// Arrivals is an arrival process.
type Arrivals struct {
	Kind ArrivalKind
	// IDC is the index of dispersion for counts of a bursty process (variance /
	// mean of the number of arrivals in long windows), above 1.
	IDC float64
	// Burst is the mean length of a burst cycle of a bursty process.
	Burst des.Duration
}

// Dist is a distribution of a non-negative time in seconds.
type Dist interface {
	Mean() float64
	// SCV is the squared coefficient of variation, variance / mean^2; 0 for a
	// constant, +Inf where it does not exist.
	SCV() float64
	// Quantile returns the p-quantile, 0 < p < 1.
	Quantile(p float64) float64
	// String prints the distribution as the file format writes it.
	String() string
	// sampler returns the hot-loop form of the distribution.
	sampler() Sampler
}
