package account

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/record"
)

// The scatter test by hand: of 100 minutes of 1,000 requests with one bad in a hundred,
// one with 22 is chance (P(X >= 22) = 0.0007, times 100 = 0.07), one with 40 is not.
func TestScatter(t *testing.T) {
	cfg := &record.Config{Duration: 100 * des.Minute}
	w := &accounts{Record: &record.Record{Config: cfg}, end: des.Time(cfg.Duration)}
	rows := make([]record.Row, 100)
	for i := range rows {
		rows[i] = record.Row{At: des.Time(i) * des.Time(des.Minute), Served: 1000, Slow: 10}
	}
	for bad, want := range map[uint64]bool{22: true, 40: false} {
		rows[50].Slow = bad
		if got := w.scatter(50, rows); got != want {
			t.Errorf("%d bad of 1,000: chance %v, want %v", bad, got, want)
		}
	}
}
