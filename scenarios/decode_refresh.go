package scenarios

import (
	"slices"
	"strconv"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/record"
)

// refresh reads the preferences of an instance refresh.
func (d *decoder) refresh(p string, w *record.Config) *asg.Refresh {
	g := &w.Group
	r := &asg.Refresh{Pace: asg.Maintenance{MinHealthy: 0.9, MaxHealthy: 1, Outwards: g.RoundUp}, Warmup: g.Grace}
	if g.Maintenance != nil {
		r.Pace = *g.Maintenance
	}
	if v, ok := d.Share(p + "min_healthy_percentage"); ok {
		r.Pace.MinHealthy = v
	}
	if v, ok := d.Share(p + "max_healthy_percentage"); ok {
		r.Pace.MaxHealthy = v
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
