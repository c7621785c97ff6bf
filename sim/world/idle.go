package world

import (
	"fmt"
	"math"

	"asgsim/sim/cloudwatch"
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

// inactive lists the rules that never acted, with the reason.
func (w *world) inactive() []Inactive {
	var out []Inactive
	for _, r := range w.policies.runs {
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
			why = "its alarms did, but every time something kept the desired capacity: " + w.lastBlock(r.about.Name)
		}
		out = append(out, Inactive{Rule: "policy " + r.about.Name, Why: why})
	}
	out = append(out, w.predictor.idle()...)
	out = append(out, w.rival.idle()...)
	out = append(out, w.idleSchedules()...)
	out = append(out, w.idleEvents()...)
	return out
}

func (w *world) lastBlock(policy string) string {
	for i := len(w.policies.decisions) - 1; i >= 0; i-- {
		if d := &w.policies.decisions[i]; d.Policy == policy && d.Block != scaling.NoBlock {
			return d.Block.String()
		}
	}
	return "the arithmetic asked for no change"
}
