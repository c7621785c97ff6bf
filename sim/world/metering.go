package world

import (
	"math"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/meter"
	"asgsim/sim/queue"
)

// newMeter wires the meter to what it reads.
func (w *world) newMeter() *meter.Meter {
	return meter.New(meter.Parts{
		Queue: func(c *queue.Counters) { readQueue(w.plane, c) }, Config: w.cfg, End: w.end, Kernel: &w.kernel, Plane: w.plane, Group: w.group, Balancer: w.balancer, Troubles: &w.troubles,
		Credits: func(m cloudwatch.Metric, now des.Time, contributors map[*ec2.Instance]bool) []float64 {
			return w.credits.show(m, now, contributors)
		},
		Forecast: w.forecastMetric,
		Fine: func(every des.Duration, heard func(at des.Time, used []meter.Use)) {
			newGatherer(w, every, 0, 0).heard = func(s *sweep) {
				used := make([]meter.Use, len(s.used))
				for i, u := range s.used {
					used[i] = meter.Use{Instance: u.instance, Share: u.share}
				}
				heard(s.to, used)
			}
		},
	})
}

// forecastMetric is a metric of predictive scaling now; NaN without a forecast.
func (w *world) forecastMetric(m cloudwatch.Metric) float64 {
	if m == cloudwatch.PredictiveScalingLoadForecast {
		return w.control.LoadForecastAt(w.kernel.Now())
	}
	if _, n := w.control.ForecastAt(w.kernel.Now()); n >= 0 {
		return float64(n)
	}
	return math.NaN()
}
