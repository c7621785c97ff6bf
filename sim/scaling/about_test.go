package scaling

import (
	"math"
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// What policies say of themselves, by hand.
func TestWhatPoliciesSay(t *testing.T) {
	average := cloudwatch.Statistic{Kind: cloudwatch.Average}
	for want, p := range map[string]Policy{
		"target_tracking cpu: tracking CPU 50 %":                                         &TargetTracking{Name: "cpu", Target: 50},
		"target_tracking in: tracking 60.5 MB received by an instance":                   &TargetTracking{Name: "in", Metric: ASGAverageNetworkIn, Target: 60.5e6},
		"target_tracking out: tracking 2 GB sent by an instance":                         &TargetTracking{Name: "out", Metric: ASGAverageNetworkOut, Target: 2e9},
		"target_tracking rate: tracking 1000 requests a minute and target":               &TargetTracking{Name: "rate", Metric: ALBRequestCountPerTarget, Target: 1000},
		"target_tracking own: tracking TargetResponseTime Average 0.2 s":                 &TargetTracking{Name: "own", Metric: Customized, Custom: Custom{Metric: cloudwatch.TargetResponseTime, Statistic: average}, Target: 0.2},
		"step_scaling a: step scaling":                                                   &StepScaling{Name: "a"},
		"simple_scaling b: simple scaling":                                               &SimpleScaling{Name: "b"},
		"predictive_scaling c: predictive scaling, ForecastOnly":                         &Predictive{Name: "c"},
		"predictive_scaling c: predictive scaling, ForecastAndScale":                     &Predictive{Name: "c", Scale: true},
		"expression d: desired + 1":                                                      &Expression{Name: "d", Text: "desired + 1"},
		"kubernetes_hpa e: Kubernetes HPA, CPU at 50 %":                                  &KubernetesHPA{Name: "e", Target: 50},
		"gcp_autoscaler f: Google Cloud MIG autoscaler, CPU at 60 %":                     &GCPAutoscaler{Name: "f", CPU: 60},
		"gcp_autoscaler g: Google Cloud MIG autoscaler, load balancing at 80 % of 300/s": &GCPAutoscaler{Name: "g", Balancing: 80, MaxRate: 300},
		"azure_autoscale h, i: Azure autoscale, Percentage CPU +1 over 70, -2 under 30": &AzureAutoscale{Rules: []AzureRule{
			{Name: "h", Increase: true, Threshold: 70, Value: 1}, {Name: "i", Operator: AzureLessThan, Threshold: 30, Value: 2}}},
	} {
		a := p.About()
		if got := a.Kind + " " + a.Name + ": " + a.Says; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// start foretells 200 % of one instance's CPU and 1,200 requests a minute.
type start struct{ alarm cloudwatch.Definition }

func (start) One(m cloudwatch.Metric) (float64, bool) {
	switch m {
	case cloudwatch.CPUUtilization:
		return 200, true
	case cloudwatch.RequestCountPerTarget:
		return 1200, true
	}
	return 0, false
}

func (s start) Shown(m cloudwatch.Metric, _ des.Duration, n int) float64 {
	if v, ok := s.One(m); ok {
		return v / float64(n)
	}
	return math.NaN()
}

func (start) PerMinute() float64 { return 1200 }

func (s start) Definition(name string) (cloudwatch.Definition, bool) {
	return s.alarm, name == s.alarm.Name
}

func (start) Snapshot() Snapshot { return Snapshot{Min: 1, Max: 20, DefaultWarmup: Unset} }

func (start) Clock() Clock { return Clock{Hour: 9} }

// The fleet that a policy leaves alone at the start, by hand.
func TestSettled(t *testing.T) {
	over := AlarmRef{Name: "high", Above: true, Threshold: 40}
	f := start{cloudwatch.Definition{Name: "high", Metric: cloudwatch.CPUUtilization, Period: des.Minute}}
	perTarget := start{cloudwatch.Definition{Name: "high", Metric: cloudwatch.RequestCountPerTarget, Period: 5 * des.Minute}}
	late := start{cloudwatch.Definition{Name: "high", Metric: cloudwatch.TargetResponseTime, Period: des.Minute}}
	for _, c := range []struct {
		name string
		p    Policy
		f    start
		n    int
		want int
	}{
		{"200 / 50", &TargetTracking{Target: 50}, f, 1, 4},
		{"no fewer than others want", &TargetTracking{Target: 50}, f, 6, 6},
		{"1200 / 500", &TargetTracking{Metric: ALBRequestCountPerTarget, Target: 500}, f, 1, 3},
		{"a maximum cannot be foretold", &TargetTracking{Metric: Customized, Custom: Custom{Statistic: cloudwatch.Statistic{Kind: cloudwatch.Maximum}}, Target: 50}, f, 2, 2},
		{"200 / 40", &StepScaling{Alarm: over}, f, 1, 5},
		{"1200 x 5 minutes / 40", &SimpleScaling{Alarm: over}, perTarget, 1, 150},
		{"response times cannot be foretold", &StepScaling{Alarm: over}, late, 2, 2},
		{"an alarm below asks for nothing", &StepScaling{Alarm: AlarmRef{Name: "high", Threshold: 40}}, f, 2, 2},
		{"a formula of the metrics", &Expression{Text: "requests_per_target * in_service / 150", Warmup: Unset}, f, 1, 8},
		{"a formula of the clock", &Expression{Text: "hour + 2", Warmup: Unset}, f, 1, 11},
		{"a formula within the maximum", &Expression{Text: "50", Warmup: Unset}, f, 1, 20},
		{"one that never rests", &Expression{Text: "desired == 3 ? 4 : 3", Warmup: Unset}, f, 2, 2},
		{"pods", &KubernetesHPA{Target: 50}, f, 1, 4},
		{"VMs, by the greater of two signals", &GCPAutoscaler{CPU: 80, Balancing: 50, MaxRate: 8}, f, 1, 5}, // 20/s by 4
		{"the greater of two rules", &AzureAutoscale{Rules: []AzureRule{{Increase: true, Threshold: 60}, {Increase: true, Metric: TotalRequests, PerInstance: true, Threshold: 200}, {Threshold: 10}}}, f, 1, 6},
		{"a forecast asks apart", &Predictive{Target: 50, Scale: true}, f, 3, 3},
	} {
		if got := c.p.Settled(c.f, c.n); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// Goals are those of target tracking, with the two alarms.
func TestGoals(t *testing.T) {
	goals := Goals([]Policy{&StepScaling{}, &TargetTracking{Name: "cpu", Target: 50, Deadband: 0.1, LowRatio: 0.7, HighPeriods: 3, LowPeriods: 15, DisableScaleIn: true}})
	if len(goals) != 1 {
		t.Fatalf("goals %+v", goals)
	}
	g := goals[0]
	if g.Policy != "cpu" || g.Kind != "target_tracking" || math.Abs(g.High.At-55) > 1e-9 || g.High.Periods != 3 || math.Abs(g.Low.At-35) > 1e-9 || g.Low.Periods != 15 || !g.OutOnly {
		t.Errorf("%+v", g)
	}
}

// A rule's value: the statistic over the VMs of a grain, then over the grains.
func TestAzureRuleValue(t *testing.T) {
	window := [][]Used{
		{{CPU: 0.2, Requests: 10, In: 100, Out: 1}, {CPU: 0.4, Requests: 20, In: 300, Out: 3}},
		{{CPU: 0.6, Requests: 30, In: 500, Out: 5}, {CPU: 0.8, Requests: 40, In: 700, Out: 7}},
	}
	for _, c := range []struct {
		name string
		r    AzureRule
		want float64
	}{
		{"mean of means", AzureRule{Grain: des.Minute}, 50},
		{"the highest VM, the latest grain", AzureRule{Grain: des.Minute, Statistic: AzureMaximum, Aggregation: AzureLast}, 80},
		{"the lowest VM, the sum of the grains", AzureRule{Grain: des.Minute, Statistic: AzureMinimum, Aggregation: AzureSum}, 80},
		{"one grain of two minutes", AzureRule{Grain: 2 * des.Minute, Aggregation: AzureCount}, 1},
		{"bytes in", AzureRule{Grain: des.Minute, Metric: NetworkInTotal, Statistic: AzureSum}, 800},
		{"bytes out", AzureRule{Grain: des.Minute, Metric: NetworkOutTotal, Aggregation: AzureMinimum}, 2},
		{"requests an instance", AzureRule{Grain: des.Minute, Metric: TotalRequests, PerInstance: true}, 25},
	} {
		if got := c.r.value(window, 2); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := (&AzureRule{Grain: des.Minute}).value(nil, 2); !math.IsNaN(got) {
		t.Errorf("without any grain: %v", got)
	}
}

// 4 pods at 100 % with a target of 50 are 8, within the pace of doubling in 15 s; the
// next sync finds the pace used up. Back at 25 % the peak of five minutes counts.
func TestKubernetesHPARemembers(t *testing.T) {
	p := &KubernetesHPA{Name: "pods", Target: 50, Tolerance: 0.1, Up: DefaultUp(), Down: DefaultDown()}
	pods := func(n int, percent int64) (out []Pod) {
		for range n {
			out = append(out, Pod{Usage: 10 * percent, Request: 1000, Known: true, Ready: true, Past: true})
		}
		return out
	}
	var m Memory
	at := func(s int) des.Time { return des.Time(s) * des.Time(des.Second) }
	if d := looked(p, at(0), &Snapshot{Desired: 4, Min: 1, Max: 100}, pods(4, 100), &m); d.Side != Out || d.Want != 8 || d.Metric != 100 || !d.HasMetric {
		t.Errorf("%+v", d)
	}
	before := m
	if d := looked(p, at(5), &Snapshot{Desired: 8, Min: 1, Max: 100}, pods(8, 100), &m); d.Side != Hold {
		t.Errorf("within the period of the pace: %+v", d)
	}
	if again := looked(p, at(5), &Snapshot{Desired: 8, Min: 1, Max: 100}, pods(8, 100), &before); again.Side != Hold {
		t.Errorf("from the same memory: %+v", again)
	}
	if d := looked(p, at(60), &Snapshot{Desired: 8, Min: 1, Max: 100}, pods(8, 25), &m); d.Side != Hold {
		t.Errorf("while it stabilizes: %+v", d)
	}
	if d := looked(p, at(400), &Snapshot{Desired: 8, Min: 1, Max: 100}, pods(8, 25), &m); d.Side != In || d.Want != 4 {
		t.Errorf("after the window: %+v", d)
	}
	if d := looked(p, at(0), &Snapshot{}, nil, new(Memory)); d.Side != Hold || d.HasMetric {
		t.Errorf("switched off: %+v", d)
	}
}
