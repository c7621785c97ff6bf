package scaling

import "asgsim/sim/des"

// EffectiveWarmup is how long an instance counts as warming for a policy: its own
// estimate, else the group's default warm-up, else the default cooldown ("Warm-up and
// cooldown settings", EC2 Auto Scaling User Guide, read 2023-04-27).
func EffectiveWarmup(own des.Duration, s *Snapshot) des.Duration {
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
