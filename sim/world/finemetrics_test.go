package world

import (
	"context"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
)

// fine is TV-71 with a metric of 10 seconds: points of [0,10), [10,20), [20,30) are
// known at 20, 30, 40.
func fine(period des.Duration, before, after float64) *record.Config {
	cfg := timeline(before, after, 4)
	cfg.Watch.FineDelay = 10 * des.Second
	p := tracking(cfg, 0)
	p.Metric, p.AlarmPeriod = scaling.Customized, period
	p.Custom = scaling.Custom{Metric: cloudwatch.CPUUtilization, Period: period}
	return cfg
}

func TestTrackingOnHighResolution(t *testing.T) {
	for _, c := range []struct {
		period  des.Duration
		periods int
		want    des.Time
	}{{10 * des.Second, 3, s(40)}, {10 * des.Second, 1, s(20)}, {30 * des.Second, 3, s(100)}, {30 * des.Second, 1, s(40)}} {
		cfg := fine(c.period, 320, 640)
		tracking(cfg, 0).HighPeriods = c.periods
		got := changesOfDesired(run(t, cfg))
		if len(got) == 0 || got[0] != (changeOf{c.want, 7}) {
			t.Errorf("%d of %v: %v, want 7 at %v", c.periods, c.period, got, c.want)
		}
	}
	// Detailed monitoring is needed no longer.
	cfg := fine(10*des.Second, 320, 640)
	cfg.Template.Detailed = false
	if got := changesOfDesired(run(t, cfg)); len(got) == 0 || got[0].At != s(40) {
		t.Errorf("%v, want at 40", got)
	}
}

// A fine alarm's action is repeated every minute from its change of state, not at
// every evaluation (TV-72 in small: 15 points under 35 %, the last known at 160).
func TestAFineAlarmActsEveryMinute(t *testing.T) {
	got := changesOfDesired(run(t, fine(10*des.Second, 320, 0)))
	want := []changeOf{{s(160), 3}, {s(220), 2}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("desired changed %v, want %v", got, want)
	}
}

// Two policies, one on minutes and one on seconds: the way in takes both, at either
// one's turn.
func TestFineAndCoarsePoliciesAgree(t *testing.T) {
	cfg := fine(10*des.Second, 320, 0)
	cfg.Policies = append(cfg.Policies, timeline(0, 0, 0).Policies...)
	tracking(cfg, 1).Name = "minutes"
	got := changesOfDesired(run(t, cfg))
	// The coarse one is in ALARM from 960 (TV-72).
	if len(got) != 2 || got[0] != (changeOf{s(960), 3}) || got[1].At > s(1020) {
		t.Errorf("desired changed %v, want 3 at 960, 2 by 1020", got)
	}
}

// watched runs a configuration and returns a metric as CloudWatch has it.
func watched(t *testing.T, cfg *record.Config, m cloudwatch.Metric, k cloudwatch.StatisticKind) []cloudwatch.Point {
	t.Helper()
	cfg.Alarms = append(cfg.Alarms, cloudwatch.Definition{Name: "watch " + m.String(), Metric: m, Statistic: cloudwatch.Statistic{Kind: k}, Period: des.Minute, Evaluate: 1, Datapoints: 1, Threshold: 1e18})
	plane, err := serving.New(planeConfig(cfg, 1))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(cfg, 1, plane, wiring())
	if err := w.loop(context.Background()); err != nil {
		t.Fatal(err)
	}
	var out []cloudwatch.Point
	for _, p := range w.meter.Series(m, cloudwatch.Statistic{Kind: k}, des.Minute).Points() {
		if p.Start >= 0 { // not the history of a settled start
			out = append(out, p)
		}
	}
	return out
}

// last is the newest value; -1 without any.
func last(points []cloudwatch.Point) float64 {
	if len(points) == 0 {
		return -1
	}
	return points[len(points)-1].Value
}

func TestGroupMetrics(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	base := func() *record.Config {
		cfg := timeline(320, 320, 4)
		cfg.Policies = nil
		cfg.Events = []asg.Event{{Name: "out", Kind: asg.EventStandby, At: []des.Time{s(0)}, Count: 1, Decrement: true}}
		return cfg
	}
	for m, want := range map[cloudwatch.Metric]float64{
		cloudwatch.GroupMinSize: 2, cloudwatch.GroupMaxSize: 20, cloudwatch.GroupDesiredCapacity: 3, cloudwatch.GroupInServiceInstances: 3, cloudwatch.GroupStandbyInstances: 1,
		cloudwatch.GroupInServiceCapacity: 3, cloudwatch.GroupStandbyCapacity: 1, cloudwatch.GroupPendingCapacity: 0, cloudwatch.GroupTerminatingCapacity: 0,
		cloudwatch.GroupTotalInstances: 4, cloudwatch.GroupTotalCapacity: 4, cloudwatch.WarmPoolTotalCapacity: -1, cloudwatch.PredictiveScalingCapacityForecast: -1,
	} {
		if got := last(watched(t, base(), m, cloudwatch.Average)); got != want {
			t.Errorf("%v: %v, want %v", m, got, want)
		}
	}
	weighted := func() *record.Config {
		cfg := base()
		big := cfg.Template.Model
		big.Weight = 2
		cfg.Template.Mixed, cfg.Group.Mixed = []ec2.Model{big}, &asg.Mixed{OnDemandPercent: 100}
		cfg.Events = nil
		return cfg
	}
	for m, want := range map[cloudwatch.Metric]float64{cloudwatch.GroupInServiceInstances: 2, cloudwatch.GroupTotalInstances: 2, cloudwatch.GroupInServiceCapacity: 4, cloudwatch.GroupTotalCapacity: 4} {
		if got := last(watched(t, weighted(), m, cloudwatch.Average)); got != want {
			t.Errorf("weight 2, %v: %v, want %v", m, got, want)
		}
	}
	for m, want := range map[cloudwatch.Metric]float64{
		cloudwatch.WarmPoolMinSize: 2, cloudwatch.WarmPoolDesiredCapacity: 5, cloudwatch.WarmPoolWarmedCapacity: 5, cloudwatch.WarmPoolPendingCapacity: 0,
		cloudwatch.WarmPoolTerminatingCapacity: 0, cloudwatch.WarmPoolTotalCapacity: 5, cloudwatch.GroupAndWarmPoolDesiredCapacity: 8, cloudwatch.GroupAndWarmPoolTotalCapacity: 9,
	} {
		cfg := base()
		cfg.Group.WarmPool = &asg.WarmPool{Min: 2, Prepared: 8, Start: seconds64(10), Boot: seconds64(5), Stop: seconds64(10), Handover: seconds64(5)}
		if got := last(watched(t, cfg, m, cloudwatch.Average)); got != want {
			t.Errorf("%v: %v, want %v", m, got, want)
		}
	}
	forecast := base()
	forecast.Policies = append(forecast.Policies, &scaling.Predictive{Name: "ahead", Target: 50})
	if got := last(watched(t, forecast, cloudwatch.PredictiveScalingCapacityForecast, cloudwatch.Average)); got != 4 { // 160 % / 50 %
		t.Errorf("capacity forecast %v", got)
	}
	if got := last(watched(t, forecast, cloudwatch.PredictiveScalingLoadForecast, cloudwatch.Average)); got < 150 || got > 170 {
		t.Errorf("load forecast %v", got)
	}
}

// Four t3.medium at 60 % spend 60 credits an hour each and earn 24: three fewer
// every five minutes.
func TestCreditMetrics(t *testing.T) {
	base := func() *record.Config {
		cfg := timeline(480, 480, 4)
		cfg.Policies, cfg.Duration = nil, 61*des.Minute
		kind, _ := ec2.Lookup("t3.medium")
		cfg.Template.Type, cfg.Template.Credits, cfg.Template.InitialCredits = kind, ec2.UnlimitedCredits, 0.5
		return cfg
	}
	balance := watched(t, base(), cloudwatch.CPUCreditBalance, cloudwatch.Average)
	if len(balance) != 12 || balance[0].Known != des.Time(7*des.Minute) {
		t.Fatalf("%d datapoints: %v", len(balance), balance)
	}
	hour := (balance[0].Value - balance[11].Value) / 11 * 12
	if spent := watched(t, base(), cloudwatch.CPUCreditUsage, cloudwatch.Sum); hour < 44 || hour > 52 || last(spent) < 23 || last(spent) > 25 {
		t.Errorf("%v credits fewer an hour, %v spent by four in five minutes", hour, last(spent)) // 72 - 24 = 48; 4 x 6
	}
	cfg := base()
	cfg.Alarms = []cloudwatch.Definition{{Name: "low", Metric: cloudwatch.CPUCreditBalance, Period: 5 * des.Minute, Evaluate: 1, Datapoints: 1, Comparison: cloudwatch.LessThan, Threshold: balance[6].Value + 0.1}}
	cfg.Policies = append(cfg.Policies, &scaling.StepScaling{Name: "more", Alarm: scaling.AlarmRef{Name: "low", Threshold: balance[6].Value + 0.1}, Warmup: 0, Steps: []scaling.Step{{Lower: -1e9, Upper: 0, Adjustment: 1}}})
	if got := changesOfDesired(run(t, cfg)); len(got) == 0 || got[0] != (changeOf{balance[6].Known, 5}) {
		t.Errorf("desired changed %v, want 5 at %v", got, balance[6].Known)
	}
}
