package scenarios

import (
	"fmt"
	"math"
	"sort"
	"time"

	"asgsim/scenarios/form"
	"asgsim/sim"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// newDecoder returns a decoder of one tree. first is the decoder of the plain
// scenario, whose traces need not be read again; nil if this is it.
func newDecoder(root *form.Node, file string, open Opener, first *decoder) *decoder {
	if open == nil {
		open = refuse
	}
	d := &decoder{Reader: form.NewReader(schema(), root, file), open: open, first: first, traces: map[string]*recording{}, fits: map[sim.Measured]sim.Fitted{}}
	if first != nil {
		d.traces, d.fits = first.traces, first.fits
	}
	return d
}

// decode reads the whole tree.
func (d *decoder) decode(name string) Config {
	d.Defaults = "api"
	if i, ok := d.Choice("defaults"); ok {
		d.Defaults = lookup("defaults").Choices[i]
	}
	d.title, _ = d.Text("title")
	if label, ok := d.Text("label"); ok && (!form.ValidName(label) || label == Plain) {
		d.Problem("label", d.At("label"), form.Wrong("names are letters and digits, then also _ and -; plain is taken", "is not a name: %q", label))
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
	w.SLO = d.slo()
	w.Loads = d.loads(loads)
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
	w.Template = d.template()
	class, derived := d.request(w)
	w.Classes = []serving.Class{class}
	c.Derived = derived
	w.Balancer = d.balancer()
	w.Group = d.group()
	d.mixed(w)
	d.policies(w, d.Picked("policy", "policies"))
	w.Schedule = d.schedules(&w.Group, d.Picked("schedule", "schedules"))
	c.Gates = d.gates()
	w.Events = d.events(w)
	w.Faults = d.faults(d.Picked("fault", "faults"), w)
	w.Bill = d.bill(w)
	d.warmPool(w)
	d.mixedWithPool(w)
	d.noBalancer(w)
	d.region(w)
	w.Baseline = d.baselines()
	w.Commitments = d.commitments(w)
	d.CheckKeys(d.Root, nil)
	if len(d.Problems) == 0 {
		d.advise(w)
	}
	c.Values = d.inOrder()
	return c
}

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
	if !ok && !d.Failed("duration") {
		length = 2 * des.Day
		from := "default"
		if d.traceLength > 0 {
			end = start + int64(math.Ceil(d.traceLength))
		}
		if end > start {
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
