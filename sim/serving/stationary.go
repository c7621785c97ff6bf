package serving

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"asgsim/sim/des"
	"asgsim/workload"
)

// Stationary is a fleet of identical instances behind one balancer node at a
// constant rate, simulated on this plane until its share of good requests is known.
type Stationary struct {
	Instance Spec
	Class    Class
	// Dependencies are shared by all instances, and do not grow with them.
	Dependencies []Dependency
	Arrivals     workload.Arrivals
	Algorithm    Algorithm
	SLO          des.Duration // a request slower than this is not good
	IdleTimeout  des.Duration
	Connect      des.Duration // of the balancer
}

// What a simulation of a steady state costs: so many requests of exponential work,
// more where work varies more (a few large ones then decide), and so many more an
// instance; the first part fills the queues and is not looked at.
const (
	stationaryRequests = 60_000
	stationaryHeavy    = 5
	stationaryAlone    = 4
	stationaryEach     = 400
	stationaryFill     = 0.15
	stationarySeed     = 1
	stationaryParts    = 16 // what is looked at
	stationaryLeast    = 4  // of them, before an early end
	// stationaryLongest bounds the simulated time, and with it the minutes kept, where
	// requests of hours come once a fortnight.
	stationaryLongest = 5 * 365 * 86400 // seconds
	// limitPrecision is how far apart, relative, the rates are between which a limit
	// is left.
	limitPrecision = 0.015
)

// Top is the rate at which n instances have not a moment to spare, by CPU or by
// workers, or a dependency has none, in requests a second.
func (s *Stationary) Top(n int) float64 {
	work := s.Class.CPU.Mean() / s.Instance.Speed
	top := float64(n*s.Instance.VCPU) / work
	if s.Instance.Workers > 0 {
		held := work
		if s.Class.Wait != nil {
			held += s.Class.Wait.Mean()
		}
		held += Asking(s.Dependencies)
		top = math.Min(top, float64(n*s.Instance.Workers)/held)
	}
	if rate, first := Carry(s.Dependencies); first >= 0 {
		top = math.Min(top, rate)
	}
	return top
}

// Independent reports whether each instance serves its part as if it were alone: what one
// carries stands for every fleet.
func (s *Stationary) Independent() bool { return s.Algorithm.Independent() && len(s.Dependencies) == 0 }

// Good simulates n instances at a total rate and returns the share of the requests
// that were answered well within the SLO. Its chance is fixed: it is a function of
// its arguments.
func (s *Stationary) Good(n int, rate float64) (float64, error) {
	return s.watch(n, rate, func([]float64) bool { return false })
}

// Meets reports whether [Stationary.Good] is at least the share good. Most rates
// that are tried need only a third of the time for that.
func (s *Stationary) Meets(n int, rate, good float64) (bool, error) {
	share, err := s.About(n, rate, good)
	return share >= good, err
}

// About is [Stationary.Good], looked at only until it is clear whether it is at least good.
func (s *Stationary) About(n int, rate, good float64) (float64, error) {
	return s.watch(n, rate, func(parts []float64) bool { return beyondDoubt(parts, good) })
}

// beyondDoubt reports whether all parts lie on one side of a share, and their mean farther
// from it than their scatter can explain.
func beyondDoubt(parts []float64, good float64) bool {
	if len(parts) < stationaryLeast {
		return false
	}
	mean, sd := stat.MeanStdDev(parts, nil)
	if math.Abs(mean-good) < math.Max(5*sd/math.Sqrt(float64(len(parts))), (1-good)/4) {
		return false
	}
	return slices.Min(parts) >= good || slices.Max(parts) < good
}

// watch simulates n instances in parts until the end, or until what the parts' shares of
// good requests say is enough, and returns the share over all of them.
func (s *Stationary) watch(n int, rate float64, enough func(parts []float64) bool) (float64, error) {
	heavy := math.Min(math.Max(1, (1+s.Class.CPU.SCV())/2), stationaryHeavy)
	requests := stationaryRequests*heavy + float64(n*stationaryEach)
	if s.Independent() {
		requests *= stationaryAlone // what one instance carries stands for every fleet
	}
	end := des.Time(0).Add(des.Seconds(math.Min(requests/rate, stationaryLongest)))
	plane, err := New(Config{
		Seed: stationarySeed, Loads: []workload.Load{{Name: "stationary", Curve: workload.ConstantRate(rate), Arrivals: s.Arrivals}}, Classes: []Class{s.Class}, Dependencies: s.Dependencies,
		End: end, Slow: s.SLO, IdleTimeout: s.IdleTimeout, ConnectTimeout: s.Connect,
	})
	if err != nil {
		return 0, err
	}
	node := Node{Share: 1}
	for range n {
		node.Targets = append(node.Targets, Target{ID: plane.Add(s.Instance), Weight: 1})
	}
	plane.Route(Routing{Algorithm: s.Algorithm, Nodes: []Node{node}})
	late := func(c *Counters) float64 { return math.Max(0, float64(c.All.InFlight)-rate*s.SLO.Seconds()) }
	var start, from, to Counters
	fill := des.Time(float64(end) * stationaryFill)
	plane.Advance(fill)
	plane.Read(&start)
	plane.Read(&from)
	var parts []float64
	for k := range stationaryParts {
		plane.Advance(fill + des.Time(float64(end-fill)*float64(k+1)/stationaryParts))
		plane.Read(&to)
		parts = append(parts, shareGood(&from.All, &to.All, math.Max(0, late(&to)-late(&from))))
		if enough(parts) {
			break
		}
		from = to
	}
	return shareGood(&start.All, &to.All, late(&to)), nil
}

// shareGood is the share of the requests between two readings that were good. What is
// late already was in flight for longer than the SLO, and counts as finished.
func shareGood(a, b *Totals, late float64) float64 {
	finished := float64(b.Served+b.FailedAll()-a.Served-a.FailedAll()) + late
	if finished == 0 {
		return 0
	}
	return float64(b.Served-b.Slow-a.Served+a.Slow) / finished
}

// Limit is the rate, in requests a second, up to which n instances are good enough:
// at least the share good within the SLO. 0: at no rate. guess is where to begin, in
// small steps where it is known to be near.
func (s *Stationary) Limit(n int, good, guess float64, near bool) (float64, error) {
	top := s.Top(n)
	lo, hi := 0.0, top // lo is good enough, or untried; hi is not
	guess = math.Min(math.Max(guess, 0.02*top), 0.97*top)
	factor := 1.12
	if near {
		factor = 1 + limitPrecision
	}
	for hi-lo > limitPrecision*hi {
		met, err := s.Meets(n, guess, good)
		if err != nil {
			return 0, err
		}
		if met {
			lo = guess
		} else {
			hi = guess
		}
		switch {
		case lo == 0: // not yet good anywhere
			if hi < 1e-3*top {
				return 0, nil
			}
			guess = hi / factor
			factor *= factor
		case hi == top: // not yet bad anywhere
			guess = math.Min(lo*factor, (lo+top)/2)
			factor *= factor
		default:
			guess = (lo + hi) / 2
		}
	}
	return lo, nil
}
