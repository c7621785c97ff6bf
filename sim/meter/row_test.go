package meter

import (
	"math"
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// A timeline has a row a minute for two weeks, one every five minutes for two months,
// and one an hour beyond: at most some 20,000 rows of a run up to two months.
func TestRowInterval(t *testing.T) {
	for days, want := range map[int]des.Duration{1: des.Minute, 14: des.Minute, 15: 5 * des.Minute, 63: 5 * des.Minute, 64: des.Hour} {
		if got := rowInterval(des.Duration(days) * des.Day); got != want {
			t.Errorf("%d days: a row every %v, want %v", days, got, want)
		}
	}
}

// What each balancer metric shows of a minute, and whether it is reported at all
// ("CloudWatch metrics for your Application Load Balancer", read 2026-11): of 900
// requests routed to four healthy and one unhealthy target, 7 errors of targets, 3 of
// the balancer.
func TestBalancerMetricsOfAMinute(t *testing.T) {
	// Of a further target group that gets 30 % of the requests, and finds 3 of the 5 healthy,
	// RequestCount is 0.3 x 900 and RequestCountPerTarget that by its own 3 targets.
	groups := map[string]targetGroup{
		"":    {share: 0.7, healthy: 4, bad: 1, registered: 5, divisor: 4},
		"api": {share: 0.3, healthy: 3, bad: 2, registered: 5, divisor: 3},
	}
	x := &minute{targets: func(name string) targetGroup { return groups[name] }, responseTime: new(serving.Histogram), group: func(cloudwatch.Metric) float64 { return math.NaN() }}
	x.before.Routed, x.now.Routed = 100, 1000
	x.now.AttemptsBy[serving.Error], x.now.AttemptsBy[serving.QueueFull] = 5, 2
	x.now.AttemptsBy[serving.NoTarget], x.now.AttemptsBy[serving.CutOff] = 2, 1
	for m, want := range map[cloudwatch.Metric]float64{
		cloudwatch.RequestCount:           900,
		cloudwatch.RequestCountPerTarget:  0.7 * 900 / 4,
		cloudwatch.RequestCount.In("api"): 0.3 * 900, cloudwatch.RequestCountPerTarget.In("api"): 0.3 * 900 / 3,
		cloudwatch.HealthyHostCount.In("api"): 3, cloudwatch.UnHealthyHostCount.In("api"): 2,
		cloudwatch.HealthyHostCount:   4,
		cloudwatch.UnHealthyHostCount: 1,
		cloudwatch.HTTPCodeTarget5XX:  7,
		cloudwatch.HTTPCodeELB5XX:     3,
		cloudwatch.HTTPCodeELB502:     1,
		cloudwatch.HTTPCodeELB503:     2,
	} {
		if r, ok := x.of(m); !ok || len(r.samples) != 1 || r.samples[0] != want {
			t.Errorf("%v: %v %v, want %v", m, r.samples, ok, want)
		}
	}
	for _, m := range []cloudwatch.Metric{cloudwatch.TargetResponseTime, cloudwatch.WarmPoolMinSize, cloudwatch.HTTPCodeELB504, cloudwatch.HTTPCodeELB4XX, cloudwatch.TargetConnectionErrorCount} {
		if _, ok := x.of(m); ok {
			t.Errorf("%v is reported without a value", m)
		}
	}
	// Without a registered target only RequestCountPerTarget is reported, as 0.
	none := &minute{targets: func(string) targetGroup { return targetGroup{share: 1} }, responseTime: x.responseTime, group: x.group}
	for m, want := range map[cloudwatch.Metric]bool{
		cloudwatch.RequestCountPerTarget: true, cloudwatch.RequestCount: false, cloudwatch.HealthyHostCount: false,
		cloudwatch.UnHealthyHostCount: false, cloudwatch.HTTPCodeTarget5XX: false, cloudwatch.HTTPCodeELB5XX: false,
	} {
		if _, ok := none.of(m); ok != want {
			t.Errorf("%v without targets: reported %v, want %v", m, ok, want)
		}
	}
}

// The statistics of samples 4, 1, 3 and 2, by hand; and of 12 samples of 1, whose sum
// and count are 12 and whose every other statistic is 1.
func TestStatisticsOfAPeriod(t *testing.T) {
	for kind, want := range map[cloudwatch.StatisticKind][2]float64{
		cloudwatch.Average: {2.5, 1}, cloudwatch.Sum: {10, 12}, cloudwatch.SampleCount: {4, 12},
		cloudwatch.Minimum: {1, 1}, cloudwatch.Maximum: {4, 1}, cloudwatch.Percentile: {3, 1},
	} {
		s := &sensor{statistic: cloudwatch.Statistic{Kind: kind, P: 0.5}, latency: new(serving.Histogram), samples: []float64{4, 1, 3, 2}, weight: 4}
		if v, n := s.value(); v != want[0] || n != 4 {
			t.Errorf("kind %d: %v of %d, want %v of 4", kind, v, n, want[0])
		}
		s = &sensor{statistic: cloudwatch.Statistic{Kind: kind, P: 0.5}, latency: new(serving.Histogram), samples: []float64{12}, weight: 1, ones: true}
		if v, _ := s.value(); v != want[1] {
			t.Errorf("kind %d of ones: %v, want %v", kind, v, want[1])
		}
	}
	if v, n := (&sensor{latency: new(serving.Histogram)}).value(); n != 0 || !math.IsNaN(v) {
		t.Errorf("no samples: %v of %d", v, n)
	}
}

// A row holds the attempts that ended in it, the mean CPU and the hottest instance of
// its minutes.
func TestRowOfFiveMinutes(t *testing.T) {
	m := &Meter{Parts: Parts{Config: &record.Config{}, End: des.Time(des.Hour)}, interval: 5 * des.Minute, merged: serving.NewLatencies(), period: serving.NewLatencies()}
	m.begin(0)
	cpu := []float64{0.2, 0.4, 0.6, 0.8, 1}
	for i, v := range cpu {
		var before, now serving.Counters
		now.AttemptsBy[serving.Error] = uint64(i)
		countAttempts(&m.rows[len(m.rows)-1], &before, &now)
		from := des.Time(i) * des.Time(des.Minute)
		m.row(from.Add(des.Minute), from, record.Mean{Sum: v, N: 1}, v+0.01, cpuTotals{workers: 4, workersBusy: 2})
	}
	if len(m.rows) != 2 || m.rows[1].At != des.Time(5*des.Minute) {
		t.Fatalf("%d rows", len(m.rows))
	}
	r := m.rows[0]
	if math.Abs(r.CPU-0.6) > 1e-12 || r.Hottest != 1.01 || r.Workers != 0.5 || r.Ended[serving.Error] != 10 {
		t.Errorf("CPU %v, hottest %v, workers %v, errors %d", r.CPU, r.Hottest, r.Workers, r.Ended[serving.Error])
	}
	if m.maxMinute != 1 || m.hottest != 1.01 {
		t.Errorf("over the window: %v and %v", m.maxMinute, m.hottest)
	}
}
