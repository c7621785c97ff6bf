package meter

import (
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Ten minutes in five-minute datapoints, by hand: averages are weighted by samples,
// sums and counts add up, extremes stay, the highest percentile stands; what was
// published last says when it was known.
func TestArchiveMergesDatapoints(t *testing.T) {
	minutes := []struct {
		v float64
		n int
	}{{10, 1}, {20, 3}, {60, 1}, {5, 4}, {15, 1}, {1, 2}}
	for kind, want := range map[cloudwatch.StatisticKind][2]float64{
		cloudwatch.Average:     {(10 + 60 + 60 + 20 + 15) / 10.0, 1}, // 1x10 + 3x20 + 1x60 + 4x5 + 1x15 of 10 samples
		cloudwatch.Sum:         {110, 1},
		cloudwatch.SampleCount: {110, 1},
		cloudwatch.Minimum:     {5, 1},
		cloudwatch.Maximum:     {60, 1},
		cloudwatch.Percentile:  {60, 1},
	} {
		a := archive{period: 5 * des.Minute, statistic: cloudwatch.Statistic{Kind: kind}}
		a.add(cloudwatch.Point{Start: -des.Time(des.Minute), End: 0, Value: 99, Samples: 1}, des.Minute) // before the run
		for i, m := range minutes {
			start := des.Time(i) * des.Time(des.Minute)
			a.add(cloudwatch.Point{Start: start, End: start.Add(des.Minute), Known: start.Add(2 * des.Minute), Value: m.v, Samples: m.n}, des.Minute)
		}
		if len(a.points) != 2 || a.points[0].Value != want[0] || a.points[1].Value != want[1] {
			t.Errorf("kind %d: %+v, want %v", kind, a.points, want)
		}
		if p := a.points[0]; p.Samples != 10 || p.Known != des.Time(6*des.Minute) || p.Start != des.Time(4*des.Minute) || p.End != des.Time(5*des.Minute) {
			t.Errorf("kind %d: %+v", kind, p)
		}
	}
}
