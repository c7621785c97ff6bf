// Package story tells what happened in a run: moments, causes, warnings. It turns the
// typed facts of a [account.Result] into words and decides nothing else; no number
// depends on a sentence written here.
//
// Open story.go first.
package story

import (
	"sort"
	"strings"

	"asgsim/sim/account"
	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// MostNumbered is how many moments get a number and a place on the picture.
const MostNumbered = 8

// Story is what there is to tell of a run.
type Story struct {
	Moments  []Moment           // all, by time; at most MostNumbered have a number
	Worst    string             // what the worst minute came from; empty without one
	Collapse *collapse.Findings // with what would have prevented it; nil: the run did not collapse
	Remedies []Remedy           // for the collapse, the one that ends most first
	Warnings []string           // what in the result deserves doubt
}

// Numbered are the moments that have a number, by number.
func (s *Story) Numbered() []Moment {
	var out []Moment
	for _, m := range s.Moments {
		if m.N > 0 {
			out = append(out, m)
		}
	}
	return out
}

// Tell tells what a result says.
func Tell(r *account.Result) *Story {
	t := &teller{r: r, from: des.Time(r.Config.WarmUp), end: des.Time(r.Config.Duration)}
	s := &Story{Moments: t.moments(), Warnings: t.warnings(),
		Collapse: withRemedies(r.Summary.Collapse, r.Config), Remedies: append(remedies(r.Summary.Collapse, r.Config), queueRemedies(r)...)}
	if w := r.Summary.WorstMinute; w != nil {
		s.Worst = t.cause(&w.Why)
	}
	return s
}

// teller looks things up in one result.
type teller struct {
	r         *account.Result
	from, end des.Time
}

// moments gathers what happened, by rule, in order of preference: the money, the first
// scale out, what overload fed on, the first faults with their replacements, what overload
// did (failing open, healthy instances killed), a saw-tooth, reclaims, refreshes and scripted acts, refused
// launches, schedules, hooks, the empty pool, the bounds, the worst minute, what
// rebalancing did, the largest scale in, the first registration, the rest. The first of
// them get a number.
func (t *teller) moments() []Moment {
	var all []Moment
	add := func(list []Moment) {
		for _, m := range list {
			if m.At < t.from || told(all, m) {
				continue
			}
			m.Value = float64(t.at(m.At).States.InService())
			all = append(all, m)
		}
	}
	strikes, schedules, acts := t.strikes(), t.schedules(), t.acts()
	add(t.saved())
	add(t.change(+1, false))
	add(limited(t.r.Summary.Collapse, t.r.Config, t.unit()))
	add(collapsed(t.r.Summary.Collapse, t.r.Config, t.unit()))
	backlogs := backlogged(t.r)
	add(backlogs[:min(1, len(backlogs))])
	add(redelivered(t.r))
	add(strikes[:min(2, len(strikes))])
	add(anomalies(t.r))
	add(t.failOpen())
	add(t.overloaded())
	add(t.oscillation())
	add(t.reclaimed())
	add(ends(acts))
	add(t.refused())
	add(schedules[:min(1, len(schedules))])
	add(t.unanswered())
	add(t.poolEmpty())
	add(t.bound(true))
	add(t.bound(false))
	add(t.worst())
	add(aboveMaximum(t.r, t.from, t.end))
	add(t.rebalancedAway())
	add(t.change(-1, true))
	add(t.registered())
	add(t.change(+1, true))
	add(t.change(-1, false))
	add(strikes)
	add(backlogs)
	add(t.breaches())
	add(acts)
	add(schedules)
	return numbered(all)
}

// told reports whether a moment says what another at its instant says already.
func told(all []Moment, m Moment) bool {
	for _, o := range all {
		if o.At == m.At && (o.Label == m.Label || strings.HasPrefix(m.Text, o.Text) || strings.HasPrefix(o.Text, m.Text)) {
			return true
		}
	}
	return false
}

// ends are the first and the last of a list.
func ends(list []Moment) []Moment {
	if len(list) < 3 {
		return list
	}
	return []Moment{list[0], list[len(list)-1]}
}

// numbered gives the first MostNumbered moments of a list in order of preference their
// numbers, and returns all by time.
func numbered(all []Moment) []Moment {
	for i := range all[:min(MostNumbered, len(all))] {
		all[i].N = 1
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].At < all[j].At })
	n := 0
	for i := range all {
		if all[i].N > 0 {
			n++
			all[i].N = n
		}
	}
	return all
}

// at is the fleet just after an instant.
func (t *teller) at(at des.Time) *record.CapacityChange {
	h := t.r.Capacity
	if len(h) == 0 {
		return &record.CapacityChange{}
	}
	i := sort.Search(len(h), func(i int) bool { return h[i].At > at })
	return &h[max(0, i-1)]
}

// row is the row of the timeline that holds an instant; nil beyond it.
func (t *teller) row(at des.Time) *record.Row {
	if k := int(at / des.Time(t.r.Interval)); k >= 0 && k < len(t.r.Rows) {
		return &t.r.Rows[k]
	}
	return nil
}

// clock prints a local weekday and time.
func (t *teller) clock(at des.Time) string { return t.r.Config.Calendar.Local(at).DayClock() }

// unit is what capacity is counted in.
func (t *teller) unit() string {
	if t.r.Summary.Capacity.Unit != "" {
		return "unit"
	}
	return "instance"
}
