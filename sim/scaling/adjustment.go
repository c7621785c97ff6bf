package scaling

import (
	"fmt"
	"math"
)

// AdjustmentType is how an adjustment changes a capacity.
type AdjustmentType uint8

// The adjustment types (API: PutScalingPolicy).
const (
	ChangeInCapacity AdjustmentType = iota
	ExactCapacity
	PercentChangeInCapacity
)

var adjustmentNames = [...]string{"ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"}

// String returns AWS's name of the type.
func (t AdjustmentType) String() string { return adjustmentNames[t] }

// Adjustment is a change of capacity.
type Adjustment struct {
	Type AdjustmentType
	// MinMagnitude is the least number of instances a percentage changes; 0: none.
	MinMagnitude int
}

// Apply returns the capacity that c becomes by value a, before any bound. The
// percentage is of c; a percentage of 0 stays 0, whatever the minimum.
func (j Adjustment) Apply(c, a int) int {
	switch j.Type {
	case ExactCapacity:
		return a
	case PercentChangeInCapacity:
		delta := RoundPercent(float64(c) * float64(a) / 100)
		if delta != 0 && abs(delta) < j.MinMagnitude {
			delta = j.MinMagnitude * delta / abs(delta)
		}
		return c + delta
	default:
		return c + a
	}
}

// RoundPercent rounds a fractional change of capacity as AWS does ("Step and
// simple scaling policies", EC2 Auto Scaling User Guide, read 2023-04-27): above 1
// down, between 0 and 1 to 1, between -1 and 0 to -1, below -1 towards zero.
func RoundPercent(delta float64) int {
	switch {
	case delta > 0 && delta < 1:
		return 1
	case delta < 0 && delta > -1:
		return -1
	default:
		return int(math.Trunc(delta + math.Copysign(1e-9, delta)))
	}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// Step is one interval of a step policy. The bounds are relative to the alarm's
// threshold; an infinite bound is open.
type Step struct {
	Lower, Upper float64
	Adjustment   int
}

// show prints the interval of a step.
func (s Step) show() string {
	return fmt.Sprintf("[%s, %s)", number(s.Lower), number(s.Upper))
}

// MatchStep returns the step that a breach (metric minus threshold) falls into.
// Above the threshold the lower bound is inclusive and the upper exclusive; below
// it the lower is exclusive and the upper inclusive (API: StepAdjustment).
func MatchStep(steps []Step, breach float64, above bool) (Step, bool) {
	for _, s := range steps {
		if above && breach >= s.Lower && breach < s.Upper || !above && breach > s.Lower && breach <= s.Upper {
			return s, true
		}
	}
	return Step{}, false
}

// CheckSteps reports what is wrong with the steps of a policy: they must be 1 to
// 20, each not empty, and tile without gap or overlap (API: StepAdjustment).
func CheckSteps(steps []Step) error {
	if len(steps) == 0 || len(steps) > 20 {
		return fmt.Errorf("%d steps, must be 1 to 20", len(steps))
	}
	for i, s := range steps {
		if !(s.Lower < s.Upper) {
			return fmt.Errorf("step %d: upper %s must be above lower %s", i+1, number(s.Upper), number(s.Lower))
		}
		if math.IsInf(s.Lower, 0) && math.IsInf(s.Upper, 0) {
			return fmt.Errorf("step %d: lower and upper cannot both be open", i+1)
		}
		for k, o := range steps[:i] {
			if s.Lower < o.Upper && o.Lower < s.Upper {
				return fmt.Errorf("steps %d and %d overlap", k+1, i+1)
			}
		}
	}
	// Without overlap, they tile if the sum of their lengths is that of their hull.
	for i, s := range steps {
		touched := math.IsInf(s.Upper, 1)
		highest := true
		for _, o := range steps {
			touched = touched || o.Lower == s.Upper
			highest = highest && o.Upper <= s.Upper
		}
		if !touched && !highest {
			return fmt.Errorf("there is a gap above step %d, at %s", i+1, number(s.Upper))
		}
	}
	return nil
}
