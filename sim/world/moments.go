package world

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// maxMoments is how many events a reader is told of.
const maxMoments = 8

// moments picks at most eight events worth telling, by rule: the first scale
// out, the first two faults with their replacements, the largest reclaim of Spot
// Instances, the first and last scripted event, the launches that EC2 turned down, the
// first scheduled action, a lifecycle hook that nobody answered, a warm pool that was
// empty, the first minute at max and at min, the worst minute, the largest scale in,
// the first registration, the largest scale out, the saving. The list is in that order
// of preference; it is then sorted by time and numbered.
func (w *world) moments(r *Result) []Moment {
	var all []Moment
	add := func(m Moment, ok bool) {
		if !ok || m.At < des.Time(w.cfg.WarmUp) {
			return
		}
		for _, o := range all {
			if o.At == m.At && (o.Label == m.Label || strings.HasPrefix(m.Text, o.Text)) {
				return
			}
		}
		m.Value = float64(w.at(m.At).States.InService())
		all = append(all, m)
	}
	add(w.saved(r))
	add(w.change(+1, false))
	for _, s := range w.strikes(r, 2) {
		add(w.replacedMoment(s))
	}
	add(w.reclaimed())
	add(w.eventMoment(false))
	add(w.eventMoment(true))
	add(w.refused())
	add(w.scheduledAction())
	add(w.unanswered())
	add(w.poolEmpty())
	add(w.bound(r, true))
	add(w.bound(r, false))
	add(w.worst(r))
	add(w.change(-1, true))
	add(w.registered(r))
	add(w.change(+1, true))
	add(w.change(-1, false))
	all = all[:min(len(all), maxMoments)]
	sort.SliceStable(all, func(i, j int) bool { return all[i].At < all[j].At })
	for i := range all {
		all[i].N = i + 1
	}
	return all
}

// eventMoment is the first, or the last, thing a scripted event did.
func (w *world) eventMoment(last bool) (Moment, bool) {
	var m Moment
	found := false
	for i := range w.policies.decisions {
		d := &w.policies.decisions[i]
		if d.Source != FromEvent || found && !last || d.At < des.Time(w.cfg.WarmUp) {
			continue
		}
		found = true
		m = Moment{At: d.At, Label: "event", Text: d.Policy + ": " + d.Why}
		if status, ok := strings.CutPrefix(d.Why, "instance refresh "); ok {
			m.Label = "refresh"
			if status == "InProgress" {
				m.Text = d.Policy + ": the instance refresh begins"
			}
		}
	}
	return m, found
}

// at is the fleet just after t.
func (w *world) at(t des.Time) *CapacityChange {
	h := w.lives.capacity
	i := sort.Search(len(h), func(i int) bool { return h[i].At > t })
	return &h[max(0, i-1)]
}

// change is the first, or the largest, change of desired in a direction.
func (w *world) change(sign int, largest bool) (Moment, bool) {
	var best *Decision
	for i := range w.policies.decisions {
		d := &w.policies.decisions[i]
		size := sign * (d.Result - d.Desired)
		if d.Want < 0 || size <= 0 || d.At < des.Time(w.cfg.WarmUp) {
			continue
		}
		if best == nil || largest && size > sign*(best.Result-best.Desired) {
			best = d
			if !largest {
				break
			}
		}
	}
	if best == nil {
		return Moment{}, false
	}
	m := Moment{At: best.At, Label: "scale out", Text: changeText(w.alarmText(best), best)}
	if sign < 0 {
		m.Label = "scale in"
		m.Text += ", drained before termination"
	}
	return m, true
}

func changeText(why string, d *Decision) string {
	return fmt.Sprintf("%s: desired %d -> %d", why, d.Desired, d.Result)
}

// alarmText says in a few words what an alarm saw.
func (w *world) alarmText(d *Decision) string {
	for i := range w.cfg.Tracking {
		p := &w.cfg.Tracking[i]
		if p.Name != d.Policy {
			continue
		}
		side, limit, n := "over", p.HighThreshold(), p.HighPeriods
		if d.Result < d.Desired {
			side, limit, n = "under", p.LowThreshold(), p.LowPeriods
		}
		over := des.Duration(n) * p.AlarmPeriod
		long := over.String()
		if over >= des.Minute {
			long = fmt.Sprintf("%.0f minutes", over.Seconds()/60)
		}
		u := p.Unit()
		value, limit := d.Metric/u.Scale, limit/u.Scale
		if p.Metric != scaling.ALBRequestCountPerTarget {
			return fmt.Sprintf("%s%s%s%s was %s %s%s for %s", u.Before, beside(value, limit), u.After, u.Of, side, short(limit), u.After, long)
		}
		return fmt.Sprintf("%s requests a minute and target, %s %s for %s", beside(d.Metric, limit), side, short(limit), long)
	}
	return d.Why
}

// beside prints a value so that it is seen to differ from the limit it crossed.
func beside(v, limit float64) string {
	for digits := 1; short(v) == short(limit) && digits < 4; digits++ {
		if s := fmt.Sprintf("%.*f", digits, v); s != fmt.Sprintf("%.*f", digits, limit) {
			return s
		}
	}
	return short(v)
}

func short(v float64) string {
	if math.Abs(v) >= 10 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.2g", v)
}

// bound is the first minute at max_size, or at min_size, with more or less
// needed: a bound that bites. Without a policy nothing bites.
func (w *world) bound(r *Result, upper bool) (Moment, bool) {
	if len(w.cfg.Tracking) == 0 || w.cfg.Group.Min == w.cfg.Group.Max {
		return Moment{}, false
	}
	best, most, bound := -1, 0, 0
	for i, row := range r.Rows {
		if row.At < des.Time(w.cfg.WarmUp) || row.NeededTarget < 0 {
			continue
		}
		c := w.at(row.At) // scheduled actions and forecasts move the bounds
		if upper && row.Desired == c.MaxSize && row.NeededTarget > c.MaxSize {
			if best < 0 {
				best, bound = i, c.MaxSize
			}
			most = max(most, row.NeededTarget)
		}
		if !upper && row.Desired == c.MinSize && row.NeededTarget < c.MinSize && best < 0 {
			best, most, bound = i, row.NeededTarget, c.MinSize
		}
	}
	if best < 0 {
		return Moment{}, false
	}
	m := Moment{At: r.Rows[best].At}
	if upper {
		m.Label, m.Text = "maximum", fmt.Sprintf("the target asks for %d instances, max_size allows %d", most, bound)
	} else {
		m.Label, m.Text = "minimum", fmt.Sprintf("the target needs %d, min_size keeps %d", most, bound)
	}
	return m, true
}

// worst is the worst minute, if users noticed it.
func (w *world) worst(r *Result) (Moment, bool) {
	m := r.Summary.WorstMinute
	if m == nil || r.Summary.SLO.BreachedMinutes == 0 {
		return Moment{}, false
	}
	return Moment{At: des.Time(des.Seconds(m.AtS)), Label: "worst minute", Text: fmt.Sprintf("%.1f %% of requests slow or failed: %s", 100*m.BadShare, m.Cause)}, true
}

// registered is the first instance of the run to pass its first health check.
func (w *world) registered(r *Result) (Moment, bool) {
	for i := range r.Instances {
		n := &r.Instances[i]
		pool := n.Changes[0].State.Pooled()
		called := n.Launched
		if pool {
			called = n.Registered
		}
		if called < des.Time(w.cfg.WarmUp) || n.FirstGood == des.Never {
			continue
		}
		if pool {
			return Moment{At: n.FirstGood, Label: "register", Text: fmt.Sprintf(
				"an instance of the warm pool is healthy %s after it was registered: traffic starts", seconds(n.FirstGood.Sub(n.Registered).Seconds()))}, true
		}
		return Moment{At: n.FirstGood, Label: "register", Text: fmt.Sprintf(
			"a new instance is healthy %s after its launch, %s after it was registered: traffic starts",
			seconds(n.FirstGood.Sub(n.Launched).Seconds()), seconds(n.FirstGood.Sub(n.Registered).Seconds()))}, true
	}
	return Moment{}, false
}

// poolEmpty is the first time that a warm pool had nothing for a scale-out.
func (w *world) poolEmpty() (Moment, bool) {
	if w.cfg.Group.WarmPool == nil {
		return Moment{}, false
	}
	n, first := 0, des.Never
	for i := range w.group.Activities {
		a := &w.group.Activities[i]
		if !a.Launch || a.Pool != asg.NoPool || a.Instance < 0 || a.Start < des.Time(w.cfg.WarmUp) {
			continue
		}
		if first == des.Never {
			first = a.Start
		}
		if a.Start.Sub(first) < des.Minute {
			n++
		}
	}
	text := "the warm pool has nothing ready: an instance is launched cold"
	if n > 1 {
		text = fmt.Sprintf("the warm pool has nothing ready: %d instances are launched cold", n)
	}
	return Moment{At: first, Label: "pool empty", Text: text}, n > 0
}

// saved closes the story with the money.
func (w *world) saved(r *Result) (Moment, bool) {
	for _, s := range r.Summary.Savings {
		if s.Estimate {
			continue
		}
		hours := float64(s.Instances) * w.end.Sub(des.Time(w.cfg.WarmUp)).Hours()
		text := fmt.Sprintf("%s instance-hours instead of the %s of %s", grouped(r.Summary.InstanceHours), grouped(hours), s.Baseline)
		if s.Baseline == allOnDemandName {
			text = fmt.Sprintf("EC2 for $%.2f; the same instances all on demand: $%.2f", s.BaselineUS-s.USD, s.BaselineUS)
		}
		label := "saved"
		if s.USD <= 0 || !s.Comparable {
			label = "cost"
		}
		return Moment{At: w.end - 1, Label: label, Text: text}, true
	}
	return Moment{}, false
}
