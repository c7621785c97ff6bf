package asg

import "testing"

// TV-08 and X-19: how many must be ready and may run.
func TestMaintenanceBounds(t *testing.T) {
	for _, row := range []struct {
		id           string
		low, high    float64
		desired      int
		keep, runMax int
	}{
		{"TV-08", 0.9, 1.2, 100, 90, 120},
		{"TV-08, the warm pool", 0.9, 1.2, 10, 9, 12},
		{"rounded inwards", 0.9, 1.1, 15, 14, 16},
		{"launch first, one at a time", 1, 1, 10, 10, 11},
		{"terminate first", 0.9, 1, 10, 9, 10},
		{"all at once", 0, 1, 4, 0, 4},
	} {
		m := Maintenance{MinHealthy: row.low, MaxHealthy: row.high}
		if keep, run := m.Bounds(row.desired); keep != row.keep || run != row.runMax {
			t.Errorf("%s: %d to %d, want %d to %d", row.id, keep, run, row.keep, row.runMax)
		}
	}
	// API, RefreshPreferences of 2026-11: 90 % of 5 is 5, which leaves no room. 100 % given
	// lets a sixth run; left out, one is terminated first, unless all must stay healthy.
	for _, row := range []struct {
		low       float64
		short     bool
		desired   int
		keep, run int
	}{{0.9, false, 5, 5, 6}, {0.9, true, 5, 4, 5}, {0.9, true, 1, 0, 1}, {1, true, 5, 5, 6}, {0.9, true, 10, 9, 10}} {
		m := Maintenance{MinHealthy: row.low, MaxHealthy: 1, FallsShort: row.short}
		if keep, run := m.Bounds(row.desired); keep != row.keep || run != row.run {
			t.Errorf("%+v: %d to %d", row, keep, run)
		}
	}
	hasty := Maintenance{MinHealthy: 0.9, MaxHealthy: 1.1, Outwards: true}
	if keep, run := hasty.Bounds(15); keep != 13 || run != 17 {
		t.Errorf("rounded outwards: %d to %d, want 13 to 17", keep, run)
	}
}

// TV-09: rebalancing may exceed the maximum by a tenth, at least by one.
func TestTV09RebalanceCeiling(t *testing.T) {
	for maximum, want := range map[int]int{10: 11, 25: 27, 3: 4} {
		if got := RebalanceCeiling(maximum); got != want {
			t.Errorf("max %d: %d, want %d", maximum, got, want)
		}
	}
}
