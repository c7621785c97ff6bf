package scaling

import (
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// The user guide's example of instance weights: desired 30, current 32, one less is
// no action; three less are. TV-03's policy asks for 15 of at most 12.
func TestWeightsAndAdjustments(t *testing.T) {
	in := SimpleScaling{Name: "in", Alarm: AlarmRef{Name: "low", Threshold: 30}, Amount: -1, Cooldown: Unset}
	s := &Snapshot{Desired: 30, Min: 1, Max: 60, InService: make([]des.Time, 32), Weighted: true}
	alarm := AlarmState{State: cloudwatch.Alarm, Points: []float64{10}}
	now := des.Time(des.Hour)
	if d := alarmed(&in, now, s, alarm); d.Side != Stay || d.Block != BlockSurplus {
		t.Errorf("A13: 32 units of 30, one less: %+v", d)
	}
	in.Amount = -3
	if d := alarmed(&in, now, s, alarm); d.Side != In || d.Want != 27 {
		t.Errorf("three less: %+v", d)
	}
	step := StepScaling{Name: "in", Alarm: in.Alarm, Steps: []Step{{Lower: -100, Upper: 0, Adjustment: -1}}, Warmup: 0}
	if d := alarmed(&step, now, s, alarm); d.Side != Stay || d.Block != BlockSurplus {
		t.Errorf("A13, a step: %+v", d)
	}
	s.Weighted = false
	if d := alarmed(&step, now, s, alarm); d.Block == BlockSurplus {
		t.Errorf("without weights: %+v", d)
	}
	if got := (Adjustment{}).Apply(10, 5); got != 15 {
		t.Errorf("TV-03: %d", got)
	}
	if got, by := Clamp(15, 1, 12); got != 12 || by != BlockMax {
		t.Errorf("TV-03: desired %d, %v", got, by)
	}
}
