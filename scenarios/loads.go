package scenarios

import (
	"math"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/workload"
)

// loadKeys documents [load.N.KIND].
func loadKeys() []Key {
	out := []Key{
		{Path: "load.N.constant.rate", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Requests per time, always."},

		{Path: "load.N.day_night.trough", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Rate at the quietest time of the local day."},
		{Path: "load.N.day_night.trough_at", Type: Clock, Default: `"03:00"`, Doc: "Local time of the trough."},
		{Path: "load.N.day_night.peak", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Rate at the busiest time of the local day."},
		{Path: "load.N.day_night.peak_at", Type: Clock, Default: `"14:00"`, Doc: "Local time of the peak."},
		{Path: "load.N.day_night.weekend", Type: Share, Default: `"100%"`, Min: `"0%"`, Max: `"1000%"`, Doc: "Trough and peak of Saturday and Sunday as a share of the weekday ones; the curve runs over into the weekend without a jump."},
		{Path: "load.N.day_night.shape", Type: Choice, Choices: []string{"smooth", "plateau"}, Default: `"smooth"`, Doc: "smooth: cosine waves from trough to peak and back. plateau: level for a third of the way at both ends, straight between."},

		{Path: "load.N.hourly.rates", Type: Rates, Required: true, Doc: "24 rates from 00:00 of every local day, or 168 from Monday 00:00. The hour missing in spring has none of its requests, the one repeated in autumn has them twice."},
		{Path: "load.N.hourly.shape", Type: Choice, Choices: []string{"step", "linear"}, Default: `"step"`, Doc: "step: each rate holds for its hour. linear: straight lines between the beginnings of the hours."},

		{Path: "load.N.ramp.from", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Rate before the ramp."},
		{Path: "load.N.ramp.to", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Rate after the ramp."},
		{Path: "load.N.ramp.at", Type: When, Default: `"0s"`, Doc: "Instant at which the ramp begins."},
		{Path: "load.N.ramp.over", Type: Duration, Absent: "to the end of the run", Min: `"0s"`, Doc: "Length of the ramp, a straight line; \"0s\" is a step."},

		{Path: "load.N.spike.at", Type: When, Required: true, Doc: "Instant at which the spike begins."},
		{Path: "load.N.spike.add", Type: Rate, Required: true, Min: `"0/s"`, Max: `"10000000/s"`, Doc: "Rate at the top of the spike; before and after it the load is silent."},
		{Path: "load.N.spike.rise", Type: Duration, Default: `"0s"`, Min: `"0s"`, Doc: "Straight line from nothing to the top."},
		{Path: "load.N.spike.hold", Type: Duration, Default: `"0s"`, Min: `"0s"`, Doc: "How long the load stays at the top."},
		{Path: "load.N.spike.decay", Type: Duration, Default: `"0s"`, Min: `"0s"`, Doc: "Straight line from the top back to nothing."},

		{Path: "load.N.trace.file", Type: Text, Required: true, Sample: `"requests.csv"`, Doc: "Recorded numbers over time, perhaps compressed by gzip: a CSV with a header, whose first column holds the times at which bins begin, or the JSON of aws cloudwatch get-metric-data or get-metric-statistics, or of Prometheus' query_range, or access logs of an Application Load Balancer (of several files put together) or the JSON lines or CSV of vegeta or k6, whose requests are counted a second. Times are dates (without a zone: UTC), Unix seconds, milliseconds, microseconds or nanoseconds, or seconds from the start. The path is relative to the scenario's folder."},
		{Path: "load.N.trace.column", Type: Text, Absent: "the only one", Doc: "Which values: the header of the column, the label of the metric, the statistic."},
		{Path: "load.N.trace.values", Type: Choice, Choices: []string{"count", "rate"}, Required: true, Doc: "count: requests in the bin. rate: requests per second."},
		{Path: "load.N.trace.counts", Type: Choice, Choices: []string{"poisson", "exact"}, Default: `"poisson"`, Doc: "poisson: the recorded rate with the noise of independent users. exact: that many requests in every bin, uniform inside it."},
		{Path: "load.N.trace.scale", Type: Number, Default: "1", Above: "0", Max: "1000000", Doc: "Multiplies every value."},
		{Path: "load.N.trace.start", Type: When, Absent: "what its own times say", Doc: "Instant of the run at which the first bin falls."},
		{Path: "load.N.trace.repeat", Type: Again, Default: "false", Doc: "true: played again and again to the end of the run. A duration is the period, at least the trace's span."},
		{Path: "load.N.trace.gaps", Type: Choice, Choices: optionNames(enum(gapZero)), Default: `"error"`, Doc: "What a missing bin means: a problem to be told about, the bin before it going on, or silence."},
		{Path: "load.N.trace.bin", Type: Duration, Absent: "the most common distance between times", Above: `"0s"`, Doc: "Length of a bin; what goes beyond one and a half of it is a gap."},
	}
	out = append(out, Key{Path: "load.N.target_group", Type: Text, Absent: "divided among all by request_share", Sample: `"api"`, Doc: "The target group that all requests of this load go to: an [other_target_group.N] by its name, or \"target_group\" for [target_group]; the loads without it are divided by request_share. Every target group's RequestCount and RequestCountPerTarget, and the alarms and policies on them, are of its part of the requests, minute by minute in expectation; which request goes by which is drawn with that part (in the routing to within two points), so that each group gets requests of every load's kind."})
	for _, kind := range loadKinds {
		p := "load.N." + kind + "."
		if kind != "trace" {
			out = append(out, Key{Path: p + "arrivals", Type: Arrival, Default: `"poisson"`, Doc: "poisson: independent users. regular: evenly spaced. { bursty = { idc = 8, cycle = \"30s\" } }: bunched, variance / mean of counts over long windows = idc."})
		}
		out = append(out,
			Key{Path: p + "growth", Type: Growth, Absent: "none", Doc: "Compound growth since the start: \"2%/week\" (day, week, month of 730 h, year of 8760 h), in steps of an hour."},
			Key{Path: p + "noise", Type: Noisy, Absent: "none", Doc: "Seeded lognormal factor of mean 1: \"10%\" is its coefficient of variation, drawn anew every minute from the seed of the run: replications meet different loads, the variants of one replication the same; { cv = \"10%\", every = \"5m\" }."})
	}
	return out
}

// loadKinds are the load curves in the order of the documentation.
var loadKinds = [...]string{"constant", "day_night", "hourly", "ramp", "spike", "trace"}

// loads reads the picked loads.
func (d *decoder) loads(names []string) []workload.Load {
	if len(names) == 0 {
		d.Problem("load", d.At("load"), form.Wrong("write for example [load.shop.constant] with rate = \"100/s\"", "there is no load"))
		return nil
	}
	var out []workload.Load
	expected, before := 0.0, len(d.Problems)
	for _, name := range names {
		kind := d.Kind("load."+name, loadKinds[:])
		if kind == "" {
			continue
		}
		path := "load." + name + "." + kind
		l := workload.Load{Name: name, Arrivals: d.arrivals(path, kind)}
		l.Group, _ = d.Text("load." + name + ".target_group")
		growth, hasGrowth := d.growth(path + ".growth")
		noise, hasNoise := d.noise(path + ".noise")
		if (hasGrowth || kind == "day_night" || kind == "hourly") && !d.lasts(path) {
			return nil
		}
		l.Curve = d.curve(path, kind, &l)
		if len(d.Problems) > before || l.Curve == nil || d.duration == 0 {
			continue
		}
		expected += l.Curve.Integral(0, des.Time(0).Add(d.duration))
		if l.Curve = d.change(path, changed{l.Curve, growth, hasGrowth, noise, hasNoise, d.seed, name}); l.Curve == nil {
			return nil
		}
		out = append(out, l)
	}
	if len(d.Problems) == before && !d.FailedBelow("load.") && d.duration > 0 && !(expected > 0) {
		d.Problem("load", d.At("load"), form.Wrong("give a load a rate above 0 inside the run", "is empty: no request is expected in the whole run"))
	}
	return out
}

// change returns the curve with growth and noise, the same one to all variants that
// change the same curve alike; nil where that has more steps than are possible.
func (d *decoder) change(path string, c changed) workload.Curve {
	if out, ok := d.spent.changed[c]; ok {
		return out
	}
	if c.hasNoise {
		d.spent.steps += float64(d.duration) / float64(c.noise.every)
	}
	if d.spent.steps > maxSteps {
		d.Problem(path+".noise", d.At(path+".noise"), form.Wrong("shorten the run, or draw the noise less often", "makes more than %d steps, of all loads of all variants together", maxSteps))
		return nil
	}
	out := c.result()
	d.spent.changed[c] = out
	return out
}

// curve reads the curve of one load.
func (d *decoder) curve(path, kind string, l *workload.Load) workload.Curve {
	switch kind {
	case "constant":
		r, _ := d.Rate(path + ".rate")
		return workload.ConstantRate(r)
	case "day_night":
		return d.dayNight(path)
	case "hourly":
		rates, _ := d.rates(path + ".rates")
		straight := d.is(path+".shape", "linear")
		if len(rates) == 0 {
			return nil
		}
		return workload.Hourly{Rates: rates, Straight: straight}.Curve(&d.cal, d.duration)
	case "ramp":
		var r workload.Ramp
		r.From, _ = d.Rate(path + ".from")
		r.To, _ = d.Rate(path + ".to")
		r.At, _ = d.when(path + ".at")
		over, ok := d.dur(path + ".over")
		if !ok {
			over = des.Time(0).Add(d.duration).Sub(r.At)
		}
		r.Over = over
		return r.Curve()
	case "spike":
		var s workload.Spike
		s.At, _ = d.when(path + ".at")
		s.Add, _ = d.Rate(path + ".add")
		s.Rise, _ = d.dur(path + ".rise")
		s.Hold, _ = d.dur(path + ".hold")
		s.Decay, _ = d.dur(path + ".decay")
		if d.OK(path+".rise", path+".hold", path+".decay") && s.Rise+s.Hold+s.Decay == 0 {
			d.Problem(path, d.At(path), form.Wrong("give it rise, hold or decay", "lasts no time at all"))
		}
		return s.Curve()
	}
	return d.trace(path, l)
}

func (d *decoder) dayNight(path string) workload.Curve {
	var c workload.DayNight
	c.Trough, _ = d.Rate(path + ".trough")
	c.TroughAt, _ = d.clock(path + ".trough_at")
	c.Peak, _ = d.Rate(path + ".peak")
	c.PeakAt, _ = d.clock(path + ".peak_at")
	c.Weekend, _ = d.Share(path + ".weekend")
	c.Plateau = d.is(path+".shape", "plateau")
	if d.OK(path+".trough", path+".peak") && c.Peak < c.Trough {
		d.Problem(path+".peak", d.At(path+".peak"), form.Wrong("swap them", "is below trough: %s < %s", form.Unquoted(formatRate(c.Peak)), form.Unquoted(formatRate(c.Trough))))
	}
	if d.OK(path+".trough_at", path+".peak_at") && c.TroughAt == c.PeakAt {
		d.Problem(path+".peak_at", d.At(path+".peak_at"), form.Wrong("", "is the time of the trough"))
		return nil
	}
	return c.Curve(&d.cal, d.duration)
}

// rates reads the 24 or 168 values of an hourly load.
func (d *decoder) rates(path string) ([]float64, bool) {
	return take(d, path, func(n *form.Node, _ *Key) ([]float64, *form.Mistake) {
		const remedy = `write 24 or 168 rates: ["10/s", "8/s", ...]`
		if !n.Array {
			return nil, form.Wrong(remedy, "must be an array of rates, not %s", n.Text())
		}
		if len(n.List) != 24 && len(n.List) != 168 {
			return nil, form.Wrong(remedy, "holds %d rates", len(n.List))
		}
		var out []float64
		for i, e := range n.List {
			v, b := form.WithUnit(e, "a rate", "/s", form.ParseRate)
			if b != nil {
				return nil, form.Wrong(b.Remedy, "value %d %s", i+1, b.Rule)
			}
			if v < 0 || v > maxRate {
				return nil, form.Wrong("", "value %d must be 0/s to 10000000/s, not %s", i+1, form.Unquoted(e.Text()))
			}
			out = append(out, v)
		}
		return out, nil
	})
}

// arrivals reads how requests arrive.
func (d *decoder) arrivals(path, kind string) workload.Arrivals {
	if kind == "trace" {
		if d.is(path+".counts", "exact") {
			return workload.Arrivals{Kind: workload.Counts}
		}
		return workload.Arrivals{}
	}
	a, _ := take(d, path+".arrivals", func(n *form.Node, _ *Key) (workload.Arrivals, *form.Mistake) {
		const remedy = `write "poisson", "regular" or { bursty = { idc = 8, cycle = "30s" } }`
		switch n.Scalar {
		case "poisson":
			return workload.Arrivals{Kind: workload.Poisson}, nil
		case "regular":
			return workload.Arrivals{Kind: workload.Regular}, nil
		}
		if n.Table == nil || n.Table.Get("bursty") == nil || len(n.Table.Keys) != 1 {
			return workload.Arrivals{}, form.Wrong(remedy, "does not know %s", n.Text())
		}
		return bursty(n.Table.Get("bursty"), remedy)
	})
	return a
}

func bursty(n *form.Node, remedy string) (workload.Arrivals, *form.Mistake) {
	a := workload.Arrivals{Kind: workload.Bursty, Burst: 30 * des.Second}
	if n.Table == nil || n.Table.Get("idc") == nil {
		return a, form.Wrong(remedy, "lacks idc, the variance / mean of counts: %s", n.Text())
	}
	for _, k := range n.Table.Keys {
		e := n.Table.Get(k)
		switch k {
		case "idc":
			v, b := form.Float(e)
			if b != nil {
				return a, b
			}
			if v <= 1 || v > 1e6 {
				return a, form.Wrong("1 is what poisson has", "idc must be above 1, at most 1000000, not %s", e.Text())
			}
			a.IDC = v
		case "cycle":
			v, b := form.WithUnit(e, "a duration", "s", duration)
			if b != nil {
				return a, b
			}
			if v < des.Millisecond || v > des.Day {
				return a, form.Wrong("", "cycle must be 1ms to 1d, not %s", form.Unquoted(e.Text()))
			}
			a.Burst = v
		default:
			return a, form.Wrong(remedy, "does not know %q", k)
		}
	}
	return a, nil
}

// growthPeriods are the periods of growth.
var growthPeriods = [...]struct {
	name string
	size des.Duration
}{{"day", des.Day}, {"week", 7 * des.Day}, {"month", 730 * des.Hour}, {"year", 8760 * des.Hour}}

func (d *decoder) growth(path string) (growing, bool) {
	return take(d, path, func(n *form.Node, _ *Key) (growing, *form.Mistake) {
		const remedy = `write "2%/week"; per day, week, month or year`
		s, b := form.Str(n, "a growth")
		if b != nil {
			return growing{}, form.Wrong(remedy, "%s", b.Rule)
		}
		part, per, _ := strings.Cut(s, "/")
		v, b := form.ParseShare(part)
		if b != nil {
			return growing{}, form.Wrong(remedy, "is not a growth: %q", s)
		}
		if v <= -1 || v > 10 {
			return growing{}, form.Wrong("", "must be above -100%%, at most 1000%% a period, not %s", part)
		}
		for _, p := range growthPeriods {
			if p.name == per {
				if math.Pow(1+v, float64(d.duration)/float64(p.size)) > 1e6 {
					return growing{}, form.Wrong("", "multiplies the load by more than a million: %s over %s", s, d.duration)
				}
				return growing{v, p.size}, nil
			}
		}
		return growing{}, form.Wrong(remedy, "is not a growth: %q", s)
	})
}

func (d *decoder) noise(path string) (noisy, bool) {
	return take(d, path, func(n *form.Node, _ *Key) (noisy, *form.Mistake) {
		const remedy = `write "10%" or { cv = "10%", every = "5m" }`
		out := noisy{every: des.Minute}
		cv := n
		if n.Table != nil {
			cv = n.Table.Get("cv")
			for _, k := range n.Table.Keys {
				if k != "cv" && k != "every" {
					return out, form.Wrong(remedy, "does not know %q", k)
				}
			}
			if e := n.Table.Get("every"); e != nil {
				v, b := form.WithUnit(e, "a duration", "s", duration)
				if b != nil {
					return out, b
				}
				if v < des.Second || v > 30*des.Day {
					return out, form.Wrong("", "every must be 1s to 30d, not %s", form.Unquoted(e.Text()))
				}
				out.every = v
			}
		}
		if cv == nil {
			return out, form.Wrong(remedy, "lacks cv: %s", n.Text())
		}
		v, b := form.WithUnit(cv, "a percentage", "%", form.ParseShare)
		if b != nil {
			return out, b
		}
		if v <= 0 || v > 10 {
			return out, form.Wrong("", "must be above 0%%, at most 1000%%, not %s", form.Unquoted(cv.Text()))
		}
		out.cv = v
		return out, nil
	})
}

// lasts counts the length of a load whose curve has a piece an hour, and reports whether
// that is still possible.
func (d *decoder) lasts(path string) bool {
	if d.spent.hours += d.duration.Hours(); d.spent.hours <= maxHours {
		return true
	}
	d.Problem(path, d.At(path), form.Wrong("shorten the run, or take fewer loads or variants", "makes more than %d hours of load, of all loads of all variants together", maxHours))
	return false
}
