package scenarios

import (
	"context"
	"testing"

	"asgsim/sim/world"
)

// What the comments of the shipped scenarios tell is what happens.
func TestStories(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the shipped scenarios")
	}
	run := func(t *testing.T, name, variant string) *world.Summary {
		t.Helper()
		c := loadShipped(t, name, Options{Variant: variant}).Configs[0]
		r, err := world.Run(context.Background(), &c.World, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Violations) > 0 {
			t.Errorf("%s %s breaks the audit: %v", name, variant, r.Violations)
		}
		return &r.Summary
	}
	good := func(s *world.Summary) float64 { return *s.Requests.GoodShare }
	t.Run("a group that tracks 60 runs at 50", func(t *testing.T) {
		t.Parallel()
		sixty, tight := run(t, "sixty-is-fifty", "sixty"), run(t, "sixty-is-fifty", "tight")
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
	t.Run("CPU is blind to workers that wait", func(t *testing.T) {
		t.Parallel()
		cpu, requests := run(t, "blind-cpu", "by-cpu"), run(t, "blind-cpu", "by-requests")
		if cpu.CPU.Mean > 0.18 || cpu.CPU.MaxMinute > 0.21 || cpu.SLO.Met || good(cpu) > 0.5 || cpu.Capacity.InService.Mean > 4.5 {
			t.Errorf("by CPU: %+v, %+v, %+v", cpu.CPU, cpu.Requests, cpu.Capacity)
		}
		if !requests.SLO.Met || requests.Capacity.InService.Max < 9 {
			t.Errorf("by requests: %+v, %+v", requests.SLO, requests.Capacity)
		}
	})
	t.Run("only ELB checks replace a zombie", func(t *testing.T) {
		t.Parallel()
		zombie, replaced := run(t, "unhealthy-instance", "ec2-checks"), run(t, "unhealthy-instance", "elb-checks")
		if zombie.SLO.Met || zombie.Capacity.HealthReplacements != 0 || good(zombie) > 0.7 {
			t.Errorf("EC2 checks: %+v, %+v", zombie.Requests, zombie.Capacity)
		}
		if !replaced.SLO.Met || replaced.Capacity.HealthReplacements != 3 {
			t.Errorf("ELB checks: %+v, %+v", replaced.SLO, replaced.Capacity)
		}
	})
	t.Run("a small max_size is felt", func(t *testing.T) {
		t.Parallel()
		asIs, enough, shed := run(t, "overload", "as-is"), run(t, "overload", "enough"), run(t, "overload", "shed")
		if asIs.SLO.Met || asIs.Capacity.MinutesAtMax < 60 || asIs.CPU.MaxMinute < 0.99 || !enough.SLO.Met || good(shed) < good(asIs)+0.1 {
			t.Errorf("as is %+v, enough %+v, shed %+v", asIs.Requests, enough.Requests, shed.Requests)
		}
	})
	t.Run("a flash crowd is followed late", func(t *testing.T) {
		t.Parallel()
		asIs, headroom := run(t, "flash-crowd", "as-is"), run(t, "flash-crowd", "headroom")
		if asIs.SLO.BreachedMinutes < 6 || good(headroom) < good(asIs)+0.05 || headroom.InstanceHours < 1.3*asIs.InstanceHours {
			t.Errorf("as is %+v, headroom %+v", asIs, headroom)
		}
	})
	t.Run("a fixed fleet is idle by night", func(t *testing.T) {
		t.Parallel()
		f, seven := run(t, "fixed-fleet", "fourteen"), run(t, "fixed-fleet", "seven")
		if !f.SLO.Met || f.CPU.Mean > 0.35 || seven.SLO.Met || f.Faults.Injected["crash"] != 1 {
			t.Errorf("fourteen %+v, seven %+v", f.SLO, seven.SLO)
		}
	})
	t.Run("a trace is replayed request by request", func(t *testing.T) {
		t.Parallel()
		s := run(t, "trace-replay", "")
		if s.Requests.Offered != traceTotal(t) || !s.SLO.Met {
			t.Errorf("%d requests of %d; %+v", s.Requests.Offered, traceTotal(t), s.SLO)
		}
	})
}

// traceTotal is the number of requests in the shipped trace.
func traceTotal(t *testing.T) uint64 {
	t.Helper()
	f, err := OpenShipped("trace-replay.csv")
	if err != nil {
		t.Fatal(err)
	}
	rec, err := readTrace(f, "")
	if err != nil {
		t.Fatal(err)
	}
	total := 0.0
	for _, v := range rec.value {
		total += v
	}
	return uint64(total)
}
