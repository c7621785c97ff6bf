package meter

import (
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// minutes are recorded values whose periods end at every minute from the given one on;
// missing ones have none.
type minutes []struct {
	end   int
	value float64
}

func (m minutes) Len() int { return len(m) }

func (m minutes) Sample(i int) (des.Time, float64) {
	return des.Time(des.Duration(m[i].end) * des.Minute), m[i].value
}

func replaying(of ...cloudwatch.Recorded) func(*record.Config) {
	return func(c *record.Config) { c.Recorded = of }
}

func shows(t *testing.T, what string, s *cloudwatch.Series, want map[int]float64) {
	t.Helper()
	if len(s.Points()) != len(want) {
		t.Errorf("%s: %d datapoints, want %d: %+v", what, len(s.Points()), len(want), s.Points())
	}
	for _, p := range s.Points() {
		end := int(p.End.Sub(0) / des.Minute)
		if v, ok := want[end]; !ok || v != p.Value {
			t.Errorf("%s: %g in the period that ends at minute %d, want %g", what, p.Value, end, v)
		}
		if p.Known.Sub(p.End) != 30*des.Second {
			t.Errorf("%s: known %s after its end, want 30s", what, p.Known.Sub(p.End))
		}
	}
}

// A recorded metric shows what was recorded at its time, by any statistic and period, and
// nothing where nothing was; divided by the instances in service where it is asked to be.
func TestARecordedMetricIsReplayed(t *testing.T) {
	queue := minutes{{-3, 7}, {-1, 9}, {1, 10}, {2, 20}, {4, 30}, {5, 2}, {6, 4}}
	r := newRig(t, replaying(
		cloudwatch.Recorded{Metric: "queue", Period: des.Minute, Delay: 30 * des.Second, Samples: queue},
		cloudwatch.Recorded{Metric: "each", Period: des.Minute, Delay: 30 * des.Second, Samples: queue, PerInstance: true},
		cloudwatch.Recorded{Metric: "rare", Period: 5 * des.Minute, Delay: 30 * des.Second, Samples: minutes{{5, 100}, {10, 200}}},
	))
	average := r.watch("queue", cloudwatch.Average, des.Minute)
	sum := r.watch("queue", cloudwatch.Sum, 5*des.Minute)
	high := r.watch("queue", cloudwatch.Maximum, 5*des.Minute)
	each := r.watch("each", cloudwatch.Average, des.Minute)
	rare := r.watch("rare", cloudwatch.Average, des.Minute)
	r.Rehearse(5*des.Minute, 2)
	r.run()
	shows(t, "by the minute", average, map[int]float64{-3: 7, -1: 9, 1: 10, 2: 20, 4: 30, 5: 2, 6: 4})
	shows(t, "sums of five minutes", sum, map[int]float64{0: 16, 5: 62, 10: 4})
	shows(t, "maxima of five minutes", high, map[int]float64{0: 9, 5: 30, 10: 4})
	shows(t, "by two instances", each, map[int]float64{-3: 3.5, -1: 4.5, 1: 5, 2: 10, 4: 15, 5: 1, 6: 2})
	shows(t, "recorded every five minutes", rare, map[int]float64{5: 100, 10: 200})
	if rare.Period != 5*des.Minute {
		t.Errorf("a recording of five minutes is shown every %s", rare.Period)
	}
}

// Without an instance in service there is nothing to divide by.
func TestNothingIsDividedByNoInstance(t *testing.T) {
	r := &replay{Recorded: &cloudwatch.Recorded{Samples: minutes{{1, 10}, {2, 10}}, PerInstance: true}}
	r.advance(des.Time(des.Minute), 0)
	if len(r.samples) != 0 {
		t.Errorf("shows %v", r.samples)
	}
	r.advance(des.Time(2*des.Minute), 4)
	if len(r.samples) != 1 || r.samples[0] != 2.5 {
		t.Errorf("shows %v, want 2.5", r.samples)
	}
}
