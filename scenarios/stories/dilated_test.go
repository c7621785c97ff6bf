package stories

import (
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/workload"
)

// dilation is how many times fewer requests a story is told of.
const dilation = 8

// gentle are scenarios of so few requests that a quarter of them is what can be done without.
var gentle = map[string]int{"fixed-fleet": 4, "burstable": 4}

// exact are the runs that are told as they are shipped, by scenario or by scenario and
// variant: where a policy or a trace counts requests, where health checks die of
// overload, where a backlog is measured in messages or at a database, where faults add
// seconds, and where single minutes decide.
var exact = map[string]bool{
	"blind-cpu": true, "five-minute-metrics": true, "queue-workers": true, "policies expression": true, "trace-replay": true,
	"zone-outage": true, "instance-lifetime lifetime": true, "instance-lifetime launch-first": true, "instance-refresh watched": true, "grey-failure": true, "database-limit": true, "zonal-shift": true, "bad-deploy watched": true,
}

// dilate lets every request take k times as long and come k times more seldom. What is
// counted in requests at an instant - how many are in service, wait or are turned away,
// and with them utilisation and the share that is good - keeps its law: it is the same
// queue under a slower clock. Instances boot, CloudWatch looks and policies decide by
// the clock they had; a minute's averages are noisier, as those of fewer requests are.
func dilate(c *record.Config, k int) {
	longer := func(d *des.Duration) { *d *= des.Duration(k) }
	for i := range c.Loads {
		c.Loads[i].Curve = workload.ScaleCurve(c.Loads[i].Curve, 1/float64(k))
		longer(&c.Loads[i].Arrivals.Burst)
	}
	for i := range c.Classes {
		class := &c.Classes[i]
		class.CPU = workload.Scale(class.CPU, float64(k))
		if class.Wait != nil {
			class.Wait = workload.Scale(class.Wait, float64(k))
		}
		longer(&class.Timeout)
		longer(&class.Retry.Backoff)
		longer(&class.Retry.Cap)
	}
	longer(&c.SLO.Latency)
	longer(&c.Balancer.IdleTimeout)
	longer(&c.Balancer.ConnectTimeout)
	longer(&c.Balancer.Check.Timeout)
}
