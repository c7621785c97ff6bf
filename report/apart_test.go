package report

import "testing"

// A datapoint that prints like its threshold and lies beside it shows the digit that
// tells them apart: "under 0.1 ... 0.1!" says nothing.
func TestApartFromItsThreshold(t *testing.T) {
	for _, x := range []struct {
		v, threshold float64
		want         string
	}{{0.0998, 0.1, "0.0998"}, {0.1, 0.1, "0.1"}, {0.2, 0.1, "0.2"}, {50.04, 50, "50.04"}, {49.98, 50, "49.98"}, {98.93, 50, "98.9"}} {
		if got := apart(x.v, x.threshold); got != x.want {
			t.Errorf("%v beside %v: %s, want %s", x.v, x.threshold, got, x.want)
		}
	}
	if unitOf("TargetResponseTime Average") != "s" || unitOf("RequestCount Sum") != "" {
		t.Error("units of metrics")
	}
}
