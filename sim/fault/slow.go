package fault

import (
	"fmt"

	"asgsim/sim/ec2"
)

// Slow is an instance that works at a share of its speed; its health checks are answered
// as fast as their work allows.
type Slow struct {
	Plan
	Speed float64 // share of the instance's own, above 0 and below 1
}

// About says what it is and when it hits.
func (f Slow) About() About {
	return About{Plan: f.Plan, Kind: "slow", Ails: true, Tardy: true}
}

// Hit slows the instance.
func (f Slow) Hit(p *Parts, i *ec2.Instance) { p.Fleet.Slow(i, f.Speed) }

// Told says what it did to n instances.
func (f Slow) Told(n int) string {
	return fmt.Sprintf("%s%s to %s of %s speed", instances(n), verb(n, " slows", " slow"), percent(f.Speed), verb(n, "its", "their"))
}

// Effect says what it does to one.
func (f Slow) Effect() string {
	return fmt.Sprintf("it works at %s of its speed, so CPU work takes %.3g times as long; health checks are answered as fast as that allows", percent(f.Speed), 1/f.Speed)
}
