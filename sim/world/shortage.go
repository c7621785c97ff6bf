package world

import (
	"fmt"
	"math"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/scaling"
)

// blockKinds are the blocks of scale-in, in the order of the report.
var blockKinds = [...]scaling.Block{
	scaling.BlockWarmup, scaling.BlockOlder, scaling.BlockSame, scaling.BlockRepeat, scaling.BlockOthers, scaling.BlockSmall, scaling.BlockMin, scaling.BlockOff, scaling.BlockNoWarm, scaling.BlockData, scaling.BlockForecast, scaling.BlockSurplus,
	scaling.BlockStabilization, scaling.BlockControl, scaling.BlockFlapping, scaling.BlockSuspended,
}

func (w *world) neededMost(rows []Row) Needed {
	slo, target := 0, 0
	for _, r := range rows {
		if r.At < des.Time(w.cfg.WarmUp) {
			continue
		}
		if r.NeededSLO < 0 {
			slo = math.MinInt
		}
		slo, target = max(slo, r.NeededSLO), max(target, r.NeededTarget)
	}
	var out Needed
	if slo > 0 {
		out.SLOMax = &slo
	}
	if target > 0 {
		out.TargetMax = &target
	}
	return out
}

// lateness lists the stretches in which fewer instances were ready (or warming:
// those serve too) than needed for the SLO.
func lateness(rows []Row, from des.Time, interval des.Duration) []Late {
	var out []Late
	open := false
	for _, r := range rows {
		short := r.NeededSLO - r.States.Ready - r.States.Warming
		if r.At < from || short <= 0 {
			open = false
			continue
		}
		if !open {
			out, open = append(out, Late{FromS: r.At.Seconds()}), true
		}
		l := &out[len(out)-1]
		l.Minutes += interval.Seconds() / 60
		l.Short = max(l.Short, short)
	}
	return out
}

// worstMinute is the row with the largest share of bad requests among the
// breached ones, or among all where none is.
func (w *world) worstMinute(rows []Row) *WorstMinute {
	worst, share, breached := -1, 0.0, false
	for i, r := range rows {
		done := r.Served + r.Fail
		if r.At < des.Time(w.cfg.WarmUp) || done == 0 || breached && !r.Breached {
			continue
		}
		v := float64(r.Slow+r.Fail) / float64(done)
		if v > share || r.Breached && !breached {
			worst, share, breached = i, v, r.Breached
		}
	}
	if worst < 0 {
		return nil
	}
	why := w.cause(worst, rows)
	return &WorstMinute{AtS: rows[worst].At.Seconds(), BadShare: share, Kind: why.Kind, Why: why}
}

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
		if r.high != nil && r.low != nil {
			why = "its alarms never went into ALARM: " + seen(r.low, r.high)
		}
		if r.every > 0 {
			why = "its formula never asked for another capacity that it could have"
		} else if r.alarmed {
			why = "its alarms did, but every time something kept the desired capacity: " + w.lastBlock(r.name)
		}
		out = append(out, Inactive{"policy " + r.name, why})
	}
	out = append(out, w.predictor.idle()...)
	out = append(out, w.rival.idle()...)
	out = append(out, w.idleSchedules()...)
	out = append(out, w.idleEvents()...)
	out = append(out, w.idlePool()...)
	for _, fault := range w.cfg.Faults {
		f := fault.About()
		struck, skipped := false, ""
		for _, hit := range w.injector.Log {
			if hit.Name == f.Name {
				struck, skipped = struck || hit.Skipped == "", hit.Skipped
			}
		}
		if !struck {
			out = append(out, Inactive{"fault " + f.Name, idleFault(&f, skipped)})
		}
	}
	return out
}

// idleFault says why a fault never struck; skipped is why it was passed over, if it was.
func idleFault(f *fault.About, skipped string) string {
	switch {
	case skipped != "":
		return "skipped: " + skipped
	case f.Life != nil:
		return "no instance reached the age at which it would have struck"
	}
	return "its time lies outside the run"
}

func (w *world) lastBlock(policy string) string {
	for i := len(w.policies.decisions) - 1; i >= 0; i-- {
		if d := &w.policies.decisions[i]; d.Policy == policy && d.Block != scaling.NoBlock {
			return d.Block.String()
		}
	}
	return "the arithmetic asked for no change"
}

// warnings says what formulas, Spot capacity and CPU credits give to doubt.
func (w *world) warnings(r *Result) []string {
	out := w.policies.formulaWarnings()
	out = append(out, spotWarnings(r.Summary.Spot)...)
	return append(out, creditWarnings(r.Summary.Credits, w.cfg.Template.Type.Name, w.end.Sub(w.from()).Hours())...)
}
