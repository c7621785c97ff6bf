package world

import (
	"fmt"
	"math"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// tooOld is how old the newest datapoint may be that a formula still sees; that of
// a metric with a longer period, two periods.
const tooOld = 10 * des.Minute

// failures counts evaluations of a formula that gave no number.
type failures struct {
	count, of int
	first     des.Time
	why       string
}

// express adds a policy of the user's own. It sees metrics as alarms do: by period,
// when they are published.
func (p *policies) express(e *scaling.Expression) {
	f := compiled(e)
	series := map[scaling.MetricRef]*cloudwatch.Series{}
	for _, ref := range f.Refs {
		series[ref] = p.world.meter.sensor(ref.Metric, ref.Statistic, ref.Period)
	}
	r := &policyRun{name: e.Name, every: e.Every, own: e.Warmup, repeat: scaling.Unset, last: des.Never}
	var memory, next scaling.Memory
	r.decide = func(now des.Time, s *scaling.Snapshot) (d scaling.Decision) {
		local := p.world.cfg.Calendar.Local(now)
		v := &scaling.Sight{Hour: local.Second / 3600, Minute: local.Second / 60 % 60, Weekday: local.Weekday}
		v.Points = func(ref scaling.MetricRef, stretch des.Duration) []float64 {
			return series[ref].Recent(now, stretch, max(tooOld, 2*series[ref].Period))
		}
		var err error
		d, r.asks, next, err = e.Decide(now, s, f, v, memory)
		r.failed.add(now, err)
		return d
	}
	r.acted = func(des.Time) { memory = next }
	p.runs = append(p.runs, r)
}

// asked is the most that the formulas ask for: other policies do not scale in below.
func (p *policies) asked() int {
	n := 0
	for _, r := range p.runs {
		n = max(n, r.asks)
	}
	return n
}

// compiled is a formula that package scenarios has checked.
func compiled(e *scaling.Expression) *scaling.Formula {
	f, err := scaling.Compile(e.Text)
	if err != nil {
		panic(fmt.Sprintf("world: policy %s: %v", e.Name, err))
	}
	return f
}

func (f *failures) add(now des.Time, err error) {
	f.of++
	if err == nil {
		return
	}
	if f.count == 0 {
		f.first, f.why = now, err.Error()
	}
	f.count++
}

// formulaWarnings says which formulas failed.
func (p *policies) formulaWarnings() []string {
	var out []string
	for _, r := range p.runs {
		if f := &r.failed; f.count > 0 {
			out = append(out, fmt.Sprintf("policy %s: its formula failed in %d of %d evaluations, which changed nothing; the first at %s: %s",
				r.name, f.count, f.of, p.world.cfg.Calendar.RFC3339(f.first), f.why))
		}
	}
	return out
}

// settlings is how often a formula is asked for the size of a settled fleet.
const settlings = 200

// settledAt is the size that a formula leaves alone at the load of the start, from
// n upwards as far as it says; n where that cannot be foretold.
func (w *world) settledAt(e *scaling.Expression, n int) int {
	f, least := compiled(e), n
	local := w.cfg.Calendar.Local(0)
	for range settlings {
		s := w.policies.bare()
		s.Desired = n
		for range n {
			s.InService = append(s.InService, -des.Time(des.Day))
		}
		v := &scaling.Sight{Hour: local.Second / 3600, Minute: local.Second / 60 % 60, Weekday: local.Weekday}
		v.Points = func(ref scaling.MetricRef, _ des.Duration) []float64 {
			if x := w.foretell(ref.Metric, ref.Period, n); !math.IsNaN(x) {
				return []float64{x}
			}
			return nil
		}
		d, _, _, _ := e.Decide(0, &s, f, v, scaling.Memory{})
		if d.Side != scaling.Out && d.Side != scaling.In {
			return n
		}
		next, _ := scaling.Clamp(d.Want, least, w.group.Max)
		if next == n {
			return n
		}
		n = next
	}
	return least // it never rests
}
