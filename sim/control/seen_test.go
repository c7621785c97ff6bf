package control

import (
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// A rule that never acted shows what its metric was, not its thresholds in its place.
func TestSeenIsTheMetricsRange(t *testing.T) {
	s := &cloudwatch.Series{Period: des.Minute}
	for i, v := range []float64{99999, 3100, 3456.7, 2900} {
		s.Put(des.Time(i-1)*des.Time(des.Minute), v, 1) // the first is a settled start's past
	}
	low, high := &cloudwatch.Watch{Series: s, Threshold: 2800}, &cloudwatch.Watch{Series: s, Threshold: 4000}
	if got := seen(low, high); got != "the metric was between 2900 and 3457; it scales in under 2800 and out over 4000" {
		t.Error(got)
	}
	if got := seen(low, &cloudwatch.Watch{Series: &cloudwatch.Series{}, Threshold: 0.123}); got != "the metric had no datapoint; it scales in under 2800 and out over 0.123" {
		t.Error(got)
	}
}
