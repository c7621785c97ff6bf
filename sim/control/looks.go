package control

import (
	"slices"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// look notes what an alarm sees at now.
func look(w *cloudwatch.Watch, high bool, now des.Time) record.Look {
	l := record.Look{Alarm: w.Name, Metric: w.Series.Name, High: high, State: w.State, Since: w.Since, Comparison: w.Comparison,
		Threshold: w.Threshold, Period: w.Period, Evaluate: w.Evaluate, Datapoints: w.Datapoints,
		Range: w.EvaluationRange(), Newest: des.Never, At: now}
	if p, ok := w.Series.Latest(now); ok {
		l.Newest = p.End
	}
	end := now
	for range l.Range {
		start := end.Add(-w.Period)
		if v, ok := w.Series.At(now, start, end); ok && len(l.Points) < w.Evaluate {
			l.Points = append(l.Points, record.Datapoint{At: began(w, start, end), Value: v})
		}
		end = start
	}
	slices.Reverse(l.Points)
	return l
}

// began is when the datapoint begins that an alarm finds between start and end: where the
// metric's periods are longer than the alarm's, the beginning of the metric's period, as
// CloudWatch stamps it.
func began(w *cloudwatch.Watch, start, end des.Time) des.Time {
	if w.Series.Period <= w.Period {
		return stamped(start, w.Period)
	}
	at := start
	for _, p := range w.Series.Points() {
		if p.Start >= start && p.Start < end {
			at = p.End.Add(-w.Series.Period)
		}
	}
	return at
}

// stamped is when the datapoint in a period of an alarm begins: alarms look at their own
// second of the minute, datapoints are stamped with whole ones.
func stamped(from des.Time, period des.Duration) des.Time {
	grid := int64(min(period, des.Minute))
	return des.Time((int64(from) + grid - 1) / grid * grid)
}

// looks notes what all alarms of a policy see; nothing unless it will be told.
func (p *policies) looks(now des.Time, r *policyRun) []record.Look {
	if !p.ctl.cfg.Explain {
		return nil
	}
	var out []record.Look
	if r.High != nil {
		out = append(out, look(r.High, true, now))
	}
	if r.Low != nil {
		out = append(out, look(r.Low, false, now))
	}
	return out
}

// until is when a block ends by itself; des.Never where that cannot be foretold,
// as while an instance is still launching.
func (p *policies) until(now des.Time, r *policyRun, s *scaling.Snapshot, by scaling.Block) des.Time {
	warm := func(since des.Time) des.Time { return since.Add(scaling.EffectiveWarmup(r.Warmup, s)) }
	switch by {
	case scaling.BlockWarmup:
		if s.Pending > 0 || len(s.InService) == 0 {
			return des.Never
		}
		return warm(s.InService[len(s.InService)-1])
	case scaling.BlockOlder: // a datapoint that begins to end after the warm-up is known
		period, last := int64(r.Series.Period), int64(warm(s.InService[len(s.InService)-1]))
		return des.Time((last + period - 1) / period * period).Add(r.Series.Delay)
	case scaling.BlockSame:
		return r.acting.Add(r.Series.Period).Add(r.Series.Delay)
	case scaling.BlockNoWarm:
		if len(s.InService) == 0 {
			return des.Never
		}
		return warm(s.InService[0])
	case scaling.BlockRepeat:
		return r.last.Add(r.spacing(s))
	case scaling.BlockCooldown:
		if r.Every > 0 {
			return des.Never
		}
		return s.CooldownUntil
	}
	return des.Never
}

// spacing is the least time between two actions of the policy, as it is known to
// package scaling.
func (r *policyRun) spacing(s *scaling.Snapshot) des.Duration {
	switch {
	case r.Repeat != scaling.Unset:
		return r.Repeat
	case r.Warmup == scaling.Unset && s.DefaultWarmup == scaling.Unset:
		return s.DefaultCooldown
	}
	return 0
}
