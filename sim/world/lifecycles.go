package world

import (
	"fmt"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// lifecycles follows every instance through its disjoint states and keeps the exact
// history of the fleet's capacity.
type lifecycles struct {
	world       *world
	dirty       bool
	records     []*lifecycle // by ordinal
	open        []*lifecycle // those not gone yet
	capacity    []record.CapacityChange
	faults      []*hit
	broken      []record.Violation
	checked     int // members seen so far
	overshoot   int // the largest weight, by which desired and max_size may be exceeded; 0 without weights
	weight      int // capacity at the last change
	ceiling     int // what actual may not exceed just now
	poolCeiling int // what the warm pool may not exceed just now
	extras      int // instances launched ahead of those they replace, at the last change
}

// lifecycle is what is known of one instance.
type lifecycle struct {
	record.Instance
	member     *asg.Member
	now        record.State
	everGood   bool     // since it was last called
	good       des.Time // then, found healthy for the first time; des.Never
	run        *ec2.Run
	outAt      des.Time // left the routing after a fault, for good so far; des.Never
	open       bool     // has requests only because the balancer fails open
	openSince  uint64   // attempts that had failed on it, or were in flight, as that began
	lostOpen   uint64   // attempts sent in such stretches since it was struck, and over, that failed
	unhealthy  des.Time // first found unhealthy; des.Never
	lastWarmth bool
}

// hit is a fault in progress.
type hit struct {
	fault.Injection
	lifecycle *lifecycle
	readyAt   int // ready instances before it
	plane     serving.ID
	base      uint64 // attempts that had failed on the instance before
	idle      bool   // it had no traffic: in the warm pool, in standby or on its way, and got none later
	routed    uint64 // attempts that had been sent to the instance before

	overAt     des.Time // its effect on the instance was over; des.Never
	superseded bool     // as another fault struck the instance
	settled    bool     // what came of it is known: it is over, or the run is
	// If settled: what was lost, and when the instance left the routing and was unhealthy.
	lost, lostOpen   uint64
	outAt, unhealthy des.Time
}

// newRun reports whether we see this run of i for the first time.
func (l *lifecycles) newRun(i *ec2.Instance) bool {
	rec := l.record(i)
	known := rec.run == i.Run
	rec.run = i.Run
	return !known
}

// record returns the life of i, begun if need be.
func (l *lifecycles) record(i *ec2.Instance) *lifecycle {
	for len(l.records) <= i.Ordinal {
		rec := &lifecycle{now: record.Gone, good: des.Never, outAt: des.Never, unhealthy: des.Never}
		rec.Ordinal = len(l.records)
		rec.Running, rec.Up, rec.Registered, rec.FirstGood, rec.Routed, rec.Ended, rec.Marked = des.Never, des.Never, des.Never, des.Never, des.Never, des.Never, des.Never
		l.records, l.open = append(l.records, rec), append(l.open, rec)
	}
	return l.records[i.Ordinal]
}

// update looks at every living instance after something changed, and appends to
// the history what is different.
func (l *lifecycles) update() {
	l.dirty = false
	w := l.world
	now := w.kernel.Now()
	for ; l.checked < len(w.group.Members); l.checked++ {
		m := w.group.Members[l.checked]
		rec := l.record(m.Instance)
		rec.member = m
		rec.ID, rec.Zone, rec.Launched = m.Instance.ID(), w.cfg.Group.Zones[m.Instance.Zone], m.Instance.Launched
		rec.Type, rec.Spot = m.Instance.Model.Type.Name, m.Instance.Spot
	}
	change := record.CapacityChange{At: now, Desired: w.group.Desired(), MinSize: w.group.Min(), MaxSize: w.group.Max(), SlowStart: w.balancer.Slow()}
	kept := l.open[:0]
	for _, rec := range l.open {
		state := l.judge(rec, now)
		if len(rec.Changes) == 0 || state != rec.now {
			rec.become(state, now)
		}
		count(&change, state, rec.member)
		l.route(rec, state, &change)
		if rec.member.Instance.Bills() {
			change.Running++
		}
		if state != record.Gone {
			kept = append(kept, rec)
		}
	}
	l.open = kept
	l.checkExtras(now)
	l.checkWeights(&change, l.extras)
	pooled := w.group.Pool()
	l.checkPool(now, &pooled)
	l.append(change)
}

// become notes a change of state. Two changes at one instant leave the last, but
// a drain is kept even if it took no time: nothing was in flight.
func (rec *lifecycle) become(s record.State, now des.Time) {
	rec.now = s
	if n := len(rec.Changes); n > 0 && rec.Changes[n-1].At == now && rec.Changes[n-1].State != record.Draining {
		rec.Changes = rec.Changes[:n-1]
	}
	rec.Changes = append(rec.Changes, record.StateChange{At: now, State: s})
}

// judge returns the state of a life at now, and notes its milestones.
func (l *lifecycles) judge(rec *lifecycle, now des.Time) record.State {
	m, i := rec.member, rec.member.Instance
	rec.Ended, rec.End = i.StoppedAt, m.End
	rec.Running, rec.Up = min(rec.Running, i.RunningAt), min(rec.Up, i.UpAt)
	switch m.Phase {
	case asg.PhaseWarmedPending:
		rec.everGood, rec.good, rec.lastWarmth = false, des.Never, false
		return record.WarmedPending
	case asg.PhaseWarmed:
		return record.WarmedStopped + record.State(l.world.cfg.Group.WarmPool.State)
	case asg.PhaseWarmedTerminating:
		return record.WarmedTerminating
	case asg.PhasePending:
		return record.Pending
	case asg.PhaseStandby:
		return record.Standby
	case asg.PhaseDraining:
		rec.leave(now)
		return record.Draining
	case asg.PhaseTerminating:
		rec.leave(now)
		return record.Terminating
	case asg.PhaseGone:
		return record.Gone
	}
	if rec.Registered == des.Never {
		rec.Registered = m.InServiceAt
	}
	health, known := l.world.balancer.Health(i.Plane)
	if health == elb.Healthy && !rec.everGood && (i.Up || !l.world.cfg.Balancer.Polled) {
		rec.everGood, rec.good = true, now
		if rec.FirstGood == des.Never {
			rec.FirstGood, rec.LostBooting = now, lost(l.world.plane, i.Plane)
		}
	}
	// The group's mark and the target's health are two facts: until the group
	// deregisters an instance that it has marked, a healthy target has its requests.
	if m.Unhealthy {
		rec.leave(now)
		rec.Marked = min(rec.Marked, now)
	}
	if health == elb.Unhealthy && rec.everGood || m.Unhealthy && !known {
		rec.leave(now)
		return record.Unhealthy
	}
	if !rec.everGood {
		return record.Booting
	}
	if warm := m.InServiceAt.Add(l.world.control.Warmup()); now < warm {
		if !rec.lastWarmth {
			rec.lastWarmth = true
			l.world.kernel.At(warm, des.Begin, func() { l.dirty = true })
		}
		return record.Warming
	}
	return record.Ready
}

// leave notes when the balancer or the group first turned away from a struck
// instance.
func (rec *lifecycle) leave(now des.Time) {
	if rec.unhealthy == des.Never {
		rec.unhealthy = now
	}
}

// route counts an instance in service by what the balancer and the group think of it,
// and notes when a struck one left the routing for good: not where it comes back healthy.
func (l *lifecycles) route(rec *lifecycle, s record.State, c *record.CapacityChange) {
	routed := l.world.balancer.Routed(rec.member.Instance.Plane)
	if routed {
		rec.Routed = min(rec.Routed, c.At)
	}
	switch health, _ := l.world.balancer.Health(rec.member.Instance.Plane); {
	case rec.Struck == "":
	case !routed && rec.Routed != des.Never: // one on its way is not out yet
		rec.outAt = min(rec.outAt, c.At)
	case routed && health == elb.Healthy:
		rec.outAt = des.Never // it is back
	}
	l.failOpen(rec, routed)
	if !s.InService() {
		return
	}
	if routed {
		c.Routed += rec.member.Units()
	}
	if rec.member.Unhealthy {
		c.Marked += rec.member.Units()
	}
}

// failOpen counts what a target loses while it has requests only because the balancer
// fails open: those sent in such a stretch. What is in flight as it begins or ends was
// sent before, and is lost as a rule.
func (l *lifecycles) failOpen(rec *lifecycle, routed bool) {
	plane := rec.member.Instance.Plane
	open := routed && l.world.balancer.RoutedUnhealthy(plane)
	if open == rec.open {
		return
	}
	rec.open = open
	if sent := lostOrInFlight(l.world.plane, plane); open {
		rec.openSince = sent
	} else {
		rec.lostOpen += above(sent, rec.openSince)
	}
}

// lostOnOpen is what a hit lost of what was sent to it only because the balancer failed
// open, by now.
func (h *hit) lostOnOpen(p serving.Plane) uint64 {
	n := h.lifecycle.lostOpen
	if h.lifecycle.open {
		n += above(lost(p, h.plane), h.lifecycle.openSince)
	}
	return min(n, above(lost(p, h.plane), h.base))
}

// above is a - b, and 0 where that is negative.
func above(a, b uint64) uint64 {
	if a < b {
		return 0
	}
	return a - b
}

// count adds a member in a state.
func count(c *record.CapacityChange, s record.State, m *asg.Member) {
	n := m.Units()
	if m.Instance.Spot && m.Active() {
		c.Spot += n
	}
	switch s {
	case record.Pending:
		c.States.Pending += n
	case record.Booting:
		c.States.Booting += n
	case record.Unhealthy:
		c.States.Unhealthy += n
	case record.Warming:
		c.States.Warming += n
	case record.Ready:
		c.States.Ready += n
	case record.Draining:
		c.States.Draining += n
	case record.Terminating:
		c.States.Terminating += n
	case record.Standby:
		c.States.Standby += n
	case record.WarmedPending:
		c.States.WarmedPending += n
	case record.WarmedStopped:
		c.States.WarmedStopped += n
	case record.WarmedRunning:
		c.States.WarmedRunning += n
	case record.WarmedHibernated:
		c.States.WarmedHibernated += n
	case record.WarmedTerminating:
		c.States.WarmedTerminating += n
	}
}

// append adds a change to the history and checks the bounds, at every instant.
func (l *lifecycles) append(c record.CapacityChange) {
	if c.Desired < c.MinSize || c.Desired > c.MaxSize {
		l.broken = append(l.broken, record.Violation{Law: "min <= desired <= max", Detail: fmt.Sprintf("desired %d outside [%d, %d] at %v", c.Desired, c.MinSize, c.MaxSize, c.At)})
	}
	// A maximum that was lowered is exceeded until the group has acted on it, but
	// never by more than was there.
	actual := c.States.Pending + c.States.InService() - l.extras
	most := c.MaxSize + l.overshoot
	l.ceiling = max(most, min(l.ceiling, actual))
	if actual > l.ceiling {
		l.broken = append(l.broken, record.Violation{Law: "actual <= max", Detail: fmt.Sprintf("%d units pending or in service, max_size %d, at %v", actual, c.MaxSize, c.At)})
	}
	if actual <= most {
		l.ceiling = most
	}
	n := len(l.capacity)
	if n > 0 && l.capacity[n-1].At == c.At {
		l.capacity[n-1] = c
		return
	}
	if n > 0 {
		last := l.capacity[n-1]
		last.At = c.At
		if last == c {
			return
		}
	}
	l.capacity = append(l.capacity, c)
}

// checkExtras checks how many instances were launched ahead of those they replace:
// one to even out the zones, within its ceiling, or as many as the maintenance
// policy lets run. What was allowed stays so when desired falls.
func (l *lifecycles) checkExtras(at des.Time) {
	g := l.world.group
	n := g.Extras()
	if allowed := g.ExtrasAllowed(); n > max(l.extras, allowed) {
		l.broken = append(l.broken, record.Violation{Law: "overshoot <= what the event allows", Detail: fmt.Sprintf("%d instances above desired, %d allowed, at %v", n, allowed, at)})
	}
	l.extras = n
}

// checkPool checks the warm pool's size. What was allowed stays so when the size
// shrinks, and scale-in may return more than it holds.
func (l *lifecycles) checkPool(at des.Time, p *asg.PoolCount) {
	l.poolCeiling = max(p.Size+p.Returning, min(l.poolCeiling, p.Members))
	if p.Members > l.poolCeiling {
		l.broken = append(l.broken, record.Violation{Law: "warm pool <= its size", Detail: fmt.Sprintf("%d members, %d of them returning, of %d, at %v", p.Members, p.Returning, p.Size, at)})
	}
}

// struck opens an incident.
func (l *lifecycles) struck(by fault.Injection) {
	i := l.world.fleet.Instances[by.Ordinal]
	rec := l.record(i)
	for _, h := range l.faults {
		if h.plane == i.Plane && !h.settled {
			h.settle(l.world.plane)
			h.overAt, h.superseded = by.At, true
		}
	}
	rec.Struck = by.Name
	rec.unhealthy, rec.outAt = des.Never, des.Never
	s := &hit{Injection: by, lifecycle: rec, plane: i.Plane, idle: !rec.now.Serves() && !rec.open, overAt: des.Never}
	if n := len(l.capacity); n > 0 {
		s.readyAt = l.capacity[n-1].States.Ready
	}
	s.base, s.routed = lost(l.world.plane, i.Plane), routed(l.world.plane, i.Plane)
	rec.openSince, rec.lostOpen = s.base, 0
	l.faults = append(l.faults, s)
	if i.Plane >= 0 {
		l.world.watchTraffic(i)
	}
	l.dirty = true
}

// over notes that what a fault did to an instance is over, and the instance well again.
func (l *lifecycles) over(hit fault.Injection) {
	for _, h := range l.faults {
		if h.Injection == hit && !h.settled {
			h.settle(l.world.plane)
			h.overAt = l.world.kernel.Now()
		}
	}
}

// settle notes what came of a fault by now, once.
func (h *hit) settle(p serving.Plane) {
	if !h.settled {
		h.lost, h.lostOpen, h.settled = lost(p, h.plane), h.lostOnOpen(p), true
		h.outAt, h.unhealthy = h.lifecycle.outAt, h.lifecycle.unhealthy
		h.idle = h.idle && routed(p, h.plane) == h.routed
	}
}

// routed counts the attempts that were sent to an instance.
func routed(p serving.Plane, id serving.ID) uint64 {
	if id < 0 {
		return 0
	}
	var c serving.InstanceCounters
	p.ReadInstance(id, &c)
	return c.Routed
}

// lost counts the attempts on an instance that ended in a failure.
func lost(p serving.Plane, id serving.ID) uint64 {
	var c serving.InstanceCounters
	p.ReadInstance(id, &c)
	var n uint64
	for r, k := range c.Ended {
		if serving.Reason(r) != serving.OK {
			n += k
		}
	}
	return n
}

// lostOrInFlight counts them and those of which the client does not know yet.
func lostOrInFlight(p serving.Plane, id serving.ID) uint64 {
	var c serving.InstanceCounters
	p.ReadInstance(id, &c)
	return c.Routed - c.Ended[serving.OK]
}

// maxMissed is how many failed health checks of a struck instance are kept.
const maxMissed = 12

// missed notes a failed health check of a struck instance.
func (l *lifecycles) missed(id serving.ID, inRow int) {
	for _, rec := range l.open {
		if rec.member != nil && rec.member.Instance.Plane == id && rec.Struck != "" && len(rec.Missed) < maxMissed {
			rec.Missed = append(rec.Missed, record.Miss{At: l.world.kernel.Now(), InRow: inRow})
		}
	}
}
