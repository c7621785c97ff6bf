package estimate

import "math"

// FirstLook is the smallest sample that is looked at when a sample grows until
// something is decided.
const FirstLook = 10

// Looks are the sample sizes at which a growing sample may be looked at, and the
// chance of error spent at each: n = 10, 20, 40, ... up to the cap, alpha split
// evenly, so that the chance of a single wrong claim over all looks is at most
// alpha (Bonferroni). Looking after every replication instead, "until the interval
// excludes zero", decides falsely about three times in ten.
type Looks struct {
	Sizes []int
	Alpha float64 // at each look
}

// PlanLooks returns the looks up to a cap of at least FirstLook replications; the
// cap itself is the last.
func PlanLooks(cap int, alpha float64) Looks {
	var sizes []int
	for n := FirstLook; n < cap; n *= 2 {
		sizes = append(sizes, n)
	}
	sizes = append(sizes, max(cap, FirstLook))
	return Looks{sizes, alpha / float64(len(sizes))}
}

// Verdict is what an interval says about a limit or about zero.
type Verdict uint8

// The verdicts.
const (
	Inconclusive Verdict = iota
	Pass
	Fail
)

var verdictNames = [...]string{"inconclusive", "pass", "fail"}

// String returns the verdict in lower case.
func (v Verdict) String() string { return verdictNames[v] }

// AtMost judges "value <= limit": pass if the whole interval is inside, fail if
// all of it is outside.
func (i Interval) AtMost(limit float64) Verdict {
	switch {
	case i.Hi <= limit:
		return Pass
	case i.Lo > limit:
		return Fail
	}
	return Inconclusive
}

// AtLeast judges "value >= limit".
func (i Interval) AtLeast(limit float64) Verdict {
	switch {
	case i.Lo >= limit:
		return Pass
	case i.Hi < limit:
		return Fail
	}
	return Inconclusive
}

// Needs estimates how many replications would settle a limit that the interval
// straddles: the half width shrinks with the square root of their number. 0 where
// the estimate lies on the limit, and no number would.
func (i Interval) Needs(limit float64) int {
	distance := math.Abs(i.Value - limit)
	if distance == 0 || math.IsInf(i.Half(), 0) || math.IsNaN(distance) {
		return 0
	}
	r := i.Half() / distance
	return int(math.Ceil(float64(i.N) * r * r))
}

// Resolved says whether a difference is told apart from zero.
func (i Interval) Resolved() bool { return !i.Holds(0) }
