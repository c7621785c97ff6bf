package account

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"asgsim/sim/billing"
	"asgsim/sim/des"
)

// Commitments are settled by whole hours of the clock: a window from 0:30 to 3:00 of a run
// that began at 12:10 is cut at 13:00, 14:00 and 15:00, also before 1970.
func TestClockHours(t *testing.T) {
	for _, start := range []int64{600, 600 + 7*3600, 600 - 3600} {
		r := written()
		r.Config.WarmUp, r.Config.Calendar.Start = 30*des.Minute, start
		a := &accounts{Record: r, end: r.End()}
		got := a.clockHours(func(from, to int64) []int64 { return []int64{to - from} })
		want := []billing.Hour{{From: 1800, To: 3000, Used: []int64{1200}}, {From: 3000, To: 6600, Used: []int64{3600}}, {From: 6600, To: 10_200, Used: []int64{3600}}, {From: 10_200, To: 10_800, Used: []int64{600}}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("a run that begins at %d: %s", start, diff)
		}
	}
}

// An instance can work no more than its vCPUs allow from when it is read until it stops or
// the run ends.
func TestWorkThatIsAvailable(t *testing.T) {
	r := written()
	r.Instances[1].Runs[0].Since = 90 * minute
	a := &accounts{Record: r, end: r.End(), models: r.Config.Template.Models()}
	e := &evidence{}
	for i := range a.Instances {
		a.instanceEvidence(e, &a.Instances[i])
	}
	for i, minutes := range []float64{180, 90, 100 + 1.0/3} { // to the end, to the end, until it stopped
		near(t, "vCPU x time", e.work[i].available, 2*minutes*60e9)
	}
}
