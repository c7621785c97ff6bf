package scaling

import (
	"fmt"
	"math"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Aggregation is how a step policy sums up the datapoints that decided its alarm.
type Aggregation uint8

// The aggregations (API: PutScalingPolicy, MetricAggregationType).
const (
	Average Aggregation = iota
	Minimum
	Maximum
)

// AlarmRef is the alarm that triggers a policy.
type AlarmRef struct {
	Name      string
	Above     bool // breaches above its threshold, else below
	Threshold float64
	Unit      string // of the metric, for words
}

// StepScaling is a step scaling policy.
type StepScaling struct {
	Name       string
	Alarm      AlarmRef
	Adjustment Adjustment
	Aggregate  Aggregation
	Newest     bool // only the newest datapoint of the alarm counts
	ZeroMoves  bool // a step of 0 percent changes by MinMagnitude, in the alarm's direction
	OneWay     bool // an ExactCapacity never moves desired against the alarm's direction
	Steps      []Step
	Warmup     des.Duration // EstimatedInstanceWarmup; Unset as for target tracking
}

// AlarmState is an alarm as a policy sees it.
type AlarmState struct {
	State  cloudwatch.State
	Points []float64 // the real datapoints of its evaluation periods, oldest first
}

// aggregate sums up points; NaN without any.
func (g Aggregation) aggregate(points []float64) float64 {
	if len(points) == 0 {
		return math.NaN()
	}
	out := points[0]
	for _, v := range points[1:] {
		switch g {
		case Minimum:
			out = math.Min(out, v)
		case Maximum:
			out = math.Max(out, v)
		default:
			out += v
		}
	}
	if g == Average {
		out /= float64(len(points))
	}
	return out
}

// Decide evaluates the policy at one tick. The adjustment is applied to the
// capacity without warming instances, and the result compared with desired, so
// that a breach is not answered twice:
//
//	scale out: max(desired, C_warm + delta(C_warm))
//
// ("Step scaling policies", EC2 Auto Scaling User Guide, text present until May
// 2022, condensed since). Scale-in waits until nothing is warming.
func (p *StepScaling) Decide(now des.Time, s *Snapshot, a AlarmState) Decision {
	if a.State != cloudwatch.Alarm {
		return Decision{Side: Hold, Why: fmt.Sprintf("alarm %s is %v", p.Alarm.Name, a.State)}
	}
	points := a.Points
	if p.Newest && len(points) > 0 {
		points = points[len(points)-1:]
	}
	value := p.Aggregate.aggregate(points)
	if math.IsNaN(value) {
		return stay(BlockData, "no datapoint is known")
	}
	breach := value - p.Alarm.Threshold
	step, ok := MatchStep(p.Steps, breach, p.Alarm.Above)
	if !ok {
		return stay(BlockStep, "no step adjustment found for metric value %s (%s from the threshold of %s)", number(value), number(breach), number(p.Alarm.Threshold))
	}
	warm := warmAt(now, s, effectiveWarmup(p.Warmup, s))
	by, amount := p.asked(step)
	want := by.Apply(warm, amount)
	side := "over"
	if !p.Alarm.Above {
		side = "under"
	}
	why := fmt.Sprintf("%s %s %s %s: %s of %+d on %d warm instances makes %d", number(value), p.Alarm.Unit, side, number(p.Alarm.Threshold), by.Type, amount, warm, want)
	if by.within(s, amount) {
		return s.kept(amount)
	}
	switch {
	case amount == 0 && by.Type != ExactCapacity:
		return stay(NoBlock, "%s %s: the step %s adjusts by 0", number(value), p.Alarm.Unit, step.show())
	case p.OneWay && by.Type == ExactCapacity && (p.Alarm.Above && want < s.Desired || !p.Alarm.Above && want > s.Desired):
		return stay(NoBlock, "%s, against the direction of the alarm: desired stays %d", why, s.Desired)
	case want > s.Desired && s.Desired >= s.Max:
		return stay(BlockMax, "%s, but desired is max_size %d", why, s.Max)
	case want > s.Desired:
		return Decision{Side: Out, Want: want, Why: why}
	}
	return p.in(now, s, warm, want, by, amount, why)
}

// asked is what a step asks for.
func (p *StepScaling) asked(step Step) (Adjustment, int) {
	if step.Adjustment != 0 || !p.ZeroMoves || p.Adjustment.Type != PercentChangeInCapacity {
		return p.Adjustment, step.Adjustment
	}
	least := p.Adjustment.MinMagnitude
	if !p.Alarm.Above {
		least = -least
	}
	return Adjustment{}, least
}

// in judges a result at or below desired.
func (p *StepScaling) in(now des.Time, s *Snapshot, warm, want int, by Adjustment, amount int, why string) Decision {
	if by.Type != ExactCapacity && amount > 0 || want == s.Desired {
		return stay(NoBlock, "%s, desired is %d already", why, s.Desired)
	}
	warming := len(s.InService) - warm + s.Pending
	switch {
	case s.Desired <= s.Min:
		return stay(BlockMin, "%s, but desired is min_size %d", why, s.Min)
	case warming > 0:
		return stay(BlockWarmup, "%s, but %d of the instances are launching or warming up", why, warming)
	}
	return Decision{Side: In, Want: want, Why: why}
}

// effectiveWarmup is a policy's own warm-up, else the group's default, else the
// default cooldown.
func effectiveWarmup(own des.Duration, s *Snapshot) des.Duration {
	switch {
	case own != Unset:
		return own
	case s.DefaultWarmup != Unset:
		return s.DefaultWarmup
	default:
		return s.DefaultCooldown
	}
}

// warmAt counts the instances in service for at least warmup.
func warmAt(now des.Time, s *Snapshot, warmup des.Duration) int {
	n := 0
	for _, since := range s.InService {
		if now.Sub(since) >= warmup {
			n++
		}
	}
	return n
}
