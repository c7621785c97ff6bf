package report

import (
	"fmt"
	"io"
	"sort"
	"strings"

	"asgsim/report/clean"
	"asgsim/report/format"
	"asgsim/report/story"
	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// ExplainSchema names the shape of an [Explanation].
const ExplainSchema = "asgsim.explain/v1"

// Explanation is why the group did, or did not do, something at an instant.
type Explanation struct {
	Schema   string         `json:"schema"`
	Tool     Tool           `json:"tool"`
	Inputs   Inputs         `json:"inputs"`
	Title    string         `json:"title"`
	Asked    Instant        `json:"asked"`
	Moment   *Moment        `json:"moment"`   // null unless a moment was asked about
	Decided  *Instant       `json:"decided"`  // of the evaluation; null without one
	Outcome  string         `json:"outcome"`  // one sentence
	Policies []PolicyView   `json:"policies"` // as they were evaluated then
	Fleet    FleetView      `json:"fleet"`
	Health   *HealthView    `json:"health_checks"`              // null: they had nothing to do with it
	Users    *UsersView     `json:"users"`                      // of the minute; null beyond the timeline
	Limit    string         `json:"dependency_limit,omitempty"` // a dependency is the bottleneck then, and more instances do not help
	Before   *ChangeView    `json:"change_before"`
	Next     *ChangeView    `json:"change_next"`     // of the desired capacity; null: none follows
	Incident []IncidentView `json:"incidents"`       // faults in course
	Holds    []HoldView     `json:"holds"`           // what kept the group or an instance from going on then
	Events   []EventRow     `json:"events"`          // scripted ones of the hour before, the latest three
	Failed   *FailedView    `json:"failed_launches"` // of the quarter of an hour before; null: none
	Schedule []ScheduleView `json:"schedule"`        // the scheduled action that ran last, and the next
}

// Instant is an instant in three forms.
type Instant struct {
	At    string  `json:"at"` // RFC 3339
	AtS   float64 `json:"at_s"`
	Local string  `json:"local"` // "Mon 15:40:00"
}

// PolicyView is one policy's evaluation.
type PolicyView struct {
	Policy    string      `json:"policy"`
	Says      string      `json:"says"`       // what it wanted, in words
	Want      *int        `json:"want"`       // null: no capacity asked for
	Won       bool        `json:"won"`        // its capacity counted
	Why       string      `json:"why"`        // the arithmetic
	BlockedBy string      `json:"blocked_by"` // empty: nothing
	Unblock   string      `json:"unblock"`    // when the block ends, in words
	UnblockS  *float64    `json:"unblock_s"`  // by the rule itself; null: cannot be foretold
	EndedS    *float64    `json:"block_ended_s"`
	Alarms    []AlarmView `json:"alarms"`
}

// AlarmView is one alarm as the policy saw it.
type AlarmView struct {
	Alarm      string   `json:"alarm"`
	Asks       string   `json:"asks"` // "out" or "in"
	Metric     string   `json:"metric"`
	State      string   `json:"state"`
	Since      string   `json:"since"` // local; empty: from the start
	Rule       string   `json:"rule"`  // "over 50 for 3 of 3 datapoints of 1m"
	Threshold  float64  `json:"threshold"`
	Unit       string   `json:"unit"` // of threshold and datapoints; empty: a count
	Breaching  int      `json:"breaching"`
	Needs      int      `json:"needs"`
	Datapoints []Sample `json:"datapoints"` // oldest first
	// Range is the evaluation range, the periods in which datapoints are looked for.
	Range     int      `json:"evaluation_range"`
	NewestAge *float64 `json:"newest_age_s"` // since the end of the newest datapoint known; null: none is
}

// Sample is a datapoint and whether it breaches.
type Sample struct {
	At       string  `json:"at"` // local clock
	Value    float64 `json:"value"`
	Breaches bool    `json:"breaches"`
}

// FleetView is what the group was doing.
type FleetView struct {
	Desired, Min, Max int           `json:"-"`
	Text              string        `json:"text"`
	States            record.States `json:"states"`
	Activities        []ActivityRow `json:"activities"` // in progress
}

// ActivityRow is an activity in progress.
type ActivityRow struct {
	Since       string `json:"since"`
	Until       string `json:"until"` // empty: not over when the run ends
	Description string `json:"description"`
	Cause       string `json:"cause"`
	Note        string `json:"note,omitempty"` // what AWS does not tell: the arithmetic, the choice of a type
}

// ChangeView is a change of the desired capacity.
type ChangeView struct {
	Instant
	From  int    `json:"from"`
	To    int    `json:"to"`
	Cause string `json:"cause"`
}

// explainer looks things up in one result.
type explainer struct {
	res *account.Result
	cal *des.Calendar
	at  des.Time
}

// Explain tells what was decided at or before an instant and why. moment is the
// number of the moment that was asked about, 0 without.
func Explain(res *account.Result, at des.Time, moment int, tool Tool, in Inputs) *Explanation {
	in.Seed, in.Prices = res.Seed, res.Summary.Cost.PriceSource
	in.Sets, in.Others = append([]string{}, in.Sets...), append([]string{}, in.Others...)
	x := &explainer{res: res, cal: &res.Config.Calendar, at: at}
	e := &Explanation{Schema: ExplainSchema, Tool: tool, Inputs: in, Title: clean.Line(res.Config.Title), Asked: x.instant(at), Policies: []PolicyView{}, Incident: []IncidentView{}}
	for _, m := range story.Tell(res).Moments {
		if moment > 0 && m.N == moment {
			e.Moment = &Moment{N: m.N, At: x.cal.RFC3339(m.At), AtS: m.At.Seconds(), Local: x.cal.Local(m.At).DayClock(), Label: m.Label, Text: m.Text}
		}
	}
	decisions := x.decisions()
	for i := range decisions {
		e.Policies = append(e.Policies, x.policy(&decisions[i]))
	}
	if n := len(decisions); n > 0 {
		t := x.instant(decisions[n-1].At)
		e.Decided = &t
	}
	e.Outcome = x.outcome(decisions)
	e.Fleet, e.Health, e.Users = x.fleet(), x.checks(), x.users()
	e.Limit = story.LimitAt(res, at)
	e.Before, e.Next = x.changes()
	e.Incident = x.incidents()
	e.Holds, e.Events, e.Failed, e.Schedule = x.holds(), x.events(), x.failedLaunches(), x.schedule()
	return e
}

// WriteExplainJSON writes an explanation as one JSON object.
func WriteExplainJSON(w io.Writer, e *Explanation) error { return writeJSON(w, e) }

func (x *explainer) instant(t des.Time) Instant {
	return Instant{At: x.cal.RFC3339(t), AtS: t.Seconds(), Local: x.clock(t)}
}

// clock prints a local weekday and time to the second.
func (x *explainer) clock(t des.Time) string {
	l := x.cal.Local(t)
	return fmt.Sprintf("%s:%02d", l.DayClock(), l.Second%60)
}

// decisions are those of the last evaluation of the policies at or before the
// instant, and the scheduled actions since.
func (x *explainer) decisions() []record.Decision {
	all := x.res.Decisions
	n := sort.Search(len(all), func(i int) bool { return all[i].At > x.at })
	var out, acts []record.Decision
	for i := n - 1; i >= 0; i-- {
		d := &all[i]
		if d.Source == record.FromEvent {
			continue // told apart
		}
		if d.Source == record.FromSchedule {
			if len(out) == 0 {
				acts = append([]record.Decision{*d}, acts...)
			}
			continue
		}
		if len(out) > 0 && out[0].At != d.At {
			break
		}
		out = append([]record.Decision{*d}, out...)
	}
	if len(out) == 0 && len(acts) > 1 {
		acts = acts[len(acts)-1:] // only schedules: the last
	}
	return append(out, acts...)
}

func (x *explainer) policy(d *record.Decision) PolicyView {
	v := PolicyView{Policy: d.Policy, Won: d.Won, Why: d.Why, BlockedBy: d.Block.String(), Alarms: []AlarmView{}}
	if d.Want >= 0 {
		v.Want = &d.Want
	}
	for i := range d.Looks {
		v.Alarms = append(v.Alarms, x.alarm(&d.Looks[i]))
	}
	switch {
	case d.Source == record.FromSchedule:
		v.Says = "scheduled action at " + x.clock(d.At)
	case d.Want > d.Desired:
		v.Says = fmt.Sprintf("wants %d, %d more", d.Want, d.Want-d.Desired)
	case d.Want >= 0 && d.Want < d.Desired:
		v.Says = fmt.Sprintf("wants %d, %d fewer", d.Want, d.Desired-d.Want)
	case d.Block != scaling.NoBlock:
		v.Says = "wants a change and may not"
	default:
		v.Says = "wants no change"
	}
	if d.Block != scaling.NoBlock {
		v.Unblock, v.UnblockS, v.EndedS = x.unblock(d)
	}
	return v
}

// unblocks says of every block when it ends, where its own rule does not give the
// instant.
var unblocks = map[scaling.Block]string{
	scaling.BlockMin:           "a bound: it holds until the bound or the load changes",
	scaling.BlockMax:           "a bound: it holds until the bound or the load changes",
	scaling.BlockOff:           "never: the policy may not scale in",
	scaling.BlockSmall:         "when the metric is low enough for one instance fewer",
	scaling.BlockOthers:        "when the other policies agree",
	scaling.BlockSuspended:     "when the process is resumed",
	scaling.BlockStabilization: "when the peak is that long ago",
	scaling.BlockControl:       "when the peak is as long ago as their window",
	scaling.BlockFlapping:      "when so few instances would not call for more again",
	scaling.BlockMode:          "never: the mode of the autoscaler forbids it",
	scaling.BlockFormula:       "when the formula gives a number",
	scaling.BlockWarmup:        "when the instances that are launching are in service and warm",
	scaling.BlockOlder:         "when a datapoint of all that are warm is known",
	scaling.BlockSame:          "when a newer datapoint is known",
	scaling.BlockRepeat:        "when its last action is as long ago as the rule asks",
	scaling.BlockNoWarm:        "when an instance is warm and reports",
	scaling.BlockData:          "when the metric has a datapoint again",
	scaling.BlockStep:          "when the metric lies in one of its steps",
	scaling.BlockActivity:      "when that activity has ended",
	scaling.BlockCooldown:      "when the cooldown is over",
	scaling.BlockForecast:      "when the forecast asks for fewer",
	scaling.BlockSurplus:       "when what is above desired has gone",
	scaling.BlockForecastOnly:  "never: the mode ForecastOnly only watches",
}

// unblock says when a block ends: by the rule, and when it did end in this run.
func (x *explainer) unblock(d *record.Decision) (text string, foreseen, ended *float64) {
	text = unblocks[d.Block]
	if d.Until != des.Never {
		v := d.Until.Seconds()
		foreseen = &v
		text = fmt.Sprintf("%v ends at %s", d.Block, x.clock(d.Until))
	}
	for i := range x.res.Decisions {
		n := &x.res.Decisions[i]
		if n.At > d.At && n.Policy == d.Policy && n.Block != d.Block {
			v := n.At.Seconds()
			ended = &v
			say := fmt.Sprintf("in this run the policy was next free of it at %s", x.clock(n.At))
			if text != "" {
				say = text + "; " + say
			}
			return say, foreseen, ended
		}
	}
	if text != "" {
		text += "; "
	}
	return text + "in this run it lasted to the end", foreseen, nil
}

func (x *explainer) alarm(l *record.Look) AlarmView {
	v := AlarmView{Alarm: l.Alarm, Asks: "in", Metric: l.Metric, State: l.State.String(), Needs: l.Datapoints, Range: l.Range, Datapoints: []Sample{}}
	if l.Newest != des.Never {
		age := l.At.Sub(l.Newest).Seconds()
		v.NewestAge = &age
	}
	if l.High {
		v.Asks = "out"
	}
	if l.Since > 0 {
		v.Since = x.clock(l.Since)
	}
	word := map[cloudwatch.Comparison]string{cloudwatch.GreaterThan: "over", cloudwatch.GreaterOrEqual: "at or over",
		cloudwatch.LessThan: "under", cloudwatch.LessOrEqual: "at or under"}[l.Comparison]
	v.Threshold, v.Unit = l.Threshold, unitOf(l.Metric)
	v.Rule = fmt.Sprintf("%s %s in %d of %d datapoints of %v, looked for in the last %d", word, format.Value(l.Threshold), l.Datapoints, l.Evaluate, l.Period, l.Range)
	for _, p := range l.Points {
		at := x.cal.Local(p.At).Clock()
		if l.Period < des.Minute {
			_, at, _ = strings.Cut(x.clock(p.At), " ")
		}
		s := Sample{At: at, Value: p.Value, Breaches: l.Breaches(p.Value)}
		if s.Breaches {
			v.Breaching++
		}
		v.Datapoints = append(v.Datapoints, s)
	}
	return v
}

// unitOf is the unit of a metric that a look names with its statistic; empty for counts.
func unitOf(metric string) string {
	name, _, _ := strings.Cut(metric, " ")
	m, ok := cloudwatch.MetricOf(name)
	if !ok || m.Unit() == m.String() {
		return ""
	}
	return strings.TrimSuffix(m.Unit(), " CPU")
}

// outcome says in a sentence what came of the evaluation.
func (x *explainer) outcome(ds []record.Decision) string {
	if len(ds) == 0 {
		for i := range x.res.Decisions {
			if d := &x.res.Decisions[i]; d.Source != record.FromEvent {
				return "The policies had not been evaluated yet: the first time is " + x.clock(d.At) + "."
			}
		}
		return "No policy is in force: this is a fixed fleet, and only faults, health, schedules and people move it."
	}
	blocked := ""
	for i := range ds {
		d := &ds[i]
		if d.Won && d.Result != d.Desired {
			text := fmt.Sprintf("Desired went from %d to %d: policy %s won", d.Desired, d.Result, d.Policy)
			if d.Source == record.FromSchedule {
				text = fmt.Sprintf("Desired went from %d to %d: scheduled action %s", d.Desired, d.Result, d.Policy)
			}
			if d.Want >= 0 && d.Want != d.Result {
				text += fmt.Sprintf("; it wanted %d, clamped by %v", d.Want, d.Block)
			}
			return text + "." + x.served(d)
		}
		if d.Block != scaling.NoBlock && blocked == "" {
			blocked = fmt.Sprintf("Desired stayed at %d: policy %s was %sblocked by %v.", d.Result, d.Policy, inAlarm(d), d.Block)
		}
	}
	if blocked != "" {
		return blocked
	}
	for i := range ds {
		if ds[i].Alarmed == scaling.Out {
			return fmt.Sprintf("Desired stayed at %d: policy %s was in alarm, and its arithmetic asked for no more than that.", ds[i].Result, ds[i].Policy)
		}
	}
	if ds[0].Source != record.FromAlarms && ds[0].Source != record.FromSchedule {
		return fmt.Sprintf("Desired stayed at %d: policy %s asked for no other.", ds[0].Result, ds[0].Policy)
	}
	return fmt.Sprintf("Desired stayed at %d: no alarm was in ALARM.", ds[0].Result)
}

// inAlarm says that an alarm asked for what a policy wanted, where one did.
func inAlarm(d *record.Decision) string {
	if d.Source == record.FromAlarms {
		return "in alarm and "
	}
	return ""
}

// change is the index of the state of the fleet at the instant.
func (x *explainer) change() int {
	c := x.res.Capacity
	return max(0, sort.Search(len(c), func(i int) bool { return c[i].At > x.at })-1)
}

func (x *explainer) fleet() FleetView {
	v := FleetView{Activities: []ActivityRow{}}
	if len(x.res.Capacity) == 0 {
		return v
	}
	c := x.res.Capacity[x.change()]
	v.Desired, v.Min, v.Max, v.States = c.Desired, c.MinSize, c.MaxSize, c.States
	v.Text = fmt.Sprintf("desired %d (min %d, max %d), %d in service", c.Desired, c.MinSize, c.MaxSize, c.States.InService())
	for _, s := range []struct {
		n    int
		name string
	}{{c.States.Ready, "ready"}, {c.States.Warming, "warming up"}, {c.States.Booting, "booting"}, {c.States.Unhealthy, "unhealthy"},
		{c.States.Pending, "pending"}, {c.States.Draining, "draining"}, {c.States.Terminating, "terminating"}, {c.States.Standby, "in standby"},
		{c.States.Warmed(), "in the warm pool"}, {c.States.WarmedPending, "being prepared for it"}} {
		if s.n > 0 {
			v.Text += fmt.Sprintf(", %d %s", s.n, s.name)
		}
	}
	if c.SlowStart > 0 {
		v.Text += fmt.Sprintf(", %d in slow start", c.SlowStart)
	}
	for i := range x.res.Activities {
		a := &x.res.Activities[i]
		if a.Start > x.at || a.End <= x.at {
			continue
		}
		v.Activities = append(v.Activities, x.row(a))
	}
	return v
}

func (x *explainer) row(a *asg.Activity) ActivityRow {
	r := ActivityRow{Since: x.clock(a.Start), Description: a.Description, Cause: a.Cause, Note: a.Note}
	if a.End != des.Never {
		r.Until = x.clock(a.End)
	}
	return r
}

// changes are the last change of desired at or before the instant and the next
// after it.
func (x *explainer) changes() (before, next *ChangeView) {
	c := x.res.Capacity
	for i := 1; i < len(c); i++ {
		if c[i].Desired == c[i-1].Desired {
			continue
		}
		v := &ChangeView{Instant: x.instant(c[i].At), From: c[i-1].Desired, To: c[i].Desired, Cause: x.causeOf(c[i].At)}
		if c[i].At > x.at {
			return before, v
		}
		before = v
	}
	return before, nil
}

// causeOf says what changed the desired capacity at an instant.
func (x *explainer) causeOf(t des.Time) string {
	all := x.res.Decisions
	for i := sort.Search(len(all), func(i int) bool { return all[i].At >= t }); i < len(all) && all[i].At == t; i++ {
		switch d := &all[i]; {
		case d.Result == d.Desired:
		case d.Source == record.FromSchedule && d.Won:
			return d.Why // it begins with the action's name
		case d.Source == record.FromEvent:
			return "event " + d.Policy + ": " + d.Why
		case d.Won:
			return "policy " + d.Policy + ": " + d.Why
		}
	}
	return "no policy did it: the activities tell"
}
