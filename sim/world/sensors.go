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

// Published is a metric as CloudWatch had it in a run.
type Published struct {
	Metric    cloudwatch.Metric
	Statistic cloudwatch.Statistic
	Period    des.Duration
	Points    []cloudwatch.Point // of the run, ascending; those of a settled start's past are left out
}

// published returns the metrics that anything watched; none of a long run.
func (m *meter) published() []Published {
	if m.world.cfg.Duration > keptMetrics {
		return nil
	}
	var out []Published
	for _, s := range m.sensors {
		points := s.series.Points()
		for len(points) > 0 && points[0].Start < 0 {
			points = points[1:]
		}
		out = append(out, Published{s.metric, s.statistic, s.series.Period, points})
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
}

// reading is what a metric showed in one minute.
type reading struct {
	samples []float64
	latency *serving.Histogram // instead of samples, for TargetResponseTime
	weight  int                // instances behind it; 0: the number of samples
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
	m.sensors = append(m.sensors, &sensor{metric: metric, statistic: s, series: series, latency: new(serving.Histogram)})
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
			s.weight = max(len(s.samples), r.weight)
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
	s.series.Put(now.Add(-s.series.Period), value, n)
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
	divisor      int // of RequestCountPerTarget
}

// of returns what a metric showed in the minute.
func (x *minute) of(m cloudwatch.Metric) (reading, bool) {
	one := func(v float64) (reading, bool) { return reading{samples: []float64{v}}, true }
	ended := func(reasons ...serving.Reason) (reading, bool) {
		n := uint64(0)
		for _, r := range reasons {
			n += x.now.AttemptsBy[r] - x.before.AttemptsBy[r]
		}
		return one(float64(n))
	}
	routed := float64(x.now.Routed - x.before.Routed)
	switch m {
	case cloudwatch.CPUUtilization:
		return reading{samples: x.cpu}, x.ec2
	case cloudwatch.NetworkIn, cloudwatch.NetworkOut:
		return reading{samples: x.network[m-cloudwatch.NetworkIn]}, x.ec2
	case cloudwatch.RequestCount:
		return one(routed)
	case cloudwatch.RequestCountPerTarget:
		// The sum divides by the targets that count; without any it is missing.
		return reading{samples: []float64{routed / float64(x.divisor)}, weight: x.divisor}, x.divisor > 0
	case cloudwatch.TargetResponseTime:
		return reading{latency: x.responseTime}, x.responseTime.Count() > 0
	case cloudwatch.HealthyHostCount:
		return one(float64(x.healthy))
	case cloudwatch.UnHealthyHostCount:
		return one(float64(x.bad))
	case cloudwatch.HTTPCodeTarget5XX:
		return ended(serving.QueueFull, serving.Error)
	case cloudwatch.HTTPCodeELB5XX:
		return ended(serving.NoTarget, serving.Refused, serving.CutOff)
	case cloudwatch.GroupDesiredCapacity:
		return one(float64(x.desired))
	case cloudwatch.CPUCreditUsage, cloudwatch.CPUCreditBalance, cloudwatch.CPUSurplusCreditBalance, cloudwatch.CPUSurplusCreditsCharged:
		values, ok := x.credits(m)
		return reading{samples: values}, ok
	}
	v := x.group(m)
	return reading{samples: []float64{v}}, !math.IsNaN(v)
}

// balancerCounts fills in the targets' health.
func (x *minute) balancerCounts(b *elb.Balancer, all bool) {
	x.healthy, x.bad = b.Count(elb.Healthy), b.Count(elb.Unhealthy)
	if x.divisor = x.healthy; all {
		x.divisor += x.bad + b.Count(elb.Initial)
	}
}
