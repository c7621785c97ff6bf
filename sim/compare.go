package sim

import (
	"context"
	"errors"
	"math"

	"asgsim/sim/estimate"
	"asgsim/sim/record"
	"asgsim/sim/rng"
)

// Plan says what to compare and how long to go on.
type Plan struct {
	Cases []Case // the first is the base the others are compared with
	Seed  uint64
	Cores int

	// Replications is the number of replications when it is fixed; with Precision
	// or More it is the cap.
	Replications int
	// More, if not nil, is asked before every replication after the first whether
	// there is time for another.
	More func() bool
	// Precision, if not nil, is looked at after 10, 20, 40, ... replications.
	Precision *Precision

	// Margins are the smallest differences that matter, where they are not the default's.
	Margins []Margin

	Done     func()   // called after every run
	Simulate Simulate // nil: world.Run
}

// Precision is a width that ends a comparison: the half-width of every case's
// interval of a metric, relative to its value.
type Precision struct {
	Metric Metric
	Half   float64 // 0.01: one percent
}

// Alpha is the chance of error of every interval: 5 %.
const Alpha = 0.05

// Comparison is what a plan found out. Everything is about the first N
// replications.
type Comparison struct {
	Plan        *Plan
	N           int
	Looks       estimate.Looks
	Alpha       float64 // of each interval: split over the looks of a growing sample
	Cases       []CaseResult
	Excluded    []Excluded
	Interrupted bool
	Reached     bool // the precision asked for
	Best        Best
	Weak        []string // why the evidence is weak, in words
}

// CaseResult is one case's figures.
type CaseResult struct {
	Name     string
	Config   *record.Config
	Outcomes []*Outcome // by replication, without the excluded
	Timeline *Timeline
	Values   map[string]estimate.Interval // by metric key
	Diffs    map[string]estimate.Interval // against the base; nil for the base
	Unlike   string                       // why it is about something else than the base; empty: it is not
	Gain     float64                      // independent replications one pair is worth, on EC2 cost
	SLO      estimate.Verdict             // whether the SLO is met, corrected for the number of cases
	Inactive []record.Inactive            // rules that never acted in any replication
}

// Excluded is a replication with a broken audit in one case: it counts for none.
type Excluded struct {
	Case        string
	Replication int
	Seed        uint64
	Violations  []record.Violation
}

// Compare runs the plan. An interrupt (ctx ended) is no error if at least one
// replication of every case was complete: the comparison says so.
func Compare(ctx context.Context, p *Plan) (*Comparison, error) {
	if len(p.Cases) == 0 || p.Replications < 1 {
		return nil, errors.New("sim: nothing to compare")
	}
	c := &Comparison{Plan: p, Alpha: Alpha}
	s := newSeries(len(p.Cases))
	x := &Runner{Seed: p.Seed, Cores: p.Cores, Done: p.Done, Simulate: p.Simulate}
	err := c.collect(ctx, x, s)
	n := c.N
	if err != nil {
		n = s.complete()
		if ctx.Err() == nil || n == 0 {
			return nil, err
		}
		c.Interrupted = true
	}
	c.judge(s, n)
	return c, nil
}

// collect runs replications until the plan is content, and sets N.
func (c *Comparison) collect(ctx context.Context, x *Runner, s *series) error {
	p := c.Plan
	always := func() bool { return true }
	switch {
	case p.Precision != nil:
		c.Looks = estimate.PlanLooks(p.Replications, Alpha)
		c.Alpha = c.Looks.Alpha
		from := 0
		for _, n := range c.Looks.Sizes {
			if err := x.extend(ctx, s, p.Cases, from, n, always); err != nil {
				return err
			}
			from, c.N = n, n
			if c.Reached = p.Precision.reached(s, n, c.Alpha); c.Reached {
				return nil
			}
		}
		return nil
	case p.More != nil:
		first := true
		more := func() bool { ok := first || p.More(); first = false; return ok }
		if err := x.extend(ctx, s, p.Cases, 0, p.Replications, more); err != nil {
			return err
		}
		// What was finished by the end of the time depends on the machine; the number
		// used is the last look, so that more cores only mean more looks.
		done := s.complete()
		c.N = done
		for _, n := range estimate.PlanLooks(p.Replications, Alpha).Sizes {
			if n <= done {
				c.N = n
			}
		}
		return nil
	default:
		c.N = p.Replications
		return x.extend(ctx, s, p.Cases, 0, p.Replications, always)
	}
}

func (q *Precision) reached(s *series, n int, alpha float64) bool {
	for _, outcomes := range s.outcomes {
		i := q.Metric.interval(outcomes[:n], alpha)
		if !i.Exact && !(i.Half() <= q.Half*math.Abs(i.Value)) {
			return false
		}
	}
	return true
}

// judge turns the first n replications into figures.
func (c *Comparison) judge(s *series, n int) {
	s.payCash()
	kept := c.exclude(s, n)
	c.N = len(kept)
	metrics := Metrics()
	for k, cs := range c.Plan.Cases {
		r := CaseResult{Name: cs.Name, Config: cs.Config, Timeline: s.timelines[k], Values: map[string]estimate.Interval{}, Diffs: map[string]estimate.Interval{}}
		if k > 0 {
			r.Unlike = unlike(c.Plan.Cases[0].Config, cs.Config)
		}
		for _, i := range kept {
			r.Outcomes = append(r.Outcomes, s.outcomes[k][i])
		}
		for m := range metrics {
			key := metrics[m].Key
			r.Values[key] = metrics[m].interval(r.Outcomes, c.Alpha)
			if k > 0 {
				d := metrics[m].difference(c.Cases[0].Outcomes, r.Outcomes, c.Alpha)
				d.Weak = d.Weak || metrics[m].quantile > 0 && !d.Exact && (r.Values[key].Weak || c.Cases[0].Values[key].Weak)
				r.Diffs[key] = d
			}
		}
		if k > 0 {
			cost := func(o *Outcome) float64 { return o.Summary.Cost.EC2 }
			r.Gain = estimate.PairingGain(each(c.Cases[0].Outcomes, cost), each(r.Outcomes, cost))
		}
		r.Inactive = always(r.Outcomes)
		c.Cases = append(c.Cases, r)
	}
	c.Best = c.best()
	c.Weak = c.weak()
}

// exclude drops replications with a broken audit and returns the others.
func (c *Comparison) exclude(s *series, n int) []int {
	var kept []int
	for i := range n {
		ok := true
		for k, cs := range c.Plan.Cases {
			if v := s.outcomes[k][i].Violations; len(v) > 0 {
				c.Excluded = append(c.Excluded, Excluded{cs.Name, i, rng.Replication(c.Plan.Seed, i), v})
				ok = false
			}
		}
		if ok {
			kept = append(kept, i)
		}
	}
	return kept
}

// always are the rules that acted in no replication.
func always(x []*Outcome) []record.Inactive {
	if len(x) == 0 {
		return nil
	}
	var out []record.Inactive
	for _, rule := range x[0].Inactive {
		everywhere := true
		for _, o := range x[1:] {
			found := false
			for _, other := range o.Inactive {
				found = found || other.Rule == rule.Rule
			}
			everywhere = everywhere && found
		}
		if everywhere {
			out = append(out, rule)
		}
	}
	return out
}
