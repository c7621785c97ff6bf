package des

import "fmt"

// Phase orders the control events of one instant (aws-like order of work: what
// ends, what begins, what is measured, what is decided, what is carried out).
type Phase uint8

// The phases of an instant, in the order they run.
const (
	Finish    Phase = iota // drains end, probes answer, instances terminate
	Begin                  // boots end, faults strike, instances start
	Publish                // metric periods end
	Alarm                  // alarms are evaluated
	Schedule               // scheduled actions
	Forecast               // predictive scaling
	Decide                 // policies decide, results are combined and clamped
	Health                 // the group looks at its instances
	Reconcile              // the group launches and terminates
	phases
)

var phaseNames = [phases]string{"finish", "begin", "publish", "alarm", "schedule", "forecast", "decide", "health", "reconcile"}

// String returns the phase's name in lower case.
func (p Phase) String() string { return phaseNames[p] }

// maxRounds bounds how often one instant may go back to an earlier phase.
const maxRounds = 1000

// Kernel is the future-event list of the control plane. Events are ordered by
// (time, round, phase, sequence): an event put into an earlier phase of the
// current instant runs in a further round of it. The zero value is ready.
type Kernel struct {
	now    Time
	round  int
	phase  Phase
	seq    uint64
	heap   []*event
	fired  uint64
	inside bool
}

type event struct {
	at    Time
	round int
	phase Phase
	seq   uint64
	index int // in the heap; -1 once fired or cancelled
	do    func()
}

// Event is a handle with which a scheduled event can be cancelled. The zero
// Event refers to nothing.
type Event struct{ e *event }

// Now returns the current instant.
func (k *Kernel) Now() Time { return k.now }

// Fired returns the number of events run so far.
func (k *Kernel) Fired() uint64 { return k.fired }

// At schedules do at instant t in phase p. It panics if t is in the past: a
// model that asks for yesterday has a bug.
func (k *Kernel) At(t Time, p Phase, do func()) Event {
	if t < k.now {
		panic(fmt.Sprintf("des: event at %v in phase %v, but now is %v", t, p, k.now))
	}
	e := &event{at: t, phase: p, seq: k.seq, do: do}
	if t == k.now && k.inside {
		e.round = k.round
		if p < k.phase {
			e.round++
		}
		if e.round > maxRounds {
			panic(fmt.Sprintf("des: more than %d rounds at %v, last phase %v", maxRounds, t, p))
		}
	}
	k.seq++
	k.push(e)
	return Event{e}
}

// After schedules do at now + d in phase p.
func (k *Kernel) After(d Duration, p Phase, do func()) Event { return k.At(k.now.Add(d), p, do) }

// Cancel removes an event that has not run yet and reports whether it did.
func (k *Kernel) Cancel(ev Event) bool {
	if ev.e == nil || ev.e.index < 0 {
		return false
	}
	k.remove(ev.e.index)
	return true
}

// Pending reports whether ev is still to run.
func (ev Event) Pending() bool { return ev.e != nil && ev.e.index >= 0 }

// Next returns the instant of the earliest event, or Never.
func (k *Kernel) Next() Time {
	if len(k.heap) == 0 {
		return Never
	}
	return k.heap[0].at
}

// Advance moves the clock to t without running anything. It panics if an event
// is due before t, or if t is in the past.
func (k *Kernel) Advance(t Time) {
	if t < k.now || t > k.Next() {
		panic(fmt.Sprintf("des: advance to %v, but now is %v and an event is due at %v", t, k.now, k.Next()))
	}
	if t > k.now {
		k.now, k.round, k.phase, k.inside = t, 0, 0, false
	}
}

// Step runs the earliest event and reports whether there was one.
func (k *Kernel) Step() bool {
	if len(k.heap) == 0 {
		return false
	}
	e := k.heap[0]
	k.remove(0)
	k.now, k.round, k.phase, k.inside = e.at, e.round, e.phase, true
	k.fired++
	e.do()
	return true
}

func (a *event) before(b *event) bool {
	switch {
	case a.at != b.at:
		return a.at < b.at
	case a.round != b.round:
		return a.round < b.round
	case a.phase != b.phase:
		return a.phase < b.phase
	default:
		return a.seq < b.seq
	}
}

func (k *Kernel) push(e *event) {
	e.index = len(k.heap)
	k.heap = append(k.heap, e)
	k.up(e.index)
}

func (k *Kernel) remove(i int) {
	last := len(k.heap) - 1
	k.heap[i].index = -1
	if i != last {
		k.heap[i] = k.heap[last]
		k.heap[i].index = i
	}
	k.heap[last] = nil
	k.heap = k.heap[:last]
	if i != last {
		k.up(i)
		k.down(i)
	}
}

func (k *Kernel) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !k.heap[i].before(k.heap[parent]) {
			return
		}
		k.swap(i, parent)
		i = parent
	}
}

func (k *Kernel) down(i int) {
	for {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(k.heap); c++ {
			if k.heap[c].before(k.heap[least]) {
				least = c
			}
		}
		if least == i {
			return
		}
		k.swap(i, least)
		i = least
	}
}

func (k *Kernel) swap(i, j int) {
	k.heap[i], k.heap[j] = k.heap[j], k.heap[i]
	k.heap[i].index, k.heap[j].index = i, j
}
