package asg

import (
	"asgsim/sim/des"
)

// base is what every part of a group works with.
type base struct {
	kernel   *des.Kernel
	cfg      *Config
	seed     uint64
	clock    func(des.Time) string // prints an instant
	observe  func()                // to be called after every change
	heaviest int                   // weight of an instance type
}

// at prints the current instant, for causes.
func (b *base) at() string { return b.clock(b.kernel.Now()) }

// largest is the largest weight: by so much, less one, the group may be above
// desired when it fills up, since it launches until desired is met.
func (b *base) largest() int { return max(1, b.heaviest) }

// Overshoot is by how much a group with weights may exceed its desired capacity, and
// its maximum: the largest weight (API: CreateAutoScalingGroup, MaxSize); 0 without.
func (b *base) Overshoot() int {
	if n := b.largest(); n > 1 {
		return n
	}
	return 0
}

// tenth is a tenth of n instances, at least one; a fraction is dropped unless asked
// otherwise.
func (b *base) tenth(n int) int {
	if b.cfg.RoundUp {
		n += 9
	}
	return max(1, n/10)
}
