package asg

import (
	"fmt"
	"strings"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/rng"
)

// EventKind is what somebody does to the group by hand.
type EventKind uint8

// The kinds, named after the API's operations.
const (
	EventStandby EventKind = iota
	EventExitStandby
	EventDetach
	EventProtect
	EventSuspend
	EventResume
	EventRefresh
	EventCancelRefresh
	EventAttach
	EventZones
	EventRollbackRefresh
	EventSetDesired
	EventUpdate
	EventTerminate
	EventRecommend // EC2's: a rebalance recommendation that no interruption follows
	EventZonalShift
)

// Event is a scripted operation of somebody's on the group.
type Event struct {
	Name      string
	Kind      EventKind
	At        []des.Time   // ascending
	Count     int          // instances each time; All
	Instance  string       // id of the one it concerns; empty: any
	Zone      string       // in which those are that it may concern; empty: any
	Decrement bool         // standby, detach and terminate: lower desired
	Sizes     Sizes        // EventSetDesired and EventUpdate
	Honour    bool         // EventSetDesired: a cooldown refuses it
	Protected bool         // EventProtect: set, else lift
	Processes []Process    // EventSuspend and EventResume
	Refresh   *Refresh     // EventRefresh
	Zones     []int        // EventZones: those that are used from now on; EventZonalShift: the one that traffic leaves
	Lasts     des.Duration // EventZonalShift
}

// All asks an event for every instance it may concern.
const All = -1

// Happened is what an event did.
type Happened struct {
	At              des.Time
	Name, Why       string
	Desired, Result int           // before and after
	Effective       bool          // it changed anything
	Refresh         RefreshStatus // of an instance refresh that came so far
}

// refreshes are the calls about instance refreshes; each reports whether it was
// accepted.
type refreshes interface {
	start(name string, r *Refresh, report func(status RefreshStatus, why string)) bool
	cancel() bool
	rollBackAsked() bool
}

// outside is what EC2 does with instances that the group takes in, lets go or that are
// said to be at risk.
type outside interface {
	Adopt(p ec2.Pool, age des.Duration) *ec2.Instance
	Release(*ec2.Instance)
	Recommend(*ec2.Instance)
}

// handler takes an instance in and out by hand.
type handler interface {
	enterService(*Member)
	register(*Member)
	drain(m *Member, done func())
	terminate(m *Member, cause string, end End)
}

// supply is where the instances that are attached are, and of which pool.
type supply interface {
	choices(zone int) (pools []ec2.Pool, why string)
	open(pools []ec2.Pool) ec2.Pool
}

// controls is what a person may have the group do.
type controls interface {
	SetDesired(n int, why string)
	Suspend([]Process)
	Resume([]Process)
	Cooling() (busy bool, until des.Time)
	retryAt(des.Time)
	drained()
}

// operator carries out what people do to the group and its instances by hand.
type operator struct {
	*base
	*size
	*roster
	*History
	zones   *zoneSet
	pools   supply
	life    handler
	ec2     outside
	refresh refreshes
	group   controls
	shifter *shifter
}

// PlanEvents puts the events into the kernel, in phase Schedule. done is called
// after each with what it did.
func (g *Group) PlanEvents(list []Event, end des.Time, done func(Happened)) {
	for i := range list {
		e := &list[i]
		for k, at := range e.At {
			if at < end {
				g.kernel.At(at, des.Schedule, func() { done(g.operator.happen(e, k, done)) })
			}
		}
	}
}

func (o *operator) happen(e *Event, occurrence int, done func(Happened)) Happened {
	h := Happened{At: o.kernel.Now(), Name: e.Name, Desired: o.desired}
	switch e.Kind {
	case EventSuspend:
		o.group.Suspend(e.Processes)
		h.Why, h.Effective = "suspended "+listed(e.Processes), true
	case EventResume:
		o.group.Resume(e.Processes)
		h.Why, h.Effective = "resumed "+listed(e.Processes), true
	case EventRefresh:
		h.Effective = o.refresh.start(e.Name, e.Refresh, func(status RefreshStatus, why string) {
			done(Happened{Refresh: status, At: o.kernel.Now(), Name: e.Name, Desired: o.desired, Result: o.desired, Why: why})
		})
		h.Why, h.Refresh = "instance refresh InProgress", RefreshInProgress
		if !h.Effective {
			h.Refresh = ""
			h.Why = "instance refresh refused: another is in progress"
		}
	case EventCancelRefresh:
		if h.Why, h.Effective = "no instance refresh to cancel: none is in progress", o.refresh.cancel(); h.Effective {
			h.Why = "cancelled the instance refresh"
		}
	case EventRollbackRefresh:
		if h.Why, h.Effective = "no instance refresh to roll back: none is in progress, or it is rolled back already", o.refresh.rollBackAsked(); h.Effective {
			h.Why = "rolls the instance refresh back"
		}
	case EventSetDesired:
		h.Why, h.Effective = o.resize(e.Sizes.Desired, e.Honour)
	case EventUpdate:
		h.Why, h.Effective = o.constrain(e.Sizes)
	case EventAttach:
		h.Why, h.Effective = o.attachAll(e.Count)
	case EventZones:
		h.Why, h.Effective = o.zones.use(e.Zones)
	case EventZonalShift:
		h.Why, h.Effective = o.shifter.begin(e.Zones[0], e.Lasts, func(why string) {
			done(Happened{At: o.kernel.Now(), Name: e.Name, Desired: o.desired, Result: o.desired, Why: why})
		})
	default:
		h.Why, h.Effective = o.actOn(e, occurrence)
	}
	h.Result = o.desired
	o.observe()
	return h
}

func listed(list []Process) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.String()
	}
	return strings.Join(names, ", ")
}

// actOn carries an event out on Count instances, chosen at random among those it
// may concern.
func (o *operator) actOn(e *Event, occurrence int) (string, bool) {
	var may []*Member
	list := o.active
	if e.Kind == EventExitStandby {
		list = o.Standby()
	}
	for _, m := range list {
		if o.concerns(e, m) {
			may = append(may, m)
		}
	}
	n := len(may)
	if e.Count != All {
		n = min(n, e.Count)
	}
	var ids []string
	forbidden := 0
	for k := range n {
		s := rng.Key(o.seed, rng.Purpose("event/"+e.Name), uint64(occurrence), uint64(k))
		i := s.IntN(len(may))
		m := may[i]
		may = append(may[:i:i], may[i+1:]...)
		if o.carryOut(e, m) {
			ids = append(ids, m.Instance.ID())
		} else {
			forbidden++
		}
	}
	what := e.deed()
	text := fmt.Sprintf("%s: %s", what, strings.Join(ids, ", "))
	if len(ids) == 0 {
		text = what + ": no instance that it could concern"
	}
	if forbidden > 0 {
		text += fmt.Sprintf("; %d refused: the group would leave [%d, %d]", forbidden, o.min, o.max)
	}
	return text, len(ids) > 0
}

// deed words what an event does to instances.
func (e *Event) deed() string {
	switch {
	case e.Kind == EventStandby:
		return "to standby"
	case e.Kind == EventExitStandby:
		return "out of standby"
	case e.Kind == EventDetach:
		return "detached"
	case e.Kind == EventTerminate:
		return "terminated by hand"
	case e.Kind == EventRecommend:
		return "recommended to be rebalanced"
	case e.Protected:
		return "protected from scale-in"
	}
	return "protection lifted from"
}

func (o *operator) carryOut(e *Event, m *Member) bool {
	switch e.Kind {
	case EventStandby:
		return o.enterStandby(m, e.Decrement)
	case EventExitStandby:
		return o.exitStandby(m)
	case EventDetach:
		return o.detach(m, e.Decrement)
	case EventTerminate:
		return o.dismiss(m, e.Decrement)
	case EventRecommend:
		o.ec2.Recommend(m.Instance)
		return true
	}
	o.protect(m, e.Protected)
	return true
}
