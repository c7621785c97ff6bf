package control

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// acts keeps what scheduled actions, or scripted events, did.
type acts struct {
	ran map[string]int    // effective runs by name
	hit map[string]int    // all runs
	why map[string]string // what came of the last one
}

func newActs() acts {
	return acts{ran: map[string]int{}, hit: map[string]int{}, why: map[string]string{}}
}

// note keeps a run.
func (s *acts) note(name, why string, effective bool) {
	s.hit[name]++
	s.why[name] = why
	if effective {
		s.ran[name]++
	}
}

// idle says why one never did anything.
func (s *acts) idle(name string) string {
	if s.hit[name] == 0 {
		return "its time lies outside the run"
	}
	return s.why[name]
}

// planEvents puts the scripted events into the kernel.
func (ctl *Controller) planEvents() {
	ctl.events = newActs()
	ctl.group.PlanEvents(ctl.cfg.Events, ctl.end, func(h asg.Happened) {
		ctl.host.Changed()
		ctl.events.note(h.Name, h.Why, h.Effective)
		ctl.policies.decisions = append(ctl.policies.decisions, record.Decision{
			At: h.At, Policy: h.Name, Metric: math.NaN(), Source: record.FromEvent, Alarm: "event", Want: -1, Desired: h.Desired, Result: h.Result, Why: h.Why, Refresh: h.Refresh,
		})
	})
}

// idleEvents lists the scripted events that did nothing.
func (ctl *Controller) idleEvents() []record.Inactive {
	var out []record.Inactive
	for i := range ctl.cfg.Events {
		if name := ctl.cfg.Events[i].Name; ctl.events.ran[name] == 0 {
			out = append(out, record.Inactive{Rule: "event " + name, Why: ctl.events.idle(name)})
		}
	}
	return out
}

// inherit begins a settled run with the bounds that scheduled actions before the
// start left. A group of which the user says the size, or that begins cold, has not
// lived before.
func (ctl *Controller) inherit() {
	if g := &ctl.cfg.Group; g.Cold || g.Desired != asg.Settled {
		return
	}
	var done []asg.Changed
	ctl.inherited, done = ctl.group.Inherit(ctl.cfg.Schedule, ctl.group.Min())
	for _, c := range done {
		if c.Effective {
			ctl.kernel.At(0, des.Schedule, func() {
				n := ctl.group.Desired()
				ctl.policies.decisions = append(ctl.policies.decisions, record.Decision{
					Policy: c.Name, Metric: math.NaN(), Source: record.FromSchedule, Alarm: "schedule", Want: -1, Desired: n, Result: n, Why: c.Why, Until: des.Never,
				})
			})
		}
	}
}

// planSchedules puts the scheduled actions into the kernel.
func (ctl *Controller) planSchedules() {
	ctl.schedules = newActs()
	ctl.group.PlanSchedules(ctl.cfg.Schedule, ctl.end, func(c asg.Changed) {
		ctl.host.Changed()
		ctl.schedules.note(c.Name, c.Why, c.Effective)
		want := -1
		if c.Result != c.Desired {
			want = c.Result
		}
		ctl.policies.decisions = append(ctl.policies.decisions, record.Decision{
			At: c.At, Policy: c.Name, Metric: math.NaN(), Source: record.FromSchedule, Alarm: "schedule", Want: want, Desired: c.Desired, Result: c.Result, Why: c.Why, Won: want >= 0, Until: des.Never,
		})
	})
}

// idleSchedules lists the scheduled actions that changed nothing.
func (ctl *Controller) idleSchedules() []record.Inactive {
	var out []record.Inactive
	for i := range ctl.cfg.Schedule {
		s := &ctl.cfg.Schedule[i]
		if ctl.schedules.ran[s.Name] > 0 {
			continue
		}
		out = append(out, record.Inactive{Rule: "schedule " + s.Name, Why: ctl.schedules.idle(s.Name)})
	}
	return out
}
