package cloudwatch

import "testing"

// 10 of one sample and 20 of three: the sum is 30, the average (10 + 3 x 20) / 4 = 17.5. Of
// no samples at all the average stays what it was, a number.
func TestMerge(t *testing.T) {
	for kind, want := range map[StatisticKind]float64{Sum: 30, SampleCount: 30, Minimum: 10, Maximum: 20, Percentile: 20, Average: 17.5} {
		p := Point{Value: 10, Samples: 1, Known: 60}
		if p.Merge(Point{Value: 20, Samples: 3, Known: 120}, kind); p.Value != want || p.Samples != 4 || p.Known != 120 {
			t.Errorf("%v: %+v, want %v", kind, p, want)
		}
	}
	p := Point{Value: 10}
	if p.Merge(Point{Value: 20}, Average); p.Value != 10 {
		t.Errorf("of no samples: %+v", p)
	}
}
