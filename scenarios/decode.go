package scenarios

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"time"

	"asgsim/sim"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// newDecoder returns a decoder of one tree. first is the decoder of the plain
// scenario, whose traces need not be read again; nil if this is it.
func newDecoder(root *node, file string, open Opener, first *decoder) *decoder {
	if open == nil {
		open = refuse
	}
	d := &decoder{root: root, file: file, open: open, first: first, failed: map[string]bool{}, given: map[string]bool{}, asked: map[string]bool{}, traces: map[string]*recording{}, fits: map[sim.Measured]sim.Fitted{}}
	if first != nil {
		d.traces, d.fits = first.traces, first.fits
	}
	return d
}

// decode reads the whole tree.
func (d *decoder) decode(name string) Config {
	d.defaults = "api"
	if i, ok := d.choice("defaults"); ok {
		d.defaults = lookup("defaults").Choices[i]
	}
	d.title, _ = d.text("title")
	if label, ok := d.text("label"); ok && (!validName(label) || label == Plain) {
		d.problem("label", d.at("label"), wrong("names are letters and digits, then also _ and -; plain is taken", "is not a name: %q", label))
	}
	if seed, ok := d.count("seed"); ok {
		d.seed = uint64(seed)
	}
	var c Config
	c.Name = name
	w := &c.World
	w.Title, w.Variant = d.title, name
	loads := d.picked("load", "loads")
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
	w.Watch.Range, _ = d.number("cloudwatch.evaluation_range")
	w.Watch.AllTargets = d.is("cloudwatch.request_count_per_target", "registered")
	w.Watch.Terminating, _ = d.boolean("cloudwatch.terminating_instances")
	phase, given := d.dur("cloudwatch.evaluation_phase")
	w.Watch.Phase, w.Watch.Drawn = phase, !given
	w.Template = d.template()
	class, derived := d.request(w)
	w.Classes = []serving.Class{class}
	c.Derived = derived
	w.Balancer = d.balancer()
	w.Group = d.group()
	d.mixed(w)
	d.policies(w, d.picked("policy", "policies"))
	w.Schedule = d.schedules(&w.Group, d.picked("schedule", "schedules"))
	c.Gates = d.gates()
	w.Events = d.events(w)
	w.Faults = d.faults(d.picked("fault", "faults"), w)
	w.Bill = d.bill(w)
	d.warmPool(w)
	d.mixedWithPool(w)
	d.noBalancer(w)
	d.region(w)
	w.Baseline = d.baselines()
	w.Commitments = d.commitments(w)
	d.checkKeys(d.root, nil)
	if len(d.problems) == 0 {
		d.advise(w)
	}
	c.Values = d.inOrder()
	return c
}

// clockwork sets zone, start, duration and calendar.
func (d *decoder) clockwork(loads []string) {
	name, ok := d.text("timezone")
	if !ok {
		name = "UTC"
	}
	z, b := loadZone(name)
	if b != nil {
		d.problem("timezone", d.at("timezone"), b)
		return
	}
	begin, end, traced := d.tracedSpan(loads)
	start := begin
	if !d.isGiven("start") && !traced {
		start = z.unix(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))[0]
	}
	if t, ok := take(d, "start", func(n *node, _ *Key) (int64, *bad) {
		v, b := civil(n)
		if b != nil {
			return 0, b
		}
		at, repeated, b := z.instant(n, v)
		if repeated {
			d.warn("start", "", "happens twice: clocks in %s go back over it; the first is meant", name)
		}
		return at, b
	}); ok {
		start = t
	} else if d.failed["start"] {
		return
	} else {
		from := "default"
		if traced {
			from = "derived: the first bin of the trace"
		}
		d.values[len(d.values)-1] = Value{"start", time.Unix(start, 0).In(z.loc).Format("2006-01-02T15:04:05"), from}
	}
	length, ok := d.dur("duration")
	if !ok && !d.failed["duration"] {
		length = 2 * des.Day
		from := "default"
		if d.traceLength > 0 {
			end = start + int64(math.Ceil(d.traceLength))
		}
		if end > start {
			length, from = des.Duration(end-start)*des.Second, "derived: to the end of the trace"
		}
		d.values[len(d.values)-1] = Value{"duration", formatDuration(length), from}
		d.given["duration"] = true
	}
	d.zone, d.duration = z, length
	d.cal = z.calendar(start, length)
}

func (d *decoder) warmUp() des.Duration {
	v, ok := d.dur("warm_up")
	if ok && v%des.Minute != 0 {
		d.problem("warm_up", d.at("warm_up"), wrong(fmt.Sprintf("write %s", formatDuration(minute(v))), "must be whole minutes, not %s", v))
	}
	if ok && d.ok("duration") && v >= d.duration {
		d.problem("warm_up", d.at("warm_up"), wrong("", "must be shorter than the run: %s of %s", v, d.duration))
	}
	return v
}

func (d *decoder) slo() record.SLO {
	var s record.SLO
	s.Latency, _ = d.dur("slo.latency")
	s.Good, _ = d.share("slo.good")
	s.BreachedMinutes, _ = d.share("slo.breached_minutes")
	return s
}

func (d *decoder) baselines() []record.Baseline {
	var out []record.Baseline
	for _, name := range d.entries("baseline") {
		n, _ := d.count("baseline." + name + ".instances")
		out = append(out, record.Baseline{Name: name, Instances: n})
	}
	return out
}

// inOrder returns the effective values by outermost table in the order of the key
// tables, each table once.
func (d *decoder) inOrder() []Value {
	rank := map[string]int{}
	for i, k := range index().all {
		if _, ok := rank[outermost(k.Path)]; !ok {
			rank[outermost(k.Path)] = i
		}
	}
	seen := map[string]int{}
	for i, v := range d.values {
		if _, ok := seen[parent(v.Key)]; !ok {
			seen[parent(v.Key)] = i
		}
	}
	out := append([]Value(nil), d.values...)
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i].Key, out[j].Key
		if x, y := rank[outermost(a)], rank[outermost(b)]; x != y {
			return x < y
		}
		return seen[parent(a)] < seen[parent(b)]
	})
	return out
}

// outermost returns the outermost table of a key, "" for a key above all tables.
func outermost(path string) string {
	table, _, ok := strings.Cut(path, ".")
	if !ok {
		return ""
	}
	return table
}

// parent returns the table of a key.
func parent(path string) string {
	return path[:max(strings.LastIndexByte(path, '.'), 0)]
}
