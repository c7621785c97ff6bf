package scaling

import (
	"math"

	"asgsim/sim/des"
)

// Select is which of several rate rules counts.
type Select uint8

// The selections.
const (
	SelectMax      Select = iota // the one that allows the greatest change; default
	SelectMin                    // the one that allows the least
	SelectDisabled               // no change in that direction
)

var selects = [...]string{"Max", "Min", "Disabled"}

// String returns Kubernetes' name of the selection.
func (s Select) String() string { return selects[s] }

// RateRule bounds a change of replicas within a period.
type RateRule struct {
	Percent bool // Value is percent of the replicas at the begin of the period
	Value   int
	Period  des.Duration
}

// Behavior is how one direction is slowed down.
type Behavior struct {
	Window des.Duration // of stabilization
	Rules  []RateRule
	Select Select
}

// Change is a change of replicas that was made.
type Change struct {
	At    des.Time
	Count int
}

// Recommendation is what the arithmetic asked for at an instant.
type Recommendation struct {
	At       des.Time
	Replicas int
}

// DefaultUp is Kubernetes's behavior on the way up: at once, by the greater of 4
// pods and 100 % in 15 seconds.
func DefaultUp() Behavior {
	return Behavior{Rules: []RateRule{{Value: 4, Period: 15 * des.Second}, {Percent: true, Value: 100, Period: 15 * des.Second}}}
}

// DefaultDown is Kubernetes's behavior on the way down: the highest recommendation
// of five minutes, by 100 % in 15 seconds.
func DefaultDown() Behavior {
	return Behavior{Window: 300 * des.Second, Rules: []RateRule{{Percent: true, Value: 100, Period: 15 * des.Second}}}
}

// Stabilize returns the replicas between the lowest recommendation of the window
// up and the highest of the window down, the newest included.
func Stabilize(now des.Time, current, newest int, past []Recommendation, up, down des.Duration) int {
	low, high := newest, newest
	for _, r := range past {
		if r.At > now.Add(-up) {
			low = min(low, r.Replicas)
		}
		if r.At > now.Add(-down) {
			high = max(high, r.Replicas)
		}
	}
	return min(max(current, low), high)
}

// Limit is what bounded a wanted number of replicas.
type Limit uint8

// The limits.
const (
	NoLimit Limit = iota
	UpRate        // rate rules on the way up
	DownRate
	AtMax
	AtMin
)

var limitNames = [...]string{"DesiredWithinRange", "ScaleUpLimit", "ScaleDownLimit", "TooManyReplicas", "TooFewReplicas"}

// String returns Kubernetes's name of the condition.
func (l Limit) String() string { return limitNames[l] }

// Pace is the rate rules with the changes that count against them.
type Pace struct {
	Up, Down   Behavior
	Ups, Downs []Change
	Min, Max   int
}

// Bound returns the replicas that may be set now, and what bounded them.
func (p *Pace) Bound(now des.Time, current, want int) (int, Limit) {
	switch {
	case want > current:
		limit, why := max(current, p.upper(now, current)), UpRate
		if limit >= p.Max {
			limit, why = p.Max, AtMax
		}
		if want > limit {
			return limit, why
		}
	case want < current:
		limit, why := min(current, p.lower(now, current)), DownRate
		if limit <= p.Min {
			limit, why = p.Min, AtMin
		}
		if want < limit {
			return limit, why
		}
	}
	return want, NoLimit
}

// upper is the most replicas that the rules allow now.
func (p *Pace) upper(now des.Time, current int) int {
	if p.Up.Select == SelectDisabled || len(p.Up.Rules) == 0 {
		return current
	}
	limit := math.MinInt
	if p.Up.Select == SelectMin {
		limit = math.MaxInt
	}
	for _, r := range p.Up.Rules {
		n := p.begin(now, current, r)
		if r.Percent {
			n = ceil(float64(n) * (1 + float64(r.Value)/100))
		} else {
			n += r.Value
		}
		if p.Up.Select == SelectMin {
			limit = min(limit, n)
		} else {
			limit = max(limit, n)
		}
	}
	return limit
}

// lower is the least replicas that the rules allow now. A percentage takes away
// rounded up.
func (p *Pace) lower(now des.Time, current int) int {
	if p.Down.Select == SelectDisabled || len(p.Down.Rules) == 0 {
		return current
	}
	limit := math.MaxInt
	if p.Down.Select == SelectMin {
		limit = math.MinInt
	}
	for _, r := range p.Down.Rules {
		n := p.begin(now, current, r)
		if r.Percent {
			n = int(math.Trunc(float64(n)*(1-float64(r.Value)/100) + 1e-9))
		} else {
			n -= r.Value
		}
		if p.Down.Select == SelectMin {
			limit = max(limit, n)
		} else {
			limit = min(limit, n)
		}
	}
	return limit
}

// begin is how many replicas there were at the begin of a rule's period.
func (p *Pace) begin(now des.Time, current int, r RateRule) int {
	sum := func(all []Change) (n int) {
		for _, c := range all {
			if c.At > now.Add(-r.Period) {
				n += c.Count
			}
		}
		return n
	}
	return current - sum(p.Ups) + sum(p.Downs)
}
