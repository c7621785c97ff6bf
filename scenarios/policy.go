package scenarios

import (
	"slices"

	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// policyTable is a kind of policy in the file: its keys, and the reader of them.
type policyTable interface {
	kind() string
	keys(p string) []Key // p is the table's path with a dot: "policy.N.target_tracking."
	// read returns the policy; one that w has already where the table is a part of it, and
	// nil where a problem leaves none.
	read(d *decoder, p, name string, w *record.Config) scaling.Policy
}

// policyTables are the kinds of policies, a line each, each in a file of its own.
func policyTables() []policyTable {
	return []policyTable{
		targetTrackingTable{},
		stepScalingTable{},
		simpleScalingTable{},
		predictiveScalingTable{},
		kubernetesHPATable{},
		gcpAutoscalerTable{},
		azureAutoscaleTable{},
		expressionTable{},
	}
}

// policyKeys documents [policy.N.KIND].
func policyKeys() []Key {
	var out []Key
	for _, t := range policyTables() {
		out = append(out, t.keys("policy.N."+t.kind()+".")...)
	}
	return out
}

// policies reads the picked policies and the alarms they name.
func (d *decoder) policies(w *record.Config, picked []string) {
	d.alarms = map[string]cloudwatch.Definition{}
	for _, name := range d.Entries("alarm") {
		d.alarms[name] = d.alarm(name)
		w.Alarms = append(w.Alarms, d.alarms[name]) // also those that no policy follows: their metrics are shown
	}
	var kinds []string
	for _, t := range policyTables() {
		kinds = append(kinds, t.kind())
	}
	tables := map[scaling.Policy][]string{} // the names of the tables of each
	for _, name := range picked {
		kind := d.Kind("policy."+name, kinds)
		if kind == "" {
			continue
		}
		p := policyTables()[slices.Index(kinds, kind)].read(d, "policy."+name+"."+kind+".", name, w)
		if p == nil {
			continue
		}
		if tables[p] = append(tables[p], name); len(tables[p]) == 1 {
			w.Policies = append(w.Policies, p)
		}
	}
	for _, p := range w.Policies {
		if system := p.About().System; system != "" {
			d.noOthers("policy."+tables[p][0], system, len(picked)-len(tables[p]), w)
		}
	}
}

// noOthers refuses what cannot stand beside the autoscaler of another system: others.
func (d *decoder) noOthers(p, system string, others int, w *record.Config) {
	if others > 0 {
		d.Problem(p, d.At(p), form.Wrong("put the others into a variant, and choose with policies = [...]", "belongs to %s, which drives a group alone", system))
	}
	if m := w.Template.Mixed; len(m) > 0 && m[0].Weight > 0 {
		d.Problem(p, d.At(p), form.Wrong("leave weighted_capacity out", "belongs to %s, which counts instances: weights mean nothing to it", system))
	}
}

// finelyWatched reports whether anything watches a metric with periods below a
// minute, which the instances then publish.
func finelyWatched(w *record.Config) bool {
	fine := func(period des.Duration) bool { return period > 0 && period < des.Minute }
	for i := range w.Alarms {
		if fine(w.Alarms[i].Period) {
			return true
		}
	}
	for _, p := range w.Policies {
		if slices.ContainsFunc(scaling.Watches(p).Metrics, func(c scaling.Custom) bool { return fine(c.Period) }) {
			return true
		}
	}
	return false
}
