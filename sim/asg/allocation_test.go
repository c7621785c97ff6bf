package asg

import (
	"testing"

	"asgsim/sim/billing"
	"asgsim/sim/ec2"
)

// pools of three types: cheap is cheapest an instance, big a unit of capacity.
func pooled(m *Mixed) *parts {
	cfg := config()
	cfg.Mixed = m
	p := newParts(cfg, 4, model("first", 1, 0.10), model("cheap", 1, 0.08), model("big", 4, 0.20))
	p.cloud.price = map[string]billing.USD{"first": 30, "cheap": 20, "big": 100} // a unit: 30, 20, 25
	p.cloud.score = map[string]float64{"first": 0.55, "cheap": 0.1, "big": 0.45}
	return p
}

// Without a mixed instances policy there is one type, on demand.
func TestOneType(t *testing.T) {
	pools, why := newParts(config(), 1).allocator().choices(1)
	if len(pools) != 1 || pools[0].Spot || pools[0].Zone != 1 || why != "" {
		t.Errorf("%+v, %q", pools, why)
	}
}

// The strategies as the API describes them (InstancesDistribution): prioritized keeps
// the order of the overrides, lowest-price goes by the price of a unit, the
// capacity-optimized ones by the spare capacity of the pool, with the order among pools
// that are about as full, and price-capacity-optimized weighs both.
func TestAllocationStrategies(t *testing.T) {
	for _, row := range []struct {
		m    Mixed
		want [3]string
	}{
		{Mixed{OnDemandPercent: 100, OnDemand: Prioritized}, [3]string{"first", "cheap", "big"}},
		{Mixed{OnDemandPercent: 100, OnDemand: OnDemandLowestPrice}, [3]string{"big", "cheap", "first"}}, // 0.05, 0.08, 0.10 a unit
		{Mixed{Spot: SpotLowestPrice, SpotPools: 1}, [3]string{"cheap", "big", "first"}},
		{Mixed{Spot: CapacityOptimized}, [3]string{"first", "big", "cheap"}},
		{Mixed{Spot: CapacityOptimizedPrioritized}, [3]string{"first", "big", "cheap"}}, // 0.55 and 0.45 are one fifth
		{Mixed{Spot: PriceCapacityOptimized}, [3]string{"first", "big", "cheap"}},       // 30/0.55 = 55, 25/0.45 = 56, 20/0.1 = 200
	} {
		p := pooled(&row.m)
		pools, why := p.allocator().choices(0)
		for k, want := range row.want {
			if pools[k].Model.Type.Name != want || pools[k].Spot != (row.m.OnDemandPercent == 0) {
				t.Errorf("%+v: %s at %d, want %s", row.m, pools[k].Model.Type.Name, k, want)
			}
		}
		if why == "" {
			t.Error("the choice says why")
		}
	}
	// About as full as one another, the order decides: 0.5 against 0.55.
	p := pooled(&Mixed{Spot: CapacityOptimizedPrioritized})
	p.cloud.score = map[string]float64{"first": 0.5, "cheap": 0.55, "big": 0.59}
	if pools, _ := p.allocator().choices(0); pools[0].Model.Type.Name != "first" {
		t.Errorf("%s before the one that comes first", pools[0].Model.Type.Name)
	}
	p.cfg.Mixed.Spot = CapacityOptimized
	if pools, _ := p.allocator().choices(0); pools[0].Model.Type.Name != "big" {
		t.Errorf("%s before the fullest", pools[0].Model.Type.Name)
	}
}

// lowest-price spreads evenly over the SpotInstancePools cheapest pools.
func TestLowestPriceSpreads(t *testing.T) {
	p := pooled(&Mixed{Spot: SpotLowestPrice, SpotPools: 2})
	count := map[string]int{}
	for range 4 {
		pools, _ := p.allocator().choices(0)
		p.add(pools[0])
		count[pools[0].Model.Type.Name]++
		p.size.set(p.Actual() + 1)
	}
	if count["first"] != 0 || count["cheap"] == 0 || count["big"] == 0 {
		t.Errorf("%v over the two cheapest", count)
	}
}

// The purchase option goes by the split: a base of 1 on demand and half of the rest.
func TestPurchaseOptionFollowsTheSplit(t *testing.T) {
	p := pooled(&Mixed{OnDemandBase: 1, OnDemandPercent: 50, Spot: CapacityOptimized})
	spots := 0
	for k := range 4 {
		pools, _ := p.allocator().choices(0)
		m := p.add(ec2.Pool{Model: p.cloud.models[0], Spot: pools[0].Spot})
		if m.Instance.Spot {
			spots++
		} else if k > 2 {
			t.Error("of four, 1 and two of three are on demand")
		}
	}
	if spots != 1 { // 1 + ceil(3 / 2) = 3 on demand
		t.Errorf("%d of 4 are Spot, want 1", spots)
	}
}

// Where the preferred pool has no capacity the next one is taken; instances that a run
// begins with are there even if none has.
func TestNextPool(t *testing.T) {
	p := pooled(&Mixed{OnDemandPercent: 100})
	a := p.allocator()
	pools, _ := a.choices(0)
	p.cloud.short[pools[0]] = true
	if pool, why, _ := a.attempt(pools); why != "" || pool.Model.Type.Name != "cheap" || a.open(pools) != pool {
		t.Errorf("%+v, %q", pool, why)
	}
	p.cloud.noZone[0] = true
	if _, why, _ := a.attempt(pools); why == "" || a.open(pools) != pools[0] {
		t.Error("none has capacity")
	}
	for s, want := range map[SpotStrategy]string{SpotLowestPrice: "lowest-price", CapacityOptimized: "capacity-optimized", CapacityOptimizedPrioritized: "capacity-optimized-prioritized", PriceCapacityOptimized: "price-capacity-optimized"} {
		if s.String() != want {
			t.Errorf("%v, want %s", s, want)
		}
	}
	if Prioritized.String() != "prioritized" || OnDemandLowestPrice.String() != "lowest-price" {
		t.Errorf("%v, %v", Prioritized, OnDemandLowestPrice)
	}
}
