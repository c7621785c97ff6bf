package scenarios

import (
	"sort"
	"unicode/utf8"

	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/serving"
)

// newDecoder returns a decoder of one tree. first is the decoder of the plain
// scenario, whose traces need not be read again; nil if this is it.
func newDecoder(root *form.Node, file string, open Opener, catalogues Catalogues, spent *spent, first *decoder) *decoder {
	if open == nil {
		open = refuse
	}
	d := &decoder{Reader: form.NewReader(schema(), root, file), open: open, catalogues: catalogues, first: first, traces: map[string]traceFile{}, spent: spent}
	if first != nil {
		d.traces = first.traces
	}
	return d
}

// decode reads the whole tree.
func (d *decoder) decode(name string) Config {
	d.Defaults = "api"
	if i, ok := d.Choice("defaults"); ok {
		d.Defaults = d.Key("defaults").Choices[i]
	}
	d.title, _ = d.Text("title")
	if n := utf8.RuneCountInString(d.title); n > maxTitle {
		d.Problem("title", d.At("title"), form.Wrong("shorten it; comments hold more", "has %d characters, at most %d fit above a result", n, maxTitle))
		d.title = ""
	}
	if label, ok := d.Text("label"); ok && (!form.ValidName(label) || label == Plain) {
		d.Problem("label", d.At("label"), form.Wrong(form.NameRule+"; plain is taken", "is not a name: %q", label))
	}
	if seed, ok := d.Count("seed"); ok {
		d.seed = uint64(seed)
	}
	var c Config
	c.Name = name
	w := &c.World
	w.Title, w.Variant = d.title, name
	loads := d.Picked("load", "loads")
	d.clockwork(loads)
	w.Calendar, w.Duration = d.cal, d.duration
	w.WarmUp = d.warmUp()
	w.Fidelity = d.fidelity()
	w.SLO = d.slo()
	w.Loads = d.loads(loads)
	w.Recorded = d.metrics()
	w.Watch = cloudwatch.Config{}
	w.Watch.DetailedDelay, _ = d.dur("cloudwatch.detailed_delay")
	w.Watch.BasicDelay, _ = d.dur("cloudwatch.basic_delay")
	w.Watch.BalancerDelay, _ = d.dur("cloudwatch.balancer_delay")
	w.Watch.FineDelay, _ = d.dur("cloudwatch.high_resolution_delay")
	w.Watch.Range, _ = d.Number("cloudwatch.evaluation_range")
	w.Watch.AllTargets = d.is("cloudwatch.request_count_per_target", "registered")
	w.Watch.Terminating, _ = d.Bool("cloudwatch.terminating_instances")
	phase, given := d.dur("cloudwatch.evaluation_phase")
	w.Watch.Phase, w.Watch.Drawn = phase, !given
	d.priceList()
	w.Prices = d.list.basis()
	w.Template = d.template()
	class, derived := d.request(w)
	w.Classes = []serving.Class{class}
	c.Derived = derived
	w.Dependencies = d.dependencies(w)
	w.Balancer = d.balancer()
	d.directed(w.Loads)
	w.Queue = d.queue()
	d.unsampled(w)
	w.Math = d.mathMetrics()
	w.Group = d.group()
	d.mixed(w)
	d.background(w)
	d.policies(w, d.Picked("policy", "policies"))
	w.Schedule = d.schedules(&w.Group, d.Picked("schedule", "schedules"))
	c.Gates = d.gates()
	w.Events = d.events(w)
	w.Faults = append(d.faults(d.Picked("fault", "faults"), w), d.presetFaults(w)...)
	w.Bill = d.bill(w)
	d.warmPool(w)
	d.mixedWithPool(w)
	d.noBalancer(w)
	d.workers(w)
	d.region(w)
	d.watchedRecordings(w)
	w.Baseline = d.baselines()
	w.Commitments = d.commitments(w)
	d.CheckKeys(d.Root, nil)
	if len(d.Problems) == 0 && !d.unadvised {
		d.advise(w)
	}
	c.Values = d.inOrder()
	return c
}

// inOrder returns the effective values by outermost table in the order of the key
// tables, each table once.
func (d *decoder) inOrder() []Value {
	rank := map[string]int{}
	for i, k := range schema().Keys {
		if _, ok := rank[form.Outermost(k.Path)]; !ok {
			rank[form.Outermost(k.Path)] = i
		}
	}
	seen := map[string]int{}
	for i, v := range d.Values {
		if _, ok := seen[form.Parent(v.Key)]; !ok {
			seen[form.Parent(v.Key)] = i
		}
	}
	out := append([]Value(nil), d.Values...)
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i].Key, out[j].Key
		if x, y := rank[form.Outermost(a)], rank[form.Outermost(b)]; x != y {
			return x < y
		}
		return seen[form.Parent(a)] < seen[form.Parent(b)]
	})
	return out
}
