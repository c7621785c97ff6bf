// Package control is who decides about the size of a group, and when: its policies and
// the alarms they follow, predictive scaling, other systems' autoscalers, scheduled
// actions and scripted acts, and the size a settled run begins with. What to decide is
// package scaling's; carrying it out is the group's.
//
// Open controller.go first, then policies.go.
package control

import (
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/workload"
)

// Group is what is controlled: an [asg.Group].
type Group interface {
	Desired() int
	Min() int
	Max() int
	InService() (since []des.Time, pending int)
	Cooling() (busy bool, until des.Time)
	Suspended(asg.Process) bool
	Overshoot() int // 0: capacity is counted in instances

	SetDesired(n int, why string)
	SetDesiredFor(n int, why, note string, warmup des.Duration)
	RaiseMax(n int)
	BeginSimple(cooldown des.Duration)
	WatchRefresh() // alarms were evaluated

	Inherit(list []asg.Schedule, desired int) (left int, done []asg.Changed)
	PlanSchedules(list []asg.Schedule, end des.Time, done func(asg.Changed))
	PlanEvents(list []asg.Event, end des.Time, done func(asg.Happened))
}

// Host is the run around it.
type Host interface {
	// Series are the datapoints of a metric, as CloudWatch publishes them.
	Series(c scaling.Custom) *cloudwatch.Series
	// Gather begins to read the instances: see scaling.Host.
	Gather(every, delay, keep des.Duration) scaling.Readings
	Offered() uint64 // first attempts since the start
	Changed()        // the group was acted on: bounds, members, desired capacity
}

// Setup is what a controller is made of.
type Setup struct {
	Config *record.Config
	Seed   uint64
	Loads  []*workload.Compiled // of the run, in the order of Config.Loads
	Kernel *des.Kernel
	Group  Group
	Host   Host
}

// Controller drives a group through a run.
type Controller struct {
	cfg    *record.Config
	seed   uint64
	end    des.Time
	loads  []*workload.Compiled
	kernel *des.Kernel
	group  Group
	host   Host

	policies  *policies
	predictor *predictor
	foreign   *foreign // another system's autoscaler; nil without one
	schedules acts
	events    acts
	inherited int // desired, of scheduled actions before the start
}

// New plans all that decides over a run.
func New(s Setup) *Controller {
	ctl := &Controller{cfg: s.Config, seed: s.Seed, end: des.Time(s.Config.Duration), loads: s.Loads, kernel: s.Kernel, group: s.Group, host: s.Host}
	ctl.inherit()
	ctl.policies = newPolicies(ctl)
	ctl.planSchedules()
	ctl.predictor = newPredictor(ctl)
	ctl.foreign = newForeign(ctl)
	ctl.planEvents()
	return ctl
}

// InAlarm reports whether the user's alarm of a name is in ALARM.
func (ctl *Controller) InAlarm(name string) bool { return inAlarm(ctl.policies.Alarm(name)) }

// Decisions are all that were kept, in order of time.
func (ctl *Controller) Decisions() []record.Decision { return ctl.policies.decisions }

// Warnings are about formulas that failed.
func (ctl *Controller) Warnings() []string { return ctl.policies.formulaWarnings() }

// Forecasts say how good the forecasts of the window were.
func (ctl *Controller) Forecasts() []record.Forecast { return ctl.predictor.summary() }

// ForecastAt is the forecast for the hour that holds t: requests a second, NaN without
// one, and the capacity that is made of it, -1 without one.
func (ctl *Controller) ForecastAt(t des.Time) (rate float64, capacity int) {
	return ctl.predictor.at(t)
}

// LoadForecastAt is the load that is forecast for the hour that holds t, as the metric of
// the policy shown has it; NaN without a forecast.
func (ctl *Controller) LoadForecastAt(t des.Time) float64 {
	return ctl.predictor.loadAt(t)
}

// from is when the window begins.
func (ctl *Controller) from() des.Time { return des.Time(ctl.cfg.WarmUp) }
