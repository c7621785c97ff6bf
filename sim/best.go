package sim

import (
	"fmt"
	"math"
	"strings"

	"asgsim/sim/estimate"
)

// Best is the case to choose, or why none can be named.
type Best struct {
	Name   string // empty: none
	Reason string
}

// best names the cheapest case that meets the SLO. Whether it is met, and whether
// it is cheaper than the next, is judged at an error chance divided by the number
// of such claims, so that the whole sentence is wrong at most 5 % of the time.
func (c *Comparison) best() Best {
	if c.N < 2 {
		return Best{Reason: "one replication cannot tell chance from policy"}
	}
	for i := range c.Cases {
		if x := &c.Cases[i]; x.Unlike != "" {
			return Best{Reason: x.Name + " " + x.Unlike}
		}
	}
	alpha := c.Alpha / float64(2*len(c.Cases))
	var meets []*CaseResult
	var unknown []string
	for i := range c.Cases {
		r := &c.Cases[i]
		r.SLO = c.slo(r, alpha)
		switch r.SLO {
		case estimate.Pass:
			meets = append(meets, r)
		case estimate.Inconclusive:
			unknown = append(unknown, r.Name)
		}
	}
	if len(meets) == 0 {
		if len(unknown) > 0 {
			return Best{Reason: "whether any variant meets the SLO cannot be told yet"}
		}
		return Best{Reason: "no variant meets the SLO"}
	}
	cost, same := c.Money(), ""
	cheapest := meets[0]
	for _, r := range meets[1:] {
		if r.Values[cost.Key].Value < cheapest.Values[cost.Key].Value {
			cheapest = r
		}
	}
	for _, r := range meets {
		if r == cheapest {
			continue
		}
		d := cost.difference(cheapest.Outcomes, r.Outcomes, alpha)
		switch c.effect(cost, d, cheapest) {
		case Exactly:
			same += ", exactly as cheap as " + r.Name
			continue
		case Same:
			margin := c.Plan.Margin(cost)
			same += fmt.Sprintf(", as cheap as %s to within %.3g %%", r.Name, 100*margin.Of(cheapest.Values[cost.Key].Value)/math.Abs(cheapest.Values[cost.Key].Value))
			continue
		case Unclear, Unknown, Less:
			text := fmt.Sprintf("%s and %s both meet the SLO; which is cheaper cannot be told yet", cheapest.Name, r.Name)
			if of := cheapest.Values[cost.Key].Value; of > 0 && !math.IsInf(d.Half(), 0) {
				text += fmt.Sprintf(" (they differ by %.1f %% ± %.1f %%)", 100*d.Value/of, 100*d.Half()/of)
			}
			return Best{Reason: text}
		}
	}
	if cost.Key == "cash_per_day" {
		same += ", in cash, commitments paid"
	}
	if len(unknown) > 0 {
		return Best{Name: cheapest.Name, Reason: "cheapest of those known to meet the SLO; whether " + strings.Join(unknown, ", ") + " would cannot be told yet"}
	}
	return Best{Name: cheapest.Name, Reason: "cheapest that meets the SLO" + same}
}

// slo judges whether a case meets the SLO: its share of good requests, and its
// breached minutes against the allowance.
func (c *Comparison) slo(r *CaseResult, alpha float64) estimate.Verdict {
	if len(r.Outcomes) == 0 {
		return estimate.Inconclusive
	}
	slo := r.Outcomes[0].Summary.SLO
	good := c.metric("good_share").interval(r.Outcomes, alpha).AtLeast(slo.Good)
	breached := c.metric("breached_minutes").interval(r.Outcomes, alpha).AtMost(slo.AllowedMinutes)
	switch {
	case good == estimate.Fail || breached == estimate.Fail:
		return estimate.Fail
	case good == estimate.Pass && breached == estimate.Pass:
		return estimate.Pass
	}
	return estimate.Inconclusive
}

func (c *Comparison) metric(key string) *Metric {
	m, ok := MetricOf(key)
	if !ok {
		panic("sim: no metric " + key)
	}
	return &m
}

// MetricOf returns the metric with the given key.
func MetricOf(key string) (Metric, bool) {
	for _, m := range Metrics() {
		if m.Key == key {
			return m, true
		}
	}
	return Metric{}, false
}
