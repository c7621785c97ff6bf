package fault

import (
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// Hang is an instance that accepts requests and never answers.
type Hang struct {
	Name  string
	At    []des.Time
	Count int           // instances each scripted occurrence hits
	Life  workload.Dist // see About
	CPU   float64       // CPU utilization shown while hung, 0 to 1
	// Impaired: the whole system hangs, so that EC2's status check fails too.
	Impaired bool
}

// About says what it is and when it hits.
func (f Hang) About() About {
	return About{Name: f.Name, Kind: "hang", At: f.At, Asked: f.Count, Life: f.Life}
}

// Inject hits Count instances that serve.
func (f Hang) Inject(j *Injector, occurrence int) { j.hitServing(f, f.Count, occurrence) }

// Hit hangs the instance.
func (f Hang) Hit(j *Injector, i *ec2.Instance) { j.Fleet.Hang(i, f.CPU, f.Impaired) }

// Told says what it did to n instances.
func (Hang) Told(n int) string { return instances(n) + verb(n, " hangs", " hang") }

// Effect says what it does to one.
func (Hang) Effect() string {
	return "it accepts requests and never answers; it keeps its share of the traffic until somebody notices"
}
