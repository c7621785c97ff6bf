package world

import (
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/workload"
)

// A worst minute is named by what changed in it or before, made so by hand here; chance
// only where nothing did and the scatter of independent requests says so.
func TestCauseOfTheWorstMinute(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	resize := func(at des.Time, n int) asg.Schedule {
		return asg.Schedule{Name: "resize", At: []des.Time{at}, Min: asg.Keep, Max: asg.Keep, Desired: n}
	}
	long := func(cfg *record.Config) { // requests of two minutes off the CPU
		cfg.Classes[0].Wait, cfg.SLO.Latency = seconds64(120), 200*des.Second
		cfg.Balancer.IdleTimeout = 300 * des.Second
	}
	for _, row := range []struct {
		name  string
		want  account.CauseKind
		build func(cfg *record.Config)
	}{
		{"the only serving instances are scaled in while their successors boot", account.CauseRemoved, func(cfg *record.Config) {
			cfg.Group.Termination = []asg.TerminationPolicy{asg.OldestInstance}
			cfg.Balancer.DeregistrationDelay = 0
			cfg.Template.Boot, cfg.Group.HealthCheckELB = seconds64(60), false
			cfg.Schedule = []asg.Schedule{resize(t0, 4), resize(t0.Add(20*des.Second), 2)}
			cfg.Schedule[1].Name = "back"
		}},
		{"a drain ends before the requests do", account.CauseDrain, func(cfg *record.Config) {
			long(cfg)
			cfg.Balancer.DeregistrationDelay = 20 * des.Second
			cfg.Schedule = []asg.Schedule{resize(t0, 1)}
		}},
		{"a load that peaks for two seconds", account.CauseSpike, func(cfg *record.Config) {
			cfg.Loads = append(cfg.Loads, workload.Load{Name: "peak", Arrivals: workload.Arrivals{Kind: workload.Poisson},
				Curve: workload.Spike{At: t0, Add: 1500, Hold: 2 * des.Second}.Curve()})
		}},
		{"a hung instance keeps its share", account.CauseFault, func(cfg *record.Config) {
			cfg.Classes[0].Timeout = 2 * des.Second
			cfg.Faults = []fault.Fault{fault.Hang{Plan: fault.Plan{Name: "frozen", At: []des.Time{t0}, Whom: fault.Whom{Count: 1}}}}
			cfg.Balancer.Check.Interval = 60 * des.Second
		}},
		{"a fixed wait of twice what the SLO allows", account.CauseSLO, func(cfg *record.Config) {
			cfg.Classes[0].Wait, cfg.SLO.Latency = seconds64(0.4), 200*des.Millisecond
			cfg.NeededUnasked = false
		}},
		{"nobody is there", account.CauseNoTarget, func(cfg *record.Config) {
			cfg.Group.Desired, cfg.Group.Cold = 2, true
			cfg.Template.Boot = seconds64(200)
		}},
		{"nothing happens, a few requests in a thousand are slow by their nature", account.CauseChance, func(cfg *record.Config) {
			cfg.SLO.Latency = 60 * des.Millisecond
			wait, err := workload.NewExponential(0.010)
			if err != nil {
				t.Fatal(err)
			}
			cfg.Classes[0].Wait = wait
			cfg.Loads[0].Arrivals.Kind = workload.Poisson
		}},
	} {
		cfg := still(2)
		cfg.Loads[0].Curve, cfg.Classes[0].CPU = jump{t0, 40, 40}, seconds64(0.010)
		cfg.Group.HealthCheckELB = true
		row.build(cfg)
		r := run(t, cfg)
		if m := r.Summary.WorstMinute; m == nil || m.Kind != row.want {
			t.Errorf("%s: worst minute %+v, want %s", row.name, m, row.want)
		}
	}
}
