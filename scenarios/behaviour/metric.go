package behaviour

import "fmt"

// Metric is what a series tells of.
type Metric uint8

// The metrics, by CloudWatch's names.
const (
	None               Metric = iota
	RequestCount              // of the balancer, requests a second
	RequestsPerTarget         // RequestCountPerTarget, requests a second of one target
	CPUUtilization            // average of the group's instances, 0 to 1
	TargetResponseTime        // seconds
	InServiceInstances        // GroupInServiceInstances
	DesiredCapacity           // GroupDesiredCapacity
	HealthyHostCount          // of the target group
	UnhealthyHostCount        // of the target group
	TargetErrors              // HTTPCode_Target_5XX_Count, a second
	BalancerErrors            // HTTPCode_ELB_5XX_Count, a second
	OtherCodes                // of HTTPCode_*: 2XX, 3XX, 4XX, a second
)

var metricNames = [...]string{"nothing", "RequestCount", "RequestCountPerTarget", "CPUUtilization", "TargetResponseTime", "GroupInServiceInstances", "GroupDesiredCapacity",
	"HealthyHostCount", "UnHealthyHostCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "HTTPCode_*"}

func (m Metric) String() string { return metricNames[m] }

// counted reports whether CloudWatch counts a metric, so that a series of it may hold a
// number a period or a rate.
func (m Metric) counted() bool {
	return m == RequestCount || m == RequestsPerTarget || m == TargetErrors || m == BalancerErrors || m == OtherCodes
}

// Stat is which of a metric's values a series holds: the mean, a percentile.
type Stat struct{ Percentile float64 } // 0: the mean, or the only one

func (s Stat) String() string {
	if s.Percentile == 0 {
		return "average"
	}
	return fmt.Sprintf("p%g", s.Percentile)
}

// Series is one metric over time.
type Series struct {
	Metric Metric
	Stat   Stat
	Rows   []Value
	Period float64 // seconds that a value stands for
	From   string  // the file and the name in it
}

// Value is one value of a series: rates a second, shares, seconds, instances.
type Value struct{ At, V float64 }
