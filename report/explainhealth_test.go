package report

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// What health checks did is told for the instant that is asked about: failing open then,
// and who was terminated for it in the quarter of an hour before, by a fault or not.
func TestExplainHealth(t *testing.T) {
	res := sample()
	const h = des.Time(des.Hour)
	gone := func(at des.Time, struck string, good des.Time) record.Instance {
		return record.Instance{End: asg.End{Kind: asg.EndUnhealthy}, Struck: struck, FirstGood: good,
			Changes: []record.StateChange{{At: 0, State: record.Ready}, {At: at, State: record.Draining}, {At: at + 60e9, State: record.Gone}}}
	}
	res.Instances = []record.Instance{gone(h, "", 1), gone(h-60e9, "", 1), gone(h-120e9, "frozen", 1), gone(h-180e9, "", des.Never), gone(h/2, "", 1)}
	res.FailOpens = []record.FailOpen{{From: h - 30e9, To: h + 30e9, Healthy: 1, Registered: 4}}
	x := &explainer{res: res, cal: &res.Config.Calendar, at: h}
	v := x.checks()
	if v == nil || !v.FailsOpen || v.Terminated != 4 || v.ByFault != 1 || v.NeverServed != 1 ||
		!strings.Contains(v.Text, "1 of 4 targets are healthy") || !strings.Contains(v.Text, "2 of them had served, and no fault had struck them") {
		t.Errorf("%+v", v)
	}
	x.at = 2 * h
	if v := x.checks(); v != nil {
		t.Errorf("an hour later: %+v", v)
	}
}
