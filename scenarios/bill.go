package scenarios

import (
	"asgsim/sim/billing"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// detailedMonitoringHour is 7 metrics at $0.30 a month of 730 hours.
const detailedMonitoringHour = 7 * 30 * billing.Dollar / 100 / 730

// customMetricHour is one metric at that price.
const customMetricHour = 30 * billing.Dollar / 100 / 730

// pricesFrom says whose prices are the default.
const pricesFrom = ec2.PricesRegion + ", Linux, on demand, " + ec2.PricesDate

// bill reads what usage costs.
func (d *decoder) bill(w *record.Config) billing.Config {
	var c billing.Config
	c.Discount, _ = d.Share("discount.share")
	c.BalancerHour, _ = d.price("load_balancer.price")
	c.LCUHour, _ = d.price("load_balancer.lcu_price")
	if w.Template.Detailed {
		c.MonitoringHour = detailedMonitoringHour
	}
	if finelyWatched(w) {
		c.FineHour = customMetricHour
	}
	c.RequestBytes, _ = d.Size("request.request_bytes")
	c.ResponseBytes, _ = d.Size("request.response_bytes")
	c.RequestsPerConnection, _ = d.Number("request.requests_per_connection")
	open, _ := d.dur("request.connection_duration")
	c.ConnectionSeconds = open.Seconds()
	c.Rules, _ = d.Count("load_balancer.rules")
	for _, key := range []string{"request.request_bytes", "request.response_bytes", "request.requests_per_connection", "request.connection_duration"} {
		if !d.IsGiven(key) && !d.Failed(key) {
			w.Assumed = append(w.Assumed, record.Assumption{Key: key, Value: d.Key(key).Default})
		}
	}
	return c
}
