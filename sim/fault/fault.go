// Package fault decides what breaks and when. It acts only through what the
// packages below export: an instance's mode and speed in the plane, EC2's state.
//
// A kind of fault is a struct in a file of its own: what it is called, when it
// hits, what it does, and the words for it. Open fault.go first, then crash.go.
package fault

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// Fault is something that breaks, once or several times.
type Fault interface {
	About() About
	// Inject begins a scripted occurrence, now.
	Inject(j *Injector, occurrence int)
	// Told says what it did to n instances at once: "3 instances crash".
	Told(n int) string
	// Effect says what it does to the instance it hits, as a clause.
	Effect() string
}

// Hitter is a fault of single instances: of its own accord it hits each at an age.
type Hitter interface {
	Fault
	// Hit breaks an instance, now.
	Hit(j *Injector, i *ec2.Instance)
}

// About is what all faults have.
type About struct {
	Name string     // the user's
	Kind string     // as in the file format
	At   []des.Time // scripted occurrences, ascending; none: random
	// Asked is how many hits a scripted occurrence asks for.
	Asked int
	// Life is the age, in seconds since launch, at which an instance is hit; nil for
	// scripted faults. mtbf gives an exponential, with shape a Weibull.
	Life workload.Dist
	// Shortage makes launches fail: it is in force before anything that makes the group
	// launch hits in the same instant.
	Shortage bool
	// Ails: the instances it hits go on working. It hits none that ails already, while
	// faults that break may.
	Ails bool
	// Hasty: who ails answers sooner than the well, and draws more than its share from
	// least outstanding requests.
	Hasty bool
	Lasts des.Duration // of those that ail: until the instance is well again; 0: until it is replaced
}

// Named returns the fault of a name, or the one that hits unasked; nil without one.
func Named(all []Fault, name string) Fault {
	for _, f := range all {
		if f.About().Name == name {
			return f
		}
	}
	if name == spontaneous {
		return SpotInterruption{Name: spontaneous}
	}
	return nil
}

// instances counts them as the subject of a sentence.
func instances(n int) string {
	if n == 1 {
		return "one instance"
	}
	return fmt.Sprintf("%d instances", n)
}

// verb is a verb of that subject.
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// percent writes a share.
func percent(share float64) string { return fmt.Sprintf("%.4g %%", 100*share) }
