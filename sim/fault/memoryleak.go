package fault

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// MemoryLeak is a process that runs out of memory: from some age, or after so many
// requests, it slows down more and more, and is killed.
type MemoryLeak struct {
	Plan
	// Requests is after how many requests sent to an instance memory is short; 0: by age
	// or script.
	Requests uint64
	Speed    float64      // share of the instance's own at the end, above 0 and below 1
	Dies     des.Duration // from short memory to the end of the process
}

// leakSteps is in how many steps a leak slows its process down.
const leakSteps = 20

// About says what it is and when it hits.
func (f MemoryLeak) About() About {
	return About{Plan: f.Plan, Kind: "memory_leak", Ails: true, Tardy: true}
}

// Worn reports whether an instance was sent enough requests.
func (f MemoryLeak) Worn(p *Parts, i *ec2.Instance) bool {
	return f.Requests > 0 && p.Fleet.Answered(i) >= f.Requests
}

// Hit begins the end of the process.
func (f MemoryLeak) Hit(p *Parts, i *ec2.Instance) { f.step(p, i, i.Run, 1) }

// step is the kth step of it in a run of the instance.
func (f MemoryLeak) step(p *Parts, i *ec2.Instance, run *ec2.Run, k int) {
	if i.State != ec2.Running || i.Run != run || i.Broken {
		return
	}
	if k > leakSteps {
		p.Fleet.FailProcess(i)
		return
	}
	p.Fleet.Slow(i, 1-(1-f.Speed)*float64(k)/leakSteps)
	p.Kernel.After(f.Dies/leakSteps, des.Begin, func() { f.step(p, i, run, k+1) })
}

// Told says what it did to n instances.
func (f MemoryLeak) Told(n int) string {
	return instances(n) + verb(n, " runs", " run") + " out of memory"
}

// Effect says what it does to one.
func (f MemoryLeak) Effect() string {
	return fmt.Sprintf("its memory leaks away: within %s it slows to %s of its speed, and then its process is killed", span(f.Dies), percent(f.Speed))
}
