package serving

import (
	"math"
	"testing"

	"asgsim/sim/des"
)

// Of one stretch nothing differs: its error is that of as many tosses. 10 of 1,000 were
// bad and stand for 9,000: 9 sqrt(1000 x 1 % x 99 %) = 28.3; the median of latencies that
// are spread evenly over a second, of 990, is known to sqrt(0.25 / 990) = 15.9 ms.
func TestOneStretchHasTheErrorOfTosses(t *testing.T) {
	x := newSample()
	x.finished, x.served, x.failed[TimedOut] = 1000, 990, 10
	for k := range 990 {
		x.both.Record(des.Duration(k) * des.Second / 990)
	}
	tally := newTally()
	tally.stretch(&x, 9000)
	if got := tally.badError(); math.Abs(got-28.31) > 0.01 {
		t.Errorf("bad requests are known to %.2f, want 28.31", got)
	}
	if got := tally.quantileError(x.both, 0.5); math.Abs(got-0.0159) > 0.0003 {
		t.Errorf("the median is known to %.4f s, want 0.0159", got)
	}
	for range groups { // who are alike to the last request, which as many say with right
		tally.stretch(&x, 9000)
	}
	if got := tally.badError(); got != 0 {
		t.Errorf("of %d alike stretches %.2f, want 0", tally.dealt, got)
	}
}
