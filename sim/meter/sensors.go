package meter

import (
	"math"
	"sort"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// keptMetrics is how long a run may be for its metrics to be kept whole.
const keptMetrics = 14 * des.Day

// Published returns the metrics that anything watched; of a long run in coarser
// datapoints.
func (m *Meter) Published() []record.Published {
	var out []record.Published
	for _, s := range m.sensors {
		if s.archive != nil {
			out = append(out, record.Published{Metric: s.metric, Statistic: s.statistic, Period: s.archive.period, Points: s.archive.points})
			continue
		}
		points := s.series.Points()
		for len(points) > 0 && points[0].Start < 0 {
			points = points[1:]
		}
		out = append(out, record.Published{Metric: s.metric, Statistic: s.statistic, Period: s.series.Period, Points: points})
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
	derived   *derived           // by metric math; nil: it is measured
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

// Series returns the series of a metric, statistic and period, made on first use.
// EC2's metrics have no finer period than the monitoring; the instances themselves
// may publish some more often.
func (m *Meter) Series(metric cloudwatch.Metric, s cloudwatch.Statistic, period des.Duration) *cloudwatch.Series {
	cfg := &m.Config.Watch
	delay, asked := cfg.BalancerDelay, period
	fine := period < basePeriod && metric.Fine()
	period = max(period, basePeriod)
	switch metric {
	case cloudwatch.CPUUtilization, cloudwatch.NetworkIn, cloudwatch.NetworkOut:
		delay = cfg.DetailedDelay
		if !m.Config.Template.Detailed {
			period, delay = max(period, cloudwatch.BasicPeriod), cfg.BasicDelay
		}
	case cloudwatch.CPUCreditUsage, cloudwatch.CPUCreditBalance, cloudwatch.CPUSurplusCreditBalance, cloudwatch.CPUSurplusCreditsCharged:
		period, delay = max(period, cloudwatch.BasicPeriod), cfg.BasicDelay
	case cloudwatch.PredictiveScalingLoadForecast, cloudwatch.PredictiveScalingCapacityForecast:
		delay = 0 // known before its time
	}
	if fine {
		period, delay = asked, cfg.FineDelay
	}
	math := m.Config.MathOf(metric)
	if math != nil {
		s = cloudwatch.Statistic{} // that of its inputs counts
	}
	if r, ok := m.replays[metric]; ok {
		period, delay = max(period, r.LeastPeriod()), r.Delay
	}
	for _, old := range m.sensors {
		if old.metric == metric && old.statistic == s && old.series.Period == period {
			return old.series
		}
	}
	series := &cloudwatch.Series{Name: metric.String() + " " + s.String(), Period: period, Delay: delay, Namespace: metric.Namespace(), Troubles: m.Troubles, All: m.Config.Duration <= keptMetrics}
	if fine {
		m.refine()
	}
	made := &sensor{metric: metric, statistic: s, series: series, latency: new(serving.Histogram)}
	if !series.All {
		made.archive = &archive{period: max(period, rowInterval(m.Config.Duration)), statistic: s}
		series.Each = func(p cloudwatch.Point) { made.archive.add(p, series.Period) }
	}
	if math != nil {
		made.derived = m.derive(math, series)
	}
	m.sensors = append(m.sensors, made)
	return series
}

// derive makes the inputs of metric math, whose periods are the series' own. package
// scenarios has checked the expression.
func (m *Meter) derive(math *cloudwatch.Math, series *cloudwatch.Series) *derived {
	formula, err := math.Compile()
	if err != nil {
		panic("meter: metric " + math.Metric.String() + ": " + err.Error())
	}
	d := &derived{formula: formula}
	for _, in := range math.Inputs {
		of := m.Series(in.Metric, in.Statistic, series.Period)
		d.ids, d.inputs = append(d.ids, in.ID), append(d.inputs, of)
	}
	return d
}

// sense hands the minute's readings to the sensors and publishes the periods that
// end now.
func (m *Meter) sense(now des.Time, readings func(cloudwatch.Metric) (reading, bool)) {
	for _, s := range m.sensors {
		if s.series.Period < basePeriod {
			continue // see refine
		}
		if s.derived != nil { // its inputs come before it in the list
			if int64(now)%int64(s.series.Period) == 0 {
				s.derived.publish(s.series, now)
			}
			continue
		}
		if r, ok := readings(s.metric); ok {
			s.take(&r)
		}
		if int64(now)%int64(s.series.Period) == 0 || now == m.End {
			s.publish(now)
		}
	}
}

// take takes a minute's reading into the current period.
func (s *sensor) take(r *reading) {
	s.samples = append(s.samples, r.samples...)
	s.weight, s.capacity, s.ones = max(len(s.samples), r.weight), r.capacity, r.ones
	if r.latency != nil {
		s.latency.Merge(r.latency)
	}
}

// Rehearse publishes what the recorded metrics showed in a time before the run, in which
// the group is taken to have had n units in service.
func (m *Meter) Rehearse(past des.Duration, n int) {
	inService := float64(n) * m.Config.UnitInstances()
	for _, r := range m.replays {
		r.next = 0
	}
	m.replays.advance(des.Time(-past), inService)
	for t := des.Time(-past).Add(basePeriod); t <= 0 && len(m.replays) > 0; t = t.Add(basePeriod) {
		m.replays.advance(t, inService)
		for _, s := range m.sensors {
			if r, ok := m.replays[s.metric]; ok {
				s.take(&reading{samples: r.samples, capacity: n})
				if int64(t)%int64(s.series.Period) == 0 {
					s.publish(t)
				}
			}
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
