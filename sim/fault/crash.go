package fault

import (
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// Crash is the end of a host, or of a process on it: what is in flight is cut.
type Crash struct {
	Name  string
	At    []des.Time
	Count int           // instances each scripted occurrence hits
	Life  workload.Dist // see About
	// Process: a crash of the process only. The host answers: connections are
	// refused, EC2 sees nothing wrong.
	Process bool
}

// About says what it is and when it hits.
func (f Crash) About() About {
	return About{Name: f.Name, Kind: "crash", At: f.At, Asked: f.Count, Life: f.Life}
}

// Inject hits Count instances that serve.
func (f Crash) Inject(j *Injector, occurrence int) { j.hitServing(f, f.Count, occurrence) }

// Hit kills the host, or the process.
func (f Crash) Hit(j *Injector, i *ec2.Instance) {
	if f.Process {
		j.Fleet.FailProcess(i)
		return
	}
	j.Fleet.Fail(i)
}

// Told says what it did to n instances.
func (Crash) Told(n int) string { return instances(n) + verb(n, " crashes", " crash") }

// Effect says what it does to one.
func (Crash) Effect() string { return "what was in flight on it is cut off" }
