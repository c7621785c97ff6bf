package world

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// Scale-in takes the purchase option that is over its share first.
func TestScaleInKeepsTheSplit(t *testing.T) {
	for _, policy := range []asg.TerminationPolicy{asg.DefaultTermination, asg.OldestInstance, asg.NewestInstance} {
		cfg := mixedOf(12, asg.Mixed{OnDemandBase: 2, OnDemandPercent: 50}, nil, "m5.large", "c5.large")
		cfg.Group.Termination = []asg.TerminationPolicy{policy}
		cfg.Schedule = []asg.Schedule{{Name: "less", At: []des.Time{t0}, Min: asg.Keep, Max: asg.Keep, Desired: 6}}
		got := launched(run(t, cfg))
		onDemand, spot := got["m5.large on-demand"]+got["c5.large on-demand"], got["m5.large spot"]+got["c5.large spot"]
		if onDemand != 4 || spot != 2 {
			t.Errorf("%v: %v, want 4 on demand and 2 Spot", policy, got)
		}
	}
}

// Within an option Default takes what the allocation strategy would not choose now;
// a policy before it goes by its own rule.
func TestScaleInByStrategy(t *testing.T) {
	for policy, gone := range map[asg.TerminationPolicy]string{
		asg.DefaultTermination: "m5.large", asg.AllocationStrategy: "m5.large", asg.OldestInstance: "m5.large", asg.NewestInstance: "c5.large",
	} {
		cfg := mixedOf(8, asg.Mixed{SpotPools: 1}, nil, "m5.large", "c5.large")
		cfg.Group.Desired, cfg.Group.Zones = 4, []string{"a"}
		cfg.Group.Termination = []asg.TerminationPolicy{policy}
		rise := int64(t0) / int64(des.Second)
		cfg.Template.Spot.Prices = []ec2.PriceSeries{
			{Type: "m5.large", Step: []ec2.PriceStep{{Price: billing.Dollars(0.03)}, {At: rise, Price: billing.Dollars(0.06)}}},
			{Type: "c5.large", Step: []ec2.PriceStep{{Price: billing.Dollars(0.04)}}},
		}
		cfg.Schedule = []asg.Schedule{
			{Name: "more", At: []des.Time{t0.Add(des.Minute)}, Min: asg.Keep, Max: asg.Keep, Desired: 8},
			{Name: "less", At: []des.Time{t0.Add(10 * des.Minute)}, Min: asg.Keep, Max: asg.Keep, Desired: 4},
		}
		r := run(t, cfg)
		if len(r.Instances) != 8 {
			t.Fatalf("%d instances", len(r.Instances))
		}
		for _, i := range r.Instances {
			if (i.End.Kind != asg.NotEnded) != (i.Type == gone) {
				t.Errorf("%v: %s ended for %q, want all %s to go", policy, i.Type, i.End, gone)
			}
		}
	}
}

// within an option the Default policy asks the allocation strategy, which here
// would choose the newer type last, or takes the oldest.
func TestDefaultTie(t *testing.T) {
	for oldest, gone := range map[bool]string{false: "c5.large", true: "m5.large"} {
		cfg := mixedOf(8, asg.Mixed{SpotPools: 1, OldestGoes: oldest}, nil, "m5.large", "c5.large")
		cfg.Group.Desired, cfg.Group.Zones = 4, []string{"a"}
		rise := int64(t0) / int64(des.Second)
		low, high := billing.Dollars(0.03), billing.Dollars(0.06)
		cfg.Template.Spot.Prices = []ec2.PriceSeries{
			{Type: "m5.large", Step: []ec2.PriceStep{{Price: low}, {At: rise, Price: high}, {At: rise + 300, Price: low}}},
			{Type: "c5.large", Step: []ec2.PriceStep{{Price: billing.Dollars(0.04)}}},
		}
		cfg.Schedule = []asg.Schedule{
			{Name: "more", At: []des.Time{t0.Add(des.Minute)}, Min: asg.Keep, Max: asg.Keep, Desired: 8},
			{Name: "less", At: []des.Time{t0.Add(10 * des.Minute)}, Min: asg.Keep, Max: asg.Keep, Desired: 4},
		}
		r := run(t, cfg)
		if len(r.Instances) != 8 {
			t.Fatalf("%d instances", len(r.Instances))
		}
		for _, i := range r.Instances {
			if (i.End.Kind != asg.NotEnded) != (i.Type == gone) {
				t.Errorf("oldest %v: %s ended for %q, want all %s to go", oldest, i.Type, i.End, gone)
			}
		}
	}
}
