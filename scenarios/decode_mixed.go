package scenarios

import (
	"fmt"
	"math"
	"strings"

	"asgsim/sim/asg"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

const (
	mixedTable   = "auto_scaling_group.mixed_instances_policy"
	distribution = mixedTable + ".instances_distribution."
	maxOverrides = 40
	// defaultSpotPools holds where none are given (InstancesDistribution, EC2 Auto
	// Scaling API, 2026-08).
	defaultSpotPools = 2
	overrideForm     = `write [{ instance_type = "c7g.large" }, { instance_type = "m7g.large" }]`
)

// mixed reads the account's quotas, and what a group of several types is.
func (d *decoder) mixed(w *record.Config) {
	t := &w.Template
	t.Quota.OnDemand, _ = d.count("quota.on_demand_vcpus")
	t.Quota.Spot, _ = d.count("quota.spot_vcpus")
	w.Group.Rebalance, _ = d.boolean("auto_scaling_group.capacity_rebalance")
	if d.isGiven(mixedTable) {
		d.mixedPolicy(w)
	} else if d.isGiven("spot") {
		d.problem("spot", d.find("spot").key, wrong("write ["+mixedTable+"]", "is about the Spot Instances of a mixed instances policy, which the group does not have"))
	}
	if w.Group.Rebalance && t.Spot == nil {
		d.warn("auto_scaling_group.capacity_rebalance", "lower on_demand_percentage_above_base_capacity", "has nothing to do: the group has no Spot Instances")
	}
}

// mixedPolicy reads [auto_scaling_group.mixed_instances_policy] and [spot].
func (d *decoder) mixedPolicy(w *record.Config) {
	t, p := &w.Template, &asg.Mixed{}
	p.OnDemandBase, _ = d.count(distribution + "on_demand_base_capacity")
	p.OnDemandPercent, _ = d.count(distribution + "on_demand_percentage_above_base_capacity")
	p.OnDemand, _ = choose(d, distribution+"on_demand_allocation_strategy", enum(asg.OnDemandLowestPrice))
	p.Spot, _ = choose(d, distribution+"spot_allocation_strategy", enum(asg.PriceCapacityOptimized))
	if p.SpotPools, _ = d.count(distribution + "spot_instance_pools"); p.SpotPools == 0 {
		p.SpotPools = defaultSpotPools
	}
	p.OldestGoes = d.is(mixedTable+".default_tie", "oldest")
	market := d.spot()
	models, given := take(d, mixedTable+".overrides", func(n *node, _ *Key) ([]ec2.Model, *bad) { return d.overrides(n, &t.Model) })
	switch {
	case !given && !d.failed[mixedTable+".overrides"]:
		d.problem(mixedTable+".overrides", d.at(mixedTable), wrong(overrideForm, "is missing"))
	case given:
		t.Mixed, w.Group.Mixed = models, p
		t.Model = models[0]
		if p.OnDemandPercent < 100 {
			t.Spot = market
			d.priceFile(w)
		}
	}
}

// mixedWithPool: AWS allows a warm pool beside a mixed instances policy only if all
// of it is on demand and without weights ("Warm pools", user guide).
func (d *decoder) mixedWithPool(w *record.Config) {
	if w.Group.WarmPool != nil && w.Group.Mixed != nil && (w.Template.Spot != nil || w.Template.Mixed[0].Weight > 0) {
		d.problem(mixedTable+".overrides", d.at(mixedTable+".overrides"), wrong("leave the warm pool out, or Spot and the weights", "excludes a warm pool: a mixed group with one is all on demand and has no weights"))
	}
}

// spot reads [spot].
func (d *decoder) spot() *ec2.Spot {
	const p = "spot."
	var s ec2.Spot
	s.Period, _ = d.dur(p + "capacity_period")
	s.Unavailable, _ = d.share(p + "unavailable")
	s.Reclaimed, _ = d.share(p + "reclaimed")
	s.Lead, _ = d.random(p+"recommendation_lead", false)
	s.Coincide, _ = d.share(p + "recommendation_coincides")
	s.Swing, _ = d.share(p + "price_swing")
	s.MaxPrice, _ = d.awsPrice(distribution + "spot_max_price")
	d.text(p + "price_file")
	return &s
}

// overrides reads the list of types. first is what [instance] says: the default of
// speed and workers, and of the price of its own type.
func (d *decoder) overrides(n *node, first *ec2.Model) ([]ec2.Model, *bad) {
	if !n.array || len(n.list) == 0 || len(n.list) > maxOverrides {
		return nil, wrong(overrideForm, "must be an array of 1 to %d instance types, not %s", maxOverrides, n.text())
	}
	var out []ec2.Model
	weights := 0
	var wrongs *bad // the first that is wrong; the others are noted on the way
	for i, e := range n.list {
		m, b := d.override(e, first)
		if b != nil {
			if b = wrong(b.remedy, "override %d %s", i+1, b.rule); wrongs != nil {
				d.problem(mixedTable+".overrides", e.at, b)
			} else {
				wrongs = b
			}
			continue
		}
		for _, o := range out {
			if o.Type.Name == m.Type.Name {
				return nil, wrong("", "override %d names %s, as one before does", i+1, m.Type.Name)
			}
		}
		if m.Weight > 0 {
			weights++
		}
		out = append(out, m)
	}
	if wrongs != nil {
		return nil, wrongs
	}
	if weights > 0 && weights < len(out) {
		return nil, wrong("give every one its weighted_capacity, or none", "weigh %d of %d types", weights, len(out))
	}
	return out, nil
}

// overrideFields are the keys of one override.
var overrideFields = [...]string{"instance_type", "weighted_capacity", "speed", "workers", "price", "spot_saving", "interruption"}

// override reads one type.
func (d *decoder) override(e *node, first *ec2.Model) (ec2.Model, *bad) {
	m := *first
	if e.table == nil {
		return m, wrong(overrideForm, "is not a table: %s", e.text())
	}
	for _, k := range e.table.keys {
		if !isOne(overrideFields[:], k) {
			remedy := "its keys are " + strings.Join(overrideFields[:], ", ")
			if c := nearest(k, overrideFields[:]); c != "" {
				remedy = fmt.Sprintf("did you mean %q?", c)
			}
			return m, wrong(remedy, "does not know %q", k)
		}
	}
	name, ok := e.table.get("instance_type").text2()
	if !ok {
		return m, wrong(overrideForm, "lacks instance_type")
	}
	typ, ok := ec2.Lookup(name)
	if !ok {
		var names []string
		for _, t := range ec2.Types() {
			names = append(names, t.Name)
		}
		remedy := fmt.Sprintf("the price list of %s has %d types", ec2.PricesDate, len(names))
		if c := nearest(name, names); c != "" {
			remedy = fmt.Sprintf("did you mean %q?", c)
		}
		return m, wrong(remedy, "is not a known instance type: %q", name)
	}
	if typ.Name != first.Type.Name {
		m.Price, m.OwnPrice = typ.Price, false
		m.Credits, m.InitialCredits = ec2.NoCredits, 0
		if typ.Burstable {
			m.Credits, m.InitialCredits = typ.Burst.Default, 1
		}
		if d.perWorker > 0 {
			m.Workers = min(int(math.Floor((typ.MemoryGiB*(1<<30)-d.reserved)/d.perWorker)), 100_000)
			if m.Workers < 1 {
				return m, wrong("", "leaves no room for a worker: %s has %s GiB", name, formatNumber(typ.MemoryGiB))
			}
		}
	}
	m.Type, m.Spot = typ, ec2.DefaultSpotTerms(name)
	return m, d.overrideValues(e, &m)
}

// overrideValues reads what else an override says.
func (d *decoder) overrideValues(e *node, m *ec2.Model) *bad {
	for _, k := range e.table.keys {
		n := e.table.get(k)
		var b *bad
		switch k {
		case "weighted_capacity":
			if m.Weight, b = whole(n); b == nil && (m.Weight < 1 || m.Weight > 999) {
				b = wrong("", "must be 1 to 999, not %d", m.Weight)
			}
		case "speed":
			if m.Speed, b = number64(n); b == nil && (m.Speed <= 0 || m.Speed > 100) {
				b = wrong("", "must be above 0, at most 100, not %s", n.text())
			}
		case "workers":
			if m.Workers, b = whole(n); b == nil && (m.Workers < 1 || m.Workers > 100_000) {
				b = wrong("", "must be 1 to 100000, not %d", m.Workers)
			}
		case "price":
			m.OwnPrice = true
			if m.Price, b = withUnit(n, "a price", "/h", money); b == nil && m.Price <= 0 {
				b = wrong("", "must be above $0/h")
			}
		case "spot_saving":
			if m.Spot.Saving, b = withUnit(n, "a percentage", "%", share); b == nil && (m.Spot.Saving < 0 || m.Spot.Saving > 0.99) {
				b = wrong("", "must be 0%% to 99%%, not %s", n.text())
			}
		case "interruption":
			if m.Spot.Interruption, b = withUnit(n, "a percentage", "%", share); b == nil && (m.Spot.Interruption < 0 || m.Spot.Interruption > 0.999) {
				b = wrong("", "must be 0%% to 99.9%%, not %s", n.text())
			}
		}
		if b != nil {
			return wrong(b.remedy, "%s: %s", k, b.rule)
		}
	}
	return nil
}
