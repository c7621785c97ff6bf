package stories

import (
	"encoding/csv"
	"strconv"
	"testing"

	"asgsim/scenarios"
	"asgsim/sim/account"
	"asgsim/sim/collapse"
)

// What the comments of the shipped scenarios tell is what happens.
func TestStories(t *testing.T) {
	tell(t, "a group that tracks 60 runs at 50", func(t *testing.T, r runs) {
		sixty, tight := r.summary(t, "sixty-is-fifty", "sixty"), r.summary(t, "sixty-is-fifty", "tight")
		if sixty.CPU.Mean < 0.47 || sixty.CPU.Mean > 0.54 {
			t.Errorf("mean CPU is %v", sixty.CPU.Mean)
		}
		if tight.CPU.Mean < sixty.CPU.Mean+0.02 || tight.InstanceHours >= sixty.InstanceHours {
			t.Errorf("a low alarm at 90 %% of the target costs less: %v, %v against %v", tight.CPU.Mean, tight.InstanceHours, sixty.InstanceHours)
		}
		if !sixty.SLO.Met || !tight.SLO.Met {
			t.Error("both meet the SLO")
		}
	})
	tell(t, "CPU is blind to workers that wait", func(t *testing.T, r runs) {
		cpu, requests := r.summary(t, "blind-cpu", "by-cpu"), r.summary(t, "blind-cpu", "by-requests")
		if cpu.CPU.Mean > 0.18 || cpu.CPU.MaxMinute > 0.21 || cpu.SLO.Met || good(cpu) > 0.5 || cpu.Capacity.InService.Mean > 4.5 {
			t.Errorf("by CPU: %+v, %+v, %+v", cpu.CPU, cpu.Requests, cpu.Capacity)
		}
		if !requests.SLO.Met || requests.Capacity.InService.Max < 9 {
			t.Errorf("by requests: %+v, %+v", requests.SLO, requests.Capacity)
		}
	})
	tell(t, "only ELB checks replace a zombie", func(t *testing.T, r runs) {
		zombie, replaced := r.summary(t, "unhealthy-instance", "ec2-checks"), r.summary(t, "unhealthy-instance", "elb-checks")
		if zombie.SLO.Met || zombie.Capacity.HealthReplacements != 0 || good(zombie) > 0.7 {
			t.Errorf("EC2 checks: %+v, %+v", zombie.Requests, zombie.Capacity)
		}
		if !replaced.SLO.Met || replaced.Capacity.HealthReplacements != 3 {
			t.Errorf("ELB checks: %+v, %+v", replaced.SLO, replaced.Capacity)
		}
	})
	tell(t, "a small max_size is felt", func(t *testing.T, r runs) {
		asIs, enough, shed := r.summary(t, "overload", "as-is"), r.summary(t, "overload", "enough"), r.summary(t, "overload", "shed")
		if asIs.SLO.Met || asIs.Capacity.MinutesAtMax < 60 || asIs.CPU.MaxMinute < 0.99 || !enough.SLO.Met || good(shed) < good(asIs)+0.1 {
			t.Errorf("as is %+v, enough %+v, shed %+v", asIs.Requests, enough.Requests, shed.Requests)
		}
	})
	tell(t, "checks kill what only had too much to do", func(t *testing.T, r runs) {
		const name = "health-check-death-spiral"
		asIs, ec2, wait := r.summary(t, name, "as-is"), r.summary(t, name, "ec2-checks"), r.summary(t, name, "short-wait")
		if c := asIs.Collapse; c == nil || len(c.Spirals) != 1 || c.Spirals[0].Terminated < 4 || c.Spirals[0].Before != 6 || c.Spirals[0].Used < 0.95 || c.Spirals[0].FromS < 360 {
			t.Errorf("as is: %+v, want one spiral from the mail on", c)
		}
		// The overload itself is the same: what is more is the spiral's.
		if ec2.Collapse != nil && len(ec2.Collapse.Spirals) > 0 || ec2.Capacity.HealthReplacements != 0 || ec2.SLO.BreachedMinutes+3 > asIs.SLO.BreachedMinutes || good(ec2) < good(asIs)+0.05 {
			t.Errorf("EC2's checks: %+v %v, as is %+v %v", ec2.SLO, good(ec2), asIs.SLO, good(asIs))
		}
		if good(wait) < good(asIs)+0.05 || wait.SLO.BreachedMinutes+3 > asIs.SLO.BreachedMinutes {
			t.Errorf("a short wait: %+v %v, as is %+v %v", wait.SLO, good(wait), asIs.SLO, good(asIs))
		}
	})
	tell(t, "retries keep an outage going", func(t *testing.T, r runs) {
		const name = "retry-storm"
		asIs, budget, drop := r.summary(t, name, "as-is"), r.summary(t, name, "budget"), r.summary(t, name, "drop-abandoned")
		// Four attempts a request; the crowd is gone at 11:11.
		if c := asIs.Collapse; c == nil || len(c.Storms) != 1 || c.Storms[0].PerRequest < 3.5 || len(c.Stuck) != 1 || !c.Stuck[0].Open || c.Stuck[0].FromS < 600 || c.Stuck[0].FromS > 720 || c.Stuck[0].HeldBy[0] != collapse.HeldByRetries {
			t.Errorf("as is: %+v, want a storm and a state that lasts", c)
		}
		if c := budget.Collapse; c != nil && (len(c.Storms) > 0 || len(c.Stuck) > 0 && c.Stuck[0].Open) || budget.SLO.BreachedMinutes > 15 || good(budget) < 0.6 || budget.Requests.Denied == 0 {
			t.Errorf("with a budget: %+v, %+v", budget.Collapse, budget.SLO)
		}
		if n := float64(budget.Requests.Retries); n > 0.1*float64(budget.Requests.Offered)+100 {
			t.Errorf("%v retries of %d requests with a budget of a tenth and a hundred", n, budget.Requests.Offered)
		}
		if good(drop) > 0.3 || drop.Collapse == nil || len(drop.Collapse.Stuck) == 0 {
			t.Errorf("servers that stop alone do not end it: %v", good(drop))
		}
	})
	tell(t, "a flash crowd is followed late", func(t *testing.T, r runs) {
		// Half of the load tells it too, on half of the fleet.
		told := func(variant string) *account.Summary {
			return r.summary(t, "flash-crowd", variant, "load.regulars.constant.rate=75/s", "load.crowd.spike.add=525/s", "auto_scaling_group.min_size=2")
		}
		asIs, headroom := told("as-is"), told("headroom")
		if asIs.SLO.BreachedMinutes < 6 || good(headroom) < good(asIs)+0.05 || headroom.InstanceHours < 1.3*asIs.InstanceHours {
			t.Errorf("as is %+v, headroom %+v", asIs, headroom)
		}
		if dry := told("no-capacity"); dry.SLO.BreachedMinutes < asIs.SLO.BreachedMinutes+10 || good(dry) > good(asIs)-0.15 || dry.Capacity.InService.Max < 10 {
			t.Errorf("as is %+v, good %v; no capacity %+v, good %v, %+v", asIs.SLO, good(asIs), dry.SLO, good(dry), dry.Capacity)
		}
	})
	tell(t, "four clouds follow the same crowd", func(t *testing.T, r runs) {
		const name = "hpa-against-target-tracking"
		tracking, hpa, gcp, azure := r.summary(t, name, "tracking"), r.summary(t, name, "hpa"), r.summary(t, name, "gcp"), r.summary(t, name, "azure")
		if good(hpa) < 0.995 || !hpa.SLO.Met || hpa.InstanceHours >= 0.9*tracking.InstanceHours {
			t.Errorf("hpa %+v %v h, tracking %+v %v h", hpa.SLO, hpa.InstanceHours, tracking.SLO, tracking.InstanceHours)
		}
		if good(gcp) < good(tracking) || good(gcp) > good(hpa) || gcp.InstanceHours >= 0.95*tracking.InstanceHours {
			t.Errorf("gcp %+v %v h, good %v", gcp.SLO, gcp.InstanceHours, good(gcp))
		}
		if good(azure) > good(tracking)-0.1 || azure.SLO.BreachedMinutes < 12 {
			t.Errorf("azure %+v, good %v", azure.SLO, good(azure))
		}
	})
	tell(t, "what is forgotten costs more than what is done", func(t *testing.T, r runs) {
		untouched, forgotten, standby := r.summary(t, "operations", "untouched"), r.summary(t, "operations", "forgotten"), r.summary(t, "operations", "standby")
		swapped, protected := r.summary(t, "operations", "swapped"), r.summary(t, "operations", "protected")
		if !untouched.SLO.Met || forgotten.SLO.BreachedMinutes < 120 || good(forgotten) > 0.92 || !standby.SLO.Met || standby.SLO.BreachedMinutes > 0 {
			t.Errorf("untouched %+v, forgotten %+v, standby %+v", untouched.SLO, forgotten.SLO, standby.SLO)
		}
		if more := standby.InstanceHours - untouched.InstanceHours; more < 2 || more > 15 {
			t.Errorf("standby costs %v instance-hours more", more)
		}
		if swapped.Capacity.Launches <= untouched.Capacity.Launches || good(swapped) < 0.99 || protected.InstanceHours < 1.3*untouched.InstanceHours {
			t.Errorf("launches %d and %d; protected %v h, untouched %v h", swapped.Capacity.Launches, untouched.Capacity.Launches, protected.InstanceHours, untouched.InstanceHours)
		}
	})
	tell(t, "a forecast watches, acts, and goes beyond the maximum", func(t *testing.T, r runs) {
		watching, acting := r.summary(t, "forecast", "watching"), r.summary(t, "forecast", "acting")
		capped, beyond := r.summary(t, "forecast", "capped"), r.summary(t, "forecast", "beyond")
		if watching.SLO.Met || watching.SLO.BreachedMinutes < 6 || !acting.SLO.Met || acting.SLO.BreachedMinutes > 1 || *watching.Forecasts[0].MAPE > 0.1 || watching.Forecasts[0].Raised != 0 {
			t.Errorf("watching %+v %+v, acting %+v", watching.SLO, watching.Forecasts, acting.SLO)
		}
		if capped.Capacity.InService.Max != 8 || beyond.Capacity.InService.Max <= 8 || !capped.SLO.Met || !beyond.SLO.Met || capped.InstanceHours > 0.95*beyond.InstanceHours {
			t.Errorf("capped %+v, beyond %+v", capped.Capacity, beyond.Capacity)
		}
	})
	tell(t, "who goes first at the end of a lifetime", func(t *testing.T, r runs) {
		const name = "instance-lifetime"
		unlimited, lifetime, first, days := r.summary(t, name, "unlimited"), r.summary(t, name, "lifetime"), r.summary(t, name, "launch-first"), r.summary(t, name, "seven-days")
		if !unlimited.SLO.Met || lifetime.SLO.Met || lifetime.SLO.BreachedMinutes < 5 || !first.SLO.Met || first.SLO.BreachedMinutes > 0 {
			t.Errorf("unlimited %+v, lifetime %+v, launch-first %+v", unlimited.SLO, lifetime.SLO, first.SLO)
		}
		if lifetime.Capacity.Launches != 3 || first.Capacity.Launches != 3 || days.Capacity.Launches != 0 || first.Cost.EC2 > 1.01*unlimited.Cost.EC2 {
			t.Errorf("launches %d, %d, %d; $%v against $%v", lifetime.Capacity.Launches, first.Capacity.Launches, days.Capacity.Launches, first.Cost.EC2, unlimited.Cost.EC2)
		}
	})
	tell(t, "a warm pool follows what a cold boot cannot", func(t *testing.T, r runs) {
		cold, stopped := r.summary(t, "warm-pool", "cold"), r.summary(t, "warm-pool", "stopped")
		reuse, running := r.summary(t, "warm-pool", "reuse"), r.summary(t, "warm-pool", "running")
		late := func(s *account.Summary) (minutes float64) {
			for _, l := range s.Lateness {
				minutes += l.Minutes
			}
			return minutes
		}
		t.Logf("late: %v, %v, %v, %v; breached %d, %d, %d, %d", late(cold), late(stopped), late(reuse), late(running), cold.SLO.BreachedMinutes, stopped.SLO.BreachedMinutes, reuse.SLO.BreachedMinutes, running.SLO.BreachedMinutes)
		if cold.SLO.Met || cold.SLO.BreachedMinutes < 6 || !stopped.SLO.Met || !reuse.SLO.Met || !running.SLO.Met || stopped.SLO.BreachedMinutes > 2 || late(stopped) > late(cold)/2 {
			t.Errorf("cold %+v, stopped %+v, reuse %+v, running %+v", cold.SLO, stopped.SLO, reuse.SLO, running.SLO)
		}
		if w := stopped.WarmPool; w.ColdStarts != 0 || w.WarmStarts < 12 || *w.WarmReadyS > 60 || stopped.Cost.Storage < 0.01 || stopped.Cost.Storage > 0.1 {
			t.Errorf("stopped: %+v, %+v", w, stopped.Cost)
		}
		if reuse.WarmPool.Returned < 12 || reuse.InstanceHours >= stopped.InstanceHours || stopped.InstanceHours > 1.15*cold.InstanceHours {
			t.Errorf("instance-hours: cold %v, stopped %v, reuse %v; %+v", cold.InstanceHours, stopped.InstanceHours, reuse.InstanceHours, reuse.WarmPool)
		}
		if fleet := 12 * 5.0; running.InstanceHours < fleet-0.5 || running.InstanceHours > fleet+0.5 || running.Cost.EC2 < 1.5*stopped.Cost.EC2 {
			t.Errorf("running: %v instance-hours", running.InstanceHours)
		}
	})
	tell(t, "a fixed fleet is idle by night", func(t *testing.T, r runs) {
		f, seven := r.summary(t, "fixed-fleet", "fourteen"), r.summary(t, "fixed-fleet", "seven")
		if !f.SLO.Met || f.CPU.Mean > 0.35 || seven.SLO.Met || f.Faults.Injected["crash"] != 1 {
			t.Errorf("fourteen %+v, seven %+v", f.SLO, seven.SLO)
		}
	})
	tell(t, "every policy over one day", func(t *testing.T, r runs) {
		// One day's bills lie a few per cent apart whatever the policy: means decide.
		hours := func(variant string) float64 {
			return r.mean(t, "policies", variant, func(s *account.Summary) float64 { return s.InstanceHours })
		}
		served := func(variant string) float64 { return r.mean(t, "policies", variant, good) }
		tracking := served("tracking")
		// The formula counts requests and is run with all of them: one day, set beside the same.
		if own, same := r.summary(t, "policies", "expression"), r.summary(t, "policies", "tracking"); good(own) < 0.995 || good(own) < good(same)+0.003 || own.InstanceHours > 1.25*same.InstanceHours {
			t.Errorf("expression: good %v, %v h", good(own), own.InstanceHours)
		}
		ahead := r.summary(t, "policies", "predictive")
		if f := ahead.Forecasts; served("predictive") < 0.995 || hours("predictive") > 1.2*hours("tracking") || len(f) != 1 || *f[0].MAPE > 0.35 || f[0].HistoryHours != 336 {
			t.Errorf("predictive: good %v, %v h, %+v", served("predictive"), hours("predictive"), f)
		}
		step, simple, scheduled, fixed := served("step"), served("simple"), served("scheduled"), served("fixed")
		if tracking > 0.995 || step > 0.996 || simple > tracking-0.001 || scheduled < tracking+0.005 || fixed < 0.998 {
			t.Errorf("good: tracking %v, step %v, simple %v, scheduled %v, fixed %v", tracking, step, simple, scheduled, fixed)
		}
		if hours("fixed") < 1.4*hours("scheduled") || hours("scheduled") > 1.1*hours("tracking") || hours("simple") > 1.01*hours("tracking") {
			t.Errorf("instance-hours: tracking %v, simple %v, scheduled %v, fixed %v", hours("tracking"), hours("simple"), hours("scheduled"), hours("fixed"))
		}
	})
	tell(t, "a morning action in the wrong zone comes late", func(t *testing.T, r runs) {
		utc, local := r.summary(t, "wrong-timezone", "utc"), r.summary(t, "wrong-timezone", "local")
		if utc.SLO.Met || utc.SLO.BreachedMinutes < 10 || !local.SLO.Met || local.SLO.BreachedMinutes > 3 || local.InstanceHours >= utc.InstanceHours {
			t.Errorf("utc %+v %v h, local %+v %v h", utc.SLO, utc.InstanceHours, local.SLO, local.InstanceHours)
		}
	})
	tell(t, "five-minute metrics are late, then too much", func(t *testing.T, r runs) {
		basic, detailed, requests := r.summary(t, "five-minute-metrics", "basic"), r.summary(t, "five-minute-metrics", "detailed"), r.summary(t, "five-minute-metrics", "by-requests")
		if fine := r.summary(t, "five-minute-metrics", "high-resolution"); !fine.SLO.Met || good(fine) < good(detailed)+0.002 || fine.InstanceHours > 1.1*detailed.InstanceHours || fine.Cost.Monitoring == 0 {
			t.Errorf("high resolution: good %v, %v h, monitoring $%v", good(fine), fine.InstanceHours, fine.Cost.Monitoring)
		}
		if good(basic) > good(detailed)-0.01 || good(basic) > good(requests)-0.01 || basic.InstanceHours <= detailed.InstanceHours {
			t.Errorf("good: basic %v, detailed %v, by requests %v; at most %d and %d", good(basic), good(detailed), good(requests), basic.Capacity.InService.Max, detailed.Capacity.InService.Max)
		}
	})
	tell(t, "a trace is replayed request by request", func(t *testing.T, r runs) {
		s := r.summary(t, "trace-replay", "", "duration=10h") // 120 rows: the night, and the morning's rise
		if want := traceTotal(t, 120); s.Requests.Offered != want || good(s) < 0.99 {
			t.Errorf("%d requests of %d; %+v", s.Requests.Offered, want, s.SLO)
		}
	})
}

// traceTotal is the number of requests in the first rows of the shipped trace.
func traceTotal(t *testing.T, first int) uint64 {
	t.Helper()
	f, err := scenarios.OpenShipped("trace-replay.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	total := uint64(0)
	for _, row := range rows[1 : 1+first] {
		n, err := strconv.ParseUint(row[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		total += n
	}
	return total
}
