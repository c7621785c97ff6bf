package record

import (
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// Row is one interval of the timeline. Counts are by first send, latencies of
// what was served in the interval; shares are 0 to 1; NaN where there is no value.
type Row struct {
	At                           des.Time
	Expected                     float64 // requests a second of the compiled loads
	Offered, Served, Slow, Fail  uint64
	Breached                     bool
	Ended                        [serving.Reasons]uint64 // attempts that ended in the interval, by how
	Unconnected                  uint64                  // of those, for which no connection to the target came about
	Sent, Retries                uint64                  // attempts sent in the interval; of those, after the first of their request
	P50, P90, P99, P999          float64                 // seconds
	Target50, Target90, Target99 float64                 // TargetResponseTime, seconds
	States                       States                  // at the start of the interval
	Desired, Running, Spot       int
	SlowStart                    int // targets in slow start
	Routed, Marked               int // as in CapacityChange, at the start of the interval
	CPU, Hottest, Workers        float64
	Queue                        float64         // share of the places in the instances' queues that are taken, as read every minute; NaN without a bound
	Dependencies                 []DependencyUse // in the order of the configuration; nil without any
	Messages                     *Messages       // of the queue; nil without one
	NeededSLO, NeededTarget      int             // -1: no answer
	ForecastRate                 float64         // requests a second, of the hour; NaN without a forecast
	ForecastCapacity             int             // of predictive scaling for the hour, before the bounds; -1: none
	SpotPerHour                  float64         // of CostPerHour, on the Spot market
	CostPerHour                  float64         // EC2, dollars: mean number of running instances x price
	Cost                         float64         // EC2, dollars, cumulative from the start of the window
	BilledS                      int64           // instance-seconds that EC2 charges for
	// Dollars an hour besides: the load balancer, monitoring; and EC2 in cash, which is
	// the list price without commitments. 0 before the window.
	BalancerPerHour, MonitoringPerHour, CashPerHour float64
}
