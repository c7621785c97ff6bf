package sim

import (
	"fmt"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// heavy is a fixed fleet of c7g.large under a constant load.
func heavy(rate float64, cpu, wait float64, instances int, d des.Duration) *record.Config {
	var cfg record.Config
	cfg.Duration, cfg.Group.Min, cfg.Group.Max = d, instances, instances
	cfg.Template.Type.VCPU, cfg.Template.Speed, cfg.Template.Workers, cfg.Template.Queue = 2, 1, serving.Unlimited, serving.Unlimited
	work, _ := workload.NewConstant(cpu)
	off, _ := workload.NewConstant(wait)
	cfg.Classes = []serving.Class{{CPU: work, Wait: off, Retry: serving.Retry{Attempts: 1}}}
	cfg.Loads = []workload.Load{{Curve: workload.ConstantRate(rate)}}
	return &cfg
}

// What is sent and in progress follows from the load by arithmetic.
func TestEffortFollowsFromTheLoad(t *testing.T) {
	for _, c := range []struct {
		name               string
		cfg                *record.Config
		requests, inFlight float64
	}{
		{"Little: 1,000/s x 20 s", heavy(1000, 0.0001, 19.9999, 10, des.Hour), 3.6e6, 20_000},
		// Ten instances of two vCPUs serve 20 a second of 1 s each: 80 of 100 stay.
		{"overload: 80/s are left over for an hour", heavy(100, 1, 0, 10, des.Hour), 360_000, 80*3600 + 100},
	} {
		e := EffortOf(c.cfg)
		if far(e.Requests, c.requests) || far(e.InFlight, c.inFlight) {
			t.Errorf("%s: %.0f requests, %.0f in flight; want %.0f and %.0f", c.name, e.Requests, e.InFlight, c.requests, c.inFlight)
		}
	}
	bounded := heavy(100, 1, 0, 10, des.Hour)
	bounded.Template.Workers, bounded.Template.Queue = 5, 15
	if e := EffortOf(bounded); e.InFlight != 200 {
		t.Errorf("10 x (5 workers + 15 places): %.0f in flight", e.InFlight)
	}
	retried := heavy(100, 1, 0, 10, des.Hour)
	retried.Classes[0].Timeout, retried.Classes[0].Retry.Attempts = des.Millisecond, 20
	if once, often := EffortOf(heavy(100, 1, 0, 10, des.Hour)), EffortOf(retried); often.Seconds < once.Seconds+19*360_000*secondsPerAttempt*0.9 {
		t.Errorf("20 attempts: %.3f s, 1: %.3f s", often.Seconds, once.Seconds)
	}
}

func far(got, want float64) bool { return got < 0.99*want || got > 1.01*want }

// Attempts that are given up are made again, and the server works on: 300/s of 1 s on 400
// vCPUs, given up after half a second and tried 20 times, are 6,000/s, of which 400 are
// served. Where it drops them, half a second of them waits beside a second in work.
func TestRetriesPileUp(t *testing.T) {
	storm := heavy(300, 1, 0, 200, 10*des.Minute)
	storm.Classes[0].Timeout, storm.Classes[0].Retry.Attempts = des.Second/2, 20
	if e, want := EffortOf(storm), 5600*600+6000.0; far(e.InFlight, want) {
		t.Errorf("%.0f in flight, want %.0f", e.InFlight, want)
	}
	storm.Classes[0].Abandoned = serving.Drop
	if e, want := EffortOf(storm), 6000*1.5; far(e.InFlight, want) {
		t.Errorf("dropped: %.0f in flight, want %.0f", e.InFlight, want)
	}
	// The balancer gives up after its own time, whatever the client does: 200/s of 1 s on
	// 100 vCPUs are late once 50 s x 100/s wait, 100/s more each second; then 200 x 3 come
	// and 500/s are left.
	idle := heavy(200, 1, 0, 50, 10*des.Minute)
	idle.Balancer.IdleTimeout, idle.Classes[0].Retry.Attempts = 51*des.Second, 3
	if e, want := EffortOf(idle), 50*100+550*500+600.0; far(e.InFlight, want) {
		t.Errorf("idle timeout: %.0f in flight, want %.0f", e.InFlight, want)
	}
}

// Formulas take what their evaluations do: 120 of them, each minute of 30 days, are
// 120 x 43,200 evaluations. A pass through 1..100 for each of 100 elements is 10,000 looks
// at five names, numbers and operators (#, ==, x, +, 1000) and what holds them together.
func TestFormulasCount(t *testing.T) {
	quiet := heavy(0.001, 0.0001, 0, 1, 30*des.Day)
	without := EffortOf(quiet)
	for i := range 120 {
		quiet.Policies = append(quiet.Policies, &scaling.Expression{Name: fmt.Sprint(i), Every: des.Minute,
			Text: "let a = 1..100; let b = count(a, let x = #; any(a, # == x + 1000)); desired"})
	}
	e := EffortOf(quiet)
	const evaluations = 120 * 43_200.0
	if far(e.Formulas.Evaluations, evaluations) {
		t.Errorf("%.0f evaluations, want %.0f", e.Formulas.Evaluations, evaluations)
	}
	if each := e.Formulas.Steps / evaluations; each < 50_000 || each > 80_000 {
		t.Errorf("%.0f steps an evaluation, want 10,000 times 5 to 8", each)
	}
	// Measured, a step takes 7 to 50 ns: half an hour to six hours.
	if took := e.Seconds - without.Seconds; took < evaluations*50_000*7e-9 || took > evaluations*80_000*50e-9 {
		t.Errorf("%.0f s", took)
	}
}
