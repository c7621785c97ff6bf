package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// mixedKeys documents [auto_scaling_group.mixed_instances_policy], [spot] and
// [quota].
func mixedKeys() []Key {
	const api = "AWS InstancesDistribution, API of 2026-08"
	const g = "auto_scaling_group."
	const m, d = g + "mixed_instances_policy.", g + "mixed_instances_policy.instances_distribution."
	return []Key{
		{Path: g + "capacity_rebalance", Type: Bool, Default: "false", Source: "AWS CreateAutoScalingGroup, API of 2026-08", Doc: "true: a Spot Instance that EC2 recommends to rebalance is replaced before it is interrupted, as long as some pool is at least as safe; else when its two-minute notice comes. false: the interruption is seen as a failed health check."},
		{Path: m + "overrides", Type: Overrides, Absent: "one type, instance.type, on demand", Source: "AWS LaunchTemplateOverrides, API of 2026-08", Doc: "The instance types, in order of priority: [{ instance_type = \"c7g.large\", weighted_capacity = 1 }, ...], 40 at most. weighted_capacity (1 to 999, all or none) is how many units of min_size, max_size and desired_capacity an instance counts for. Also speed, workers and price of the type (default: those of [instance]; the list price), vcpus, memory_size and baseline of a type that is not in the price list, spot_saving (share of the on-demand price) and interruption (share of its Spot Instances that EC2 reclaims in a month), both by default what [prices] says, else those seen of its family."},
		{Path: m + "default_tie", Type: Choice, Choices: []string{"strategy", "oldest"}, Default: `"strategy"`, Source: "EC2 Auto Scaling guide, Configure termination policies, read 2026-11: the allocation strategy, then outdated configurations, then the next billing hour (X-21)", Doc: "Which instance the Default termination policy takes, of the fullest zone and of the purchase option over its share: the one that the allocation strategy would choose last; or, of those with an outdated launch template if there are any, the oldest."},
		{Path: d + "on_demand_base_capacity", Type: Count, Unit: "units of capacity", Default: "0", Min: "0", Max: "100000", Source: api, Doc: "Capacity that is on demand before any of it is Spot."},
		{Path: d + "on_demand_percentage_above_base_capacity", Type: Count, Unit: "percent", Default: "100", Min: "0", Max: "100", Source: api, Doc: "Percentage of the capacity above the base that is on demand; a fraction is rounded in favour of on demand."},
		{Path: d + "on_demand_allocation_strategy", Type: Choice, Choices: optionNames(enum(asg.OnDemandLowestPrice)), Absent: "prioritized; lowest-price with instance_requirements", Source: api, Doc: "How the type of an On-Demand Instance is chosen: in the order of the overrides, or by the price of a unit."},
		{Path: d + "spot_allocation_strategy", Type: Choice, Choices: optionNames(enum(asg.PriceCapacityOptimized)), Default: `"lowest-price"`, Console: `"price-capacity-optimized"`, Source: api, Doc: "How the pool, a type in a zone, of a Spot Instance is chosen. What AWS knows of a pool's capacity is hidden; here it is the score of [spot]. capacity-optimized-prioritized keeps the order of the overrides among pools of about the same score; price-capacity-optimized takes the lowest price by score."},
		{Path: d + "spot_instance_pools", Type: Count, Unit: "pools", Default: "2", Min: "0", Max: "20", Source: api, Doc: "lowest-price only: over how many of the cheapest pools of a zone Spot Instances are spread. 0, which Terraform writes beside other strategies, is 2."},
		{Path: d + "spot_max_price", Type: Price, Absent: "the price on demand", Min: `"$0.001/h"`, Source: api, Doc: "\"0.05\", dollars an hour as AWS writes it, or \"$0.05/h\"; \"\" takes it away. What is paid for a unit of Spot capacity at most. Pools above it launch nothing, and an instance whose price rises above it is interrupted."},

		{Path: "spot.capacity_period", Type: Duration, Default: `"6h"`, Min: `"1m"`, Max: `"30d"`, Source: "undocumented by AWS, X-22", Doc: "How long the capacity score of a Spot pool holds, a number between 0 and 1, before it is drawn anew. Instances of a pool are reclaimed in proportion to 1 - score."},
		{Path: "spot.unavailable", Type: Share, Default: `"2%"`, Min: `"0%"`, Max: `"100%"`, Source: "undocumented by AWS, X-22", Doc: "Share of time in which a pool has no capacity to launch: its score is below this."},
		{Path: "spot.reclaimed", Type: Share, Default: `"50%"`, Above: `"0%"`, Max: `"100%"`, Source: "undocumented by AWS, X-22", Doc: "Share of a pool's instances that EC2 takes at once when it reclaims. The rate of reclaims follows, so that each instance's risk stays what interruption says."},
		{Path: "spot.recommendation_lead", Type: Random, Default: `{ exponential = "10m" }`, Source: "undocumented by AWS, X-24; EC2 guide, Rebalance recommendations, read 2026-11: it can come sooner than the notice", Doc: "Time from the rebalance recommendation to the two-minute notice."},
		{Path: "spot.recommendation_coincides", Type: Share, Default: `"20%"`, Min: `"0%"`, Max: `"100%"`, Source: "undocumented by AWS, X-24; EC2 guide, Rebalance recommendations, read 2026-11: it can come along with the notice", Doc: "Share of the reclaims in which the recommendation comes with the notice."},
		{Path: "spot.price_swing", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Doc: "How far Spot prices wander about their mean, over days: standard deviation. They never exceed the price on demand. 0%: constant."},
		{Path: "spot.price_file", Type: Text, Absent: "the mean, and price_swing", Doc: "File of recorded prices, relative to the scenario: what aws ec2 describe-spot-price-history answers, or a CSV with its names as columns: Timestamp (RFC 3339, or seconds since the start), InstanceType, SpotPrice, AvailabilityZone where they differ, ProductDescription where there are several."},

		{Path: "quota.on_demand_vcpus", Type: Count, Unit: "vCPUs", Absent: "no quota", Min: "1", Max: "10000000", Source: "AWS Service Quotas, EC2", Doc: "vCPUs of On-Demand Instances that the account may run. Launches beyond it fail, and are tried again."},
		{Path: "quota.spot_vcpus", Type: Count, Unit: "vCPUs", Absent: "no quota", Min: "1", Max: "10000000", Source: "AWS Service Quotas, EC2", Doc: "vCPUs of Spot Instances that the account may run."},
	}
}

const (
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
	inVCPUs := d.is(capacityType, "vcpu")
	if inVCPUs && !d.IsGiven(requirements) {
		d.Problem(capacityType, d.At(capacityType), form.Wrong("give overrides a weighted_capacity", "counts vCPUs only with ["+requirements+"], as in AWS"))
	}
	if d.IsGiven(mixedTable) {
		d.mixedPolicy(w, inVCPUs)
	} else if d.IsGiven("spot") {
		d.Problem("spot", d.Find("spot").Key, form.Wrong("write ["+mixedTable+"]", "is about the Spot Instances of a mixed instances policy, which the group does not have"))
	}
	if w.Group.Rebalance && t.Spot == nil {
		d.Warn("auto_scaling_group.capacity_rebalance", "lower on_demand_percentage_above_base_capacity", "has nothing to do: the group has no Spot Instances")
	}
}

// mixedPolicy reads [auto_scaling_group.mixed_instances_policy] and [spot].
func (d *decoder) mixedPolicy(w *record.Config, inVCPUs bool) {
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
	chosen := d.IsGiven(requirements)
	switch {
	case given && chosen:
		d.Problem(mixedTable+".overrides", d.At(mixedTable+".overrides"), form.Wrong("leave one of them out", "name types, and instance_requirements choose them"))
	case chosen:
		models = d.byRequirements(&t.Model, p, inVCPUs)
	case !given && !d.Failed(mixedTable+".overrides"):
		d.Problem(mixedTable+".overrides", d.At(mixedTable), form.Wrong(overrideForm+", or write ["+requirements+"]", "is missing"))
	}
	if len(models) > 0 {
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
var overrideFields = [...]string{"instance_type", "weighted_capacity", "speed", "workers", "price", "spot_saving", "interruption", "vcpus", "memory_size", "baseline"}

// override reads one type.
func (d *decoder) override(e *form.Node, first *ec2.Model) (ec2.Model, *form.Mistake) {
	m := *first
	if e.Table == nil {
		return m, form.Wrong(overrideForm, "is not a table: %s", e.Text())
	}
	for _, k := range e.Table.Keys {
		if !slices.Contains(overrideFields[:], k) {
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
	own, b := ownOf(e)
	if b != nil {
		return m, b
	}
	typ, b := d.typeOf(name, own)
	if name == first.Type.Name && own == (ownType{}) {
		typ, b = first.Type, nil // as [instance] has it
	}
	if b != nil {
		return m, b
	}
	if m, b = d.modelOf(first, typ); b != nil {
		return m, b
	}
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
