package scaling

import (
	"errors"
	"fmt"
	"math"

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
}

// EffectiveWarmup is the policy's own warm-up, else the group's, else none.
func (p *Expression) EffectiveWarmup(s *Snapshot) des.Duration {
	if p.Warmup != Unset {
		return p.Warmup
	}
	return max(0, s.DefaultWarmup)
}

// Decide evaluates the policy. A fraction is rounded up. While instances warm up it
// does not scale in. asks is what the formula asks for, 0 without an answer: other
// policies do not scale in below it. failed is the formula's error; missing data is none.
func (p *Expression) Decide(now des.Time, s *Snapshot, f *Formula, v *Sight, m Memory) (d Decision, asks int, next Memory, failed error) {
	warmup := p.EffectiveWarmup(s)
	v.Desired, v.InService, v.Pending, v.Min, v.Max = s.Desired, len(s.InService), s.Pending, s.Min, s.Max
	v.Warm = warmAt(now, s, warmup)
	value, with, err := f.Evaluate(v)
	if with != "" {
		with = " with " + with
	}
	switch {
	case errors.Is(err, errNoData):
		return Decision{Side: Hold, Block: BlockData, Why: err.Error()}, 0, m, nil
	case err != nil:
		return stay(BlockFormula, "%s%s failed: %v", f.text, with, err), 0, m, err
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
	switch since := now.Sub(m.LastAct); {
	case want == s.Desired:
		return Decision{Side: Hold, Why: why}, want, m, nil
	case want > s.Desired && m.Acted && since < p.OutCooldown:
		return stay(BlockCooldown, "%s, but the last change was %v ago and the cooldown is %v", why, since, p.OutCooldown), want, m, nil
	case want > s.Desired:
		return Decision{Side: Out, Want: want, Why: why}, want, Memory{Acted: true, LastAct: now, LastSide: Out}, nil
	case m.Acted && since < p.InCooldown:
		return stay(BlockCooldown, "%s, but the last change was %v ago and the cooldown is %v", why, since, p.InCooldown), want, m, nil
	case warming > 0:
		return stay(BlockWarmup, "%s, but %d of the instances are launching or warming up", why, warming), want, m, nil
	}
	return Decision{Side: In, Want: want, Why: why}, want, Memory{Acted: true, LastAct: now, LastSide: In}, nil
}
