package elb

import (
	"math"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

func usualMitigation() *Mitigation {
	return &Mitigation{On: true, Ratio: 3, Share: 0.05, Window: 30 * des.Second, Floor: 0.01}
}

// A weight halves down to a hundredth in seven looks, 1/128 being less, and doubles back.
func TestWeightsOfAnomalies(t *testing.T) {
	w := 1.0
	for k := range 10 {
		want := math.Max(0.01, math.Pow(0.5, float64(k+1)))
		if w = usualMitigation().next(w, true); math.Abs(w-want) > 1e-12 {
			t.Errorf("look %d: %v, want %v", k+1, w, want)
		}
	}
	for k, want := range []float64{0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1, 1} {
		if w = usualMitigation().next(w, false); math.Abs(w-want) > 1e-12 {
			t.Errorf("recovery %d: %v, want %v", k+1, w, want)
		}
	}
}

// Outsized are three times the others' errors, and 5 % at least.
func TestOutsizedErrors(t *testing.T) {
	for _, row := range []struct {
		own, others answers
		want        bool
	}{
		{answers{100, 100}, answers{500, 0}, true},
		{answers{100, 4}, answers{500, 0}, false}, // 4 %
		{answers{100, 5}, answers{500, 0}, true},
		{answers{100, 12}, answers{500, 20}, false}, // three times 4 %, not more
		{answers{100, 13}, answers{500, 20}, true},
		{answers{0, 0}, answers{500, 0}, false},
		{answers{100, 100}, answers{0, 0}, true},
	} {
		all := answers{row.own.all + row.others.all, row.own.errors + row.others.errors}
		if got, others := usualMitigation().anomalous(row.own, all); got != row.want || math.Abs(others-row.others.share()) > 1e-12 {
			t.Errorf("%+v of %+v: %v, others %v", row.own, all, got, others)
		}
	}
}

// The window holds what ended in the last 30 s, as read every 5 s; less after the start.
func TestAnswersOfAWindow(t *testing.T) {
	var p past
	for k := range 10 {
		got := p.push(answers{float64(100 * (k + 1)), float64(k + 1)}, usualMitigation().Window)
		want := float64(min(k+1, 6))
		if got != (answers{100 * want, want}) {
			t.Errorf("reading %d: %+v, want %v of %v", k+1, got, want, 100*want)
		}
	}
	c := serving.InstanceCounters{}
	for r := range c.Ended {
		c.Ended[r] = 1 << r
	}
	want := answers{float64(1<<serving.Reasons - 1), float64(1<<serving.Error + 1<<serving.QueueFull + 1<<serving.DependencyFailed + 1<<serving.Refused + 1<<serving.CutOff)}
	if got := answersOf(&c); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
