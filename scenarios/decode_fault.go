package scenarios

import (
	"slices"
	"strings"

	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/world"
	"asgsim/workload"
)

// detailedMonitoringHour is 7 metrics at $0.30 a month of 730 hours.
const detailedMonitoringHour = 7 * 30 * billing.Dollar / 100 / 730

// customMetricHour is one metric at that price.
const customMetricHour = 30 * billing.Dollar / 100 / 730

// pricesFrom says whose prices are the default.
const pricesFrom = ec2.PricesRegion + ", Linux, on demand, " + ec2.PricesDate

// faults reads the picked faults.
func (d *decoder) faults(names []string, w *world.Config) []fault.Config {
	var out []fault.Config
	zones := w.Group.Zones
	for _, name := range names {
		kind := d.kind("fault."+name, append(faultKinds[:], "zone_outage", "spot_interruption", "launch_failure"))
		if kind == "" {
			continue
		}
		switch kind {
		case "zone_outage":
			out = append(out, d.zoneOutage(name, zones))
			continue
		case "spot_interruption":
			out = append(out, d.spotInterruption(name, w))
			continue
		case "launch_failure":
			out = append(out, d.launchFailure(name, w))
			continue
		}
		p := "fault." + name + "." + kind
		c := fault.Config{Name: name}
		for i, k := range faultKinds {
			if k == kind {
				c.Kind = fault.Kind(i)
			}
		}
		var hasAt bool
		c.At, hasAt = d.whens(p + ".at")
		c.Count = 1
		if hasAt || d.isGiven(p+".count") {
			c.Count, _ = d.count(p + ".count")
		}
		mtbf, hasMTBF := d.dur(p + ".mtbf")
		shape := 1.0
		if hasMTBF || d.isGiven(p+".shape") {
			shape, _ = d.number(p + ".shape")
		}
		switch {
		case d.failed[p+".at"] || d.failed[p+".mtbf"]:
		case hasAt && hasMTBF:
			d.problem(p+".mtbf", d.at(p+".mtbf"), wrong("make two faults of them", "and at exclude each other: a fault is random or scripted"))
		case !hasAt && !hasMTBF:
			d.problem(p, d.find(p).key, wrong(`write at = "Mon 15:40" or mtbf = "400h"`, "says neither when nor how often"))
		case hasMTBF:
			c.Life = lifetime(mtbf, shape)
		}
		if !hasMTBF && d.isGiven(p+".shape") && !d.failed[p+".shape"] {
			d.problem(p+".shape", d.at(p+".shape"), wrong("it shapes the lifetimes of mtbf", "has no meaning with at"))
		}
		if hasMTBF && d.isGiven(p+".count") && !d.failed[p+".count"] {
			d.problem(p+".count", d.at(p+".count"), wrong("mtbf is a figure of every instance", "has no meaning with mtbf"))
		}
		if c.Kind == fault.Crash {
			c.Process, _ = d.boolean(p + ".process")
		} else {
			c.CPU, _ = d.share(p + ".cpu")
			c.Impaired, _ = d.boolean(p + ".impaired")
		}
		out = append(out, c)
	}
	return out
}

// lifetime returns the law of an instance's age at its failure.
func lifetime(mtbf des.Duration, shape float64) workload.Dist {
	if shape == 1 || shape == 0 {
		v, _ := workload.NewExponential(mtbf.Seconds())
		return v
	}
	v, err := workload.NewWeibullMean(mtbf.Seconds(), shape)
	if err != nil {
		return nil // the ranges of the keys exclude it
	}
	return v
}

// dur2 reads a duration or "every_evaluation", which is 0.
func (d *decoder) dur2(path string) (des.Duration, bool) {
	return ordered(d, path, func(n *node, _ *Key) (des.Duration, *bad) {
		if n.scalar == "every_evaluation" {
			return 0, nil
		}
		return withUnit(n, "a duration", "s", duration)
	})
}

// where reads which zone and instance type a fault of capacity strikes.
func (d *decoder) where(p string, c *fault.Config, w *world.Config) {
	c.Count, c.Zone = 1, ec2.AnyZone
	if zone, ok := d.text(p + "zone"); ok {
		if c.Zone = slices.Index(w.Group.Zones, zone); c.Zone < 0 {
			d.problem(p+"zone", d.at(p+"zone"), wrong("availability_zones are "+strings.Join(w.Group.Zones, ", "), "is no zone of the group: %q", zone))
		}
	}
	if name, ok := d.text(p + "instance_type"); ok {
		var names []string
		for _, m := range w.Template.Models() {
			names = append(names, m.Type.Name)
		}
		if c.Type = name; !isOne(names, name) {
			d.problem(p+"instance_type", d.at(p+"instance_type"), wrong("it launches "+strings.Join(names, ", "), "is no type of the group: %q", name))
		}
	}
	c.At, _ = d.whens(p + "at")
}

// spotInterruption reads [fault.N.spot_interruption].
func (d *decoder) spotInterruption(name string, w *world.Config) fault.Config {
	p := "fault." + name + ".spot_interruption."
	c := fault.Config{Name: name, Kind: fault.SpotInterruption}
	d.needsSpot("fault."+name, w)
	d.where(p, &c, w)
	c.Share, _ = d.share(p + "share")
	c.Lead, _ = d.dur(p + "recommendation_lead")
	return c
}

// launchFailure reads [fault.N.launch_failure].
func (d *decoder) launchFailure(name string, w *world.Config) fault.Config {
	p := "fault." + name + ".launch_failure."
	c := fault.Config{Name: name, Kind: fault.LaunchFailure}
	d.where(p, &c, w)
	c.Lasts, _ = d.dur(p + "duration")
	if c.SpotOnly, _ = d.boolean(p + "spot_only"); c.SpotOnly {
		d.needsSpot(p+"spot_only", w)
	}
	return c
}

// needsSpot refuses what strikes Spot Instances in a group that can have none. With a
// mixed instances policy it may: how many is for its distribution to say.
func (d *decoder) needsSpot(path string, w *world.Config) {
	if w.Group.Mixed == nil && !d.isGiven(mixedTable) {
		d.problem(path, d.at(path), wrong("write ["+mixedTable+"] with an on_demand_percentage_above_base_capacity below 100, or leave the fault out",
			"strikes Spot Instances, and the group has none"))
	}
}
