package collapse

import (
	"cmp"
	"slices"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// Spiral is a death spiral: overloaded targets answer their checks too late, the group
// terminates them for it, and those that are left have more to do.
type Spiral struct {
	FromS      float64  `json:"from_s"`     // the first of them was marked Unhealthy
	ToS        float64  `json:"to_s"`       // the last began to terminate
	Terminated int      `json:"terminated"` // instances whose application was up and that no fault had struck
	New        int      `json:"new"`        // of those, never found healthy
	Well       int      `json:"well"`       // of those, found healthy again before they went
	Before     int      `json:"healthy_before"`
	Fewest     int      `json:"healthy_fewest"`
	Resource   Resource `json:"resource"` // what was scarcest as the first was marked, and the share in use
	Used       float64  `json:"used"`
	Remedy     string   `json:"remedy"` // a setting under which it would not have come about, written by those who tell
}

// A spiral has three terminations at least, each within ten minutes of the one before, of
// instances that were out of CPU or workers for most of a minute before they were marked.
const (
	spiralLeast = 3
	spiralGap   = 10 * des.Minute
	spiralUsed  = 0.75
)

// spirals are those of the window.
func spirals(r *record.Record, rows []record.Row) []Spiral {
	var ends []*record.Instance
	for k := range r.Instances {
		if n := &r.Instances[k]; overloaded(r, n, rows) && n.LeftAt() >= r.From() {
			ends = append(ends, n)
		}
	}
	slices.SortFunc(ends, func(x, y *record.Instance) int { return cmp.Compare(x.LeftAt(), y.LeftAt()) })
	var out []Spiral
	for len(ends) > 0 {
		n := 1
		for n < len(ends) && ends[n].LeftAt().Sub(ends[n-1].LeftAt()) <= spiralGap {
			n++
		}
		if n >= spiralLeast {
			out = append(out, spiral(r, ends[:n], rows))
		}
		ends = ends[n:]
	}
	return out
}

// overloaded reports whether the group terminated an instance for checks that it
// answered too late for want of CPU or workers: its application was up and no fault had
// struck it, and an instance or the fleet had nothing left as it was marked.
func overloaded(r *record.Record, n *record.Instance, rows []record.Row) bool {
	if !r.Config.Group.HealthCheckELB || n.End.Kind != asg.EndUnhealthy || n.Struck != "" || n.Up == des.Never || n.Up > n.Marked || n.Marked == des.Never || len(rows) == 0 {
		return false
	}
	// The checks that failed were sent in the minutes before.
	span := des.Duration(r.Config.Balancer.Check.UnhealthyThreshold) * r.Config.Balancer.Check.Interval
	for k := rowAt(n.Marked.Add(-span-r.Interval), r.Interval, rows); k <= rowAt(n.Marked, r.Interval, rows); k++ {
		// New ones that have nothing to do yet lower the group's average.
		if _, used := scarcest(&rows[k]); max(used, rows[k].Hottest) >= spiralUsed {
			return true
		}
	}
	return false
}

// spiral tells of a chain of terminations.
func spiral(r *record.Record, ends []*record.Instance, rows []record.Row) Spiral {
	first, last := des.Never, des.Time(0)
	s := Spiral{Terminated: len(ends)}
	for _, n := range ends {
		first, last = min(first, n.Marked), max(last, n.LeftAt())
		if n.FirstGood == des.Never || n.FirstGood > n.Marked {
			s.New++
		}
		if wellAgain(n) {
			s.Well++
		}
	}
	s.FromS, s.ToS = first.Seconds(), last.Seconds()
	s.Before, s.Fewest = healthyAround(r, first, last)
	k := rowAt(first, r.Interval, rows)
	s.Resource, s.Used = scarcest(&rows[k])
	for j := max(0, k-1); j <= k; j++ { // the minute before: that of the marking may have lost many
		if what, used := scarcest(&rows[j]); used > s.Used {
			s.Resource, s.Used = what, used
		}
	}
	return s
}

// wellAgain reports whether the balancer found an instance healthy again after the group
// had marked it Unhealthy and before it went: a mark is never taken back ("Health checks
// for instances in an Auto Scaling group", user guide, read 2023-04-27).
func wellAgain(n *record.Instance) bool {
	state := record.Pending
	for _, c := range n.Changes {
		if c.At >= n.LeftAt() {
			break
		}
		state = c.State
	}
	return state == record.Ready || state == record.Warming
}

// lookBack is how far before a spiral the fleet that it took is looked for, and before a
// shortage the capacity that was there.
const lookBack = 5 * des.Minute

// healthyAround is how many instances (units) were healthy in the minutes before an
// instant, at the most, and from there to another, at the fewest.
func healthyAround(r *record.Record, from, to des.Time) (before, fewest int) {
	h := r.Capacity
	fewest = -1
	for k := range h {
		until := r.End()
		if k+1 < len(h) {
			until = h[k+1].At
		}
		n := h[k].States.Healthy()
		if until > from.Add(-lookBack) && h[k].At < from {
			before = max(before, n)
		}
		if until > from && h[k].At <= to && (fewest < 0 || n < fewest) {
			fewest = n
		}
	}
	return before, max(fewest, 0)
}
