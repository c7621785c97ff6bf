package sim

import (
	"math"

	"asgsim/sim/account"
	"asgsim/sim/estimate"
	"asgsim/sim/serving"
)

// Metric is a figure that runs are compared by and gates are set on.
type Metric struct {
	Key   string
	Title string
	Unit  Unit
	// Better is -1 when less is better, +1 when more is, 0 when neither.
	Better int
	// Rare metrics are about what happens in few runs, see estimate.Kind.
	Rare bool
	// Optional metrics exist for some configurations only, and are NaN for others.
	Optional bool

	value    func(*Outcome) float64           // a mean over replications
	fraction func(*Outcome) estimate.Fraction // a ratio of sums
	quantile float64                          // a quantile of the pooled latencies
}

// Usual reports whether the metric is one of those that a comparison shows unasked, and
// whose evidence it weighs.
func (m *Metric) Usual() bool {
	switch m.Key {
	case "cost_per_day", "instance_hours", "good_share", "slow_share", "failed_share", "latency_mean", "p50", "p99", "p99_9",
		"breached_minutes", "minutes_at_max", "scaling_activities":
		return true
	}
	return m.Optional
}

// Unit is how a metric is written.
type Unit uint8

// The units.
const (
	Number Unit = iota
	USD
	Share // 0 to 1, shown as a percentage
	Seconds
	Minutes
	Hours
)

// Metrics returns the metrics in the order of the comparison's table.
func Metrics() []Metric {
	requests := func(num func(*Outcome) uint64) func(*Outcome) estimate.Fraction {
		return func(o *Outcome) estimate.Fraction {
			r := &o.Summary.Requests
			return estimate.Fraction{Num: float64(num(o)), Den: float64(r.Offered - r.InFlight)}
		}
	}
	return []Metric{
		{Key: "cost_per_day", Title: "EC2 cost/day", Unit: USD, Better: -1, value: func(o *Outcome) float64 { return o.Summary.Cost.EC2PerDay }},
		{Key: "cost_per_month", Title: "EC2 cost/month", Unit: USD, Better: -1, Optional: true, value: costPerMonth},
		{Key: "total_cost_per_day", Title: "total cost/day", Unit: USD, Better: -1, value: func(o *Outcome) float64 { return o.Summary.Cost.PerDay }},
		{Key: "cash_per_day", Title: "EC2 cash/day", Unit: USD, Better: -1, Optional: true, value: cashPerDay},
		{Key: "surplus_credits_per_day", Title: "surplus credits/day", Unit: USD, Better: -1, Optional: true, value: surplusPerDay},
		{Key: "out_of_credits_minutes", Title: "instance-min out of credits", Unit: Minutes, Rare: true, Better: -1, Optional: true, value: outOfCredits},
		{Key: "storage_per_day", Title: "warm pool volumes/day", Unit: USD, Better: -1, Optional: true, value: storagePerDay},
		{Key: "pool_members_mean", Title: "mean in the warm pool", Unit: Number, Optional: true, value: poolMembers},
		{Key: "cold_starts", Title: "cold launches", Unit: Number, Rare: true, Better: -1, Optional: true, value: coldStarts},
		{Key: "spot_share", Title: "Spot share of instance-hours", Unit: Share, Optional: true, value: spotShare},
		{Key: "spot_interruptions", Title: "Spot interruptions", Unit: Number, Rare: true, Better: -1, Optional: true, value: spotInterruptions},
		{Key: "messages_visible_max", Title: "most messages visible", Unit: Number, Rare: true, Better: -1, Optional: true, value: ofQueue(func(q *account.QueueSummary) float64 { return float64(q.VisibleMax) })},
		{Key: "oldest_message_max", Title: "oldest message", Unit: Seconds, Rare: true, Better: -1, Optional: true, value: ofQueue(func(q *account.QueueSummary) float64 { return q.OldestMaxS })},
		{Key: "messages_redelivered", Title: "redeliveries", Unit: Number, Rare: true, Better: -1, Optional: true, value: ofQueue(func(q *account.QueueSummary) float64 { return float64(q.Redelivered) })},
		{Key: "instance_hours", Title: "instance-hours", Unit: Hours, Better: -1, value: func(o *Outcome) float64 { return o.Summary.InstanceHours }},
		{Key: "good_share", Title: "good", Unit: Share, Rare: true, Better: +1, fraction: requests(func(o *Outcome) uint64 { return o.Summary.Requests.Good })},
		{Key: "slow_share", Title: "slow", Unit: Share, Rare: true, Better: -1, fraction: requests(func(o *Outcome) uint64 { return o.Summary.Requests.Slow })},
		{Key: "failed_share", Title: "failed", Unit: Share, Rare: true, Better: -1, fraction: requests(func(o *Outcome) uint64 { return o.Summary.Requests.Failed })},
		{Key: "bad_share", Title: "slow or failed", Unit: Share, Rare: true, Better: -1, fraction: requests(func(o *Outcome) uint64 {
			return o.Summary.Requests.Slow + o.Summary.Requests.Failed
		})},
		{Key: "latency_mean", Title: "mean latency", Unit: Seconds, Rare: true, Better: -1, fraction: meanLatency},
		{Key: "p50", Title: "p50", Unit: Seconds, Better: -1, quantile: 0.5},
		{Key: "p90", Title: "p90", Unit: Seconds, Rare: true, Better: -1, quantile: 0.9},
		{Key: "p95", Title: "p95", Unit: Seconds, Rare: true, Better: -1, quantile: 0.95},
		{Key: "p99", Title: "p99", Unit: Seconds, Rare: true, Better: -1, quantile: 0.99},
		{Key: "p99_9", Title: "p99.9", Unit: Seconds, Rare: true, Better: -1, quantile: 0.999},
		{Key: "breached_minutes", Title: "breached minutes", Unit: Minutes, Rare: true, Better: -1, value: func(o *Outcome) float64 { return float64(o.Summary.SLO.BreachedMinutes) }},
		{Key: "minutes_at_max", Title: "minutes at max", Unit: Minutes, Rare: true, Better: -1, value: func(o *Outcome) float64 { return o.Summary.Capacity.MinutesAtMax }},
		{Key: "late_minutes", Title: "minutes short of needed", Unit: Minutes, Rare: true, Better: -1, Optional: true, value: lateMinutes},
		{Key: "scaling_activities", Title: "scaling activities", Unit: Number, value: func(o *Outcome) float64 { return float64(o.Summary.Capacity.ScalingActivities) }},
		{Key: "in_service_max", Title: "peak in service", Unit: Number, value: func(o *Outcome) float64 { return float64(o.Summary.Capacity.InService.Max) }},
		{Key: "in_service_mean", Title: "mean in service", Unit: Number, value: func(o *Outcome) float64 { return o.Summary.Capacity.InService.Mean }},
		{Key: "under_provisioning", Title: "capacity missing", Unit: Share, Rare: true, Better: -1, value: func(o *Outcome) float64 { return o.Elasticity.UnderAccuracy }},
		{Key: "over_provisioning", Title: "capacity to spare", Unit: Share, Better: -1, value: func(o *Outcome) float64 { return o.Elasticity.OverAccuracy }},
		{Key: "under_timeshare", Title: "time with too little", Unit: Share, Rare: true, Better: -1, value: func(o *Outcome) float64 { return o.Elasticity.UnderTimeshare }},
		{Key: "over_timeshare", Title: "time with too much", Unit: Share, Better: -1, value: func(o *Outcome) float64 { return o.Elasticity.OverTimeshare }},
		{Key: "instability", Title: "instability", Unit: Share, Better: -1, value: func(o *Outcome) float64 { return o.Elasticity.Instability }},
		{Key: "cpu_mean", Title: "CPU mean", Unit: Share, value: func(o *Outcome) float64 { return o.Summary.CPU.Mean }},
		{Key: "cost_per_million_good", Title: "total cost/million good", Unit: USD, Better: -1, fraction: func(o *Outcome) estimate.Fraction {
			return estimate.Fraction{Num: o.Summary.Cost.Total * 1e6, Den: float64(o.Summary.Requests.Good)}
		}},
	}
}

func lateMinutes(o *Outcome) float64 {
	if o.Summary.Queue != nil {
		return math.NaN() // what is needed is not known
	}
	total := 0.0
	for _, l := range o.Summary.Lateness {
		total += l.Minutes
	}
	return total
}

// kind is what is known of the metric: none is negative, and shares end at 1.
func (m *Metric) kind() estimate.Kind {
	k := estimate.Kind{Lo: 0, Hi: math.Inf(1), Rare: m.Rare}
	if m.Unit == Share && m.Key != "over_provisioning" {
		k.Hi = 1
	}
	return k
}

// Range is what the metric can be: no less, and no more.
func (m *Metric) Range() (low, high float64) {
	k := m.kind()
	return k.Lo, k.Hi
}

// interval estimates the metric over the outcomes of one case.
func (m *Metric) interval(x []*Outcome, alpha float64) estimate.Interval {
	switch {
	case m.fraction != nil:
		return estimate.RatioOf(each(x, m.fraction), m.kind(), alpha)
	case m.quantile > 0 && pooled(x):
		return estimate.QuantileOf(each(x, served), m.quantile, m.kind(), alpha, newHistogram)
	case m.quantile > 0:
		return estimate.Single(m.Of(x[0]))
	default:
		return estimate.MeanOf(each(x, m.value), m.kind(), alpha)
	}
}

// difference estimates b - a, paired by replication.
func (m *Metric) difference(a, b []*Outcome, alpha float64) estimate.Interval {
	switch {
	case m.fraction != nil:
		return estimate.RatioDifferenceOf(each(a, m.fraction), each(b, m.fraction), m.kind(), alpha)
	case m.quantile > 0 && pooled(a) && pooled(b):
		return estimate.QuantileDifference(each(a, served), each(b, served), m.quantile, alpha, newHistogram)
	case m.quantile > 0:
		return estimate.Single(m.Of(b[0]) - m.Of(a[0]))
	default:
		return estimate.DifferenceOf(each(a, m.value), each(b, m.value), m.kind(), alpha)
	}
}

// IntervalOf estimates the metric over replications, at an error chance.
func (m *Metric) IntervalOf(x []*Outcome, alpha float64) estimate.Interval {
	return m.interval(x, alpha)
}

// DifferenceOf estimates b - a, paired by replication, at an error chance.
func (m *Metric) DifferenceOf(a, b []*Outcome, alpha float64) estimate.Interval {
	return m.difference(a, b, alpha)
}

// Of returns the metric of a single run.
func (m *Metric) Of(o *Outcome) float64 {
	switch {
	case m.fraction != nil:
		f := m.fraction(o)
		return f.Num / f.Den
	case m.quantile > 0:
		if o.Served == nil {
			return m.saved(&o.Summary.Latency)
		}
		if o.Served.Count() == 0 {
			return math.NaN()
		}
		return o.Served.Quantile(m.quantile)
	default:
		return m.value(o)
	}
}

// pooled reports whether the outcomes carry histograms: those read back from a
// saved result do not, and are never more than one a case.
func pooled(x []*Outcome) bool {
	for _, o := range x {
		if o.Served == nil {
			return false
		}
	}
	return true
}

// saved is the quantile as a saved summary states it; NaN where it does not.
func (m *Metric) saved(l *account.Latency) float64 {
	for q, v := range map[float64]*float64{0.5: l.P50, 0.9: l.P90, 0.95: l.P95, 0.99: l.P99, 0.999: l.P999} {
		if q == m.quantile && v != nil {
			return *v
		}
	}
	return math.NaN()
}

func served(o *Outcome) *serving.Histogram { return o.Served }

func newHistogram() *serving.Histogram { return new(serving.Histogram) }

func each[T any](x []*Outcome, f func(*Outcome) T) []T {
	out := make([]T, len(x))
	for i, o := range x {
		out[i] = f(o)
	}
	return out
}

// meanLatency is the time that the served requests of a run took, over their number.
func meanLatency(o *Outcome) estimate.Fraction {
	if v := o.Summary.Latency.Mean; v != nil {
		n := float64(o.Summary.Requests.Served)
		return estimate.Fraction{Num: *v * n, Den: n}
	}
	return estimate.Fraction{}
}
