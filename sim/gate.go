package sim

import (
	"math"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/estimate"
)

// Gate is a limit that a run or a variant must keep.
type Gate struct {
	Name   string // in the scenario; the text of the gate when it came from a flag
	Metric Metric
	// AtLeast: the value must not be below Limit; else it must not be above.
	AtLeast bool
	Limit   float64 // in the metric's base unit
	Text    string  // as written: "p99<=400ms"
}

// GateResult is a gate judged.
type GateResult struct {
	Gate    Gate
	Case    string // the variant; empty for a single run
	Value   estimate.Interval
	Verdict estimate.Verdict
	// Needs is how many replications would settle an inconclusive gate; 0 where no
	// number is known to.
	Needs int
	// First is the first breached minute of the SLO, over all replications the median
	// of those that have one; des.Never without any. Breaching counts these.
	First     des.Time
	Breaching int
}

// JudgeRun judges a gate on a single run: its value against the limit.
func (g Gate) JudgeRun(o *Outcome, t *Timeline) GateResult {
	v := g.Metric.Of(o)
	i := estimate.Interval{Value: v, Lo: v, Hi: v, N: 1}
	r := GateResult{Gate: g, Value: i, Verdict: g.judge(i)}
	r.First, r.Breaching = firstBreach(t, o)
	if math.IsNaN(v) {
		r.Verdict = estimate.Inconclusive
	}
	return r
}

// Judge judges a gate on a case of a comparison: pass if the whole interval is
// inside, fail if it is outside, else inconclusive.
func (g Gate) Judge(c *CaseResult) GateResult {
	i := c.Values[g.Metric.Key]
	r := GateResult{Gate: g, Case: c.Name, Value: i, Verdict: g.judge(i)}
	r.First, r.Breaching = firstBreach(c.Timeline, c.Outcomes...)
	if math.IsNaN(i.Value) {
		r.Verdict = estimate.Inconclusive
	}
	if r.Verdict == estimate.Inconclusive {
		r.Needs = i.Needs(g.Limit)
	}
	return r
}

// firstBreach is the median of the first breached minutes of the outcomes that have
// any, and how many have.
func firstBreach(t *Timeline, x ...*Outcome) (des.Time, int) {
	var first []des.Time
	for _, o := range x {
		if i := slices.Index(o.Breached, true); i >= 0 {
			first = append(first, t.At[i])
		}
	}
	if len(first) == 0 {
		return des.Never, 0
	}
	slices.Sort(first)
	return first[(len(first)-1)/2], len(first)
}

func (g Gate) judge(i estimate.Interval) estimate.Verdict {
	if g.AtLeast {
		return i.AtLeast(g.Limit)
	}
	return i.AtMost(g.Limit)
}

// Worst is the verdict over several gates: fail if any fails, else inconclusive if
// any is, else pass.
func Worst(results []GateResult) estimate.Verdict {
	worst := estimate.Pass
	for _, r := range results {
		switch r.Verdict {
		case estimate.Fail:
			return estimate.Fail
		case estimate.Inconclusive:
			worst = estimate.Inconclusive
		}
	}
	return worst
}

// DiffGate is a limit on how a case may differ from the base.
type DiffGate struct {
	Metric Metric
	Above  bool    // fail when the difference is above Limit, else when below
	Limit  float64 // a share of the base's value, or of 1 with Points
	Points bool
	Text   string
}

// Judge judges a case against the base: fail if the whole interval of the paired
// difference lies beyond the limit.
func (g DiffGate) Judge(base, c *CaseResult) GateResult {
	d, limit := c.Diffs[g.Metric.Key], g.Limit
	if !g.Points {
		limit *= math.Abs(base.Values[g.Metric.Key].Value)
	}
	r := GateResult{Gate: Gate{Metric: g.Metric, AtLeast: !g.Above, Limit: limit, Text: g.Text}, Case: c.Name, Value: d}
	r.First, r.Breaching = firstBreach(c.Timeline, c.Outcomes...)
	r.Verdict = r.Gate.judge(d)
	if math.IsNaN(d.Value) {
		r.Verdict = estimate.Inconclusive
	}
	if r.Verdict == estimate.Inconclusive {
		r.Needs = d.Needs(limit)
	}
	return r
}
