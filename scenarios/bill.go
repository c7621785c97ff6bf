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

// monthHours is how many hours AWS bills a month as; detailedMetrics are those of an
// instance with detailed monitoring.
const (
	monthHours      = 730
	detailedMetrics = 7
)

// listed makes a price that the scenario does not give that of the catalogue, if it is
// known there.
func (d *decoder) listed(path string, to *billing.USD, dollars float64) {
	if dollars > 0 && !d.IsGiven(path) {
		*to = billing.Dollars(dollars)
		d.Amend(path, formatMoney(*to), "default: list price, "+d.list.basis())
	}
}

// pricesFrom says whose prices are the default.
const pricesFrom = ec2.PricesRegion + ", Linux, on demand, " + ec2.PricesDate

// bill reads what usage costs.
func (d *decoder) bill(w *record.Config) billing.Config {
	var c billing.Config
	c.Discount, _ = d.Share("discount.share")
	c.BalancerHour, _ = d.price("load_balancer.price")
	c.LCUHour, _ = d.price("load_balancer.lcu_price")
	metric := customMetricHour
	if l := d.list.catalog; l != nil {
		d.listed("load_balancer.price", &c.BalancerHour, l.BalancerHour)
		d.listed("load_balancer.lcu_price", &c.LCUHour, l.LCUHour)
		if l.MetricMonth > 0 {
			metric = billing.Dollars(l.MetricMonth) / monthHours
		}
	}
	if w.Template.Detailed {
		c.MonitoringHour = detailedMetrics * metric
		if metric == customMetricHour {
			c.MonitoringHour = detailedMonitoringHour // rounded once
		}
	}
	if finelyWatched(w) {
		c.FineHour = metric
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
