package scaling

import (
	"fmt"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// SimpleScaling is a simple scaling policy: one adjustment, then a lock-out until
// its activity is complete and the cooldown over.
type SimpleScaling struct {
	Name       string
	Alarm      AlarmRef
	Adjustment Adjustment
	Amount     int
	Cooldown   des.Duration // Unset: the group's default cooldown
}

// EffectiveCooldown is the policy's own cooldown, else the group's.
func (p *SimpleScaling) EffectiveCooldown(s *Snapshot) des.Duration {
	if p.Cooldown != Unset {
		return p.Cooldown
	}
	return s.DefaultCooldown
}

// Decide evaluates the policy at one tick. While the group is busy with a simple
// scaling activity or a health replacement, or the cooldown runs, the alarm is
// ignored; since its action repeats every minute, one that still breaches is acted
// on at the first tick after ("Scaling cooldowns", EC2 Auto Scaling User Guide,
// read 2023-04-27). The cooldown begins when the last instance is in service, or
// drained.
func (p *SimpleScaling) Decide(now des.Time, s *Snapshot, _ Memory) (Decision, Memory) {
	return p.decide(now, s), nil
}

func (p *SimpleScaling) decide(now des.Time, s *Snapshot) Decision {
	a := &s.Alarm
	if a.State != cloudwatch.Alarm {
		return Decision{Side: Hold, Why: fmt.Sprintf("alarm %s is %v", p.Alarm.Name, a.State)}
	}
	if s.Busy {
		return stay(BlockActivity, "alarm %s is in ALARM, but a scaling activity is in progress", p.Alarm.Name)
	}
	if s.CooldownUntil > now {
		return stay(BlockCooldown, "alarm %s is in ALARM, but the cooldown runs for another %v", p.Alarm.Name, s.CooldownUntil.Sub(now))
	}
	if p.Adjustment.within(s, p.Amount) {
		return s.kept(p.Amount)
	}
	want := p.Adjustment.Apply(s.Desired, p.Amount)
	why := fmt.Sprintf("alarm %s in ALARM: %s of %+d on %d makes %d", p.Alarm.Name, p.Adjustment.Type, p.Amount, s.Desired, want)
	switch {
	case want > s.Desired && s.Desired >= s.Max:
		return stay(BlockMax, "%s, but desired is max_size %d", why, s.Max)
	case want < s.Desired && s.Desired <= s.Min:
		return stay(BlockMin, "%s, but desired is min_size %d", why, s.Min)
	case want > s.Desired:
		return Decision{Side: Out, Want: want, Why: why}
	case want < s.Desired:
		return Decision{Side: In, Want: want, Why: why}
	}
	return stay(NoBlock, "%s: no change", why)
}

// About says what it is.
func (p *SimpleScaling) About() About {
	return About{Name: p.Name, Kind: "simple_scaling", Says: "simple scaling"}
}

// Attach follows the user's alarm. An alarm below its threshold may still trigger a
// policy that adds, and the other way round: what counts is what the adjustment does.
func (p *SimpleScaling) Attach(h Host) Attached {
	w := h.Alarm(p.Alarm.Name)
	a := Attached{Series: w.Series, See: see(w), Warmup: Unset, Repeat: Unset}
	a.Acted = func(s *Snapshot) { h.Cool(p.EffectiveCooldown(s)) }
	a.follow(w, p.Amount > 0)
	return a
}

// Settled is the fleet at which an alarm that asks for more stays quiet.
func (p *SimpleScaling) Settled(f Foresight, n int) int { return p.Alarm.quiet(f, n) }

// Doubts are none.
func (p *SimpleScaling) Doubts() []Doubt { return nil }
