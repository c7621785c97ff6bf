package world

import (
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/serving"
)

// Result is all that a run found out. It is the contract between a run and those
// who tell of it: report and chart render nothing that is not here.
type Result struct {
	Config     *Config
	Seed       uint64
	Summary    Summary
	Rows       []Row            // the timeline, one an Interval
	Interval   des.Duration     // 60 s up to 14 days, then 300 s, then 3,600 s
	Capacity   []CapacityChange // every change, exact; the first at 0
	Instances  []Instance       // by ordinal of launch
	Decisions  []Decision       // every evaluation of a policy, also those that changed nothing
	Activities []asg.Activity   // in order of start
	Metrics    []Published      // what CloudWatch showed of the metrics that alarms and policies watch
	Faults     []Injection
	Holds      []asg.Hold // what kept the group or an instance from going on, by beginning
	FailOpens  []FailOpen // stretches in which the balancer sent requests to targets that were not healthy
	Witnesses  []*Witness // of the faults that struck an instance, in order
	Bill       []billing.Line
	Inactive   []Inactive  // rules that never acted, with the reason
	Warnings   []string    // of formulas, Spot capacity and CPU credits
	Violations []Violation // broken laws of the audit: a bug of ours

	Served *serving.Histogram // what users of the window felt, for pooling over runs
}

// Summary holds the key figures, all in base units. The JSON names are part of
// the schema asgsim.run/v1.
type Summary struct {
	Requests       Requests         `json:"requests"`
	Latency        Latency          `json:"latency_s"`
	LatencyAll     LatencyAll       `json:"latency_all_s"`
	TargetResponse Latency          `json:"target_response_time_s"`
	SLO            SLOResult        `json:"slo"`
	Capacity       CapacitySummary  `json:"capacity"`
	CPU            CPUSummary       `json:"cpu_utilization"`
	Workers        *float64         `json:"worker_utilization"` // mean share of workers in use; null without a bound
	InstanceHours  float64          `json:"instance_hours"`
	Cost           Cost             `json:"cost_usd"`
	Savings        []Saving         `json:"savings"`
	Needed         Needed           `json:"needed"`
	Lateness       []Late           `json:"lateness"`
	Launch         *LaunchTimes     `json:"launch_to_traffic"` // null where no new instance came to serve
	Faults         FaultSummary     `json:"faults"`
	Incidents      []Incident       `json:"incidents"`
	Engine         Engine           `json:"engine"`
	WorstMinute    *WorstMinute     `json:"worst_minute"` // null when no request was bad
	Blocked        []BlockedScaleIn `json:"scale_in_blocked"`
	Credits        *CreditSummary   `json:"cpu_credits,omitempty"` // of burstable instances
	WarmPool       *WarmPoolSummary `json:"warm_pool,omitempty"`   // null without one
	Forecasts      []Forecast       `json:"forecasts,omitempty"`   // one a predictive scaling policy
	Spot           *SpotSummary     `json:"spot,omitempty"`        // of a group with Spot Instances
}

// Requests counts requests first sent in the window.
type Requests struct {
	Offered    uint64            `json:"offered"`
	Served     uint64            `json:"served"`
	Failed     uint64            `json:"failed"`
	InFlight   uint64            `json:"in_flight"`
	Retries    uint64            `json:"retries"`
	FailedBy   map[string]uint64 `json:"failed_by"`   // by reason of the last attempt; all reasons present
	AttemptsBy map[string]uint64 `json:"attempts_by"` // attempts that ended in the window, by how
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
	RecoverS *float64 `json:"recover_s"` // ready again as before and five minutes unbreached
	OutS     *float64 `json:"out_s"`     // until the balancer sent it no more requests; null: it never stopped
	Idle     bool     `json:"idle"`      // it had no requests: in standby, in the warm pool or on its way
	Lost     uint64   `json:"lost"`      // attempts cut, refused or timed out on it that were sent until then
	// LostFailOpen are those lost on it afterwards, when the balancer failed open and
	// sent it requests again.
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

// BlockedScaleIn is how long a policy wanted to scale in and could not.
type BlockedScaleIn struct {
	Policy  string  `json:"policy"`
	By      string  `json:"by"`
	Minutes float64 `json:"minutes"`
}

// States counts capacity by disjoint state: instances, or with weights units.
type States struct {
	Pending     int // launched, not in service: not running yet, or waiting for a launch hook
	Booting     int // in service, application not up
	Unhealthy   int // in service, the balancer found it healthy once and finds it unhealthy now
	Warming     int // in service and healthy, warm-up not over
	Ready       int
	Draining    int // deregistering, draining
	Terminating int // shutting down, or waiting for a terminate hook
	Standby     int // running, but not in service

	// In the warm pool, apart from the group.
	WarmedPending     int // booting, waiting for a hook or stopping
	WarmedStopped     int
	WarmedRunning     int
	WarmedHibernated  int
	WarmedTerminating int
}

// Warmed counts what scale-out can take from the warm pool.
func (s States) Warmed() int { return s.WarmedStopped + s.WarmedRunning + s.WarmedHibernated }

// Pool counts all instances of the warm pool.
func (s States) Pool() int { return s.WarmedPending + s.Warmed() + s.WarmedTerminating }

// Healthy counts what is in service and healthy for the balancer.
func (s States) Healthy() int { return s.Warming + s.Ready }

// InService = Booting + Unhealthy + Warming + Ready.
func (s States) InService() int { return s.Booting + s.Unhealthy + s.Warming + s.Ready }

// CapacityChange holds from At to the next change.
type CapacityChange struct {
	At               des.Time
	States           States
	Running          int // instances EC2 bills
	Routed           int // of what is in service, the balancer sends requests to: healthy targets, or all when it fails open
	Marked           int // of what is in service, the group has marked Unhealthy, whatever the balancer thinks of it
	SlowStart        int // targets in slow start
	Spot             int // of what is pending or in service
	Desired          int
	MinSize, MaxSize int
}

// Row is one interval of the timeline. Counts are by first send, latencies of
// what was served in the interval; shares are 0 to 1; NaN where there is no value.
type Row struct {
	At                          des.Time
	Expected                    float64 // requests a second of the compiled loads
	Offered, Served, Slow, Fail uint64
	Breached                    bool
	Ended                       [serving.Reasons]uint64 // attempts that ended in the interval, by how
	P50, P90, P99, P999         float64                 // seconds
	States                      States                  // at the start of the interval
	Desired, Running, Spot      int
	SlowStart                   int // targets in slow start
	Routed, Marked              int // as in CapacityChange, at the start of the interval
	CPU, Hottest, Workers       float64
	NeededSLO, NeededTarget     int     // -1: no answer
	ForecastRate                float64 // requests a second, of the hour; NaN without a forecast
	ForecastCapacity            int     // of predictive scaling for the hour, before the bounds; -1: none
	SpotPerHour                 float64 // of CostPerHour, on the Spot market
	CostPerHour                 float64 // EC2, dollars: mean number of running instances x price
	Cost                        float64 // EC2, dollars, cumulative from the start of the window
	BilledS                     int64   // instance-seconds that EC2 charges for
	// Dollars an hour besides: the load balancer, monitoring; and EC2 in cash, which is
	// the list price without commitments. 0 before the window.
	BalancerPerHour, MonitoringPerHour, CashPerHour float64
}

// State is what an instance is doing, for the instance chart.
type State uint8

// The states of an instance, in the order of a life.
const (
	Pending State = iota
	Booting
	Warming
	Ready
	Unhealthy
	Standby // in standby: runs and is paid, not in service
	Draining
	Terminating
	WarmedPending // in the warm pool: booting, waiting for a hook or stopping
	WarmedStopped // in the order of asg.PoolState
	WarmedRunning
	WarmedHibernated
	WarmedTerminating
	Gone // terminated, or detached
)

var stateNames = [...]string{"pending", "booting", "warming", "ready", "unhealthy", "standby", "draining", "terminating",
	"warmed:pending", "warmed:stopped", "warmed:running", "warmed:hibernated", "warmed:terminating", "terminated"}

// String returns the state's name.
func (s State) String() string { return stateNames[s] }

// inService reports whether an instance in this state is in service.
func (s State) inService() bool { return s >= Booting && s <= Unhealthy }

// serves reports whether an instance in this state may have requests.
func (s State) serves() bool {
	return s == Warming || s == Ready || s == Unhealthy || s == Draining
}

// Pooled reports whether an instance in this state is in the warm pool.
func (s State) Pooled() bool { return s >= WarmedPending && s <= WarmedTerminating }

// Instance is the life of one instance.
type Instance struct {
	Ordinal     int
	ID          string // "i-" and 17 hexadecimal digits
	Zone        string
	Type        string
	Spot        bool
	Launched    des.Time // may lie before 0 for those the run begins with
	Running     des.Time // des.Never: never ran
	Up          des.Time // its application answers, for the first time; des.Never
	Registered  des.Time
	FirstGood   des.Time // healthy for the balancer, for the first time
	Routed      des.Time // first among those that the balancer sends requests to; des.Never
	Recommended des.Time // EC2 recommended to rebalance it; des.Never
	Marked      des.Time // first marked Unhealthy by the group; des.Never
	Ended       des.Time // left running; des.Never: still running at the end
	Changes     []StateChange
	End         asg.End    // why it left the group
	Sent        uint64     // attempts sent to it in the whole run
	Served      uint64     // of those, answered well
	Failed      uint64     // of those, ended otherwise
	CPUS        float64    // vCPU-seconds busy in the whole run
	USD         float64    // what EC2 charges for it in the window, before commitments
	BilledS     int64      // seconds in the window
	CPU         float64    // mean while in service
	Struck      string     // name of the fault that struck it
	Missed      []des.Time // its first failed health checks since then, each when it was judged
}

// LeftAt is when the group began to take the instance out for good; des.Never if it did
// not.
func (n *Instance) LeftAt() des.Time {
	at := des.Never
	for _, c := range n.Changes {
		switch c.State {
		case Draining, Terminating, Gone:
			at = min(at, c.At)
		default:
			at = des.Never // a warm pool had it back
		}
	}
	return at
}

// StateChange holds from At on.
type StateChange struct {
	At    des.Time
	State State
}

// Injection is one fault as it happened, or was skipped.
type Injection = fault.Injection

// Inactive is a rule that never acted.
type Inactive struct {
	Rule, Why string
}

// Violation is a broken law of the audit.
type Violation struct {
	Law, Detail string
}
