// Package record is what a run is asked for and what it leaves behind: [Config] and
// [Record], plain values both. A world makes a record; accounts are drawn up from it and
// reports told when nothing of the run is alive any more.
//
// Open record.go first.
package record

import (
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/queue"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
)

// Record is all that a run leaves behind.
type Record struct {
	Config     *Config
	Seed       uint64
	Interval   des.Duration // of the rows: 60 s up to 14 days, then 300 s, then 3,600 s
	Rows       []Row        // what was measured and foretold; accounts add outcomes and money
	Capacity   []CapacityChange
	Instances  []Instance // by ordinal of launch
	Decisions  []Decision
	Activities []asg.Activity
	Metrics    []Published
	Faults     []fault.Injection
	Hits       []*Hit // of the faults on instances, in order
	Holds      []asg.Hold
	FailOpens  []FailOpen
	Anomalies  []Anomaly
	Traffic    []*Traffic

	Sampling *Sampling // nil of a run that served every request

	Group     GroupCounts
	Requests  Requests
	CPU       CPU
	Credits   *Credits // of burstable instances; nil without any
	Blocked   []Blocked
	Forecasts []Forecast
	// IdleGood is the share of requests that are good where nothing else is under way,
	// where that is too little for the SLO, so that no fleet meets it; nil otherwise, and
	// where it is not known.
	IdleGood *float64
	Idle     []Inactive  // policies, schedules and events that never acted
	Warnings []string    // of formulas
	Broken   []Violation // laws that were broken while it ran

	ControlEvents uint64
}

// GroupCounts is what the group counted.
type GroupCounts struct {
	Began, Launched, Attached int        // instances
	Alive                     int        // followed to the end
	Scaled                    []des.Time // each launch and termination that a change of desired asked for
}

// Requests is what the plane counted.
type Requests struct {
	Counters serving.Counters // to the end
	Before   serving.Counters // when the window begins
	Cohorts  []serving.Cohort // by minute of first send
	// Of the dependencies, in the order of the configuration: to the end, and when the
	// window begins.
	Dependencies, DependenciesBefore []serving.DependencyCounters
	// Of the queue: to the end, and when the window begins; nil without one.
	Queue, QueueBefore *queue.Counters
	Served             *serving.Histogram
	Target             *serving.Histogram // as CloudWatch's TargetResponseTime
}

// CPU is what instances in service had and used over the window, in vCPU-ns and
// worker-ns.
type CPU struct {
	Busy, Available, WorkersBusy, Workers float64
	MaxMinute, Hottest                    float64 // shares: of the group's average, of one instance
	IdleWorkers                           int     // readings of requests queued beside an idle worker
}

// Hit is a fault on one instance.
type Hit struct {
	fault.Injection
	ReadyAt    int      // ready instances before it
	Idle       bool     // the instance had no traffic: in the warm pool, in standby or on its way
	Base       uint64   // attempts that had failed on it before
	Lost       uint64   // to the end of the run, of the fault, or to the next fault on the instance
	LostOpen   uint64   // of those since, sent while it had requests only because the balancer failed open
	OverAt     des.Time // the fault ended and left the instance well, or another struck it; des.Never
	Superseded bool     // another did
	OutAt      des.Time // it left the routing; des.Never
	Unhealthy  des.Time // first found unhealthy; des.Never
}

// Blocked is how long a policy wanted to scale in and could not, in the window.
type Blocked struct {
	Policy string
	By     scaling.Block
	For    des.Duration
}

// Forecast is how well a predictive scaling policy foresaw the load of the window.
type Forecast struct {
	Policy       string   `json:"policy"`
	Mode         string   `json:"mode"`
	HistoryHours int      `json:"history_hours"` // known at the start
	Hours        int      `json:"hours"`         // whole hours of the window with a forecast
	MAPE         *float64 `json:"mape"`          // mean |actual - forecast| / actual; null without such hours
	NaiveMAPE    *float64 `json:"naive_mape"`    // of the same hour a week (or a day) before
	MaxCapacity  int      `json:"max_capacity"`  // the highest capacity forecast
	Raised       int      `json:"raised"`        // hours whose forecast raised the desired capacity
}

// Credits is what became of CPU credits.
type Credits struct {
	Accounts               []CreditAccount
	Charges                []CreditCharge
	MinBalance, MaxSurplus float64      // of one instance in the window
	Throttled              des.Duration // instance time at the baseline in the window
	Earned, Spent          float64      // by all in the window
}

// CreditAccount is that of one run of an instance.
type CreditAccount struct {
	Ordinal   int
	StoppedAt des.Time
	Open      bool // it runs at the end
	Left      float64
	Surplus   ec2.Credits
	Spells    []Spell // at the baseline
}

// Spell is a stretch without credits.
type Spell struct{ From, To des.Time }

// CreditCharge is surplus that was charged for.
type CreditCharge struct {
	Ordinal int
	At      des.Time
	Credits ec2.Credits
}

// From is when the window begins.
func (r *Record) From() des.Time { return des.Time(r.Config.WarmUp) }

// End is when the run, and the window, end.
func (r *Record) End() des.Time { return des.Time(r.Config.Duration) }
