package control

import (
	"fmt"
	"math"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// seen says which values of a metric two alarms saw, beside their thresholds.
func seen(low, high *cloudwatch.Watch) string {
	least, most := math.Inf(1), math.Inf(-1)
	for _, p := range high.Series.Points() {
		if p.Start >= 0 {
			least, most = min(least, p.Value), max(most, p.Value)
		}
	}
	limits := fmt.Sprintf("it scales in under %s and out over %s", short(low.Threshold), short(high.Threshold))
	if least > most {
		return "the metric had no datapoint; " + limits
	}
	return fmt.Sprintf("the metric was between %s and %s; %s", short(least), short(most), limits)
}

// short prints a value to three digits, without an exponent.
func short(v float64) string {
	if math.Abs(v) >= 1000 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

// Idle lists the rules that never acted, with the reason.
func (ctl *Controller) Idle() []record.Inactive {
	var out []record.Inactive
	for _, r := range ctl.policies.runs {
		if r.outs+r.ins > 0 {
			continue
		}
		why := "its alarm never went into ALARM"
		if r.High != nil && r.Low != nil {
			why = "its alarms never went into ALARM: " + seen(r.Low, r.High)
		}
		if r.Every > 0 {
			why = r.Idle
		} else if r.alarmed {
			why = "its alarms did, but every time something kept the desired capacity: " + ctl.lastBlock(r.about.Name)
		}
		out = append(out, record.Inactive{Rule: "policy " + r.about.Name, Why: why})
	}
	out = append(out, ctl.predictor.idle()...)
	out = append(out, ctl.foreign.idle()...)
	out = append(out, ctl.idleSchedules()...)
	out = append(out, ctl.idleEvents()...)
	return out
}

func (ctl *Controller) lastBlock(policy string) string {
	for i := len(ctl.policies.decisions) - 1; i >= 0; i-- {
		if d := &ctl.policies.decisions[i]; d.Policy == policy && d.Block != scaling.NoBlock {
			return d.Block.String()
		}
	}
	return "the arithmetic asked for no change"
}
