package story

import (
	"fmt"
	"math"

	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// limited tells of dependencies that were at their limit.
func limited(c *collapse.Findings, cfg *record.Config, unit string) []Moment {
	if c == nil {
		return nil
	}
	var out []Moment
	for k := range c.Limits {
		l := &c.Limits[k]
		out = append(out, Moment{At: des.Time(des.Seconds(l.FromS)), Label: "dependency limit", Text: limit(l, cfg, unit)})
	}
	return out
}

// limit says that a dependency is the bottleneck, and that more instances do not help.
func limit(l *collapse.Limit, cfg *record.Config, unit string) string {
	text := fmt.Sprintf("dependency %s is the bottleneck until %s: ", l.Dependency, clock(cfg, l.ToS))
	if l.Open {
		text = fmt.Sprintf("dependency %s is the bottleneck from here to the end: ", l.Dependency)
	}
	turned := ""
	if l.TurnedAway > 0 {
		turned = format.Share(l.TurnedAway) + " of those who ask are turned away or wait for too long, "
	}
	text += fmt.Sprintf("%s of its workers in use, %s wait for one, %s%s are slow or failed, while the instances' CPU is at %s; %s",
		format.Percent(l.Busy), format.Plural(int(math.Round(l.Waiting)), "request"), turned, format.Share(l.BadShare), format.Percent(l.CPU), carries(l))
	text += "; more instances do not help"
	if l.Most > l.From {
		text += fmt.Sprintf(" (%d became %s)", l.From, format.Plural(l.Most, unit))
	}
	return text + ": " + relieve(cfg, l).String() + " does"
}

// carries sets what comes beside what a dependency carries.
func carries(l *collapse.Limit) string {
	text := fmt.Sprintf("it carries %s", format.Rate(math.Floor(l.Carries)))
	if l.Fault != "" {
		text = fmt.Sprintf("with fault %s it carries %s", l.Fault, format.Rate(math.Floor(l.Carries)))
	}
	if l.Expected <= l.Carries && l.TurnedAway > 0 {
		return fmt.Sprintf("%s, and up to %s come, but not evenly: who finds no worker and no room to wait fails", text, format.Rate(math.Round(l.Expected)))
	}
	if l.Expected <= l.Carries {
		return fmt.Sprintf("%s, and up to %s come, without what waits or comes again", text, format.Rate(math.Round(l.Expected)))
	}
	return fmt.Sprintf("%s, and up to %s come", text, format.Rate(math.Round(l.Expected)))
}

// noHelp is added to what makes a fleet larger while a dependency is at its limit; empty
// at other times.
func noHelp(r *account.Result, at des.Time) string {
	if l := r.Summary.Collapse.LimitAt(at); l != nil {
		return fmt.Sprintf(", which does not help: dependency %s is the bottleneck", l.Dependency)
	}
	return ""
}

// LimitAt says of an instant that a dependency was the bottleneck; empty where none was.
func LimitAt(r *account.Result, at des.Time) string {
	l := r.Summary.Collapse.LimitAt(at)
	if l == nil {
		return ""
	}
	return fmt.Sprintf("dependency %s since %s: %s; more instances do not help", l.Dependency, clock(r.Config, l.FromS), carries(l))
}
