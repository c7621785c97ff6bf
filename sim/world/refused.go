package world

import (
	"fmt"

	"asgsim/sim/asg"
	"asgsim/sim/des"
)

// refused tells of the launches that EC2 turned down: from the first to the last,
// and why.
func (w *world) refused() (Moment, bool) {
	var first, last *asg.Activity
	n := 0
	for i := range w.group.Activities {
		a := &w.group.Activities[i]
		if !a.Launch || a.Status != asg.Failed || a.Instance >= 0 || a.Start < des.Time(w.cfg.WarmUp) {
			continue
		}
		if n++; first == nil {
			first = a
		}
		last = a
	}
	if n == 0 {
		return Moment{}, false
	}
	m := Moment{At: first.Start, Label: "refused", Text: "EC2 turns down a launch: " + first.Message}
	if n > 1 {
		m.Text = fmt.Sprintf("EC2 turns down %d launches until %s: %s", n, w.cfg.Calendar.Local(last.Start).DayClock(), first.Message)
	}
	return m, true
}
