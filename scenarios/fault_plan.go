package scenarios

import (
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/workload"
)

// hitsKeys are those of a fault of single instances: when it hits, and whom.
func hitsKeys(p string) []Key {
	return []Key{
		{Path: p + "at", Type: Whens, Absent: "by every, or at random by mtbf", Doc: "Scripted instants: \"Mon 15:40\" is the first such in the run; several in an array."},
		everyKey(p),
		{Path: p + "count", Type: Count, Unit: "instances", Default: "1", Min: "1", Max: "100000", Doc: "Instances that each instant strikes."},
		{Path: p + "fleet_share", Type: Share, Absent: "count says how many", Above: `"0%"`, Max: `"100%"`, Doc: "Share of the instances that serve, in zone and of instance_type where given, that each instant strikes, rounded up; instead of count."},
		{Path: p + "pick", Type: Choice, Choices: []string{"random", "oldest", "newest"}, Default: `"random"`, Doc: "Who of them is struck: anyone, or those launched first or last."},
		{Path: p + "zone", Type: Text, Absent: "all", Doc: "Zone of the instances that may be struck."},
		{Path: p + "instance_type", Type: Text, Absent: "all", Doc: "Instance type of those that may be struck."},
		{Path: p + "mtbf", Type: Duration, Absent: "scripted, by at or every", Above: `"0s"`, Doc: "Mean time between failures of one instance: each is struck at a random age of its own."},
		shapeKey(p),
	}
}

// lastsKeys are those of a fault of what all instances share: when it comes.
func lastsKeys(p, what string) []Key {
	return []Key{
		{Path: p + "at", Type: Whens, Absent: "by every, or at random by mtbf", Doc: "When " + what + ": \"Mon 15:40\" is the first such in the run; several in an array."},
		everyKey(p),
		{Path: p + "mtbf", Type: Duration, Absent: "scripted, by at or every", Min: `"1m"`, Doc: "Mean time from the end of one to the next, at random."},
		shapeKey(p),
	}
}

func everyKey(p string) Key {
	return Key{Path: p + "every", Type: Duration, Absent: "at says when", Min: `"1m"`, Doc: "Again and again: so long after the last instant of at, or after the start. With shape, the mean of random times."}
}

func shapeKey(p string) Key {
	return Key{Path: p + "shape", Type: Number, Default: "1", Min: "0.05", Max: "1000", Doc: "Shape of the Weibull law of the times that mtbf or every is the mean of: 1 exponential, below 1 infant mortality, above 1 wear."}
}

// durationKey is how long a fault lasts of what all instances share.
func durationKey(p, doc string) Key {
	return Key{Path: p + "duration", Type: Duration, Required: true, Above: `"0s"`, Max: `"365d"`, Doc: doc}
}

// ailsKey is how long a fault ails the instance it strikes.
func ailsKey(p string) Key {
	return Key{Path: p + "duration", Type: Duration, Absent: "until it is replaced", Above: `"0s"`, Max: `"365d"`, Doc: "How long until the instance is well again."}
}

// hits reads when a fault of single instances hits, and whom; others are further keys that
// may say when.
func (d *decoder) hits(p, name string, w *record.Config, others ...string) fault.Plan {
	f := fault.Plan{Name: name, Whom: d.whom(p, w)}
	if mtbf := d.faultTimes(p, &f, others...); mtbf > 0 {
		f.Life = d.law(p, mtbf)
		for _, key := range [...]string{"count", "fleet_share", "pick"} {
			if d.IsGiven(p+key) && !d.Failed(p+key) {
				d.Problem(p+key, d.At(p+key), form.Wrong("mtbf is a figure of every instance; several at once: every, with shape", "has no meaning with mtbf"))
			}
		}
	}
	return f
}

// occurs reads when a fault comes that all instances share.
func (d *decoder) occurs(p, name string) fault.Plan {
	f := fault.Plan{Name: name}
	if mtbf := d.faultTimes(p, &f); mtbf > 0 {
		f.Gap = d.law(p, mtbf)
	}
	return f
}

// stretch reads when a fault comes that all instances share, and for how long.
func (d *decoder) stretch(p, name string) fault.Plan {
	f := d.occurs(p, name)
	f.Lasts, _ = d.dur(p + "duration")
	if f.Every > 0 && f.Lasts >= f.Every {
		d.Problem(p+"every", d.At(p+"every"), form.Wrong("write a longer every, or a shorter duration", "begins the next before the one before is over"))
	}
	return f
}

// faultTimes reads when a fault hits, at and every into its plan, and returns its mtbf, if any.
// That it has none of them is a problem, unless other keys may say when.
func (d *decoder) faultTimes(p string, f *fault.Plan, others ...string) (mtbf des.Duration) {
	var hasAt, hasEvery, hasMTBF bool
	f.At, hasAt = d.whens(p + "at")
	f.Every, hasEvery = d.dur(p + "every")
	mtbf, hasMTBF = d.dur(p + "mtbf")
	table := strings.TrimSuffix(p, ".")
	switch {
	case d.Failed(p+"at") || d.Failed(p+"every") || d.Failed(p+"mtbf"):
	case hasMTBF && (hasAt || hasEvery):
		other := "at"
		if hasEvery {
			other = "every"
		}
		d.Problem(p+"mtbf", d.At(p+"mtbf"), form.Wrong("make two faults of them", "and %s exclude each other: a fault is random or scripted", other))
	case !hasAt && !hasEvery && !hasMTBF && len(others) == 0:
		d.Problem(table, d.Find(table).Key, form.Wrong(`write at = "Mon 15:40", every = "6h" or mtbf = "400h"`, "says neither when nor how often"))
	}
	if d.IsGiven(p+"shape") && !d.Failed(p+"shape") {
		switch {
		case hasMTBF:
		case hasEvery:
			f.Gap, f.Every = d.law(p, f.Every), 0
		default:
			d.Problem(p+"shape", d.At(p+"shape"), form.Wrong("it shapes the times that mtbf or every is the mean of", "has no meaning with at alone"))
		}
	}
	return mtbf
}

// law is that of the times of which mtbf, or every, is the mean.
func (d *decoder) law(p string, mean des.Duration) workload.Dist {
	shape, ok := d.Number(p + "shape")
	if !ok || shape == 1 {
		v, _ := workload.NewExponential(mean.Seconds())
		return v
	}
	v, err := workload.NewWeibullMean(mean.Seconds(), shape)
	if err != nil {
		return nil // the ranges of the keys exclude it
	}
	return v
}

// whom reads which instances a fault strikes.
func (d *decoder) whom(p string, w *record.Config) fault.Whom {
	var f fault.Whom
	f.Count = 1
	scripted := d.IsGiven(p+"at") || d.IsGiven(p+"every") // else count and pick mean nothing
	if d.IsGiven(p+"count") || scripted && !d.IsGiven(p+"fleet_share") {
		f.Count, _ = d.Count(p + "count")
	}
	f.Fraction, _ = d.Share(p + "fleet_share")
	if f.Fraction > 0 && d.IsGiven(p+"count") && !d.Failed(p+"count") {
		d.Problem(p+"fleet_share", d.At(p+"fleet_share"), form.Wrong("leave one of them out", "and count exclude each other"))
	}
	if scripted || d.IsGiven(p+"pick") {
		pick, _ := d.Choice(p + "pick")
		f.Pick = fault.Pick(max(0, pick))
	}
	if among := (fault.Among{Zone: d.faultZone(p+"zone", w), Type: d.faultType(p+"instance_type", w)}); among != (fault.Among{Zone: ec2.AnyZone}) {
		f.Among = &among
	}
	return f
}

// faultZone reads which zone a fault strikes; ec2.AnyZone unless it says.
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

// faultType reads which instance type a fault strikes; empty: all.
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
