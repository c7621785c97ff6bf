package account

import (
	"math"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// A minute whose share of bad requests is just what is allowed is on either side with the
// same probability: its variance is 1/4. One that is 40 standard errors away, one that was
// served in full and one before the window add nothing.
func TestErrorOfBreachedMinutes(t *testing.T) {
	r := &record.Record{Config: &record.Config{Duration: 5 * des.Minute, WarmUp: des.Minute, SLO: record.SLO{Good: 0.99}}, Sampling: &record.Sampling{Behind: []uint32{10_000, 10_000, 10_000, 0, 10_000}}}
	r.Requests.Cohorts = []serving.Cohort{
		{Offered: 10_000, Served: 10_000, Slow: 100},
		{Offered: 10_000, Served: 9_950, Slow: 50, Failed: 50},
		{Offered: 10_000, Served: 10_000, Slow: 5_000},
		{Offered: 10_000, Served: 10_000, Slow: 100},
		{Offered: 10_000, Served: 10_000, Slow: 100},
	}
	if got, want := breachedError(r), math.Sqrt(0.25+0.25); math.Abs(got-want) > 1e-9 {
		t.Errorf("%v, want %v", got, want)
	}
}

// An interval of twenty groups is 2.093 standard errors to either side, which is Student's t
// of 19 degrees of freedom (Student 1908, any table), one of two or fewer 12.71; within what
// is possible.
func TestIntervalsOfFidelity(t *testing.T) {
	if got := *around(0.5, errorsOf(20)*0.1, 1); math.Abs(got[0]-0.2907) > 1e-4 || math.Abs(got[1]-0.7093) > 1e-4 {
		t.Errorf("%v", got)
	}
	if one, two := errorsOf(1), errorsOf(2); one != two || math.Abs(two-12.706) > 1e-3 {
		t.Errorf("one group %v, two %v", one, two)
	}
	if got := *around(0.99, 0.1, 1); got[1] != 1 {
		t.Errorf("%v", got)
	}
	if got := *around(0.01, 0.1, math.Inf(1)); got[0] != 0 {
		t.Errorf("%v", got)
	}
}
