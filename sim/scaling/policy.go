// Package scaling decides how many instances a group should have: policies as
// pure functions of what is known, without clock, randomness or I/O. The group
// carries decisions out.
//
// A kind of policy is a struct in a file of its own. Open policy.go first, then
// decision.go and simple.go, the shortest kind.
package scaling

import (
	"slices"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Policy decides how many instances a group should have. A kind of policy is a struct
// in a file of its own; its values do not change once a run has begun.
type Policy interface {
	About() About
	// Attach asks the host, before the run, for what the policy will look at.
	Attach(h Host) Attached
	// Settled is the smallest fleet of n or more that the policy leaves alone at the
	// load of the start; n where that cannot be foretold.
	Settled(f Foresight, n int) int
	// Decide evaluates the policy at an instant. It is a pure function: what it returns
	// as memory is all that it is given the next time, nil at first.
	Decide(now des.Time, s *Snapshot, m Memory) (Decision, Memory)
	// Doubts are what it would be under other assumptions about what its maker does not
	// document, one at a time.
	Doubts() []Doubt
}

// Memory is what a policy remembers from one evaluation to the next: a plain value
// whose type only the policy knows.
type Memory any

// About is what a policy says of itself.
type About struct {
	Name string // the user's
	Kind string // as in the file format: "target_tracking"
	Says string // what it holds or does: "tracking CPU 50 %"
	// System is whose autoscaler it is where it is not AWS's: it drives a group alone,
	// from outside, on its own clock and by its own metrics.
	System string
}

// Doubt is a policy under another assumption.
type Doubt struct {
	Name   string // "X-1 low_ratio 0.9"
	Policy Policy
}

// Host is what a policy may ask of the run it is attached to.
type Host interface {
	Group() string // name of the group
	// Series are the datapoints of a metric, as CloudWatch publishes them.
	Series(c Custom) *cloudwatch.Series
	// Make adds an alarm of the policy's own.
	Make(w *cloudwatch.Watch) *cloudwatch.Watch
	// Alarm is the user's alarm of a name.
	Alarm(name string) *cloudwatch.Watch
	// Gather begins to read the instances every so often; readings are known a delay
	// after they are taken, and kept for as long as asked.
	Gather(every, delay, keep des.Duration) Readings
	Local(now des.Time) Clock
	// Forecast forecasts the load by the hour for the policy.
	Forecast(p *Predictive)
	// Cool begins a simple scaling activity, and the cooldown after it.
	Cool(d des.Duration)
}

// Clock is a local time.
type Clock struct{ Hour, Minute, Weekday int } // Sunday is 0

// Attached is a policy in a run. It has an alarm, or says with Every when it is asked; of
// the rest what it needs.
type Attached struct {
	// High and Low are the alarms that ask to scale out and in; either may be nil.
	High, Low *cloudwatch.Watch
	// Series is what it acts on: not twice on one datapoint. nil: nothing of the kind.
	Series *cloudwatch.Series
	// Every is how often a policy without alarms is asked; 0: when its alarms say so.
	Every des.Duration
	Look  string // what such a policy calls an evaluation: "sync"
	Idle  string // why such a policy may never have acted
	// See completes the snapshot with what the policy looks at; nil: there is no more.
	See func(now des.Time, s *Snapshot)
	// Acted hears that its decision was carried out; nil: it does not matter.
	Acted func(s *Snapshot)
	// Settled is what it remembers of the life of a group that has settled at n; nil:
	// nothing.
	Settled func(n int) Memory

	Warmup, Repeat des.Duration // of its own; Unset
	Warms          bool         // instances it launches warm up
	Rules          []string     // whose names its decisions bear; nil: its own
}

// Foresight is what is expected of the load at the start of a run.
type Foresight interface {
	// One is the value a metric would have if one unit, as fast as need be, carried the
	// load; false where it cannot be foretold, or does not fall with the units.
	One(m cloudwatch.Metric) (float64, bool)
	// Shown is what a fleet of n shows in a period; NaN where it cannot be foretold.
	Shown(m cloudwatch.Metric, period des.Duration, n int) float64
	PerMinute() float64 // requests
	Definition(alarm string) (cloudwatch.Definition, bool)
	Snapshot() Snapshot // without metrics
	Clock() Clock
}

// Goal is a metric that a policy holds at a target.
type Goal struct {
	Policy, Kind string
	Metric       Metric
	Source       Custom
	Target       float64 // in the metric's unit: percent, requests a minute and target, bytes
	Unit         Unit
	High, Low    Threshold    // of the two alarms
	Period       des.Duration // of both
	Warmup       des.Duration // Unset: see EffectiveWarmup
	OutOnly      bool         // it never scales in
}

// Threshold is where an alarm breaches, and after how many datapoints it acts.
type Threshold struct {
	At      float64
	Periods int
}

// Fleet is the smallest fleet that holds the target; one is what one unit would show.
// False where that cannot be foretold.
func (g *Goal) Fleet(one func(cloudwatch.Metric) (float64, bool)) (int, bool) {
	metric, _ := g.Source.Metric.Split()
	switch kind := g.Source.Statistic.Kind; {
	case kind == cloudwatch.Average:
	case kind == cloudwatch.Sum && metric == cloudwatch.RequestCountPerTarget:
	default:
		return 0, false
	}
	v, ok := one(g.Source.Metric)
	return whole(v / g.Target), ok
}

// Goals are those of the policies that hold a target, in order.
func Goals(policies []Policy) []Goal {
	var out []Goal
	for _, p := range policies {
		if holder, ok := p.(interface{ Goal() Goal }); ok {
			out = append(out, holder.Goal())
		}
	}
	return out
}

// Doubts names the assumptions that policies make, each once, in order.
func Doubts(policies []Policy) []string {
	var out []string
	for _, p := range policies {
		for _, d := range p.Doubts() {
			if !slices.Contains(out, d.Name) {
				out = append(out, d.Name)
			}
		}
	}
	return out
}

// Doubted returns policies under another assumption: those that make it.
func Doubted(policies []Policy, name string) []Policy {
	out := slices.Clone(policies)
	for i, p := range out {
		for _, d := range p.Doubts() {
			if d.Name == name {
				out[i] = d.Policy
			}
		}
	}
	return out
}

// follow makes an alarm the one that asks to scale out, or in.
func (a *Attached) follow(w *cloudwatch.Watch, out bool) {
	if out {
		a.High = w
	} else {
		a.Low = w
	}
}
