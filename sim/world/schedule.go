package world

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// scheduled keeps what scheduled actions did.
type scheduled struct {
	ran map[string]int    // effective runs by name
	hit map[string]int    // all runs
	why map[string]string // what came of the last one
}

func newScheduled() scheduled {
	return scheduled{ran: map[string]int{}, hit: map[string]int{}, why: map[string]string{}}
}

// note keeps a run.
func (s *scheduled) note(name, why string, effective bool) {
	s.hit[name]++
	s.why[name] = why
	if effective {
		s.ran[name]++
	}
}

// idle says why one never did anything.
func (s *scheduled) idle(name string) string {
	if s.hit[name] == 0 {
		return "its time lies outside the run"
	}
	return s.why[name]
}

// planEvents puts the scripted events into the kernel.
func (w *world) planEvents() {
	w.events = newScheduled()
	w.group.PlanEvents(w.cfg.Events, w.end, func(h asg.Happened) {
		w.lives.dirty = true
		w.events.note(h.Name, h.Why, h.Effective)
		w.policies.decisions = append(w.policies.decisions, Decision{
			At: h.At, Policy: h.Name, Metric: math.NaN(), Source: record.FromEvent, Alarm: "event", Want: -1, Desired: h.Desired, Result: h.Result, Why: h.Why, Refresh: h.Refresh,
		})
	})
}

// idleEvents lists the scripted events that did nothing.
func (w *world) idleEvents() []Inactive {
	var out []Inactive
	for i := range w.cfg.Events {
		if name := w.cfg.Events[i].Name; w.events.ran[name] == 0 {
			out = append(out, Inactive{Rule: "event " + name, Why: w.events.idle(name)})
		}
	}
	return out
}

// inherit begins a settled run with the bounds that scheduled actions before the
// start left. A group of which the user says the size, or that begins cold, has not
// lived before.
func (w *world) inherit() {
	if g := &w.cfg.Group; g.Cold || g.Desired != asg.Settled {
		return
	}
	var done []asg.Changed
	w.inherited, done = w.group.Inherit(w.cfg.Schedule, w.group.Min())
	for _, c := range done {
		if c.Effective {
			w.kernel.At(0, des.Schedule, func() {
				n := w.group.Desired()
				w.policies.decisions = append(w.policies.decisions, Decision{
					Policy: c.Name, Metric: math.NaN(), Source: record.FromSchedule, Alarm: "schedule", Want: -1, Desired: n, Result: n, Why: c.Why, Until: des.Never,
				})
			})
		}
	}
}

// planSchedules puts the scheduled actions into the kernel.
func (w *world) planSchedules() {
	w.schedules = newScheduled()
	w.group.PlanSchedules(w.cfg.Schedule, w.end, func(c asg.Changed) {
		w.lives.dirty = true
		w.schedules.note(c.Name, c.Why, c.Effective)
		want := -1
		if c.Result != c.Desired {
			want = c.Result
		}
		w.policies.decisions = append(w.policies.decisions, Decision{
			At: c.At, Policy: c.Name, Metric: math.NaN(), Source: record.FromSchedule, Alarm: "schedule", Want: want, Desired: c.Desired, Result: c.Result, Why: c.Why, Won: want >= 0, Until: des.Never,
		})
	})
}

// idleSchedules lists the scheduled actions that changed nothing.
func (w *world) idleSchedules() []Inactive {
	var out []Inactive
	for i := range w.cfg.Schedule {
		s := &w.cfg.Schedule[i]
		if w.schedules.ran[s.Name] > 0 {
			continue
		}
		out = append(out, Inactive{Rule: "schedule " + s.Name, Why: w.schedules.idle(s.Name)})
	}
	return out
}
