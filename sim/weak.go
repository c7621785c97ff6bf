package sim

import (
	"fmt"
	"math"

	"asgsim/sim/des"
	"asgsim/sim/estimate"
)

// weak says where the evidence does not bear what is printed.
func (c *Comparison) weak() []string {
	var out []string
	if c.N < estimate.FirstLook {
		out = append(out, fmt.Sprintf("%d replications: intervals of fewer than %d are wide and rest on the normal law", c.N, estimate.FirstLook))
	}
	for i := range c.Cases {
		r := &c.Cases[i]
		var requests, waiting uint64
		for _, o := range r.Outcomes {
			requests += o.Summary.Requests.Served
			waiting += o.Summary.Requests.InFlight
		}
		if requests > 0 && requests < 100_000 {
			out = append(out, fmt.Sprintf("%s: a p99.9 of %d requests rests on %d of them", r.Name, requests, requests/1000))
		}
		if float64(waiting) > 0.001*float64(requests) {
			out = append(out, fmt.Sprintf("%s: requests were still in flight at the end (%.1f %%): the run ends in a backlog", r.Name, 100*float64(waiting)/float64(max(1, requests))))
		}
		if text := r.unsettled(); text != "" {
			out = append(out, r.Name+": "+text)
		}
		if v := r.Values["bad_share"]; v.Value > 0 && v.Half() > v.Value && c.N >= 2 {
			out = append(out, fmt.Sprintf("%s: slow or failed is %.3g %% ± %.3g %%: heavy tails, few replications carry it", r.Name, 100*v.Value, 100*v.Half()))
		}
		if u := r.Values["cpu_mean"].Value; u > 0.9 {
			out = append(out, fmt.Sprintf("%s: CPU is %.0f %% on average: no steady state, latency depends on how long the run is", r.Name, 100*u))
		}
	}
	return out
}

// What counts as not settled: over the first stretch of the window in which the
// expected load stays within a twentieth of where it began, as far as two hours, the
// fleet of the stretch's last third differs from that of its first minutes by more
// than a fifth, and by an instance.
const (
	settledLoad    = 0.05
	settledFleet   = 0.20
	settledBegin   = 5 * des.Minute
	settledLeast   = 15 * des.Minute
	settledLongest = 2 * des.Hour
)

// unsettled says how the fleet moved at the start of the window although the load
// did not: what the start was set to then weighs on every figure. Empty if it did
// not move.
func (r *CaseResult) unsettled() string {
	t := r.Timeline
	if t == nil || len(t.At) == 0 || len(r.Outcomes) == 0 {
		return ""
	}
	from := 0
	for from < len(t.At)-1 && t.At[from] < des.Time(r.Config.WarmUp) {
		from++
	}
	to := from
	for to < len(t.At) && t.At[to].Sub(t.At[from]) < settledLongest && math.Abs(t.Expected[to]-t.Expected[from]) <= settledLoad*t.Expected[from] {
		to++
	}
	stretch := des.Duration(to-from) * t.Interval
	if stretch < settledLeast {
		return ""
	}
	begin := r.meanInService(from, from+max(1, int(settledBegin/t.Interval)))
	end := r.meanInService(to-(to-from)/3, to)
	if math.Abs(end-begin) <= max(1, settledFleet*begin) {
		return ""
	}
	return fmt.Sprintf("the run begins unsettled: %.1f instances in service at first, %.1f within %.0f minutes, at the same load; warm_up leaves that out; without desired_capacity and initial = \"cold\" a run begins at rest",
		begin, end, stretch.Seconds()/60)
}

// meanInService is the mean over rows and replications.
func (r *CaseResult) meanInService(from, to int) float64 {
	sum, n := 0.0, 0
	for _, o := range r.Outcomes {
		for _, v := range o.InService[from:min(to, len(o.InService))] {
			sum += float64(v)
			n++
		}
	}
	return sum / float64(max(1, n))
}
