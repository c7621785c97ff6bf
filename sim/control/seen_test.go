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

// Under basic monitoring an alarm of one-minute periods finds the datapoint of 12:40 to
// 12:45 in one of them; its stamp is the beginning of its own period, as in CloudWatch.
func TestDatapointsAreStampedWithTheirPeriod(t *testing.T) {
	s := &cloudwatch.Series{Period: 5 * des.Minute, Delay: 2 * des.Minute}
	s.Put(des.Time(40*des.Minute), 37.8, 2)
	w := &cloudwatch.Watch{Series: s, Period: des.Minute, Evaluate: 3, Datapoints: 3}
	l := look(w, true, des.Time(47*des.Minute))
	if len(l.Points) != 1 || l.Points[0].At != des.Time(40*des.Minute) {
		t.Errorf("%+v, want one datapoint stamped 40 min", l.Points)
	}
}
