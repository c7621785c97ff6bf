package world

import (
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
)

// Traffic leaves a zone of two of four instances at t0 for ten minutes: nobody there gets
// a request meanwhile, nothing fails for it, and afterwards they serve again.
func TestZonalShift(t *testing.T) {
	cfg := zombie(4, nil)
	cfg.Faults = nil
	lasts := 10 * des.Minute
	cfg.Events = []asg.Event{{Name: "away", Kind: asg.EventZonalShift, At: []des.Time{t0}, Zones: []int{1}, Lasts: lasts}}
	r := run(t, cfg)
	if s := &r.Summary; s.Requests.Failed > 0 || s.Capacity.Launches > 0 || s.Capacity.HealthReplacements > 0 {
		t.Errorf("%d failed, %d launched", s.Requests.Failed, s.Capacity.Launches)
	}
	for k := range r.Rows {
		row := &r.Rows[k]
		want := 4
		if row.At >= t0 && row.At < t0.Add(lasts) {
			want = 2
		}
		if row.Routed != want || row.States.Ready != 4 {
			t.Errorf("minute %d: %d of %d with traffic, want %d of 4", k, row.Routed, row.States.Ready, want)
		}
	}
}

// Four with traffic of six carry less than the load: the shift is named.
func TestAZonalShiftIsTheCause(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	t.Parallel()
	cfg := zombie(6, nil)
	cfg.Faults = nil
	cfg.Loads = dense(1000, 1000, 6).Loads // five at 100 %: 2 vCPUs and 10 ms
	cfg.NeededUnasked = false
	cfg.SLO.Latency = 200 * des.Millisecond
	cfg.Events = []asg.Event{{Name: "away", Kind: asg.EventZonalShift, At: []des.Time{t0}, Zones: []int{1}, Lasts: 5 * des.Minute}}
	r := run(t, cfg)
	if w := r.Summary.WorstMinute; w == nil || w.Kind != account.CauseShift || w.Why.Event != "away" || w.Why.Struck != 3 {
		t.Errorf("%+v", w)
	}
}
