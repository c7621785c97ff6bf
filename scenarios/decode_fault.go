package scenarios

import (
	"sort"

	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/workload"
)

// detailedMonitoringHour is 7 metrics at $0.30 a month of 730 hours.
const detailedMonitoringHour = 7 * 30 * billing.Dollar / 100 / 730

// pricesFrom says whose prices are the default.
const pricesFrom = ec2.PricesRegion + ", Linux, on demand, " + ec2.PricesDate

// faults reads the picked faults.
func (d *decoder) faults(names, zones []string) []fault.Config {
	var out []fault.Config
	for _, name := range names {
		kind := d.kind("fault."+name, append(faultKinds[:], "zone_outage"))
		if kind == "" {
			continue
		}
		if kind == "zone_outage" {
			out = append(out, d.zoneOutage(name, zones))
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

// whens reads one instant or an array of them, and returns them ascending.
func (d *decoder) whens(path string) ([]des.Time, bool) {
	return take(d, path, func(n *node, _ *Key) ([]des.Time, *bad) {
		list := []*node{n}
		if n.array {
			list = n.list
		}
		if len(list) == 0 {
			return nil, wrong(whenForms, "is empty")
		}
		var out []des.Time
		for _, e := range list {
			at, b := d.parseWhen(e)
			if b != nil {
				return nil, b
			}
			out = append(out, at)
		}
		sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
		return out, nil
	})
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
