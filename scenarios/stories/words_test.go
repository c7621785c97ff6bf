package stories

import (
	"slices"
	"testing"

	"asgsim/report/story"
	"asgsim/sim/account"
)

// What is told, when, and with which number on the picture depends on facts, not on the
// sentences of activities and decisions: other sentences, the same moments.
func TestNoMomentDependsOnASentence(t *testing.T) {
	if testing.Short() {
		t.Skip("runs shipped scenarios")
	}
	for _, of := range [][2]string{{"spot-mix", "spot-80"}, {"unhealthy-instance", "elb-checks"}, {"operations", "untouched"}, {"zone-outage", "three-zones"}, {"instance-refresh", "good"}} {
		r := *runs{1}.result(t, of[0], of[1])
		before := story.Tell(&r)
		reword(&r)
		after := story.Tell(&r)
		if len(before.Moments) != len(after.Moments) || len(before.Warnings) != len(after.Warnings) {
			t.Errorf("%s: %d moments and %d warnings, reworded %d and %d", of[0], len(before.Moments), len(before.Warnings), len(after.Moments), len(after.Warnings))
			continue
		}
		for k, m := range before.Moments {
			if n := after.Moments[k]; n.At != m.At || n.N != m.N || n.Label != m.Label {
				t.Errorf("%s: %d %v %q, reworded %d %v %q", of[0], m.N, m.At, m.Label, n.N, n.At, n.Label)
			}
		}
		if before.Worst != after.Worst {
			t.Errorf("%s: worst minute %q, reworded %q", of[0], before.Worst, after.Worst)
		}
	}
}

// reword replaces every sentence of a result; its slices are copies, for other stories
// look at the run too.
func reword(r *account.Result) {
	const other = "unhealthy. It is a schedule; event, forecast, max_size, cooldown: 42"
	r.Decisions, r.Activities = slices.Clone(r.Decisions), slices.Clone(r.Activities)
	for i := range r.Decisions {
		r.Decisions[i].Alarm, r.Decisions[i].Why = other, other
	}
	for i := range r.Activities {
		a := &r.Activities[i]
		a.Description, a.Cause, a.Note, a.Message = other, other, other, other
	}
}
