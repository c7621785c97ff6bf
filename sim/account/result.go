package account

import (
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// Result is all that a run found out. It is the contract between a run and those
// who tell of it: report and chart render nothing that is not here.
type Result struct {
	Config     *record.Config
	Seed       uint64
	Summary    Summary
	Rows       []record.Row            // the timeline, one an Interval
	Interval   des.Duration            // 60 s up to 14 days, then 300 s, then 3,600 s
	Capacity   []record.CapacityChange // every change, exact; the first at 0
	Instances  []record.Instance       // by ordinal of launch
	Decisions  []record.Decision       // every evaluation of a policy, also those that changed nothing
	Activities []asg.Activity          // in order of start
	Metrics    []record.Published      // what CloudWatch showed of the metrics that alarms and policies watch
	Faults     []record.Injection
	Holds      []asg.Hold        // what kept the group or an instance from going on, by beginning
	FailOpens  []record.FailOpen // stretches in which the balancer sent requests to targets that were not healthy
	Anomalies  []record.Anomaly  // stretches in which the balancer gave a target less than its share for its errors
	Traffic    []*record.Traffic // of the faults that struck an instance, in order
	Bill       []billing.Line
	Inactive   []record.Inactive  // rules that never acted, with the reason
	Warnings   []string           // of formulas, Spot capacity and CPU credits
	Violations []record.Violation // broken laws of the audit: a bug of ours

	Served *serving.Histogram // what users of the window felt, for pooling over runs
}

// Summary holds the key figures, all in base units. The JSON names are part of
// the schema asgsim.run/v1.
type Summary struct {
	Requests       Requests             `json:"requests"`
	Latency        Latency              `json:"latency_s"`
	LatencyAll     LatencyAll           `json:"latency_all_s"`
	TargetResponse Latency              `json:"target_response_time_s"`
	SLO            SLOResult            `json:"slo"`
	Capacity       CapacitySummary      `json:"capacity"`
	CPU            CPUSummary           `json:"cpu_utilization"`
	Workers        *float64             `json:"worker_utilization"` // mean share of workers in use; null without a bound
	InstanceHours  float64              `json:"instance_hours"`
	Cost           Cost                 `json:"cost_usd"`
	Savings        []Saving             `json:"savings"`
	Needed         Needed               `json:"needed"`
	Lateness       []Late               `json:"lateness"`
	Launch         *LaunchTimes         `json:"launch_to_traffic"` // null where no new instance came to serve
	Faults         FaultSummary         `json:"faults"`
	Incidents      []Incident           `json:"incidents"`
	Engine         Engine               `json:"engine"`
	WorstMinute    *WorstMinute         `json:"worst_minute"`           // null when no request was bad
	Collapse       *collapse.Findings   `json:"collapse,omitempty"`     // of a run in which overload fed on itself
	Dependencies   []DependencySummary  `json:"dependencies,omitempty"` // in the order in which requests ask them
	Queue          *QueueSummary        `json:"queue,omitempty"`        // of a group that drains one
	Anomalies      []Anomaly            `json:"anomalies,omitempty"`    // targets that anomaly mitigation took traffic from
	Saturation     []collapse.Saturated `json:"saturation"`             // what was the bottleneck when
	Blocked        []BlockedScaleIn     `json:"scale_in_blocked"`
	Credits        *CreditSummary       `json:"cpu_credits,omitempty"` // of burstable instances
	WarmPool       *WarmPoolSummary     `json:"warm_pool,omitempty"`   // null without one
	Forecasts      []record.Forecast    `json:"forecasts,omitempty"`   // one a predictive scaling policy
	Spot           *SpotSummary         `json:"spot,omitempty"`        // of a group with Spot Instances
	Fidelity       *Fidelity            `json:"fidelity,omitempty"`    // of a sampled run; exact ones have none
}

// Requests counts requests first sent in the window.
type Requests struct {
	Offered    uint64            `json:"offered"`
	Served     uint64            `json:"served"`
	Failed     uint64            `json:"failed"`
	InFlight   uint64            `json:"in_flight"`
	Retries    uint64            `json:"retries"`
	Denied     uint64            `json:"retries_denied,omitempty"` // for want of a budget
	FailedBy   map[string]uint64 `json:"failed_by"`                // by reason of the last attempt; all reasons present
	AttemptsBy map[string]uint64 `json:"attempts_by"`              // attempts that ended in the window, by how
	HTTP       *record.HTTP      `json:"http"`                     // the same as the load balancer's metrics count them; null without one
	Slow       uint64            `json:"slow"`
	Good       uint64            `json:"good"`
	GoodShare  *float64          `json:"good_share"` // good / (offered - in flight); null with nothing offered
}

// Latency holds a mean and percentiles in seconds; nil where there is none.
type Latency struct {
	Mean *float64 `json:"mean"`
	P50  *float64 `json:"p50"`
	P90  *float64 `json:"p90"`
	P95  *float64 `json:"p95"`
	P99  *float64 `json:"p99"`
	P999 *float64 `json:"p99_9"`
	Max  *float64 `json:"max"`
}

// LatencyAll ranks every failed request above every served one; a percentile
// that falls among the failures is nil ("failed" in text). It has no mean.
type LatencyAll struct {
	P50  *float64 `json:"p50"`
	P90  *float64 `json:"p90"`
	P95  *float64 `json:"p95"`
	P99  *float64 `json:"p99"`
	P999 *float64 `json:"p99_9"`
}

// SLOResult says whether users got what they were promised.
type SLOResult struct {
	Met             bool    `json:"met"`
	LatencyS        float64 `json:"latency_s"`
	Good            float64 `json:"good"`
	BreachedMinutes int     `json:"breached_minutes"`
	AllowedMinutes  float64 `json:"allowed_minutes"`
	ErrorBudgetUsed float64 `json:"error_budget_used"` // bad share / (1 - good); 1 is all of it
}

// MinMeanMax is over the window, the mean by time.
type MinMeanMax struct {
	Min  int     `json:"min"`
	Mean float64 `json:"mean"`
	Max  int     `json:"max"`
}

// CapacitySummary is the fleet over the window, in instances; with weights in units.
type CapacitySummary struct {
	Unit               string     `json:"unit,omitempty"` // "units" with weights
	InService          MinMeanMax `json:"in_service"`
	Desired            MinMeanMax `json:"desired"`
	MinSize            int        `json:"min_size"` // the lowest in force; schedules, forecasts and people move it
	MaxSize            int        `json:"max_size"` // the highest in force
	Launches           int        `json:"launches"`
	Terminations       int        `json:"terminations"`
	HealthReplacements int        `json:"health_replacements"`
	ScalingActivities  int        `json:"scaling_activities"` // launches and terminations that a change of desired asked for
	ScaleOuts          int        `json:"scale_outs"`         // changes of desired upwards
	ScaleIns           int        `json:"scale_ins"`
	MinutesAtMax       float64    `json:"minutes_at_max"` // desired = the max_size in force
	MinutesAtMin       float64    `json:"minutes_at_min"`
}

// CPUSummary is CPU utilization as shares (0.5 is 50 %).
type CPUSummary struct {
	Mean      float64 `json:"mean"`       // CPU busy time / (vCPU x time) over all in-service instance time
	MaxMinute float64 `json:"max_minute"` // highest group average of a minute
	Hottest   float64 `json:"hottest"`    // highest minute of a single instance
}

// Cost is money over the window; Total = EC2 + LoadBalancer + Monitoring + Storage.
type Cost struct {
	Total          float64  `json:"total"`
	EC2            float64  `json:"ec2"`
	LoadBalancer   float64  `json:"load_balancer"`
	Monitoring     float64  `json:"monitoring"`
	Storage        float64  `json:"storage,omitempty"` // volumes of the warm pool's members
	PerDay         float64  `json:"per_day"`           // Total by 24 hours
	PerMonth       *float64 `json:"per_month"`         // 730 hours; whole weeks scaled, else weekdays and weekends 5:2, else null
	MonthBasis     string   `json:"month_basis"`
	EC2PerMonth    *float64 `json:"ec2_per_month"` // EC2 by the same rule
	PerMillionGood *float64 `json:"per_million_good"`
	EC2PerDay      float64  `json:"ec2_per_day"`
	LCUHours       float64  `json:"lcu_hours"`
	// EC2Cash is EC2 after commitments: what is paid, used or not. Null without any.
	EC2Cash        *float64         `json:"ec2_cash,omitempty"`
	Commitments    []CommitmentCost `json:"commitments,omitempty"`
	SurplusCredits float64          `json:"surplus_credits,omitempty"` // of EC2, beyond instance-hours
	PriceHour      float64          `json:"price_hour"`
	PriceSource    string           `json:"price_source"` // "on demand, us-east-1, Linux, 2026-07-20" or "own price"
	NotIncluded    []string         `json:"not_included"`
	RestsOn        []string         `json:"load_balancer_rests_on,omitempty"` // defaults that move its bill by more than 5 % when doubled or halved
	Types          []TypeCost       `json:"types,omitempty"`                  // of EC2, in a mixed group
}

// Saving is the EC2 cost of a baseline less this run's. Shares are of EC2 cost
// only; estimates say so in their name.
type Saving struct {
	Baseline   string  `json:"baseline"`
	Instances  int     `json:"instances"`
	Estimate   bool    `json:"estimate"`
	BaselineUS float64 `json:"baseline_usd"`
	USD        float64 `json:"usd"`
	Share      float64 `json:"share"`
	Comparable bool    `json:"comparable"` // false: the run missed its SLO
	Reason     string  `json:"reason,omitempty"`
	// CashUSD is the same after commitments, which the baseline pays too. Null
	// without any.
	CashUSD *float64 `json:"cash_usd,omitempty"`
}

// Needed is the highest value of the two capacity estimates over the window.
type Needed struct {
	SLOMax    *int `json:"slo_max"`    // null where the estimate has no answer
	TargetMax *int `json:"target_max"` // null without target tracking
}

// Late is one stretch in which fewer instances were ready than needed for the SLO.
type Late struct {
	FromS   float64 `json:"from_s"`
	Minutes float64 `json:"minutes"`
	Short   int     `json:"short"` // instances missing at the worst
}

// FaultSummary counts injected faults by kind.
type FaultSummary struct {
	Asked    map[string]int `json:"asked"`
	Injected map[string]int `json:"injected"`
	Skipped  map[string]int `json:"skipped"`
}

// Incident is what one injected fault did.
type Incident struct {
	Fault    string   `json:"fault"`
	Kind     string   `json:"kind"`
	AtS      float64  `json:"at_s"`
	Instance string   `json:"instance"`
	DetectS  *float64 `json:"detect_s"`  // until the balancer or the group noticed
	ReplaceS *float64 `json:"replace_s"` // until a replacement served
	RecoverS *float64 `json:"recover_s"` // ready again as before and five minutes unbreached; of one on its way: replaced
	OutS     *float64 `json:"out_s"`     // until the balancer sent it no more requests; null: it never stopped, or began again as it was healthy again
	OverS    *float64 `json:"over_s"`    // until the instance was well again of its own accord; null: never
	Idle     bool     `json:"idle"`      // it had no requests: in standby, in the warm pool or on its way
	Lost     uint64   `json:"lost"`      // attempts cut, refused, timed out or answered with an error on it, that were sent while it was held healthy
	// LostFailOpen are those sent while it was not, and had requests only because the
	// balancer failed open.
	LostFailOpen uint64 `json:"lost_fail_open"`
	// BadRequests are the slow and failed requests of the window's minutes while the
	// incident was open: until the replacement serves or the fleet has recovered. A
	// minute's are shared equally among the incidents open in it, so that the sum over
	// incidents is at most that of the run. What they would have been without the fault
	// takes a second run.
	BadRequests uint64 `json:"bad_requests"`
}

// Engine says how much work the run was.
type Engine struct {
	Plane         string `json:"plane"`
	Requests      uint64 `json:"requests"`
	Attempts      uint64 `json:"attempts"`
	ControlEvents uint64 `json:"control_events"`
}

// WorstMinute is the minute (by first sends) with the largest share of bad
// requests beyond chance.
type WorstMinute struct {
	AtS      float64   `json:"at_s"`
	BadShare float64   `json:"bad_share"`
	Kind     CauseKind `json:"kind"`
	Cause    string    `json:"cause"` // in words, written by those who tell
	Why      Cause     `json:"-"`
}

// BlockedScaleIn is how long a policy wanted to scale in and could not.
type BlockedScaleIn struct {
	Policy  string  `json:"policy"`
	By      string  `json:"by"`
	Minutes float64 `json:"minutes"`
}
