package account

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// Of ten minutes and an SLO of five, nothing having ended: the requests of the first five
// minutes are older than five at the end, and known to be bad; of the others nobody knows.
// Nine minutes are judged after a minute of warm-up, of which four are breached.
func TestWhatNeverEndedIsBadOnceItIsTooOld(t *testing.T) {
	r := &record.Record{Config: &record.Config{Duration: 10 * des.Minute, WarmUp: des.Minute, SLO: record.SLO{Good: 0.99, Latency: 5 * des.Minute, BreachedMinutes: 0.01}}}
	for range 10 {
		r.Requests.Cohorts = append(r.Requests.Cohorts, serving.Cohort{Offered: 60})
	}
	a := &accounts{Record: r, end: des.Time(10 * des.Minute)}
	got := a.slo(&serving.Totals{Offered: 540, InFlight: 540})
	if got.BreachedMinutes != 4 || got.Met {
		t.Errorf("%d minutes breached, met %v; want 4 and false", got.BreachedMinutes, got.Met)
	}
	r.Requests.Cohorts[3].Served = 60
	if got := a.slo(&serving.Totals{Offered: 540, Served: 60, InFlight: 480}); got.BreachedMinutes != 3 || got.Met {
		t.Errorf("with one served %d minutes breached, met %v; want 3 and false", got.BreachedMinutes, got.Met)
	}
}
