package scaling

import (
	"fmt"
	"math"
	"strconv"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Decide evaluates the policy at one tick. AWS publishes no formula; this one
// matches every documented number and every sighting we know:
//
//	need = ceil(C m / T)       C instances in the datapoint, m its value, T the target
//	out: max(desired, need)    while AlarmHigh is in ALARM
//	in:  desired - k           while AlarmLow is in ALARM, nothing is warming and
//	                           C m / (C-1) <= T;   1 <= k <= floor(C - C m / T)
//
// C m is what the whole fleet did in the datapoint, whatever became of the fleet
// since: of a constant load it is constant, so that need is, and the fleet settles.
// With the capacity of now (BasisWarm, BasisDesired) a datapoint two minutes old is
// taken to describe a fleet that has changed meanwhile, and the fleet swings.
// While instances warm up they share the load but not the datapoint; a scale-in
// therefore waits for a datapoint that holds them all.
func (p *TargetTracking) Decide(now des.Time, s *Snapshot, _ Memory) (Decision, Memory) {
	d := p.decide(now, s)
	d.Tracking = true
	return d, nil
}

func (p *TargetTracking) decide(now des.Time, s *Snapshot) Decision {
	high, low := s.High == cloudwatch.Alarm, s.Low == cloudwatch.Alarm
	if !high && !low {
		return Decision{Side: Hold, Why: fmt.Sprintf("AlarmHigh is %v, AlarmLow is %v", s.High, s.Low)}
	}
	if !s.HasMetric {
		return stay(BlockData, "no datapoint is known")
	}
	warm := warmAt(now, s, EffectiveWarmup(p.Warmup, s))
	c := p.capacity(warm, s)
	if c == 0 {
		return stay(BlockNoWarm, "no warm instance reports the metric")
	}
	if gap := p.spacing(s); s.Acted && now.Sub(s.LastAct) < gap {
		return stay(BlockRepeat, "the last action was %v ago, the next may follow after %v", now.Sub(s.LastAct), gap)
	}
	if high {
		return p.out(c, s)
	}
	return p.in(now, c, warm, s)
}

func (p *TargetTracking) out(c int, s *Snapshot) Decision {
	need := ceil(float64(c) * s.Metric.Value / p.Target)
	scale := p.Unit().Scale
	arithmetic := fmt.Sprintf("%s was over %s: %d %s x %s / %s = %s, rounded up %d",
		p.show(s.Metric.Value), p.show(p.HighThreshold()), c, basisNames[p.Basis], number(s.Metric.Value/scale), number(p.Target/scale),
		number(float64(c)*s.Metric.Value/p.Target), need)
	if need <= s.Desired {
		return stay(NoBlock, "%s, desired is %d already", arithmetic, s.Desired)
	}
	if s.Desired >= s.Max {
		return stay(BlockMax, "%s, but desired is max_size %d", arithmetic, s.Max)
	}
	return Decision{Side: Out, Want: need, Why: arithmetic}
}

// basisNames name what is counted, in a decision's arithmetic.
var basisNames = [...]string{"in the datapoint", "warm", "desired"}

func (p *TargetTracking) in(now des.Time, c, warm int, s *Snapshot) Decision {
	value := fmt.Sprintf("%s was under %s", p.show(s.Metric.Value), p.show(p.LowThreshold()))
	after := math.Inf(1)
	if c > 1 {
		after = float64(c) * s.Metric.Value / float64(c-1)
	} else if s.Metric.Value == 0 {
		after = 0
	}
	switch warming := len(s.InService) - warm + s.Pending; {
	case p.DisableScaleIn:
		return stay(BlockOff, "%s, but scale-in is disabled", value)
	case s.Desired <= s.Min:
		return stay(BlockMin, "%s, but desired is min_size %d", value, s.Min)
	case warming > 0:
		return stay(BlockWarmup, "%s, but %d of the instances are launching or warming up", value, warming)
	case p.Basis == BasisContributors && s.Metric.End < p.warmed(s):
		return stay(BlockOlder, "%s, but the newest datapoint is from before the newest instance was warm, %v ago", value, now.Sub(p.warmed(s)))
	case after > p.Target:
		return stay(BlockSmall, "%s, but without one of %d it would be %s, over the target of %s", value, c, p.show(after), p.show(p.Target))
	}
	exact := float64(c) - float64(c)*s.Metric.Value/p.Target
	k := p.step(c, int(math.Floor(exact+1e-9)))
	// Never below what the metric needs, should desired already be under C.
	want := max(s.Desired-k, min(s.Desired, ceil(float64(c)*s.Metric.Value/p.Target)))
	if want >= s.Desired {
		return stay(BlockSmall, "%s, but fewer than %d would not hold the target", value, s.Desired)
	}
	return Decision{Side: In, Want: want, Why: fmt.Sprintf("%s: %s of %d could go, %d at a time", value, number(exact), c, s.Desired-want)}
}

// warmed is when the newest of the instances in service was warm; the beginning of
// time without any.
func (p *TargetTracking) warmed(s *Snapshot) des.Time {
	if n := len(s.InService); n > 0 {
		return s.InService[n-1].Add(EffectiveWarmup(p.Warmup, s))
	}
	return math.MinInt64
}

// step is how many instances one scale-in action removes.
func (p *TargetTracking) step(c, most int) int {
	switch p.InStep {
	case InOne:
		return 1
	case InProportional:
		return max(1, most)
	default:
		return max(1, min(most, c/10))
	}
}

// capacity is the C of the formula.
func (p *TargetTracking) capacity(warm int, s *Snapshot) int {
	switch p.Basis {
	case BasisContributors:
		return s.Metric.Capacity
	case BasisDesired:
		return s.Desired
	default:
		return warm
	}
}

// spacing is the least time between two actions: none but the tick itself,
// unless no warm-up is given anywhere, when logs show the default cooldown.
func (p *TargetTracking) spacing(s *Snapshot) des.Duration {
	switch {
	case p.Repeat != Unset:
		return p.Repeat
	case p.Warmup == Unset && s.DefaultWarmup == Unset:
		return s.DefaultCooldown
	default:
		return 0
	}
}

// ceil rounds up, forgiving the last bits of a quotient that should be whole.
func ceil(v float64) int { return int(math.Ceil(v - 1e-9)) }

// number prints up to three significant decimals without trailing zeros.
func number(v float64) string {
	if math.IsInf(v, 0) {
		return "infinite"
	}
	digits := 2
	if math.Abs(v) >= 100 {
		digits = 0
	} else if math.Abs(v) >= 10 {
		digits = 1
	}
	pow := math.Pow10(digits)
	return strconv.FormatFloat(math.Round(v*pow)/pow, 'f', -1, 64)
}
