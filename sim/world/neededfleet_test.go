package world

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// The sizes that are simulated ascend from one to the most that is searched.
func TestFleetSizesAscend(t *testing.T) {
	for k, n := range fleetSizes {
		if k > 0 && n <= fleetSizes[k-1] {
			t.Errorf("%d after %d", n, fleetSizes[k-1])
		}
	}
	if n := len(fleetSizes); fleetSizes[0] != 1 || fleetSizes[n-1] != neededMax || fleetSizes[n-2] >= neededMax {
		t.Errorf("%v", fleetSizes)
	}
}

// Between two sizes that were simulated a fleet carries what the straight line says: of 4
// that carry 40/s and 6 that carry 80/s, 5 carry 60/s. No load needs nobody, one beyond
// the largest fleet has no answer, nor has an SLO that nobody meets.
func TestNeededBetweenSimulatedSizes(t *testing.T) {
	l := &fleetLimits{limit: map[int]float64{}, fleet: serving.Stationary{Instance: serving.Spec{VCPU: 1, Speed: 1, CPUShare: 1}, Class: serving.Class{CPU: workload.Constant{Value: 1e-3}}, SLO: des.Second}}
	for k, n := range fleetSizes {
		l.limit[n] = []float64{8, 18, 29, 40, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90}[k]
	}
	l.alone.Do(func() {})
	for rate, want := range map[float64]int{-1: 0, 0: 0, 0.1: 1, 8: 1, 8.1: 2, 18: 2, 40: 4, 40.1: 5, 60: 5, 60.1: 6, 80: 6, 90: neededMax, 90.1: -1} {
		if got := l.needed(rate); got != want {
			t.Errorf("%g/s need %d, want %d", rate, got, want)
		}
	}
	l.none = true
	if got := l.needed(5); got != -1 {
		t.Errorf("an SLO that nobody meets: %d", got)
	}
}
