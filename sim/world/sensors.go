package world

import (
	"math"
	"sort"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/serving"
)

// keptMetrics is how long a run may be for its metrics to be kept whole.
const keptMetrics = 14 * des.Day

// published returns the metrics that anything watched; of a long run in coarser
// datapoints.
func (m *meter) published() []Published {
	var out []Published
	for _, s := range m.sensors {
		if s.archive != nil {
			out = append(out, Published{Metric: s.metric, Statistic: s.statistic, Period: s.archive.period, Points: s.archive.points})
			continue
		}
		points := s.series.Points()
		for len(points) > 0 && points[0].Start < 0 {
			points = points[1:]
		}
		out = append(out, Published{Metric: s.metric, Statistic: s.statistic, Period: s.series.Period, Points: points})
	}
	return out
}

// sensor turns one metric into the datapoints of one statistic and period.
type sensor struct {
	metric    cloudwatch.Metric
	statistic cloudwatch.Statistic
	series    *cloudwatch.Series
	samples   []float64          // of the current period
	latency   *serving.Histogram // of the current period, for TargetResponseTime
	weight    int                // what goes into the datapoint, for its sample count
	capacity  int                // what the datapoint describes
	ones      bool               // the values count samples of 1
	archive   *archive           // of a long run
}

// reading is what a metric showed in one minute.
type reading struct {
	samples []float64
	latency *serving.Histogram // instead of samples, for TargetResponseTime
	weight  int                // instances behind it; 0: the number of samples
	// capacity is what it describes, in units of the group's; 0: the fleet.
	capacity int
	ones     bool // the value counts samples of 1
}

// sensor returns the series of a metric, statistic and period, made on first use.
// EC2's metrics have no finer period than the monitoring; the instances themselves
// may publish some more often.
func (m *meter) sensor(metric cloudwatch.Metric, s cloudwatch.Statistic, period des.Duration) *cloudwatch.Series {
	cfg := &m.world.cfg.Watch
	delay, asked := cfg.BalancerDelay, period
	fine := period < basePeriod && metric.Fine()
	period = max(period, basePeriod)
	switch metric {
	case cloudwatch.CPUUtilization, cloudwatch.NetworkIn, cloudwatch.NetworkOut:
		delay = cfg.DetailedDelay
		if !m.world.cfg.Template.Detailed {
			period, delay = max(period, basicPeriod), cfg.BasicDelay
		}
	case cloudwatch.CPUCreditUsage, cloudwatch.CPUCreditBalance, cloudwatch.CPUSurplusCreditBalance, cloudwatch.CPUSurplusCreditsCharged:
		period, delay = max(period, basicPeriod), cfg.BasicDelay
	case cloudwatch.PredictiveScalingLoadForecast, cloudwatch.PredictiveScalingCapacityForecast:
		delay = 0 // known before its time
	}
	if fine {
		period, delay = asked, cfg.FineDelay
	}
	for _, old := range m.sensors {
		if old.metric == metric && old.statistic == s && old.series.Period == period {
			return old.series
		}
	}
	series := &cloudwatch.Series{Name: metric.String() + " " + s.String(), Period: period, Delay: delay, All: m.world.cfg.Duration <= keptMetrics}
	if fine {
		m.refine()
	}
	made := &sensor{metric: metric, statistic: s, series: series, latency: new(serving.Histogram)}
	if !series.All {
		made.archive = &archive{period: max(period, rowInterval(m.world.cfg.Duration)), statistic: s}
		series.Each = func(p cloudwatch.Point) { made.archive.add(p, series.Period) }
	}
	m.sensors = append(m.sensors, made)
	return series
}

// sense hands the minute's readings to the sensors and publishes the periods that
// end now.
func (m *meter) sense(now des.Time, readings func(cloudwatch.Metric) (reading, bool)) {
	for _, s := range m.sensors {
		if s.series.Period < basePeriod {
			continue // see refine
		}
		if r, ok := readings(s.metric); ok {
			s.samples = append(s.samples, r.samples...)
			s.weight, s.capacity, s.ones = max(len(s.samples), r.weight), r.capacity, r.ones
			if r.latency != nil {
				s.latency.Merge(r.latency)
			}
		}
		if int64(now)%int64(s.series.Period) == 0 || now == m.world.end {
			s.publish(now)
		}
	}
}

func (s *sensor) publish(now des.Time) {
	value, n := s.value()
	s.series.PutFor(now.Add(-s.series.Period), value, n, s.capacity)
	s.samples, s.weight = s.samples[:0], 0
	s.latency.Reset()
}

// value is the statistic of the current period and the samples behind it; no
// samples where nothing was reported.
func (s *sensor) value() (float64, int) {
	if h := s.latency; h.Count() > 0 {
		return latencyStatistic(h, s.statistic), int(min(h.Count(), math.MaxInt32))
	}
	if len(s.samples) == 0 {
		return math.NaN(), 0
	}
	sum, low, high := 0.0, math.Inf(1), math.Inf(-1)
	for _, v := range s.samples {
		sum, low, high = sum+v, min(low, v), max(high, v)
	}
	if s.ones && s.statistic.Kind != cloudwatch.Sum {
		return s.ofOnes(sum), s.weight
	}
	switch s.statistic.Kind {
	case cloudwatch.Sum:
		return sum, s.weight
	case cloudwatch.Minimum:
		return low, s.weight
	case cloudwatch.Maximum:
		return high, s.weight
	case cloudwatch.SampleCount:
		return float64(len(s.samples)), s.weight
	case cloudwatch.Percentile:
		sort.Float64s(s.samples)
		return s.samples[min(len(s.samples)-1, int(s.statistic.P*float64(len(s.samples))))], s.weight
	default:
		return sum / float64(len(s.samples)), s.weight
	}
}

// ofOnes is a statistic of so many samples of 1, or of a single 0.
func (s *sensor) ofOnes(n float64) float64 {
	if s.statistic.Kind == cloudwatch.SampleCount {
		return n
	}
	return min(n, 1)
}

func latencyStatistic(h *serving.Histogram, s cloudwatch.Statistic) float64 {
	switch s.Kind {
	case cloudwatch.Sum:
		return h.Mean() * float64(h.Count())
	case cloudwatch.Minimum:
		return h.Min().Seconds()
	case cloudwatch.Maximum:
		return h.Max().Seconds()
	case cloudwatch.SampleCount:
		return float64(h.Count())
	case cloudwatch.Percentile:
		return h.Quantile(s.P)
	default:
		return h.Mean()
	}
}

// minute is what the meter read in the minute that ends now, for the sensors.
type minute struct {
	cpu          []float64 // percent, one a contributing instance
	network      [2][]float64
	ec2          bool // whether EC2 reports now: always, or every five minutes
	now, before  serving.Counters
	responseTime *serving.Histogram
	group        func(cloudwatch.Metric) float64                     // of the group, its pool and its forecast; NaN: none
	credits      func(cloudwatch.Metric) (values []float64, ok bool) // of burstable instances
	desired      int
	healthy, bad int
	registered   int // targets that are not draining
	divisor      int // of RequestCountPerTarget
	counted      int // capacity of the targets that it counts
	fleet        int // capacity of the instances in the group's EC2 metrics
}

// of returns what a metric showed in the minute, and whether it was reported. The
// criteria of the load balancer's are those of "CloudWatch metrics for your Application
// Load Balancer" (read 2026-11): RequestCountPerTarget always; RequestCount, the host
// counts and the targets' codes while targets are registered; the balancer's own codes
// and TargetResponseTime when there is a value. EC2 reports while an instance runs: one
// that is stopped has no CPU utilization. AWS/AutoScaling reports every minute, the
// warm pool's while there is one.
func (x *minute) of(m cloudwatch.Metric) (reading, bool) {
	r, ok := x.show(m)
	if r.capacity == 0 {
		r.capacity = x.fleet
	}
	return r, ok
}

func (x *minute) show(m cloudwatch.Metric) (reading, bool) {
	one := func(v float64) (reading, bool) { return reading{samples: []float64{v}}, true }
	ended := func(reasons ...serving.Reason) uint64 {
		n := uint64(0)
		for _, r := range reasons {
			n += x.now.AttemptsBy[r] - x.before.AttemptsBy[r]
		}
		return n
	}
	// Each request is a sample of 1: their sum is the count, their mean is 1 (same page).
	count := func(n uint64, reported bool) (reading, bool) {
		return reading{samples: []float64{float64(n)}, ones: true}, reported
	}
	routed := x.now.Routed - x.before.Routed
	switch m {
	case cloudwatch.CPUUtilization:
		return reading{samples: x.cpu}, x.ec2
	case cloudwatch.NetworkIn, cloudwatch.NetworkOut:
		return reading{samples: x.network[m-cloudwatch.NetworkIn]}, x.ec2
	case cloudwatch.RequestCount:
		return count(routed, x.registered > 0)
	case cloudwatch.RequestCountPerTarget:
		// The sum divided by the healthy targets, by all that are registered where none
		// is; always reported: without any target nothing was sent to one.
		return reading{samples: []float64{float64(routed) / float64(max(x.divisor, 1))}, weight: x.divisor, capacity: x.counted}, true
	case cloudwatch.TargetResponseTime:
		return reading{latency: x.responseTime}, x.responseTime.Count() > 0
	case cloudwatch.HealthyHostCount:
		return reading{samples: []float64{float64(x.healthy)}}, x.registered > 0
	case cloudwatch.UnHealthyHostCount:
		return reading{samples: []float64{float64(x.bad)}}, x.registered > 0
	case cloudwatch.HTTPCodeTarget5XX:
		return count(ended(serving.QueueFull, serving.Error), x.registered > 0)
	case cloudwatch.HTTPCodeELB5XX:
		n := ended(serving.NoTarget, serving.Refused, serving.CutOff, serving.GatewayTimeout)
		return count(n, n > 0)
	case cloudwatch.GroupDesiredCapacity:
		return one(float64(x.desired))
	case cloudwatch.CPUCreditUsage, cloudwatch.CPUCreditBalance, cloudwatch.CPUSurplusCreditBalance, cloudwatch.CPUSurplusCreditsCharged:
		values, ok := x.credits(m)
		return reading{samples: values}, ok
	}
	v := x.group(m)
	return reading{samples: []float64{v}}, !math.IsNaN(v)
}

// balancerCounts fills in the targets' health, and what RequestCountPerTarget divides
// by.
func (m *meter) balancerCounts(x *minute) {
	w := m.world
	x.healthy, x.bad = w.balancer.Count(elb.Healthy), w.balancer.Count(elb.Unhealthy)
	all := w.cfg.Watch.AllTargets || x.healthy == 0
	x.registered = x.healthy + x.bad + w.balancer.Count(elb.Initial)
	if x.divisor = x.healthy; all {
		x.divisor = x.registered
	}
	if x.counted = x.divisor; !w.weighted() {
		return
	}
	x.counted = 0
	for _, member := range w.group.Active() {
		h, ok := w.balancer.Health(member.Instance.Plane)
		if ok && (h == elb.Healthy || all && h != elb.Draining) {
			x.counted += member.Units()
		}
	}
}
