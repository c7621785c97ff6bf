package scenarios

import (
	"math"
	"os"
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/ec2"
)

// What the comments of spot-mix tell is what happens.
func TestSpotMixStory(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a shipped scenario")
	}
	results := map[string]*account.Result{}
	for _, v := range []string{"on-demand", "spot-30", "spot-80-one-pool", "spot-80"} {
		results[v] = runShipped(t, "spot-mix", v)
	}
	sum := func(v string) *account.Summary { return &results[v].Summary }
	for v, met := range map[string]bool{"on-demand": true, "spot-30": true, "spot-80-one-pool": false, "spot-80": true} {
		if sum(v).SLO.Met != met {
			t.Errorf("%s: SLO met %v, want %v: %+v", v, sum(v).SLO.Met, met, sum(v).SLO)
		}
	}
	one, spread := sum("spot-80-one-pool"), sum("spot-80")
	if one.WorstMinute.BadShare < 0.5 || one.Spot.Unserved < 5 || len(one.Spot.Pools) > 3 {
		t.Errorf("one pool: worst minute %v, %+v", one.WorstMinute, one.Spot)
	}
	if spread.Spot.Unserved != 0 || spread.Spot.Recommendations >= one.Spot.Recommendations || spread.WorstMinute.BadShare > 0.2 {
		t.Errorf("six types: worst minute %v, %+v", spread.WorstMinute, spread.Spot)
	}
	usd := func(v string) float64 { return sum(v).Cost.EC2 }
	if usd("spot-80") > 1.1*usd("spot-80-one-pool") || usd("spot-80") > 0.8*usd("spot-30") || usd("spot-30") > usd("on-demand") {
		t.Errorf("EC2: $%.2f one pool, $%.2f six types, $%.2f 30 %%, $%.2f on demand", usd("spot-80-one-pool"), usd("spot-80"), usd("spot-30"), usd("on-demand"))
	}
	for _, v := range []string{"spot-30", "spot-80-one-pool", "spot-80"} {
		checkTypes(t, v, results[v])
	}
}

// checkTypes: types and options add up to the bill and to the timeline, and every
// launch says why it is of its type.
func checkTypes(t *testing.T, v string, r *account.Result) {
	types, spot, hourly := 0.0, 0.0, 0.0
	for _, x := range r.Summary.Cost.Types {
		types += x.USD
		if x.Option == "spot" {
			spot += x.USD
		}
	}
	for _, row := range r.Rows {
		hourly += row.SpotPerHour / 60
	}
	if math.Abs(types-r.Summary.Cost.EC2) > 1e-6 || math.Abs(spot-r.Summary.Spot.USD) > 1e-6 || math.Abs(hourly-spot) > 1e-4 {
		t.Errorf("%s: types make $%v of $%v, Spot $%v of $%v, $%v on the timeline", v, types, r.Summary.Cost.EC2, spot, r.Summary.Spot.USD, hourly)
	}
	for _, a := range r.Activities {
		if a.Launch && a.Instance >= 0 && !strings.Contains(a.Note, "by strategy ") {
			t.Errorf("%s: a launch does not say why it is of its type: %s", v, a.Note)
		}
	}
}

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
