// Package fault decides what breaks and when. It acts only through what the
// packages below export: an instance's mode and speed in the plane, EC2's state,
// CloudWatch's delay.
//
// A kind of fault is a struct in a file of its own: what it is called, what it does, and
// the words for it. When it hits and whom is its Plan. Open fault.go first, then crash.go
// for a fault of instances and launchfailure.go for one of a service.
package fault

import (
	"fmt"

	"asgsim/sim/ec2"
)

// Fault is something that breaks, once or several times. It is a Hitter, a Stretch or an
// Injecter.
type Fault interface {
	About() About
	// Told says what it did to n instances at once: "3 instances crash". Of a Stretch that
	// hits none n is 0.
	Told(n int) string
	// Effect says what it does to the instance it hits, as a clause.
	Effect() string
}

// Hitter is a fault of single instances: an occurrence hits as many as the plan says, and
// of its own accord it hits each at an age.
type Hitter interface {
	Fault
	// Hit breaks an instance, now.
	Hit(p *Parts, i *ec2.Instance)
}

// Wearing is a Hitter of which an instance has enough by what it did.
type Wearing interface {
	Hitter
	// Worn reports whether a running instance is due; false where age or script decide.
	Worn(p *Parts, i *ec2.Instance) bool
}

// Stretch is a fault of something that all instances share, for as long as its plan says.
type Stretch interface {
	Fault
	Begin(p *Parts)
	End(p *Parts)
}

// Reaching is a Stretch that hits instances: those that are there, and those that enter
// running while it lasts.
type Reaching interface {
	Stretch
	Hitter
	// Covers reports whether an instance is hit.
	Covers(i *ec2.Instance) bool
	// Keeps reports whether an instance that it hit is not well again as it ends.
	Keeps(i *ec2.Instance) bool
}

// Injecter is a fault that goes its own way.
type Injecter interface {
	Fault
	// Inject begins an occurrence, now, or says why it is skipped.
	Inject(p *Parts, o Occurrence) (skipped string)
}

// About is what all faults have.
type About struct {
	Plan
	Kind string // as in the file format
	// Shortage makes launches fail: it is in force before anything that makes the group
	// launch hits in the same instant.
	Shortage bool
	// Ails: the instances it hits go on working. It hits none that ails already, while
	// faults that break may.
	Ails bool
	// Hasty: who ails answers sooner than the well, and draws more than its share from
	// least outstanding requests.
	Hasty bool
	// Tardy: who ails answers later than the well, and gets less than its share from least
	// outstanding requests.
	Tardy bool
}

// asked is how many hits an occurrence asks for, where that is known before.
func (a *About) asked(f Fault) int {
	if _, ok := f.(Stretch); ok || a.Count == 0 {
		return 1
	}
	return a.Count
}

// check panics where a kind breaks a rule of its registration: a mistake of who wrote it.
func check(f Fault) {
	a := f.About()
	_, hits := f.(Hitter)
	_, lasts := f.(Stretch)
	_, injects := f.(Injecter)
	_, wears := f.(Wearing)
	rule := ""
	switch {
	case a.Kind == "" || a.Name == "":
		rule = "About has the plan and the kind of every fault: without its plan it never hits"
	case !hits && !lasts && !injects:
		rule = "a fault is a Hitter, a Stretch or an Injecter: else nothing happens"
	case a.Life != nil && (!hits || lasts):
		rule = "only a Hitter of single instances can hit them by age: Life would be idle"
	case a.Lasts > 0 && !lasts && !a.Ails:
		rule = "only a Stretch, or what Ails an instance, can be over: Lasts would never end it"
	case !injects && !wears && len(a.At) == 0 && a.Every == 0 && a.Gap == nil && a.Life == nil:
		rule = "a plan says when: At, Every, Gap or Life"
	}
	if rule != "" {
		panic(fmt.Sprintf("fault: %T %q of kind %q: %s", f, a.Name, a.Kind, rule))
	}
}
