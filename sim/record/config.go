package record

import (
	"slices"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/fault"
	"asgsim/sim/queue"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// Config is everything a run needs, in plain values. Package scenarios makes it
// from a file and checks it; Run trusts it.
type Config struct {
	Title    string
	Variant  string // label of the variant; empty for the plain scenario
	Calendar des.Calendar
	Duration des.Duration // includes WarmUp
	WarmUp   des.Duration // whole minutes; every number is about [WarmUp, Duration)
	SLO      SLO
	Loads    []workload.Load
	Classes  []serving.Class
	// Dependencies are what requests ask besides the instances, in their order.
	Dependencies []serving.Dependency
	// Queue is what the instances drain instead of serving requests; nil: they serve.
	Queue    *queue.Config
	Template ec2.Template
	Balancer elb.Config
	Group    asg.Config
	Policies []scaling.Policy // in order of appearance; none: a fixed fleet
	Alarms   []cloudwatch.Definition
	Recorded []cloudwatch.Recorded // metrics that are replayed
	Math     []cloudwatch.Math     // metrics by metric math
	Schedule []asg.Schedule
	Events   []asg.Event
	Faults   []fault.Fault
	Watch    cloudwatch.Config
	Bill     billing.Config
	Baseline []Baseline
	// Prices says whose prices Bill and Template have, as BillBasis words it; empty: the
	// shipped ones.
	Prices string
	// Assumed are the keys behind Bill that nobody gave.
	Assumed []Assumption
	// Commitments are savings plans and reserved instances, in order of appearance.
	Commitments []billing.Commitment
	// Fidelity says whether every request is served.
	Fidelity Fidelity
	// Stretch is how many requests a stretch of a sampled run has at least; 0: as many as
	// the run's length leaves to each. For tests of how short a stretch may be.
	Stretch float64
	// NeededUnasked leaves out what is needed for the SLO, which is simulated once a
	// configuration: the rows then say that it is not known. For tests of thousands of
	// configurations.
	NeededUnasked bool
	// Explain keeps every evaluation with the datapoints behind it. It changes
	// nothing else about a run.
	Explain bool
}

// Replays reports whether a metric is a recorded one.
func (c *Config) Replays(m cloudwatch.Metric) bool {
	return slices.ContainsFunc(c.Recorded, func(r cloudwatch.Recorded) bool { return r.Metric == m })
}

// MathOf is the metric math of a metric; nil where it is none.
func (c *Config) MathOf(m cloudwatch.Metric) *cloudwatch.Math {
	for i := range c.Math {
		if c.Math[i].Metric == m {
			return &c.Math[i]
		}
	}
	return nil
}

// Assumption is a default that a bill may rest on: its key and value as a scenario
// writes them.
type Assumption struct{ Key, Value string }

// SLO is what users are promised.
type SLO struct {
	Latency         des.Duration // a served request slower than this is slow
	Good            float64      // share of offered requests that must be served and not slow
	BreachedMinutes float64      // share of the window's minutes that may be breached; 0.01
}

// Baseline is a fixed fleet to compare the cost with.
type Baseline struct {
	Name      string
	Instances int
}
