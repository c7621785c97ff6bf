package world

import (
	"context"
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
)

// A refresh of a group with weights ends, whatever the weights: the replacements of a
// heavy instance may be several light ones, launched beyond the bound where it must be.
func TestRefreshWithWeights(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	for _, row := range []struct {
		n               int
		weights         map[string]int
		least, greatest float64
	}{
		{6, map[string]int{"m5.large": 1, "m5.xlarge": 2}, 0.9, 1.1},
		{6, map[string]int{"m5.large": 1, "m5.xlarge": 2}, 1, 1},
		{9, map[string]int{"m5.large": 1, "m5.xlarge": 4}, 0.9, 1},
		{7, map[string]int{"m5.large": 2, "m5.xlarge": 5}, 0.5, 1.2},
	} {
		for seed := range uint64(4) {
			cfg := mixedOf(row.n, asg.Mixed{OnDemandBase: 2, OnDemandPercent: 30, Spot: asg.PriceCapacityOptimized}, row.weights, "m5.large", "m5.xlarge")
			cfg.Group.Max = 20
			cfg.Duration = 3 * des.Hour
			cfg.Events = []asg.Event{{Name: "deploy", Kind: asg.EventRefresh, At: []des.Time{t0}, Count: 1,
				Refresh: &asg.Refresh{Pace: asg.Maintenance{MinHealthy: row.least, MaxHealthy: row.greatest}, Version: ec2.Version{Speed: 1, Healthy: true}}}}
			r, err := Run(context.Background(), cfg, seed+1)
			if err != nil || len(r.Violations) > 0 {
				t.Fatal(err, r.Violations)
			}
			last := ""
			for _, d := range r.Decisions {
				if d.Policy == "deploy" {
					last = d.Why
				}
			}
			if !strings.HasSuffix(last, "Successful") {
				t.Errorf("%d units of weights %v, %v to %v, seed %d: %s", row.n, row.weights, row.least, row.greatest, seed+1, last)
			}
		}
	}
}

// A heavy instance that dies is made up for by as many light ones as it takes.
func TestHeavyInstanceReplacedByLightOnes(t *testing.T) {
	cfg := mixedOf(10, asg.Mixed{OnDemandPercent: 100}, map[string]int{"m5.xlarge": 5, "m5.large": 2}, "m5.xlarge", "m5.large")
	cfg.Faults = []fault.Fault{
		fault.Crash{Plan: fault.Plan{Name: "death", At: []des.Time{t0}, Whom: fault.Whom{Count: 1}}},
		fault.LaunchFailure{Plan: fault.Plan{Name: "dry", At: []des.Time{t0}, Lasts: des.Hour}, Zone: ec2.AnyZone, Type: "m5.xlarge"},
	}
	r := run(t, cfg)
	if end := r.Capacity[len(r.Capacity)-1]; end.States.InService() != 11 {
		t.Errorf("%d of 10 units at the end, want 5 and three times 2", end.States.InService())
	}
}

// Replacements that never become healthy, of weights that do not match: what is
// launched ahead of a light instance and is heavy does not stay once others are enough.
func TestHeavyReplacementsDoNotPileUp(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	for seed := range uint64(30) {
		cfg := mixedOf(2, asg.Mixed{Spot: asg.SpotLowestPrice, SpotPools: 2}, map[string]int{"c5.large": 4, "t3.large": 1, "m5.large": 1}, "c5.large", "t3.large", "m5.large")
		cfg.Group.Min, cfg.Group.HealthCheckELB, cfg.Group.Grace = 2, true, 0
		cfg.Group.Maintenance = &asg.Maintenance{MinHealthy: 0.5, MaxHealthy: 1}
		cfg.Template.Boot, cfg.Balancer.Check.Interval = exponential(400), 5*des.Second
		cfg.Duration = des.Hour
		cfg.Faults = []fault.Fault{fault.Crash{Plan: fault.Plan{Name: "death", At: []des.Time{t0}, Whom: fault.Whom{Count: 1}}}}
		r, err := Run(context.Background(), cfg, seed+1)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range r.Violations {
			t.Errorf("seed %d: %s: %s", seed+1, v.Law, v.Detail)
		}
	}
}

// A refresh does not launch ahead what the group, above desired by the weight of the
// first replacement, can do without: when EC2 takes an old one back, all of it counts.
func TestRefreshLaunchesNoMoreThanItNeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	for seed := range uint64(40) {
		cfg := mixedOf(2, asg.Mixed{Spot: asg.CapacityOptimized}, map[string]int{"m5.large": 1, "c5.xlarge": 3}, "m5.large", "c5.xlarge")
		cfg.Group.Min, cfg.Duration = 2, des.Hour
		cfg.Template.Spot.Period = 5 * des.Minute
		cfg.Template.Pending = seconds64(60)
		cfg.Events = []asg.Event{{Name: "deploy", Kind: asg.EventRefresh, At: []des.Time{t0}, Count: 1,
			Refresh: &asg.Refresh{Pace: asg.Maintenance{MinHealthy: 0.5, MaxHealthy: 1}, Version: ec2.Version{Speed: 1, Healthy: true}}}}
		cfg.Group.Rebalance = true
		cfg.Faults = []fault.Fault{fault.SpotInterruption{Plan: fault.Plan{Name: "reclaim", At: []des.Time{t0.Add(10 * des.Second)}}, Zone: ec2.AnyZone, Share: 1}}
		r, err := Run(context.Background(), cfg, seed+1)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range r.Violations {
			t.Errorf("seed %d: %s: %s", seed+1, v.Law, v.Detail)
		}
	}
}
