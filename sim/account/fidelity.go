package account

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/estimate"
	"asgsim/sim/record"
)

// Fidelity says of a sampled run how much of it was simulated, and how sure that leaves
// the figures that decide. The intervals hold what an exact run of the same chance would
// have shown with 95 %: they say nothing of other seeds. EC2 is billed by the second from
// what the group did, in sampled runs too: sampling moves its cost only by what alarms saw.
type Fidelity struct {
	Mode            string      `json:"mode"`  // sampled; exact runs have no such entry
	Asked           string      `json:"asked"` // auto or sampled
	Simulated       uint64      `json:"simulated_requests"`
	SimulatedShare  float64     `json:"simulated_share"`
	ReusedShare     float64     `json:"reused_share"` // of the requests, in minutes that rest on other minutes of the same regime
	GoodShare       *[2]float64 `json:"good_share"`
	P50             *[2]float64 `json:"p50_s"`
	P99             *[2]float64 `json:"p99_s"`
	P999            *[2]float64 `json:"p99_9_s"`
	BreachedMinutes [2]float64  `json:"breached_minutes"`
	CostEC2         [2]float64  `json:"ec2_usd"`
}

// fidelityOf is that of a sampled run whose EC2 cost and breached minutes are known; nil of
// an exact one.
func fidelityOf(r *record.Record, cost float64, breached int) *Fidelity {
	x := r.Sampling
	if x == nil {
		return nil
	}
	offered := r.Requests.Counters.All.Offered
	f := &Fidelity{Mode: "sampled", Asked: r.Config.Fidelity.String(), Simulated: offered - x.Skipped, SimulatedShare: 1, CostEC2: [2]float64{cost, cost}}
	if offered > 0 {
		f.SimulatedShare = float64(f.Simulated) / float64(offered)
		f.ReusedShare = float64(x.Reused) / float64(offered)
	}
	times := errorsOf(x.Groups)
	t := &r.Requests.Counters.Window
	if done := float64(t.Offered - t.InFlight); done > 0 {
		f.GoodShare = around(float64(t.Served-t.Slow)/done, times*x.Bad/done, 1)
	}
	for _, q := range []struct {
		p, error float64
		to       **[2]float64
	}{{0.5, x.P50, &f.P50}, {0.99, x.P99, &f.P99}, {0.999, x.P999, &f.P999}} {
		if r.Requests.Served.Count() > 0 {
			*q.to = around(r.Requests.Served.Quantile(q.p), times*q.error, math.Inf(1))
		}
	}
	f.BreachedMinutes = *around(float64(breached), ninetyFive*breachedError(r), math.Inf(1))
	return f
}

// ninetyFive is the 0.975-quantile of the normal law.
const ninetyFive = 1.959964

// errorsOf is how many standard errors that rest on so many groups an interval has on either
// side: Student's t.
func errorsOf(groups int) float64 { return estimate.Critical(0.05, max(groups, 2)) }

// around is the interval of a figure give or take d, not below 0 nor above most.
func around(x, d, most float64) *[2]float64 {
	return &[2]float64{max(0, x-d), min(most, x+d)}
}

// breachedError is the standard error, by sampling, of the number of breached minutes: of
// each minute's share of bad requests, which rests on some of them, how likely the whole
// minute would have been on the other side of what is allowed.
func breachedError(r *record.Record) float64 {
	allowed, variance := 1-r.Config.SLO.Good, 0.0
	for k, m := range r.Requests.Cohorts {
		at := des.Time(k) * des.Time(des.Minute)
		if at < r.From() || at >= r.End() || k >= len(r.Sampling.Behind) || r.Sampling.Behind[k] == 0 || m.Offered == 0 {
			continue
		}
		share := float64(m.Slow+m.Failed) / float64(m.Offered)
		p := math.Max(share, allowed)
		deviation := math.Sqrt(p * (1 - p) / float64(r.Sampling.Behind[k]))
		if deviation == 0 {
			continue
		}
		q := 0.5 * math.Erfc(math.Abs(share-allowed)/deviation/math.Sqrt2)
		variance += q * (1 - q)
	}
	return math.Sqrt(variance)
}
