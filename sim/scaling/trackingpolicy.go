package scaling

import (
	"cmp"
	"fmt"
	"strings"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// About says what it is.
func (p *TargetTracking) About() About {
	u := p.Unit()
	target := strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.4f", p.Target/u.Scale), "0"), ".")
	return About{Name: p.Name, Kind: "target_tracking", Says: "tracking " + u.Before + target + u.After + u.Of}
}

// Goal is what it holds.
func (p *TargetTracking) Goal() Goal {
	return Goal{
		Policy: p.Name, Kind: "target_tracking", Metric: p.Metric, Source: p.Source(), Target: p.Target, Unit: p.Unit(), Period: p.AlarmPeriod, Warmup: p.Warmup, OutOnly: p.DisableScaleIn,
		High: Threshold{p.HighThreshold(), p.HighPeriods}, Low: Threshold{p.LowThreshold(), p.LowPeriods},
	}
}

// Attach makes the two alarms of the policy.
func (p *TargetTracking) Attach(h Host) Attached {
	source := p.Source()
	source.Period = cmp.Or(source.Period, des.Minute)
	series := h.Series(source)
	alarm := func(kind string, c cloudwatch.Comparison, l Threshold) *cloudwatch.Watch {
		return h.Make(&cloudwatch.Watch{
			Name: fmt.Sprintf("TargetTracking-%s-Alarm%s-%s", h.Group(), kind, p.Name), Series: series,
			Period: p.AlarmPeriod, Evaluate: l.Periods, Datapoints: l.Periods, Comparison: c, Threshold: l.At,
		})
	}
	goal := p.Goal()
	high, low := alarm("High", cloudwatch.GreaterThan, goal.High), alarm("Low", cloudwatch.LessThan, goal.Low)
	return Attached{
		High: high, Low: low, Series: series, Warmup: p.Warmup, Repeat: p.Repeat, Warms: true,
		See: func(now des.Time, s *Snapshot) {
			s.High, s.Low = high.State, low.State
			s.Metric, s.HasMetric = series.Latest(now)
		},
	}
}

// Settled is the fleet that holds the target.
func (p *TargetTracking) Settled(f Foresight, n int) int {
	goal := p.Goal()
	if need, ok := goal.Fleet(f.One); ok {
		return max(n, need)
	}
	return n
}

// Doubts are the choices of AWS's that it does not document.
func (p *TargetTracking) Doubts() []Doubt {
	but := func(name string, change func(*TargetTracking)) Doubt {
		c := *p
		change(&c)
		return Doubt{name, &c}
	}
	return []Doubt{
		but("X-1 low_ratio 0.9", func(t *TargetTracking) { t.LowRatio = 0.9 }),
		but("X-2 in_step one", func(t *TargetTracking) { t.InStep = InOne }),
		but("X-2 in_step proportional", func(t *TargetTracking) { t.InStep = InProportional }),
		but("X-3 repeat 300s", func(t *TargetTracking) { t.Repeat = 300 * des.Second }),
		but("X-5 capacity_basis warm", func(t *TargetTracking) { t.Basis = BasisWarm }),
	}
}

// HighThreshold and LowThreshold are those of the two alarms the policy makes.
func (p *TargetTracking) HighThreshold() float64 { return p.Target * (1 + p.Deadband) }

// LowThreshold is where AlarmLow breaches.
func (p *TargetTracking) LowThreshold() float64 { return p.Target * p.LowRatio }
