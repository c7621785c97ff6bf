package story

import (
	"fmt"

	"asgsim/report/format"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// change is the first, or the largest, change of desired in a direction.
func (t *teller) change(sign int, largest bool) []Moment {
	var best *record.Decision
	for i := range t.r.Decisions {
		d := &t.r.Decisions[i]
		size := sign * (d.Result - d.Desired)
		if d.Want < 0 || size <= 0 || d.At < t.from {
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
		return nil
	}
	m := Moment{At: best.At, Label: "scale out", Text: changed(t.saw(best), best)}
	if sign > 0 {
		m.Text += noHelp(t.r, m.At)
	}
	if sign < 0 {
		m.Label = "scale in"
		if t.r.Config.Balancer.DeregistrationDelay > 0 {
			m.Text += ", drained before termination"
		}
	}
	return []Moment{m}
}

func changed(why string, d *record.Decision) string {
	return fmt.Sprintf("%s: desired %d -> %d", why, d.Desired, d.Result)
}

// saw says in a few words what the alarm of a decision saw.
func (t *teller) saw(d *record.Decision) string {
	for _, g := range scaling.Goals(t.r.Config.Policies) {
		if g.Policy != d.Policy || d.Source != record.FromAlarms {
			continue
		}
		side, limit := "over", g.High
		if d.Result < d.Desired {
			side, limit = "under", g.Low
		}
		long := t.evidence(&g, limit)
		if g.Metric == scaling.ALBRequestCountPerTarget {
			return fmt.Sprintf("%s%s, %s %s %s", format.Beside(d.Metric, limit.At), g.Unit.Of, side, format.Value(limit.At), long)
		}
		u := g.Unit
		value, bound := d.Metric/u.Scale, limit.At/u.Scale
		return fmt.Sprintf("%s%s%s%s was %s %s%s %s", u.Before, format.Beside(value, bound), u.After, u.Of, side, format.Value(bound), u.After, long)
	}
	return d.Why
}

// evidence says over what an alarm saw its metric breach. Basic monitoring has one
// datapoint of five minutes where the alarm asks for several shorter ones: whatever
// there is stands for all of them.
func (t *teller) evidence(g *scaling.Goal, limit scaling.Threshold) string {
	over := des.Duration(limit.Periods) * g.Period
	if g.Source.Metric.EC2() && g.Source.Period%des.Minute == 0 && !t.r.Config.Template.Detailed && g.Period < cloudwatch.BasicPeriod {
		points := "one datapoint"
		if over > cloudwatch.BasicPeriod {
			points = "datapoints"
		}
		return fmt.Sprintf("in %s of %s (basic monitoring), known %s late", points, format.Minutes(cloudwatch.BasicPeriod.Seconds()/60), format.Duration(t.r.Config.Watch.BasicDelay.Seconds()))
	}
	if over < des.Minute {
		return "for " + over.String()
	}
	return "for " + format.Minutes(over.Seconds()/60)
}

// bound is the first minute at max_size, or at min_size, with more or less needed: a
// bound that bites. Without a target to hold nothing bites.
func (t *teller) bound(upper bool) []Moment {
	cfg := t.r.Config
	if len(scaling.Goals(cfg.Policies)) == 0 || cfg.Group.Min == cfg.Group.Max {
		return nil
	}
	best, most, bound := -1, 0, 0
	for i, row := range t.r.Rows {
		if row.At < t.from || row.NeededTarget < 0 {
			continue
		}
		c := t.at(row.At) // scheduled actions and forecasts move the bounds
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
		return nil
	}
	m := Moment{At: t.r.Rows[best].At}
	if upper {
		m.Label, m.Text = "maximum", fmt.Sprintf("the target asks for %s, max_size allows %d", format.Plural(most, t.unit()), bound)+noHelp(t.r, m.At)
	} else {
		m.Label, m.Text = "minimum", fmt.Sprintf("the target needs %d, min_size keeps %d", most, bound)
	}
	return []Moment{m}
}
