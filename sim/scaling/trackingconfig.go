package scaling

import "asgsim/sim/des"

// InStep is how much one scale-in action removes.
type InStep uint8

// The scale-in steps.
const (
	InTenth        InStep = iota // at most a tenth of the capacity, at least 1; default
	InOne                        // one instance an action
	InProportional               // all that the metric says are too many
)

var inStepNames = [...]string{"tenth", "one", "proportional"}

// String names the step as the file format does.
func (s InStep) String() string { return inStepNames[s] }

// Basis is the capacity that the metric is taken to describe.
type Basis uint8

// The bases.
const (
	BasisContributors Basis = iota // instances, or targets, that the datapoint used is an average over; default
	BasisWarm                      // instances in service and warmed up now
	BasisDesired                   // the desired capacity now
)

var bases = [...]string{"contributors", "warm", "desired"}

// String names the basis as the file format does.
func (b Basis) String() string { return bases[b] }

// Unset marks a duration the user did not give.
const Unset des.Duration = -1

// TargetTracking is a target tracking policy.
type TargetTracking struct {
	Name           string
	Metric         Metric
	Custom         Custom  // of Metric Customized
	Group          string  // the target group of ALBRequestCountPerTarget; empty: [target_group]
	Target         float64 // in the metric's unit: percent, requests a minute and target, bytes
	DisableScaleIn bool
	Warmup         des.Duration // EstimatedInstanceWarmup; Unset: the group's default instance warm-up, else its default cooldown
	LowRatio       float64      // AlarmLow threshold / target; 0.7
	AlarmPeriod    des.Duration // period of both alarms; 60 s, whatever the monitoring
	HighPeriods    int          // datapoints for AlarmHigh, M of M; 3
	LowPeriods     int          // datapoints for AlarmLow, M of M; 15
	InStep         InStep
	// Repeat is the least time between two actions while an alarm stays in ALARM
	// . Unset: every evaluation, and where no warm-up is given anywhere, the
	// default cooldown.
	Repeat   des.Duration
	Basis    Basis
	Deadband float64 // share of the target by which the metric must exceed it; 0
}
