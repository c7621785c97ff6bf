package scenarios

import (
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/workload"
)

// strikesKeys are those of a fault of single instances: scripted, or random by age.
func strikesKeys(p string) []Key {
	return []Key{
		{Path: p + "at", Type: Whens, Absent: "random, by mtbf", Doc: "Scripted instants: \"Mon 15:40\" is the first such in the run; several in an array."},
		{Path: p + "count", Type: Count, Unit: "instances", Default: "1", Min: "1", Max: "100000", Doc: "Instances each scripted instant strikes."},
		{Path: p + "mtbf", Type: Duration, Absent: "scripted, by at", Above: `"0s"`, Doc: "Mean time between failures of one instance."},
		{Path: p + "shape", Type: Number, Default: "1", Min: "0.05", Max: "1000", Doc: "Shape of the Weibull lifetime that mtbf is the mean of: 1 exponential, below 1 infant mortality, above 1 wear."},
	}
}

// strikes reads when a fault strikes single instances.
func (d *decoder) strikes(p string) (at []des.Time, count int, life workload.Dist) {
	at, hasAt := d.whens(p + "at")
	count = 1
	if hasAt || d.IsGiven(p+"count") {
		count, _ = d.Count(p + "count")
	}
	mtbf, hasMTBF := d.dur(p + "mtbf")
	shape := 1.0
	if hasMTBF || d.IsGiven(p+"shape") {
		shape, _ = d.Number(p + "shape")
	}
	table := strings.TrimSuffix(p, ".")
	switch {
	case d.Failed(p+"at") || d.Failed(p+"mtbf"):
	case hasAt && hasMTBF:
		d.Problem(p+"mtbf", d.At(p+"mtbf"), form.Wrong("make two faults of them", "and at exclude each other: a fault is random or scripted"))
	case !hasAt && !hasMTBF:
		d.Problem(table, d.Find(table).Key, form.Wrong(`write at = "Mon 15:40" or mtbf = "400h"`, "says neither when nor how often"))
	case hasMTBF:
		life = lifetime(mtbf, shape)
	}
	if !hasMTBF && d.IsGiven(p+"shape") && !d.Failed(p+"shape") {
		d.Problem(p+"shape", d.At(p+"shape"), form.Wrong("it shapes the lifetimes of mtbf", "has no meaning with at"))
	}
	if hasMTBF && d.IsGiven(p+"count") && !d.Failed(p+"count") {
		d.Problem(p+"count", d.At(p+"count"), form.Wrong("mtbf is a figure of every instance", "has no meaning with mtbf"))
	}
	return at, count, life
}

// ailsKey is how long a fault ails the instance it strikes.
func ailsKey(p string) Key {
	return Key{Path: p + "duration", Type: Duration, Absent: "until it is replaced", Above: `"0s"`, Max: `"365d"`, Doc: "How long until the instance is well again."}
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

// faultZone reads which zone a fault of capacity strikes; ec2.AnyZone unless it says.
func (d *decoder) faultZone(path string, w *record.Config) int {
	name, ok := d.Text(path)
	if !ok {
		return ec2.AnyZone
	}
	z := slices.Index(w.Group.Zones, name)
	if z < 0 {
		d.Problem(path, d.At(path), form.Wrong("availability_zones are "+strings.Join(w.Group.Zones, ", "), "is no zone of the group: %q", name))
		return ec2.AnyZone
	}
	return z
}

// faultType reads which instance type a fault of capacity strikes; empty: all.
func (d *decoder) faultType(path string, w *record.Config) string {
	name, ok := d.Text(path)
	if !ok {
		return ""
	}
	var names []string
	for _, m := range w.Template.Models() {
		names = append(names, m.Type.Name)
	}
	if !slices.Contains(names, name) {
		d.Problem(path, d.At(path), form.Wrong("it launches "+strings.Join(names, ", "), "is no type of the group: %q", name))
	}
	return name
}

// needsSpot refuses what strikes Spot Instances in a group that can have none. With a
// mixed instances policy it may: how many is for its distribution to say.
func (d *decoder) needsSpot(path string, w *record.Config) {
	if w.Group.Mixed == nil && !d.IsGiven(mixedTable) {
		d.Problem(path, d.At(path), form.Wrong("write ["+mixedTable+"] with an on_demand_percentage_above_base_capacity below 100, or leave the fault out",
			"strikes Spot Instances, and the group has none"))
	}
}
