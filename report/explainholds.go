package report

import (
	"fmt"
	"sort"
	"strings"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// HoldView is what kept the group, or an instance, from going on.
type HoldView struct {
	Kind   string   `json:"kind"`
	Name   string   `json:"name"`
	Text   string   `json:"text"`
	Since  string   `json:"since"`
	RuleS  *float64 `json:"ends_by_rule_s"` // at the latest; null: until somebody ends it
	EndedS *float64 `json:"ended_s"`        // in this run; null: not
}

// EventRow is a scripted event, or what came of it.
type EventRow struct {
	Instant
	Event string `json:"event"`
	Text  string `json:"text"`
}

// FailedView is the launches that failed lately.
type FailedView struct {
	Launches int    `json:"launches"`
	Last     string `json:"last"` // local
	Message  string `json:"message"`
}

// ScheduleView is a run of a scheduled action.
type ScheduleView struct {
	Instant
	Action string `json:"action"`
	Next   bool   `json:"next"` // still to come; else the last
	Ran    bool   `json:"ran"`  // in this run; else before its start, or still to come
	Text   string `json:"text"` // what it did, or is to set
}

// holds lists what was in force at the instant.
func (x *explainer) holds() []HoldView {
	out := []HoldView{}
	for i := range x.res.Holds {
		h := &x.res.Holds[i]
		if h.From > x.at || h.Until <= x.at {
			continue
		}
		v := HoldView{Kind: h.Kind.String(), Name: h.Name, Since: x.clock(h.From)}
		if h.Limit != des.Never {
			s := h.Limit.Seconds()
			v.RuleS = &s
		}
		if h.Until != des.Never {
			s := h.Until.Seconds()
			v.EndedS = &s
		}
		v.Text = x.held(h)
		out = append(out, v)
	}
	return out
}

// held words a hold, and when it ends.
func (x *explainer) held(h *asg.Hold) string {
	text := ""
	switch h.Kind {
	case asg.HookWait:
		text = fmt.Sprintf("instance %s waits for lifecycle hook %s, until %s at the latest", x.instanceID(h.Instance), h.Name, x.clock(h.Limit))
	case asg.Backoff:
		where := ""
		if h.Name != "" {
			where = " in zone " + h.Name
		}
		return fmt.Sprintf("a launch failed: the next try%s is at %s", where, x.clock(h.Limit))
	case asg.Suspension:
		text = h.Name + " is suspended, until it is resumed"
	case asg.Refreshing:
		text = fmt.Sprintf("instance refresh %s is in progress", h.Name)
		if state := strings.TrimPrefix(x.refreshState(h.Name), "instance refresh "); state != "" {
			text = fmt.Sprintf("instance refresh %s is %s", h.Name, state)
		}
	}
	if h.Until == des.Never {
		return text + "; in this run to the end"
	}
	return text + "; in this run until " + x.clock(h.Until)
}

func (x *explainer) instanceID(ordinal int) string {
	if ordinal >= 0 && ordinal < len(x.res.Instances) {
		return x.res.Instances[ordinal].ID
	}
	return "unknown"
}

// refreshState is what an instance refresh last reported.
func (x *explainer) refreshState(name string) string {
	state := ""
	for i := range x.res.Decisions {
		if d := &x.res.Decisions[i]; d.At > x.at {
			break
		} else if d.Source == record.FromEvent && d.Policy == name {
			state = d.Why
		}
	}
	return state
}

// shownEvents is how many scripted events an explanation lists.
const shownEvents = 3

// events lists the scripted events of the hour before, the latest.
func (x *explainer) events() []EventRow {
	out := []EventRow{}
	for i := range x.res.Decisions {
		d := &x.res.Decisions[i]
		if d.Source == record.FromEvent && d.At <= x.at && d.At > x.at.Add(-des.Hour) {
			out = append(out, EventRow{x.instant(d.At), d.Policy, d.Why})
		}
	}
	return out[max(0, len(out)-shownEvents):]
}

// lately is how far back failed launches are told.
const lately = 15 * des.Minute

// failedLaunches counts the launches that failed lately; nil: none.
func (x *explainer) failedLaunches() *FailedView {
	var v *FailedView
	for i := range x.res.Activities {
		a := &x.res.Activities[i]
		if !a.Launch || a.Status != asg.Failed && a.Status != asg.Cancelled || a.End > x.at || a.End <= x.at.Add(-lately) {
			continue
		}
		if v == nil {
			v = &FailedView{}
		}
		v.Launches, v.Last, v.Message = v.Launches+1, x.clock(a.End), a.Message
	}
	return v
}

// schedule is the last run of any scheduled action and the next: past ones by the instant
// at which they ran, which may be seconds after their time, and by what they did.
func (x *explainer) schedule() []ScheduleView {
	var past, coming []ScheduleView
	list := x.res.Config.Schedule
	for i := range list {
		s := &list[i]
		if s.Ran < 0 {
			past = append(past, x.scheduled(s, s.Ran))
		}
		next := sort.Search(len(s.At), func(k int) bool { return s.At[k] > x.at })
		for ; next > 0; next-- {
			if ran := x.ranAt(s, s.At[next-1]); ran != nil && ran.At <= x.at {
				past = append(past, ScheduleView{Instant: x.instant(ran.At), Action: s.Name, Ran: true, Text: ran.Why})
				break
			}
		}
		if next < len(s.At) {
			v := x.scheduled(s, s.At[next])
			v.Next = true
			coming = append(coming, v)
		}
	}
	earlier := func(list []ScheduleView) func(i, j int) bool {
		return func(i, j int) bool { return list[i].AtS < list[j].AtS }
	}
	sort.SliceStable(past, earlier(past))
	sort.SliceStable(coming, earlier(coming))
	return append(past[max(0, len(past)-1):], coming[:min(1, len(coming))]...)
}

// ranAt is the run of an action that was due at an instant; nil: the run ended first.
func (x *explainer) ranAt(s *asg.Schedule, due des.Time) *record.Decision {
	for i := range x.res.Decisions {
		if d := &x.res.Decisions[i]; d.Source == record.FromSchedule && d.Policy == s.Name && d.At >= due {
			return d
		}
	}
	return nil
}

// scheduled words what an action sets.
func (x *explainer) scheduled(s *asg.Schedule, at des.Time) ScheduleView {
	v := ScheduleView{Instant: x.instant(at), Action: s.Name}
	for _, f := range [...]struct {
		name string
		size int
	}{{"min", s.Min}, {"max", s.Max}, {"desired", s.Desired}} {
		if f.size != asg.Keep {
			if v.Text != "" {
				v.Text += ", "
			}
			v.Text += fmt.Sprintf("%s %d", f.name, f.size)
		}
	}
	return v
}

// shownHolds is how many holds of one kind and name the text lists.
const shownHolds = 2

// kept prints what kept the group from going on, what was done to it by hand, and
// what the clock did and will do.
func (t *lines) kept(e *Explanation) {
	count := map[string]int{}
	for i := range e.Holds {
		h := &e.Holds[i]
		key := h.Kind + " " + h.Name
		if count[key]++; count[key] <= shownHolds {
			t.wrap("  held       ", "since "+h.Since+": "+h.Text)
		}
	}
	for i := range e.Holds {
		h := &e.Holds[i]
		if key := h.Kind + " " + h.Name; count[key] > shownHolds {
			t.wrap("  held       ", fmt.Sprintf("and %d more of %s %s (--json lists all)", count[key]-shownHolds, h.Kind, h.Name))
			count[key] = 0
		}
	}
	if f := e.Failed; f != nil {
		t.wrap("  launches   ", fmt.Sprintf("%s failed in the last quarter of an hour, the latest at %s: %s", Plural(f.Launches, "launch attempt"), f.Last, f.Message))
	}
	for i := range e.Events {
		t.wrap("  event      ", fmt.Sprintf("%s: %s: %s", e.Events[i].Local, e.Events[i].Event, e.Events[i].Text))
	}
	for i := range e.Schedule {
		s := &e.Schedule[i]
		word := "ran last at"
		switch {
		case s.Next:
			word = "runs next at"
		case s.Ran:
			t.wrap("  schedule   ", fmt.Sprintf("the last, at %s: %s", s.Local, s.Text))
			continue
		}
		t.wrap("  schedule   ", fmt.Sprintf("%s %s %s: %s", s.Action, word, s.Local, s.Text))
	}
}
