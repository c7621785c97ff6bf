package world

import (
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
)

func watchAll(cfg *record.Config, kind cloudwatch.StatisticKind, metrics ...cloudwatch.Metric) {
	for _, m := range metrics {
		cfg.Alarms = append(cfg.Alarms, cloudwatch.Definition{Name: m.String() + string(rune('0'+kind)), Metric: m, Statistic: cloudwatch.Statistic{Kind: kind}, Period: des.Minute, Evaluate: 1, Datapoints: 1, Threshold: 1e12})
	}
}

// values are the datapoints of a metric that lie in [from, to).
func values(r *account.Result, m cloudwatch.Metric, kind cloudwatch.StatisticKind, from, to des.Time) []float64 {
	var out []float64
	for _, p := range r.Metrics {
		if p.Metric != m || p.Statistic.Kind != kind {
			continue
		}
		for _, x := range p.Points {
			if x.Start >= from && x.Start < to {
				out = append(out, x.Value)
			}
		}
	}
	return out
}

// What each metric of the balancer shows, and whether it shows anything ("CloudWatch
// metrics for your Application Load Balancer", read 2026-11), in a group of two at 10
// requests a second, both of which hang at t0, are unhealthy within 65 s and are not
// replaced (EC2 checks). Clients wait for the idle timeout of 20 s.
func TestReportingCriteria(t *testing.T) {
	cfg := zombie(2, fault.Hang{Plan: fault.Plan{Name: "frozen", Whom: fault.Whom{Count: 2}}})
	cfg.Loads[0].Curve = jump{0, 10, 10}
	cfg.Balancer.IdleTimeout = 20 * des.Second
	cfg.Classes[0].Timeout = 0
	all := []cloudwatch.Metric{cloudwatch.RequestCount, cloudwatch.RequestCountPerTarget, cloudwatch.TargetResponseTime, cloudwatch.HealthyHostCount,
		cloudwatch.UnHealthyHostCount, cloudwatch.HTTPCodeTarget5XX, cloudwatch.HTTPCodeELB5XX, cloudwatch.HTTPCodeELB502, cloudwatch.HTTPCodeELB504, cloudwatch.HTTPCodeTarget2XX}
	watchAll(cfg, cloudwatch.Sum, all...)
	watchAll(cfg, cloudwatch.Average, cloudwatch.RequestCount, cloudwatch.HTTPCodeELB5XX, cloudwatch.HTTPCodeTarget5XX)
	watchAll(cfg, cloudwatch.SampleCount, cloudwatch.RequestCount)
	r := run(t, cfg)
	for _, x := range []struct {
		metric       cloudwatch.Metric
		kind         cloudwatch.StatisticKind
		before, hung float64 // -1: not reported
	}{
		{cloudwatch.RequestCount, cloudwatch.Sum, 600, 600},
		{cloudwatch.RequestCount, cloudwatch.Average, 1, 1}, // each request is a sample of 1
		{cloudwatch.RequestCount, cloudwatch.SampleCount, 600, 600},
		{cloudwatch.RequestCountPerTarget, cloudwatch.Sum, 300, 300}, // by two healthy; by two registered
		{cloudwatch.HealthyHostCount, cloudwatch.Sum, 2, 0},
		{cloudwatch.UnHealthyHostCount, cloudwatch.Sum, 0, 2},
		{cloudwatch.HTTPCodeTarget5XX, cloudwatch.Sum, 0, 0}, // reported while targets are registered
		{cloudwatch.HTTPCodeTarget5XX, cloudwatch.Average, 0, 0},
		{cloudwatch.HTTPCodeELB5XX, cloudwatch.Sum, -1, 600}, // only a nonzero value
		{cloudwatch.HTTPCodeELB5XX, cloudwatch.Average, -1, 1},
		{cloudwatch.HTTPCodeELB504, cloudwatch.Sum, -1, 600}, // the idle timeout
		{cloudwatch.HTTPCodeELB502, cloudwatch.Sum, -1, -1},
		{cloudwatch.HTTPCodeTarget2XX, cloudwatch.Sum, 600, 0},
		{cloudwatch.TargetResponseTime, cloudwatch.Sum, 600 * 0.010, -1}, // nobody answers
	} {
		for k, want := range []float64{x.before, x.hung} {
			from := []des.Time{s(-300), s(300)}[k]
			got := values(r, x.metric, x.kind, from, from.Add(4*des.Minute))
			if want < 0 {
				if len(got) > 0 {
					t.Errorf("%v %v from %v: %v, want nothing", x.metric, x.kind, from, got)
				}
				continue
			}
			if len(got) != 4 {
				t.Errorf("%v %v from %v: %d datapoints, want one a minute", x.metric, x.kind, from, len(got))
			}
			for _, v := range got {
				if v < 0.98*want || v > 1.02*want {
					t.Errorf("%v %v from %v: %v, want %v", x.metric, x.kind, from, v, want)
				}
			}
		}
	}
	if by := r.Summary.Requests.FailedBy; by[serving.GatewayTimeout.String()] == 0 || by[serving.TimedOut.String()] > 0 {
		t.Errorf("failed by %v, want the balancer's 504 alone: no client has a timeout", by)
	}
}

// Tracking sees an outage: both of two targets hang at t0 and are not replaced, and the
// load quadruples: 20/s x 60 / 2 registered = 600 a minute and target at a target of
// 900, then 2400: ceil(2 x 2400 / 900) = 6.
func TestTrackingSeesAnOutage(t *testing.T) {
	cfg := zombie(2, fault.Hang{Plan: fault.Plan{Name: "frozen", Whom: fault.Whom{Count: 2}}})
	cfg.Loads[0].Curve = jump{s(600), 20, 80}
	cfg.Group.Max = 10
	cfg.Policies = append(cfg.Policies, steady(1, 1, 1).Policies...)
	tracking(cfg, 0).Metric, tracking(cfg, 0).Target = scaling.ALBRequestCountPerTarget, 900
	r := run(t, cfg)
	if got := changesOfDesired(r); len(got) == 0 || got[0].To != 6 || got[0].At < s(600) || got[0].At > s(600+6*60) {
		t.Errorf("desired changed %v, want to 6 within minutes of %v", got, s(600))
	}
}

// An instance with two workers gets 20 requests of 100 ms a second: it answers
// 20, of 40 that come. Nothing that is answered took longer than the idle timeout, and
// what did not make it is the balancer's 504; another timeout, other figures.
func TestIdleTimeoutActs(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	failed := map[des.Duration]uint64{}
	for _, idle := range []des.Duration{5 * des.Second, 60 * des.Second} {
		cfg := dense(40, 40, 1)
		cfg.Policies = nil
		cfg.Group.Min, cfg.Group.Max = 1, 1
		cfg.Classes[0].CPU = seconds64(0.1)
		cfg.Template.Model.Workers = 2
		cfg.Balancer.IdleTimeout = idle
		r := run(t, cfg)
		by := r.Summary.Requests.FailedBy
		failed[idle] = by["gateway_timeout"]
		if top := r.Summary.TargetResponse.Max; top == nil || *top > idle.Seconds() {
			t.Errorf("idle timeout %v: response times up to %v s", idle, *top)
		}
		if by["gateway_timeout"] == 0 || by["timed_out"] > 0 {
			t.Errorf("idle timeout %v: failed by %v", idle, by)
		}
	}
	if failed[5*des.Second] <= failed[60*des.Second] {
		t.Errorf("504 after 5 s: %d, after 60 s: %d; the shorter wait must give up more", failed[5*des.Second], failed[60*des.Second])
	}
}
