package report

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/elb"
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
	res.FailOpens = []record.FailOpen{{From: h - 30e9, To: h + 30e9, Counts: []elb.Targets{{At: h - 30e9, Healthy: 1, Registered: 4}}}}
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

// Of all schedules the last that ran and the next that will are shown, one each.
func TestExplainSchedules(t *testing.T) {
	res := sample()
	const h = des.Time(des.Hour)
	res.Config.Schedule = []asg.Schedule{{Name: "a", At: []des.Time{h, 5 * h}}, {Name: "b", At: []des.Time{2 * h, 4 * h, 6 * h}}, {Name: "c", Ran: -h, At: []des.Time{9 * h}}}
	for _, s := range res.Config.Schedule {
		for _, at := range s.At {
			res.Decisions = append(res.Decisions, record.Decision{At: at, Source: record.FromSchedule, Policy: s.Name})
		}
	}
	x := &explainer{res: res, cal: &res.Config.Calendar, at: 3 * h}
	v := x.schedule()
	if len(v) != 2 || v[0].Action != "b" || v[0].AtS != 7200 || v[0].Next || v[1].Action != "b" || v[1].AtS != 14400 || !v[1].Next {
		t.Errorf("%+v, want b at two and b at four", v)
	}
	x.at = h / 2
	if v := x.schedule(); len(v) != 2 || v[0].Action != "c" || v[0].AtS != -3600 || v[1].Action != "a" {
		t.Errorf("%+v, want c before the start and a at one", v)
	}
	x.at = 10 * h
	if v := x.schedule(); len(v) != 1 || v[0].Action != "c" || v[0].AtS != 32400 {
		t.Errorf("%+v, want c at nine alone", v)
	}
}

// The tile of p99 shows it, or that nothing was served.
func TestTileOfTheTail(t *testing.T) {
	d := sampleDocument()
	last := func() Tile { all := d.Tiles(); return all[len(all)-1] }
	p99 := 0.25
	d.Summary.Latency.P99 = &p99
	if got := last(); got.Value != "250 ms" || got.Alarm {
		t.Errorf("%+v", got)
	}
	d.Summary.Latency.P99, d.Summary.Requests.Offered = nil, 5
	if got := last(); got.Value != "none served" || !got.Alarm {
		t.Errorf("%+v", got)
	}
}
