package world

import (
	"fmt"
	"math"
	"strings"

	"asgsim/sim/asg"
	"asgsim/sim/des"
)

// strikeOf is what one fault did at one time, to one instance or to a zone's.
type strikeOf struct {
	at        des.Time
	kind      string
	instances int
	detected  *float64 // s until the first was found unhealthy; nil: never
	replaced  *float64 // s until the last was replaced; nil: one of them never
	lost      uint64
	idle      bool // none of the instances had users
}

// strikes joins the incidents of the first n strikes.
func (w *world) strikes(r *Result, n int) []strikeOf {
	var out []strikeOf
	for k := range r.Summary.Incidents {
		i, f := &r.Summary.Incidents[k], w.lives.faults[k]
		if k > 0 && f.At == w.lives.faults[k-1].At && f.Name == w.lives.faults[k-1].Name {
			s := &out[len(out)-1]
			s.instances++
			s.lost += i.Lost
			s.idle = s.idle && f.idle
			if i.DetectS != nil && (s.detected == nil || *i.DetectS < *s.detected) {
				s.detected = i.DetectS
			}
			if s.replaced != nil && (i.ReplaceS == nil || *i.ReplaceS > *s.replaced) {
				s.replaced = i.ReplaceS
			}
			continue
		}
		if len(out) == n {
			break
		}
		out = append(out, strikeOf{at: f.At, kind: i.Kind, instances: 1, detected: i.DetectS, replaced: i.ReplaceS, lost: i.Lost, idle: f.idle})
	}
	return out
}

// struckText says what a fault did to n instances.
func struckText(kind string, n int) string {
	subject := fmt.Sprintf("%d instances", n)
	if n == 1 {
		subject = "one instance"
	}
	switch kind {
	case "hang", "crash":
		if n > 1 {
			return subject + " " + kind
		}
		return subject + " " + map[string]string{"hang": "hangs", "crash": "crashes"}[kind]
	case "zone_outage":
		return fmt.Sprintf("a zone fails with %s in it", subject)
	case "spot_interruption":
		if n == 1 {
			return "EC2 takes a Spot Instance back"
		}
		return fmt.Sprintf("EC2 takes %d Spot Instances back", n)
	}
	return kind + " of " + subject
}

// replacedMoment tells of a strike.
func (w *world) replacedMoment(s strikeOf) (Moment, bool) {
	m := Moment{At: s.at, Label: "replace", Text: struckText(s.kind, s.instances)}
	they, its, fresh, on := "it", "it keeps its share", "a new one serves", "it"
	if s.instances > 1 {
		they, its, fresh, on = "they", "they keep their share", "the last new one serves", "them"
	}
	switch {
	case s.idle:
		m.Label = s.kind
		m.Text += ": " + they + " had no requests"
	case s.detected == nil:
		m.Label = s.kind
		m.Text += fmt.Sprintf(": nobody notices, %s of the traffic", its)
	case s.replaced == nil:
		m.Label = s.kind
		m.Text += fmt.Sprintf(": out of the routing after %s, not replaced", seconds(*s.detected))
	default:
		found := "unhealthy at once"
		if *s.detected >= 0.5 {
			found = "unhealthy after " + seconds(*s.detected)
		}
		m.Text += fmt.Sprintf(": %s, deregistered, terminated; %s after %s", found, fresh, seconds(*s.replaced))
	}
	switch {
	case s.lost == 1:
		m.Text += "; 1 request lost on " + on
	case s.lost > 1:
		m.Text += fmt.Sprintf("; %s requests lost on %s", grouped(float64(s.lost)), on)
	}
	return m, true
}

// scheduledAction is the first scheduled action of the run.
func (w *world) scheduledAction() (Moment, bool) {
	for i := range w.policies.decisions {
		d := &w.policies.decisions[i]
		if d.Source != FromSchedule || d.At < des.Time(w.cfg.WarmUp) || d.At == 0 {
			continue
		}
		text := fmt.Sprintf("%s: desired stays %d", d.Why, d.Desired)
		if d.Result != d.Desired {
			text = changeText(d.Why, d)
		}
		return Moment{At: d.At, Label: "schedule", Text: text}, true
	}
	return Moment{}, false
}

// unanswered is the first time that nobody answered a lifecycle hook.
func (w *world) unanswered() (Moment, bool) {
	var first *asg.Hold
	asked, silent := 0, 0
	for i := range w.group.Holds {
		h := &w.group.Holds[i]
		if h.Kind != asg.HookWait || h.From < des.Time(w.cfg.WarmUp) {
			continue
		}
		if first != nil && h.Name != first.Name {
			continue
		}
		asked++
		if h.Until == h.Limit {
			silent++
			if first == nil {
				first, asked = h, w.asked(h.Name, i)
			}
		}
	}
	if first == nil {
		return Moment{}, false
	}
	then := "the instance is terminated, another is launched"
	for _, h := range w.cfg.Group.Hooks {
		switch {
		case h.Name == first.Name && h.Continue:
			then = "the instance goes on (CONTINUE)"
		case h.Name == first.Name && !h.Launching:
			then = "the instance is terminated all the same"
		}
	}
	return Moment{At: first.Until, Label: "hook", Text: fmt.Sprintf("nobody answered hook %s for %s: %s; %d of %d such waits ended so",
		first.Name, long(first.Until.Sub(first.From)), then, silent, asked)}, true
}

// asked counts the waits for a hook up to and with the kth hold.
func (w *world) asked(name string, k int) int {
	n := 0
	for i := range w.group.Holds[:k+1] {
		if h := &w.group.Holds[i]; h.Kind == asg.HookWait && h.Name == name && h.From >= des.Time(w.cfg.WarmUp) {
			n++
		}
	}
	return n
}

func long(d des.Duration) string {
	if d >= des.Hour {
		return strings.TrimSuffix(fmt.Sprintf("%.1f", d.Hours()), ".0") + " h"
	}
	return seconds(d.Seconds())
}

func seconds(v float64) string {
	if v < 100 {
		return fmt.Sprintf("%.0f s", v)
	}
	return fmt.Sprintf("%.0f min", v/60)
}

// grouped prints a whole number with its thousands set apart: "1,296".
func grouped(v float64) string {
	s := fmt.Sprintf("%.0f", math.Abs(v))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if v <= -0.5 {
		return "-" + s
	}
	return s
}

// counted is a count with its noun: "1 instance", "3 instances".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(float64(n)) + " " + noun + "s"
}
