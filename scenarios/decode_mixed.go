package scenarios

import (
	"fmt"
	"math"
	"strings"

	"asgsim/scenarios/form"
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
	t.Quota.OnDemand, _ = d.Count("quota.on_demand_vcpus")
	t.Quota.Spot, _ = d.Count("quota.spot_vcpus")
	w.Group.Rebalance, _ = d.Bool("auto_scaling_group.capacity_rebalance")
	if d.IsGiven(mixedTable) {
		d.mixedPolicy(w)
	} else if d.IsGiven("spot") {
		d.Problem("spot", d.Find("spot").Key, form.Wrong("write ["+mixedTable+"]", "is about the Spot Instances of a mixed instances policy, which the group does not have"))
	}
	if w.Group.Rebalance && t.Spot == nil {
		d.Warn("auto_scaling_group.capacity_rebalance", "lower on_demand_percentage_above_base_capacity", "has nothing to do: the group has no Spot Instances")
	}
}

// mixedPolicy reads [auto_scaling_group.mixed_instances_policy] and [spot].
func (d *decoder) mixedPolicy(w *record.Config) {
	t, p := &w.Template, &asg.Mixed{}
	p.OnDemandBase, _ = d.Count(distribution + "on_demand_base_capacity")
	p.OnDemandPercent, _ = d.Count(distribution + "on_demand_percentage_above_base_capacity")
	p.OnDemand, _ = choose(d, distribution+"on_demand_allocation_strategy", enum(asg.OnDemandLowestPrice))
	p.Spot, _ = choose(d, distribution+"spot_allocation_strategy", enum(asg.PriceCapacityOptimized))
	if p.SpotPools, _ = d.Count(distribution + "spot_instance_pools"); p.SpotPools == 0 {
		p.SpotPools = defaultSpotPools
	}
	p.OldestGoes = d.is(mixedTable+".default_tie", "oldest")
	market := d.spot()
	models, given := take(d, mixedTable+".overrides", func(n *form.Node, _ *Key) ([]ec2.Model, *form.Mistake) { return d.overrides(n, &t.Model) })
	switch {
	case !given && !d.Failed(mixedTable+".overrides"):
		d.Problem(mixedTable+".overrides", d.At(mixedTable), form.Wrong(overrideForm, "is missing"))
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
		d.Problem(mixedTable+".overrides", d.At(mixedTable+".overrides"), form.Wrong("leave the warm pool out, or Spot and the weights", "excludes a warm pool: a mixed group with one is all on demand and has no weights"))
	}
}

// spot reads [spot].
func (d *decoder) spot() *ec2.Spot {
	const p = "spot."
	var s ec2.Spot
	s.Period, _ = d.dur(p + "capacity_period")
	s.Unavailable, _ = d.Share(p + "unavailable")
	s.Reclaimed, _ = d.Share(p + "reclaimed")
	s.Lead, _ = d.random(p+"recommendation_lead", false)
	s.Coincide, _ = d.Share(p + "recommendation_coincides")
	s.Swing, _ = d.Share(p + "price_swing")
	s.MaxPrice, _ = d.awsPrice(distribution + "spot_max_price")
	d.Text(p + "price_file")
	return &s
}

// overrides reads the list of types. first is what [instance] says: the default of
// speed and workers, and of the price of its own type.
func (d *decoder) overrides(n *form.Node, first *ec2.Model) ([]ec2.Model, *form.Mistake) {
	if !n.Array || len(n.List) == 0 || len(n.List) > maxOverrides {
		return nil, form.Wrong(overrideForm, "must be an array of 1 to %d instance types, not %s", maxOverrides, n.Text())
	}
	var out []ec2.Model
	weights := 0
	var wrongs *form.Mistake // the first that is wrong; the others are noted on the way
	for i, e := range n.List {
		m, b := d.override(e, first)
		if b != nil {
			if b = form.Wrong(b.Remedy, "override %d %s", i+1, b.Rule); wrongs != nil {
				d.Problem(mixedTable+".overrides", e.At, b)
			} else {
				wrongs = b
			}
			continue
		}
		for _, o := range out {
			if o.Type.Name == m.Type.Name {
				return nil, form.Wrong("", "override %d names %s, as one before does", i+1, m.Type.Name)
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
		return nil, form.Wrong("give every one its weighted_capacity, or none", "weigh %d of %d types", weights, len(out))
	}
	return out, nil
}

// overrideFields are the keys of one override.
var overrideFields = [...]string{"instance_type", "weighted_capacity", "speed", "workers", "price", "spot_saving", "interruption"}

// override reads one type.
func (d *decoder) override(e *form.Node, first *ec2.Model) (ec2.Model, *form.Mistake) {
	m := *first
	if e.Table == nil {
		return m, form.Wrong(overrideForm, "is not a table: %s", e.Text())
	}
	for _, k := range e.Table.Keys {
		if !isOne(overrideFields[:], k) {
			remedy := "its keys are " + strings.Join(overrideFields[:], ", ")
			if c := form.Nearest(k, overrideFields[:]); c != "" {
				remedy = fmt.Sprintf("did you mean %q?", c)
			}
			return m, form.Wrong(remedy, "does not know %q", k)
		}
	}
	name, ok := e.Table.Get("instance_type").Str()
	if !ok {
		return m, form.Wrong(overrideForm, "lacks instance_type")
	}
	typ, ok := ec2.Lookup(name)
	if !ok {
		var names []string
		for _, t := range ec2.Types() {
			names = append(names, t.Name)
		}
		remedy := fmt.Sprintf("the price list of %s has %d types", ec2.PricesDate, len(names))
		if c := form.Nearest(name, names); c != "" {
			remedy = fmt.Sprintf("did you mean %q?", c)
		}
		return m, form.Wrong(remedy, "is not a known instance type: %q", name)
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
				return m, form.Wrong("", "leaves no room for a worker: %s has %s GiB", name, form.FormatNumber(typ.MemoryGiB))
			}
		}
	}
	m.Type, m.Spot = typ, ec2.DefaultSpotTerms(name)
	return m, d.overrideValues(e, &m)
}

// overrideValues reads what else an override says.
func (d *decoder) overrideValues(e *form.Node, m *ec2.Model) *form.Mistake {
	for _, k := range e.Table.Keys {
		n := e.Table.Get(k)
		var b *form.Mistake
		switch k {
		case "weighted_capacity":
			if m.Weight, b = form.Whole(n); b == nil && (m.Weight < 1 || m.Weight > 999) {
				b = form.Wrong("", "must be 1 to 999, not %d", m.Weight)
			}
		case "speed":
			if m.Speed, b = form.Float(n); b == nil && (m.Speed <= 0 || m.Speed > 100) {
				b = form.Wrong("", "must be above 0, at most 100, not %s", n.Text())
			}
		case "workers":
			if m.Workers, b = form.Whole(n); b == nil && (m.Workers < 1 || m.Workers > 100_000) {
				b = form.Wrong("", "must be 1 to 100000, not %d", m.Workers)
			}
		case "price":
			m.OwnPrice = true
			if m.Price, b = form.WithUnit(n, "a price", "/h", money); b == nil && m.Price <= 0 {
				b = form.Wrong("", "must be above $0/h")
			}
		case "spot_saving":
			if m.Spot.Saving, b = form.WithUnit(n, "a percentage", "%", form.ParseShare); b == nil && (m.Spot.Saving < 0 || m.Spot.Saving > 0.99) {
				b = form.Wrong("", "must be 0%% to 99%%, not %s", n.Text())
			}
		case "interruption":
			if m.Spot.Interruption, b = form.WithUnit(n, "a percentage", "%", form.ParseShare); b == nil && (m.Spot.Interruption < 0 || m.Spot.Interruption > 0.999) {
				b = form.Wrong("", "must be 0%% to 99.9%%, not %s", n.Text())
			}
		}
		if b != nil {
			return form.Wrong(b.Remedy, "%s: %s", k, b.Rule)
		}
	}
	return nil
}
