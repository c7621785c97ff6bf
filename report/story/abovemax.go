package story

import (
	"fmt"

	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// aboveMaximum are the first times that more ran than max_size allows, one for each cause:
// max_size was lowered below it, an instance's weight is more than was missing, or, where
// neither is so, replacing and rebalancing launch before they terminate.
func aboveMaximum(r *account.Result, from, end des.Time) []Moment {
	h := r.Capacity
	var out []Moment
	told := map[string]bool{}
	for i := 0; i < len(h); i++ {
		c := &h[i]
		if above(c) <= 0 {
			continue
		}
		last := i
		for last+1 < len(h) && above(&h[last+1]) > 0 {
			last++
		}
		until := end
		if last+1 < len(h) {
			until = h[last+1].At
		}
		why, kind := "a new one is launched before the one whose place it takes goes", "ahead"
		if weight := r.Config.LargestWeight(); i > 0 && h[i-1].MaxSize > c.MaxSize {
			why, kind = lowered(r, &h[i-1], c), "lowered"
		} else if weight > 1 && above(c) < weight {
			why, kind = fmt.Sprintf("an instance counts up to %d units, and the last one launched has more than were missing", weight), "weight"
		}
		if until > from && !told[kind] {
			told[kind] = true
			at := max(c.At, from)
			out = append(out, Moment{At: at, Label: "above max", Text: fmt.Sprintf("%d pending or in service for %s, max_size is %d: %s",
				c.MaxSize+above(c), format.Duration(until.Sub(at).Seconds()), c.MaxSize, why)})
		}
		i = last
	}
	return out
}

// above is how many units pending or in service are above max_size.
func above(c *record.CapacityChange) int {
	return c.States.InService() + c.States.Pending - c.MaxSize
}

// lowered says who lowered max_size.
func lowered(r *account.Result, before, after *record.CapacityChange) string {
	who := "it was lowered"
	for i := range r.Decisions {
		d := &r.Decisions[i]
		switch {
		case d.At != after.At || d.Policed():
		case d.Source == record.FromSchedule:
			who = "scheduled action " + d.Policy + " lowered it"
		default:
			who = "event " + d.Policy + " lowered it"
		}
	}
	return fmt.Sprintf("%s from %d, and scale-in follows", who, before.MaxSize)
}
