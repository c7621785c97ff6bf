package fault

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// Plan is what a user says of a fault, whatever its kind: its name, when it hits, whom,
// and for how long.
type Plan struct {
	Name string
	At   []des.Time // scripted occurrences, ascending
	// Every is the time between further scripted occurrences, from the last of At on, or
	// from the start without one; 0: none.
	Every des.Duration
	// Gap is the time, in seconds, from the end of one random occurrence to the next; nil:
	// none.
	Gap workload.Dist
	// Life is the age, in seconds since launch, at which each instance is hit for itself;
	// nil: none is. mtbf gives an exponential, with shape a Weibull.
	Life  workload.Dist
	Lasts des.Duration // 0: until the instance is replaced, or to the end of the run
	Whom
}

// Whom is which instances an occurrence hits, of those that serve.
type Whom struct {
	Count    int     // how many
	Fraction float64 // of them, rounded up, instead of Count; 0: Count
	Pick     Pick
	Among    *Among // nil: all
}

// Pick is who of several is hit.
type Pick uint8

// Who is hit.
const (
	PickRandom Pick = iota
	PickOldest
	PickNewest
)

var pickNames = [...]string{"random", "oldest", "newest"}

// String names it as the file format does.
func (p Pick) String() string { return pickNames[p] }

// Among narrows down who may be hit.
type Among struct {
	Zone int    // index of the group's zone, or ec2.AnyZone
	Type string // of which instance type; empty: any
}

// holds reports whether an instance may be hit.
func (a *Among) holds(i *ec2.Instance) bool {
	return a == nil || (a.Zone == ec2.AnyZone || a.Zone == i.Zone) && (a.Type == "" || a.Type == i.Model.Type.Name)
}

// of is how many of n instances that serve an occurrence hits.
func (w *Whom) of(n int) int {
	if w.Fraction > 0 {
		const eps = 1e-9
		return max(1, int(math.Ceil(w.Fraction*float64(n)-eps)))
	}
	return w.Count
}

// counted reports whether what the plan asks for is known before the run: so many hits
// at each scripted occurrence.
func (p *Plan) counted() bool {
	return p.Gap == nil && p.Life == nil && p.Fraction == 0
}

// candidates are the members of a group that serve and that a fault may hit, in order of
// launch.
func (p *Plan) candidates(members []*asg.Member, ails bool) []*ec2.Instance {
	var out []*ec2.Instance
	for _, m := range members {
		if i := m.Instance; m.Phase == asg.PhaseInService && i.State == ec2.Running && i.Up && !i.Broken && !(ails && i.Ailing) && p.Among.holds(i) {
			out = append(out, i)
		}
	}
	return out
}

// nobody says why a fault finds no candidate among the members of a group.
func (p *Plan) nobody(members []*asg.Member) string {
	for _, m := range members {
		if i := m.Instance; m.Phase == asg.PhaseInService && p.Among.holds(i) && (i.Broken || i.Ailing) {
			return "all instances it could strike are struck already"
		}
	}
	return "no serving instance to strike"
}
