package world

import (
	"math"
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

// Between two sizes that were simulated an instance carries what the square root of the
// fleet's size says: where each of 4 carries 10/s and each of 16 carries 16/s, the
// roots' inverses are 1/2 and 1/4, so each of 9, with 1/3, carries 10 + 6 x 2/3 = 14/s.
// No load needs nobody, one beyond the largest fleet has no answer, nor has an SLO that
// nobody meets.
func TestNeededBetweenSimulatedSizes(t *testing.T) {
	if got := between(9, 4, 40, 16, 256); math.Abs(got-9*14) > 1e-9 {
		t.Errorf("9 carry %g/s, want 126", got)
	}
	l := &fleetLimits{limit: map[int]float64{}, fleet: serving.Stationary{Instance: serving.Spec{VCPU: 1, Speed: 1, CPUShare: 1}, Class: serving.Class{CPU: workload.Constant{Value: 1e-3}}, SLO: des.Second}}
	for _, n := range fleetSizes {
		l.limit[n] = 20*float64(n) - 8*math.Sqrt(float64(n)) // 3 carry 60 - 8 x 1.732 = 46.1/s
	}
	l.asked.Do(func() {})
	for rate, want := range map[float64]int{-1: 0, 0: 0, 0.1: 1, 12: 1, 12.1: 2, 28: 2, 46.1: 3, 46.2: 4, 64: 4, 156: 9, 156.1: 10, 19746: neededMax, 19748: -1} {
		if got := l.needed(rate); got != want {
			t.Errorf("%g/s need %d, want %d", rate, got, want)
		}
	}
	l.none = true
	if got := l.needed(5); got != -1 {
		t.Errorf("an SLO that nobody meets: %d", got)
	}
}

// What is told of an SLO that no fleet meets is known to a few hundredths of a percent: of
// lognormal work with a median of 200 ms and a 95th percentile of 800 ms the share
// Phi(ln 5 / (ln 4 / 1.6449)) = 97.19 % is done within a second by an instance that is idle.
func TestShareThatIsGoodWhenIdle(t *testing.T) {
	work, err := workload.NewLognormal(0.2, 0.95, 0.8)
	if err != nil {
		t.Fatal(err)
	}
	l := &fleetLimits{good: 0.99, fleet: serving.Stationary{
		Instance: serving.Spec{VCPU: 2, Workers: serving.Unlimited, Queue: serving.Unlimited, Speed: 1, CPUShare: 1, Discipline: serving.ProcessorSharing},
		Class:    serving.Class{CPU: work, Retry: serving.Retry{Attempts: 1}}, SLO: des.Second, IdleTimeout: des.Minute, Connect: 10 * des.Second,
	}}
	// Four standard errors of the 51,000 requests that are looked at.
	if want := 0.9719; l.possible() || math.Abs(l.idleGood-want) > 4*math.Sqrt(want*(1-want)/51_000) {
		t.Errorf("possible %v; %.4f are good, want %.4f", l.possible(), l.idleGood, want)
	}
}
