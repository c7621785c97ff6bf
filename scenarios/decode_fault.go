package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// detailedMonitoringHour is 7 metrics at $0.30 a month of 730 hours.
const detailedMonitoringHour = 7 * 30 * billing.Dollar / 100 / 730

// customMetricHour is one metric at that price.
const customMetricHour = 30 * billing.Dollar / 100 / 730

// pricesFrom says whose prices are the default.
const pricesFrom = ec2.PricesRegion + ", Linux, on demand, " + ec2.PricesDate

// dur2 reads a duration or "every_evaluation", which is 0.
func (d *decoder) dur2(path string) (des.Duration, bool) {
	return form.Ordered(d.Reader, path, func(n *form.Node, _ *Key) (des.Duration, *form.Mistake) {
		if n.Scalar == "every_evaluation" {
			return 0, nil
		}
		return form.WithUnit(n, "a duration", "s", duration)
	})
}
