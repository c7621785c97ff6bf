package fault

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// Slow is an instance that works at a share of its speed; its health checks are answered
// as fast as their work allows.
type Slow struct {
	Name  string
	At    []des.Time
	Count int           // instances each scripted occurrence hits
	Life  workload.Dist // see About
	Speed float64       // share of the instance's own, above 0 and below 1
	Lasts des.Duration  // 0: until the instance is replaced
}

// About says what it is and when it hits.
func (f Slow) About() About {
	return About{Name: f.Name, Kind: "slow", At: f.At, Asked: f.Count, Life: f.Life, Ails: true, Lasts: f.Lasts}
}

// Inject hits Count instances that serve.
func (f Slow) Inject(j *Injector, occurrence int) { j.hitServing(f, f.Count, occurrence) }

// Hit slows the instance.
func (f Slow) Hit(j *Injector, i *ec2.Instance) { j.Fleet.Slow(i, f.Speed) }

// Told says what it did to n instances.
func (f Slow) Told(n int) string {
	return fmt.Sprintf("%s%s to %s of its speed", instances(n), verb(n, " slows", " slow"), percent(f.Speed))
}

// Effect says what it does to one.
func (f Slow) Effect() string {
	return fmt.Sprintf("it works at %s of its speed, so CPU work takes %.3g times as long; health checks are answered as fast as that allows", percent(f.Speed), 1/f.Speed)
}
