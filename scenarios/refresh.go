package scenarios

import (
	"slices"
	"strconv"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// refreshKeys documents the preferences of an instance refresh and what its new
// version is like.
func refreshKeys(p string) []Key {
	const api = "AWS RefreshPreferences, API of 2026-08"
	return []Key{
		{Path: p + "min_healthy_percentage", Type: Share, Absent: "the instance maintenance policy's, else 90%", Min: `"0%"`, Max: `"100%"`, Source: api, Doc: "Share of desired that stays ready."},
		{Path: p + "max_healthy_percentage", Type: Share, Absent: "the instance maintenance policy's, else 100%", Min: `"100%"`, Max: `"200%"`, Source: "AWS RefreshPreferences, API of 2026-11", Doc: "Share of desired that runs at most; above 100% instances are launched before others are terminated. Where the two shares leave no room (9 instances and 90%), 100% if given lets one more run, and if left out one be terminated first, unless min_healthy_percentage is 100%."},
		{Path: p + "instance_warmup", Type: Duration, Absent: "default_instance_warmup, else health_check_grace_period", Min: `"0s"`, Max: `"86400s"`, Source: api, Doc: "A new instance must be healthy, and in service for this long, before the next is replaced."},
		{Path: p + "checkpoint_percentages", Type: NameList, Default: "[]", Source: api, Doc: "Shares at which the refresh waits, ascending: [\"20%\", \"100%\"]. It ends at the last."},
		{Path: p + "checkpoint_delay", Type: Duration, Default: `"3600s"`, Min: `"0s"`, Max: `"172800s"`, Source: api, Doc: "How long it waits at a checkpoint."},
		{Path: p + "bake_time", Type: Duration, Default: `"0s"`, Min: `"0s"`, Max: `"172800s"`, Source: api, Doc: "How long it waits at the end before it is successful."},
		{Path: p + "auto_rollback", Type: Bool, Default: "false", Source: api, Doc: "true: a refresh that fails, by an alarm or after an hour without progress, puts the old version back."},
		{Path: p + "alarm_specification.alarms", Type: NameList, Default: "[]", Source: api, Doc: "Names of [alarm.N]: the refresh fails as soon as one is in ALARM, also during bake_time."},
		{Path: p + "skip_matching", Type: Bool, Default: "false", Console: "true", Source: api, Doc: "true: instances that are already as the new version would have them stay."},
		{Path: p + "scale_in_protected_instances", Type: Choice, Choices: optionNames(holdouts("Refresh")), Default: `"Wait"`, Console: `"Ignore"`, Source: api, Doc: "What happens to instances protected from scale-in: the refresh waits, and fails after an hour; leaves them; or replaces them too."},
		{Path: p + "standby_instances", Type: Choice, Choices: optionNames(holdouts("Terminate")), Default: `"Wait"`, Console: `"Ignore"`, Source: api, Doc: "What happens to old instances in standby: the refresh waits, and fails after an hour; leaves them; or terminates them."},
		{Path: p + "version.speed", Type: Number, Default: "1", Above: "0", Max: "1000", Doc: "Speed of the new version's vCPUs relative to the old: 0.5 takes twice the CPU time."},
		{Path: p + "version.boot", Type: Random, Absent: "as before", Doc: "Boot time of the new version."},
		{Path: p + "version.errors", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Doc: "Share of requests that the new version answers with an error."},
		{Path: p + "version.health_checks", Type: Choice, Choices: []string{"as_requests", "pass", "fail"}, Default: `"as_requests"`, Doc: "What health checks see of its errors: the same share of them is answered with an error; none; or each."},
		{Path: p + "version.healthy", Type: Bool, Default: "true", Doc: "false: the new version's application never comes up."},
	}
}

// refresh reads the preferences of an instance refresh.
func (d *decoder) refresh(p string, w *record.Config) *asg.Refresh {
	g := &w.Group
	r := &asg.Refresh{Pace: asg.Maintenance{MinHealthy: 0.9, MaxHealthy: 1, Outwards: g.RoundUp}, Warmup: g.Grace}
	if g.Maintenance != nil {
		r.Pace = *g.Maintenance
	}
	r.Pace.FallsShort = g.Maintenance == nil
	if v, ok := d.Share(p + "min_healthy_percentage"); ok {
		r.Pace.MinHealthy = v
	}
	if v, ok := d.Share(p + "max_healthy_percentage"); ok {
		r.Pace.MaxHealthy, r.Pace.FallsShort = v, false
	}
	if !d.Failed(p+"min_healthy_percentage") && r.Pace.MaxHealthy-r.Pace.MinHealthy > 1+1e-9 {
		d.Problem(p+"max_healthy_percentage", d.At(p+"max_healthy_percentage"), form.Wrong("", "must be at most 100 points above min_healthy_percentage"))
	}
	if g.Warmup >= 0 {
		r.Warmup = g.Warmup
	}
	if v, ok := d.dur(p + "instance_warmup"); ok {
		r.Warmup = v
	}
	r.Checkpoints = d.checkpoints(p + "checkpoint_percentages")
	r.CheckpointDelay, _ = d.dur(p + "checkpoint_delay")
	r.Bake, _ = d.dur(p + "bake_time")
	r.AutoRollback, _ = d.Bool(p + "auto_rollback")
	r.SkipMatching, _ = d.Bool(p + "skip_matching")
	r.Protected, _ = choose(d, p+"scale_in_protected_instances", holdouts("Refresh"))
	r.Standby, _ = choose(d, p+"standby_instances", holdouts("Terminate"))
	r.Alarms = d.refreshAlarms(p+"alarm_specification.alarms", w)
	v := &r.Version
	v.Speed, _ = d.Number(p + "version.speed")
	v.Boot, _ = d.random(p+"version.boot", false)
	v.Errors, _ = d.Share(p + "version.errors")
	checks, _ := d.Choice(p + "version.health_checks") // in the order of ec2.Checks
	v.Checks = ec2.Checks(max(0, checks))
	v.Healthy, _ = d.Bool(p + "version.healthy")
	return r
}

// refreshAlarms reads the names of the alarms that end a refresh; those that no
// policy uses are evaluated from now on.
func (d *decoder) refreshAlarms(path string, w *record.Config) []string {
	names, _ := d.Names(path)
	known := d.Entries("alarm")
	for _, name := range names {
		a, ok := d.alarms[name]
		switch {
		case !ok && len(known) == 0:
			d.Problem(path, d.At(path), form.Wrong("define [alarm."+name+"]", "names %q, which is not defined", name))
		case !ok:
			d.Problem(path, d.At(path), form.Wrong("defined are "+strings.Join(known, ", "), "names %q, which is not defined", name))
		case !slices.ContainsFunc(w.Alarms, func(o cloudwatch.Definition) bool { return o.Name == name }):
			w.Alarms = append(w.Alarms, a)
		}
	}
	return names
}

// percentages reads an array of percentages, as text or as AWS's whole numbers.
func (d *decoder) percentages(path string) ([]string, bool) {
	n := d.Find(path)
	if n == nil || !n.Array {
		return d.Names(path)
	}
	return take(d, path, func(n *form.Node, _ *Key) ([]string, *form.Mistake) {
		var out []string
		for _, e := range n.List {
			switch v := e.Scalar.(type) {
			case string:
				out = append(out, v)
			case int64:
				out = append(out, strconv.FormatInt(v, 10)+"%")
			default:
				return nil, form.Wrong(`write for example ["20%", "100%"]`, "must hold percentages, not %s", e.Text())
			}
		}
		return out, nil
	})
}

// checkpoints reads ascending shares.
func (d *decoder) checkpoints(path string) []float64 {
	list, _ := d.percentages(path)
	var out []float64
	for _, text := range list {
		v, b := form.ParseShare(text)
		switch {
		case b != nil:
			d.Problem(path, d.At(path), b)
		case v <= 0 || v > 1 || len(out) > 0 && v <= out[len(out)-1]:
			d.Problem(path, d.At(path), form.Wrong(`write for example ["20%", "100%"]`, "must be above 0%%, at most 100%%, and ascend: %s", text))
		default:
			out = append(out, v)
		}
	}
	return out
}

// holdouts are AWS's names of what is done about an instance that a refresh may not
// simply replace; replacing it has a name of its own for each reason.
func holdouts(replace string) []option[asg.Holdouts] {
	return []option[asg.Holdouts]{{"Wait", asg.WaitForThem}, {"Ignore", asg.IgnoreThem}, {replace, asg.ReplaceThem}}
}
