package scenarios

import (
	"fmt"
	"math"
	"time"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// topKeys documents the keys above all tables, [slo], [discount], [cloudwatch]
// and [baseline.N].
func topKeys() []Key {
	return []Key{
		{Path: "title", Type: Text, Absent: "the scenario's name", Doc: "One line that says what the scenario is about; printed above every result."},
		{Path: "label", Type: Text, Absent: "the plain scenario has no name", Doc: "Name of the plain scenario among its variants."},
		{Path: "timezone", Type: Text, Default: `"UTC"`, Doc: "IANA name of the zone in which days, weekdays and all times of the file are meant."},
		{Path: "start", Type: Civil, Absent: "the first bin of the trace (of a load, else of a metric), else 2026-03-02T00:00:00, a Monday", Doc: "Local date and time at which the run begins."},
		{Path: "duration", Type: Duration, Absent: "to the end of the trace, else \"2d\"", Min: `"1s"`, Max: `"3660d"`, Doc: "Length of the run, warm_up included, in whole seconds. A day is 24 hours."},
		{Path: "warm_up", Type: Duration, Default: `"0s"`, Min: `"0s"`, Doc: "Beginning of the run that no number counts; whole minutes, shorter than duration."},
		{Path: "seed", Type: Count, Default: "1", Min: "0", Doc: "Seed of all randomness: the same file and seed give the same bytes. At most 9223372036854775807, as in any TOML; the flag --seed takes twice as many."},
		{Path: "defaults", Type: Choice, Choices: []string{"api", "terraform", "console"}, Default: `"api"`, Doc: "Whose defaults fill keys left out, where AWS's API, Terraform and the console differ."},
		{Path: "initial", Type: Choice, Choices: []string{"settled", "cold"}, Default: `"settled"`, Doc: "settled: the run begins in the steady state of its policies for the load at start, with the bounds that scheduled actions left which ran in the year before. cold: it begins with nothing running."},
		{Path: "fidelity", Type: Choice, Choices: optionNames(fidelities()), Default: `"auto"`, Doc: "exact: every request is served. sampled: stretches of calm minutes are served and stand for the rest of them, what is not calm is served in full (asgsim help fidelity). auto: exact up to 60 million expected requests, about ten seconds of one core, sampled beyond."},
		{Path: "loads", Type: NameList, Absent: "all", Doc: "The loads that count, by name; meant for variants."},
		{Path: "policies", Type: NameList, Absent: "all", Doc: "The policies in force, by name; [] is a fixed fleet. Meant for variants."},
		{Path: "schedules", Type: NameList, Absent: "all", Doc: "The scheduled actions in force, by name; meant for variants."},
		{Path: "faults", Type: NameList, Absent: "all", Doc: "The faults that happen, by name; meant for variants."},
		{Path: "slo.latency", Type: Duration, Default: `"500ms"`, Above: `"0s"`, Max: `"1h"`, Doc: "A served request slower than this is slow."},
		{Path: "slo.good", Type: Share, Default: `"99%"`, Above: `"0%"`, Max: `"100%"`, Doc: "Share of the offered requests that must be served and not slow."},
		{Path: "slo.breached_minutes", Type: Share, Default: `"1%"`, Min: `"0%"`, Max: `"100%"`, Doc: "Share of the minutes that may be breached."},
		{Path: "discount.share", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Doc: "Private pricing: the share taken off every line of the bill."},
		{Path: "baseline.N.instances", Type: Count, Unit: "instances", Required: true, Min: "1", Max: "100000", Doc: "Size of an always-on fleet to compare the cost with."},
		{Path: "cloudwatch.detailed_delay", Type: Duration, Default: `"60s"`, Min: `"0s"`, Max: `"1h"`, Source: "undocumented by AWS, X-8", Doc: "End of a 1-minute EC2 period to its publication."},
		{Path: "cloudwatch.basic_delay", Type: Duration, Default: `"120s"`, Min: `"0s"`, Max: `"1h"`, Source: "undocumented by AWS, X-8", Doc: "End of a 5-minute EC2 period to its publication."},
		{Path: "cloudwatch.balancer_delay", Type: Duration, Default: `"60s"`, Min: `"0s"`, Max: `"1h"`, Source: "undocumented by AWS, X-8", Doc: "End of a load balancer period to its publication."},
		{Path: "cloudwatch.high_resolution_delay", Type: Duration, Default: `"10s"`, Min: `"0s"`, Max: `"20s"`, Source: "undocumented by AWS, X-8", Doc: "End of a period of 10s or 30s to its publication."},
		{Path: "cloudwatch.evaluation_range", Type: Number, Absent: "2 more than evaluation_periods up to 5, else 1.5 times as many", Min: "1", Max: "10", Source: "undocumented by AWS, X-10; CloudWatch guide, Configuring how alarms treat missing data, read 2026-11: more than evaluation_periods, by the period's length and the metric's resolution", Doc: "How far back an alarm looks for datapoints where some are missing, as a multiple of its evaluation_periods. For 3 AWS's tables say 5, whatever is given here."},
		{Path: "cloudwatch.request_count_per_target", Type: Choice, Choices: []string{"healthy", "registered"}, Default: `"healthy"`, Source: "ALB guide, CloudWatch metrics for your Application Load Balancer, read 2026-11", Doc: "The targets by which RequestCountPerTarget divides. AWS divides by the healthy ones, by all that are registered where none is healthy; registered: always by all."},
		{Path: "cloudwatch.terminating_instances", Type: Bool, Default: "false", Source: "undocumented by AWS, X-41", Doc: "true: the group's EC2 metrics hold instances until they are gone; false: until they begin to terminate."},
		{Path: "cloudwatch.evaluation_phase", Type: Duration, Absent: "each alarm at a second of its own, drawn by its name and the seed", Min: `"0s"`, Max: `"59s"`, Source: "undocumented by AWS, X-9; CloudWatch guide, Alarm evaluation, read 2026-11: every minute, with periods below one minute every 10 seconds; actions of twelve real alarms fell on seconds 06 to 47, those of one alarm always on the same", Doc: "The second of the minute at which all alarms are evaluated, instead of each at its own."},
	}
}

// maxDays is the longest run, as the key duration has it.
const maxDays = 3660

// clockwork sets zone, start, duration and calendar.
func (d *decoder) clockwork(loads []string) {
	name, ok := d.Text("timezone")
	if !ok {
		name = "UTC"
	}
	z, b := loadZone(name)
	if b != nil {
		d.Problem("timezone", d.At("timezone"), b)
		return
	}
	begin, end, traced := d.tracedSpan(loads)
	start := begin
	if !d.IsGiven("start") && !traced {
		start = z.unix(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))[0]
	}
	if t, ok := take(d, "start", func(n *form.Node, _ *Key) (int64, *form.Mistake) {
		v, b := civil(n)
		if b != nil {
			return 0, b
		}
		at, repeated, b := z.instant(n, v)
		if repeated {
			d.Warn("start", "", "happens twice: clocks in %s go back over it; the first is meant", name)
		}
		return at, b
	}); ok {
		start = t
	} else if d.Failed("start") {
		return
	} else {
		from := "default"
		if traced {
			from = "derived: the first bin of the trace"
		}
		d.Amend("start", time.Unix(start, 0).In(z.loc).Format("2006-01-02T15:04:05"), from)
	}
	length, ok := d.dur("duration")
	if rest := length % des.Second; ok && rest != 0 {
		d.Problem("duration", d.At("duration"), form.Wrong("write "+formatDuration(length-rest+des.Second), "must be whole seconds, as bills are, not %s", length))
		ok = false
	}
	if !ok && !d.Failed("duration") {
		length = 2 * des.Day
		from := "default"
		if d.traceLength > 0 {
			end = start + int64(math.Ceil(d.traceLength))
		}
		if end-start > maxDays*86400 {
			d.Problem("duration", d.At("duration"), form.Wrong(`write for example duration = "2d"`, "is not given, and to the end of the trace it is %d days, more than %d", (end-start)/86400, maxDays))
		} else if end > start {
			length, from = des.Duration(end-start)*des.Second, "derived: to the end of the trace"
		}
		d.Amend("duration", formatDuration(length), from)
	}
	d.zone, d.duration = z, length
	d.cal = z.calendar(start, length)
}

func (d *decoder) warmUp() des.Duration {
	v, ok := d.dur("warm_up")
	if ok && v%des.Minute != 0 {
		d.Problem("warm_up", d.At("warm_up"), form.Wrong(fmt.Sprintf("write %s", formatDuration(minute(v))), "must be whole minutes, not %s", v))
	}
	if ok && d.OK("duration") && v >= d.duration {
		d.Problem("warm_up", d.At("warm_up"), form.Wrong("", "must be shorter than the run: %s of %s", v, d.duration))
	}
	return v
}

// fidelities are those of a run.
func fidelities() []option[record.Fidelity] { return enum(record.Sampled) }

// fidelity is that of the run; auto where it is not understood.
func (d *decoder) fidelity() record.Fidelity {
	f, _ := choose(d, "fidelity", fidelities())
	return f
}

// unsampled refuses to sample what has no row in the table of errors.
func (d *decoder) unsampled(w *record.Config) {
	if a := w.Balancer.Algorithm; !a.AWS() && w.Fidelity == record.Sampled {
		d.Problem("fidelity", d.At("fidelity"), form.Wrong(`write fidelity = "exact", or leave it out`, "is sampled, whose errors are not known with %s", a))
	}
}

func (d *decoder) slo() record.SLO {
	var s record.SLO
	s.Latency, _ = d.dur("slo.latency")
	s.Good, _ = d.Share("slo.good")
	s.BreachedMinutes, _ = d.Share("slo.breached_minutes")
	return s
}

func (d *decoder) baselines() []record.Baseline {
	var out []record.Baseline
	for _, name := range d.Entries("baseline") {
		n, _ := d.Count("baseline." + name + ".instances")
		out = append(out, record.Baseline{Name: name, Instances: n})
	}
	return out
}

// plannedKeys are reserved and refused by name.
func plannedKeys() []Key {
	var out []Key
	for _, p := range []string{
		"region", "class",
		"observed", "target_group.stickiness",
		"policy.N.scheduled", "policy.N.target_tracking.autotune",
		"load.N.sessions", "load.N.closed_loop",
	} {
		out = append(out, Key{Path: p, Planned: true})
	}
	return out
}
