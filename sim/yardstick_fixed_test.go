package sim

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/scaling"
	"asgsim/sim/world"
)

// A fixed fleet has nothing that moves it, and a scheduled min_size below the
// group's lowers the bound.
func TestFixedMeansFixed(t *testing.T) {
	cfg := &world.Config{
		Tracking: []scaling.TargetTracking{{}}, Steps: []scaling.StepScaling{{}}, Simple: []scaling.SimpleScaling{{}}, Predict: []scaling.Predictive{{Scale: true}},
		Schedule: []asg.Schedule{{Min: asg.Keep}, {Min: 1}},
	}
	cfg.Group.Min, cfg.Group.Max = 4, 9
	f := fixedFleet(cfg, 6)
	if len(f.Tracking)+len(f.Steps)+len(f.Simple)+len(f.Predict)+len(f.Schedule) != 0 || f.Group.Min != 6 || f.Group.Max != 6 || len(cfg.Schedule) != 2 {
		t.Errorf("%+v", f)
	}
	if lowestMin(cfg) != 1 {
		t.Errorf("the lowest minimum is %d", lowestMin(cfg))
	}
}
