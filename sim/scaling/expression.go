package scaling

import (
	"errors"
	"fmt"
	"math"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Expression is a policy of the user's own: a formula for the desired capacity,
// evaluated at fixed intervals on what is known then, as a function of somebody's
// would that reads CloudWatch and sets the desired capacity.
type Expression struct {
	Name   string
	Text   string
	Every  des.Duration
	Warmup des.Duration // Unset: the group's default instance warm-up, else none
	// OutCooldown and InCooldown are the least time from a change by this policy to
	// its next scale-out and scale-in.
	OutCooldown, InCooldown des.Duration
	Recorded                []cloudwatch.Metric // which its text may ask for
}

// EffectiveWarmup is the policy's own warm-up, else the group's, else none.
func (p *Expression) EffectiveWarmup(s *Snapshot) des.Duration {
	if p.Warmup != Unset {
		return p.Warmup
	}
	return max(0, s.DefaultWarmup)
}

// tooOld is how old the newest datapoint may be that a formula still sees; that of
// a metric with a longer period, two periods.
const tooOld = 10 * des.Minute

// About says what it is.
func (p *Expression) About() About {
	return About{Name: p.Name, Kind: "expression", Says: p.Text}
}

// Attach asks for the metrics of the formula. It sees them as alarms do: by period,
// when they are published.
func (p *Expression) Attach(h Host) Attached {
	series := map[MetricRef]*cloudwatch.Series{}
	for _, ref := range p.formula().Refs {
		series[ref] = h.Series(Custom(ref))
	}
	return Attached{
		Every: p.Every, Look: "expression", Idle: "its formula never asked for another capacity that it could have", Warmup: p.Warmup, Repeat: Unset,
		See: func(now des.Time, s *Snapshot) {
			v := inputs(h.Local(now))
			v.Points = func(ref MetricRef, stretch des.Duration) []float64 {
				return series[ref].Recent(now, stretch, max(tooOld, 2*series[ref].Period))
			}
			s.Seen = v
		},
	}
}

func inputs(c Clock) *Inputs { return &Inputs{Hour: c.Hour, Minute: c.Minute, Weekday: c.Weekday} }

// formula compiles the text, which package scenarios has checked.
func (p *Expression) formula() *Formula {
	f, err := Compile(p.Text, p.Recorded...)
	if err != nil {
		panic(fmt.Sprintf("scaling: policy %s: %v", p.Name, err))
	}
	return f
}

// Decide evaluates the policy. A fraction is rounded up. While instances warm up it
// does not scale in. What the formula asks for, others do not scale in below. Missing
// data is no failure. It remembers the formula, compiled.
func (p *Expression) Decide(now des.Time, s *Snapshot, m Memory) (Decision, Memory) {
	f, ok := m.(*Formula)
	if !ok {
		f = p.formula()
	}
	return p.decide(now, s, f), f
}

func (p *Expression) decide(now des.Time, s *Snapshot, f *Formula) Decision {
	warmup := p.EffectiveWarmup(s)
	v := *s.Seen.(*Inputs)
	v.Desired, v.InService, v.Pending, v.Min, v.Max = s.Desired, len(s.InService), s.Pending, s.Min, s.Max
	v.Warm = warmAt(now, s, warmup)
	value, with, err := f.Evaluate(&v)
	if with != "" {
		with = " with " + with
	}
	switch {
	case errors.Is(err, errNoData):
		return Decision{Side: Hold, Block: BlockData, Why: err.Error()}
	case err != nil:
		d := stay(BlockFormula, "%s%s failed: %v", f.text, with, err)
		d.Failed = err
		return d
	}
	want := int(math.Ceil(min(max(value, 0), 1e6) - 1e-9))
	why := fmt.Sprintf("%s = %s%s", f.text, number(value), with)
	if float64(want) != value {
		why += fmt.Sprintf(": %d", want)
	}
	warming := v.InService - v.Warm
	if warmup > 0 {
		warming += s.Pending
	}
	d := Decision{Side: In, Want: want, Why: why}
	switch since := now.Sub(s.LastAct); {
	case want == s.Desired:
		d = Decision{Side: Hold, Why: why}
	case want > s.Desired && s.Acted && since < p.OutCooldown:
		d = stay(BlockCooldown, "%s, but the last change was %v ago and the cooldown is %v", why, since, p.OutCooldown)
	case want > s.Desired:
		d.Side = Out
	case s.Acted && since < p.InCooldown:
		d = stay(BlockCooldown, "%s, but the last change was %v ago and the cooldown is %v", why, since, p.InCooldown)
	case warming > 0:
		d = stay(BlockWarmup, "%s, but %d of the instances are launching or warming up", why, warming)
	}
	d.Asks = want
	return d
}

// settlings is how often a formula is asked for the size of a settled fleet.
const settlings = 200

// Settled is the size that the formula leaves alone at the load of the start, from n
// upwards as far as it says.
func (p *Expression) Settled(f Foresight, n int) int {
	formula, least := p.formula(), n
	for range settlings {
		s := f.Snapshot()
		s.Desired = n
		for range n {
			s.InService = append(s.InService, -des.Time(des.Day))
		}
		v := inputs(f.Clock())
		v.Points = func(ref MetricRef, _ des.Duration) []float64 {
			if x := f.Shown(ref.Metric, ref.Period, n); !math.IsNaN(x) {
				return []float64{x}
			}
			return nil
		}
		s.Seen = v
		d := p.decide(0, &s, formula)
		if d.Side != Out && d.Side != In {
			return n
		}
		next, _ := Clamp(d.Want, least, s.Max)
		if next == n {
			return n
		}
		n = next
	}
	return least // it never rests
}

// Doubts are none: it does what it says.
func (p *Expression) Doubts() []Doubt { return nil }
