package scenarios

import (
	"os"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/ec2"
)

// What a file says of types, the distribution and the market arrives.
func TestMixedPolicyIsDecoded(t *testing.T) {
	const text = `
start = 2026-03-02T00:00:00
[load.shop.constant]
rate = "100/s"
[request]
cpu = "20ms"
[instance]
type = "c7g.large"
workers = 7
price = "$0.05/h"
[auto_scaling_group]
min_size = 1
max_size = 8
capacity_rebalance = true
[auto_scaling_group.mixed_instances_policy]
overrides = [
  { instance_type = "m7g.large", weighted_capacity = 2, speed = 1.5, workers = 20, price = "$0.09/h", spot_saving = "50%", interruption = "12%" },
  { instance_type = "c7g.large", weighted_capacity = 1 },
]
default_tie = "oldest"
[auto_scaling_group.mixed_instances_policy.instances_distribution]
on_demand_base_capacity = 3
on_demand_percentage_above_base_capacity = 25
on_demand_allocation_strategy = "lowest-price"
spot_allocation_strategy = "capacity-optimized-prioritized"
spot_instance_pools = 4
spot_max_price = "$0.04/h"
[spot]
capacity_period = "1h"
unavailable = "5%"
reclaimed = "70%"
recommendation_lead = "2m"
recommendation_coincides = "0%"
price_swing = "10%"
price_file = "prices.csv"
[quota]
on_demand_vcpus = 64
spot_vcpus = 32
`
	const prices = `Timestamp,AvailabilityZone,InstanceType,SpotPrice
2026-03-02T06:00:00Z,us-east-1a,m7g.large,0.03
2026-03-01T00:00:00Z,us-east-1a,m7g.large,0.02
0,c,c7g.large,$0.025
0,zz-9,c7g.large,9
`
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/prices.csv", []byte(prices), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Load(Source{Name: "x.toml", Text: []byte(text)}, beside(dir), Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &s.Configs[0].World
	m, c := w.Template.Mixed[0], w.Template.Mixed[1]
	if m.Type.Name != "m7g.large" || m.Weight != 2 || m.Speed != 1.5 || m.Workers != 20 || m.Price.Float() != 0.09 || !m.OwnPrice || m.Spot != (ec2.SpotTerms{Saving: 0.5, Interruption: 0.12}) {
		t.Errorf("first: %+v", m)
	}
	if c.Weight != 1 || c.Workers != 7 || c.Price.Float() != 0.05 || c.Spot != ec2.DefaultSpotTerms("c7g.large") || w.Template.Type.Name != "m7g.large" {
		t.Errorf("second: %+v", c)
	}
	if p := w.Group.Mixed; *p != (asg.Mixed{OnDemandBase: 3, OnDemandPercent: 25, OnDemand: asg.OnDemandLowestPrice, Spot: asg.CapacityOptimizedPrioritized, SpotPools: 4, OldestGoes: true}) || !w.Group.Rebalance {
		t.Errorf("distribution: %+v", p)
	}
	x := w.Template.Spot
	if x.Period.Hours() != 1 || x.Unavailable != 0.05 || x.Reclaimed != 0.7 || x.Lead.Mean() != 120 || x.Coincide != 0 || x.Swing != 0.1 || x.MaxPrice.Float() != 0.04 || len(x.Prices) != 2 {
		t.Errorf("spot: %+v", x)
	}
	if steps := x.Prices[0].Step; len(steps) != 2 || steps[0].At != -86400 || steps[1].At != 6*3600 || steps[1].Price.Float() != 0.03 {
		t.Errorf("prices: %+v", steps)
	}
	if w.Template.Quota != (ec2.Quota{OnDemand: 64, Spot: 32}) {
		t.Errorf("quota: %+v", w.Template.Quota)
	}
}
