package sim

import (
	"fmt"
	"math"
	"strings"

	"asgsim/sim/des"
	"asgsim/sim/estimate"
)

// weak says where the evidence does not bear what is printed.
func (c *Comparison) weak() []string {
	var out []string
	if c.N < estimate.FirstLook {
		out = append(out, fmt.Sprintf("%s: intervals of fewer than %d are wide and rest on the normal law", counted(c.N, "replication"), estimate.FirstLook))
	}
	for i := range c.Cases {
		r := &c.Cases[i]
		var requests, offered, waiting uint64
		for _, o := range r.Outcomes {
			requests += o.Summary.Requests.Served
			offered += o.Summary.Requests.Offered
			waiting += o.Summary.Requests.InFlight
		}
		if requests > 0 && requests < 100_000 {
			out = append(out, fmt.Sprintf("%s: a p99.9 of %d requests rests on %d of them", r.Name, requests, requests/1000))
		}
		if float64(waiting) > 0.001*float64(requests) {
			out = append(out, fmt.Sprintf("%s: requests were still in flight at the end (%.1f %%): the run ends in a backlog", r.Name, 100*float64(waiting)/float64(offered)))
		}
		if text := r.unsettled(); text != "" {
			out = append(out, r.Name+": "+text)
		}
		if u := r.Values["cpu_mean"].Value; u > 0.9 {
			out = append(out, fmt.Sprintf("%s: CPU is %.0f %% on average: no steady state, latency depends on how long the run is", r.Name, 100*u))
		}
	}
	return append(append(out, c.shaky()...), c.unseen()...)
}

// shaky names the figures whose intervals cannot be trusted, but for what was never
// seen, with the cases in which that is so.
func (c *Comparison) shaky() []string {
	parts := c.figures(func(v estimate.Interval) bool { return v.Weak && !v.Exact })
	if len(parts) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("few replications carry %s, or may hold too few of the bad ones: the truth may lie outside the interval, and is then worse", strings.Join(parts, "; "))}
}

// figures lists the figures of which something holds: together where it holds of the
// same cases, whose names follow unless it holds of all.
func (c *Comparison) figures(holds func(estimate.Interval) bool) []string {
	var order []string
	titles := map[string][]string{}
	for _, m := range Metrics() {
		if !m.Usual() {
			continue
		}
		var names []string
		for i := range c.Cases {
			if holds(c.Cases[i].Values[m.Key]) {
				names = append(names, c.Cases[i].Name)
			}
		}
		if len(names) == 0 {
			continue
		}
		key := " (" + strings.Join(names, ", ") + ")"
		if len(names) == len(c.Cases) {
			key = ""
		}
		if titles[key] == nil {
			order = append(order, key)
		}
		titles[key] = append(titles[key], m.Title)
	}
	for i, key := range order {
		order[i] = strings.Join(titles[key], ", ") + key
	}
	return order
}

// unseen says how often what no replication held may happen: in n runs without it, at
// most a share 1 - 0.05^(1/n) of all runs may have it, with 95 % confidence (for many
// runs the rule of three, 3/n: J. A. Hanley and A. Lippman-Hand, "If Nothing Goes
// Wrong, Is Everything All Right?", JAMA 249(13), 1983).
func (c *Comparison) unseen() []string {
	if c.N < 2 {
		return nil
	}
	parts := c.figures(func(v estimate.Interval) bool { return v.Exact && v.Weak })
	if len(parts) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("in none of %s was there any of: %s; up to %.2g %% of runs may still have some", counted(c.N, "replication"), strings.Join(parts, ", "), 100*RuleOfThree(c.N))}
}

// RuleOfThree is the share of runs that may, with 95 % confidence, have what none of n
// runs had.
func RuleOfThree(n int) float64 { return 1 - math.Pow(Alpha, 1/float64(n)) }

// counted is a number of things: "1 replication", "5 replications".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
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
	if t == nil || len(r.Config.Recorded) > 0 { // a recorded metric moves it at the same load
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
