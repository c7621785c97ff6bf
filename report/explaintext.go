package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"asgsim/report/format"
)

// shownPoints is how many datapoints of an alarm the text shows, the latest.
const shownPoints = 5

// shownIncidents is how many faults in course the text tells.
const shownIncidents = 3

// WriteExplainText writes an explanation as an on-call engineer reads it, in so many
// columns; 0: Columns.
func WriteExplainText(w io.Writer, e *Explanation, columns int) error {
	t := &lines{columns: columns}
	head := fmt.Sprintf("%s · %s · seed %d", e.Asked.Local, e.Title, e.Inputs.Seed)
	if e.Inputs.Variant != "" {
		head += " · variant " + e.Inputs.Variant
	}
	t.wrap("", head)
	if m := e.Moment; m != nil {
		t.wrap(fmt.Sprintf("moment %d, %s: ", m.N, m.Label), m.Text)
	}
	for i := range e.Incident[:min(len(e.Incident), shownIncidents)] {
		t.incident(&e.Incident[i])
	}
	if more := len(e.Incident) - shownIncidents; more > 0 {
		t.add("  and %s more like it (--json lists all)", Plural(more, "incident"))
	}
	t.add("")
	if e.Decided != nil {
		t.wrap("  decision   ", e.Decided.Local+": "+e.Outcome)
	} else {
		t.wrap("  decision   ", e.Outcome)
	}
	for i := range e.Policies {
		t.policy(&e.Policies[i])
	}
	t.add("")
	t.wrap("  group      ", e.Fleet.Text)
	if e.Health != nil {
		t.wrap("  health     ", e.Health.Text)
	}
	t.activities(e.Fleet.Activities)
	t.kept(e)
	if e.Users != nil {
		t.wrap("  users      ", e.Users.Text)
	}
	if e.Limit != "" {
		t.wrap("  bottleneck ", e.Limit)
	}
	if b := e.Before; b != nil && (e.Decided == nil || b.At != e.Decided.At) {
		t.wrap("  before     ", fmt.Sprintf("%s: desired %d -> %d; %s", b.Local, b.From, b.To, b.Cause))
	}
	if n := e.Next; n != nil {
		t.wrap("  next       ", fmt.Sprintf("%s: desired %d -> %d; %s", n.Local, n.From, n.To, n.Cause))
	} else {
		t.add("  next       desired does not change again in this run")
	}
	_, err := io.WriteString(w, t.text())
	return err
}

func (t *lines) policy(p *PolicyView) {
	t.add("")
	verdict := p.Says
	if p.Won {
		verdict += ": it won"
	}
	t.add("  policy %s %s", p.Policy, verdict)
	for i := range p.Alarms {
		t.alarm(&p.Alarms[i], i > 0 && p.Alarms[i-1].Metric == p.Alarms[i].Metric)
	}
	t.wrap("    why      ", p.Why)
	if p.BlockedBy != "" {
		word := "    blocked  "
		if p.Won {
			word = "    clamped  "
		}
		t.wrap(word, "by "+p.BlockedBy+"; "+p.Unblock)
	}
}

// alarm prints an alarm's state and how far it is from, or over, its threshold.
func (t *lines) alarm(a *AlarmView, again bool) {
	state := a.State
	if a.Since != "" {
		state += " since " + a.Since
	}
	if !again {
		metric := a.Metric
		if a.Unit != "" {
			metric += ", in " + a.Unit
		}
		t.add("    metric   %s", metric)
	}
	count := fmt.Sprintf("%d of the %d found breach", a.Breaching, len(a.Datapoints))
	if len(a.Datapoints) == 0 {
		count = "none is found there"
	}
	t.wrap("    "+pad(a.Asks+" if", 9), fmt.Sprintf("%s: %s; %s", a.Rule, state, count))
	if again && len(a.Datapoints) <= shownPoints {
		return
	}
	points := a.Datapoints[max(0, len(a.Datapoints)-shownPoints):]
	var shown []string
	for _, p := range points {
		mark := ""
		if p.Breaches {
			mark = "!"
		}
		shown = append(shown, p.At+" "+apart(p.Value, a.Threshold)+mark)
	}
	if len(shown) == 0 {
		shown = []string{"no datapoint is known"}
		if a.NewestAge != nil {
			shown = []string{"no datapoint of these periods is known; the newest ended " + age(*a.NewestAge) + " ago"}
		}
	} else if a.NewestAge != nil {
		shown[len(shown)-1] += " (ended " + age(*a.NewestAge) + " ago)"
	}
	t.wrap("             ", strings.Join(shown, ", "))
}

// apart prints a datapoint so that it is seen on which side of the threshold it lies.
func apart(v, threshold float64) string {
	text := format.Value(v)
	for digits := 3; v != threshold && text == format.Value(threshold) && digits <= 6; digits++ {
		if more := strconv.FormatFloat(v, 'g', digits, 64); more != text && more != strconv.FormatFloat(threshold, 'g', digits, 64) {
			text = more
		}
	}
	return text
}

// age prints how old a datapoint is: "90 s", "21 min".
func age(s float64) string {
	if s < 120 {
		return fmt.Sprintf("%.0f s", s)
	}
	return fmt.Sprintf("%.0f min", s/60)
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(1, n-len(s))) }

// activities lists what is in progress, a cause once for all that share it.
func (t *lines) activities(list []ActivityRow) {
	last := ""
	for i := range list {
		a := &list[i]
		until := ", still in progress at the end"
		if a.Until != "" {
			until = " until " + a.Until
		}
		t.wrap("             ", fmt.Sprintf("since %s%s: %s", a.Since, until, a.Description))
		cause, _, _ := strings.Cut(a.Cause, ". At ")
		if a.Note != "" {
			cause += " [" + strings.TrimSuffix(a.Note, ".") + "]"
		}
		if cause != last {
			t.wrap("               ", cause)
		}
		last = cause
	}
}

// incident tells of a fault second by second.
func (t *lines) incident(v *IncidentView) {
	t.add("")
	t.add("  fault %s (%s) on %s", v.Fault, v.Kind, v.Instance)
	for _, s := range v.Steps {
		_, clock, _ := strings.Cut(s.Local, " ")
		t.wrap(fmt.Sprintf("    %s  +%-9s", clock, trimZeros(fmt.Sprintf("%.1f", s.AfterS))+" s"), s.Text)
	}
	text := fmt.Sprintf("%s attempts were lost on it", Count(v.Lost))
	if v.LostOpen > 0 {
		text += fmt.Sprintf(", %s more when the balancer failed open", Count(v.LostOpen))
	}
	t.wrap("    ", fmt.Sprintf("%s; its share of the slow and failed requests while it lasted: %s", text, Count(v.Bad)))
}
