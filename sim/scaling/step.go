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

var aggregations = [...]string{"Average", "Minimum", "Maximum"}

// String returns AWS's name of the aggregation.
func (g Aggregation) String() string { return aggregations[g] }

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
func (p *StepScaling) Decide(now des.Time, s *Snapshot, _ Memory) (Decision, Memory) {
	return p.decide(now, s), nil
}

func (p *StepScaling) decide(now des.Time, s *Snapshot) Decision {
	a := &s.Alarm
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
	warm := warmAt(now, s, EffectiveWarmup(p.Warmup, s))
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

// About says what it is.
func (p *StepScaling) About() About {
	return About{Name: p.Name, Kind: "step_scaling", Says: "step scaling"}
}

// Attach follows the user's alarm.
func (p *StepScaling) Attach(h Host) Attached {
	w := h.Alarm(p.Alarm.Name)
	a := Attached{Series: w.Series, See: see(w), Warmup: p.Warmup, Repeat: Unset, Warms: true}
	a.follow(w, p.Alarm.Above)
	return a
}

// Settled is the fleet at which an alarm that asks for more stays quiet.
func (p *StepScaling) Settled(f Foresight, n int) int { return p.Alarm.quiet(f, n) }

// Doubts are none.
func (p *StepScaling) Doubts() []Doubt { return nil }
