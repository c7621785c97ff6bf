package serving

import (
	"math"

	"asgsim/sim/des"
	"asgsim/workload"
)

// Stationary is a fleet of identical instances behind one balancer node at a
// constant rate, simulated on this plane until its share of good requests is known.
type Stationary struct {
	Instance    Spec
	Class       Class
	Arrivals    workload.Arrivals
	Algorithm   Algorithm
	SLO         des.Duration // a request slower than this is not good
	IdleTimeout des.Duration
	Connect     des.Duration // of the balancer
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
	// stationaryLongest bounds the simulated time, and with it the minutes kept, where
	// requests of hours come once a fortnight.
	stationaryLongest = 5 * 365 * 86400 // seconds
	// limitPrecision is how far apart, relative, the rates are between which a limit
	// is left.
	limitPrecision = 0.015
)

// Top is the rate at which n instances have not a moment to spare, by CPU or by
// workers, in requests a second.
func (s *Stationary) Top(n int) float64 {
	work := s.Class.CPU.Mean() / s.Instance.Speed
	top := float64(n*s.Instance.VCPU) / work
	if s.Instance.Workers > 0 {
		held := work
		if s.Class.Wait != nil {
			held += s.Class.Wait.Mean()
		}
		top = math.Min(top, float64(n*s.Instance.Workers)/held)
	}
	return top
}

// Good simulates n instances at a total rate and returns the share of the requests
// that were answered well within the SLO. Its chance is fixed: it is a function of
// its arguments.
func (s *Stationary) Good(n int, rate float64) (float64, error) {
	heavy := math.Min(math.Max(1, (1+s.Class.CPU.SCV())/2), stationaryHeavy)
	requests := stationaryRequests*heavy + float64(n*stationaryEach)
	if s.Algorithm.Alone() {
		requests *= stationaryAlone // what one instance carries stands for every fleet
	}
	end := des.Time(0).Add(des.Seconds(math.Min(requests/rate, stationaryLongest)))
	plane, err := New(Config{
		Seed: stationarySeed, Loads: []workload.Load{{Name: "stationary", Curve: workload.ConstantRate(rate), Arrivals: s.Arrivals}}, Classes: []Class{s.Class},
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
	var before, after Counters
	plane.Advance(des.Time(float64(end) * stationaryFill))
	plane.Read(&before)
	plane.Advance(end)
	plane.Read(&after)
	a, b := &before.All, &after.All
	finished := float64(b.Served + b.FailedAll() - a.Served - a.FailedAll())
	// What is in flight at the end for longer than the SLO is slow already.
	late := math.Max(0, float64(b.InFlight)-rate*s.SLO.Seconds())
	if finished+late == 0 {
		return 0, nil
	}
	return float64(b.Served-b.Slow-a.Served+a.Slow) / (finished + late), nil
}

// Limit is the rate, in requests a second, up to which n instances are good enough:
// at least the share good within the SLO. 0: at no rate. guess is where to begin.
func (s *Stationary) Limit(n int, good, guess float64) (float64, error) {
	top := s.Top(n)
	lo, hi := 0.0, top // lo is good enough, or untried; hi is not
	guess = math.Min(math.Max(guess, 0.02*top), 0.97*top)
	factor := 1.12
	for hi-lo > limitPrecision*hi {
		share, err := s.Good(n, guess)
		if err != nil {
			return 0, err
		}
		if share >= good {
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
			factor *= 1.5
		default:
			guess = (lo + hi) / 2
		}
	}
	return lo, nil
}
