package scenarios

import (
	"math"
	"strings"

	"asgsim/sim/des"
	"asgsim/workload"
)

// maxRate keeps arrivals apart on a clock of nanoseconds.
const maxRate = 1e7

// loads reads the picked loads.
func (d *decoder) loads(names []string) []workload.Load {
	if len(names) == 0 {
		d.problem("load", d.at("load"), wrong("write for example [load.shop.constant] with rate = \"100/s\"", "there is no load"))
		return nil
	}
	var out []workload.Load
	expected, before := 0.0, len(d.problems)
	for _, name := range names {
		kind := d.kind("load."+name, loadKinds[:])
		if kind == "" {
			continue
		}
		path := "load." + name + "." + kind
		l := workload.Load{Name: name, Arrivals: d.arrivals(path, kind)}
		l.Curve = d.curve(path, kind, &l)
		growth, hasGrowth := d.growth(path + ".growth")
		noise, hasNoise := d.noise(path + ".noise")
		if len(d.problems) > before || l.Curve == nil || d.duration == 0 {
			continue
		}
		expected += l.Curve.Integral(0, des.Time(0).Add(d.duration))
		if hasGrowth {
			l.Curve = workload.Growth(l.Curve, growth.share, growth.period)
		}
		if hasNoise {
			l.Curve = workload.Noise(l.Curve, noise.cv, noise.every, d.seed, name)
		}
		out = append(out, l)
	}
	if len(d.problems) == before && !d.failedBelow("load.") && d.duration > 0 && !(expected > 0) {
		d.problem("load", d.at("load"), wrong("give a load a rate above 0 inside the run", "is empty: no request is expected in the whole run"))
	}
	return out
}

// curve reads the curve of one load.
func (d *decoder) curve(path, kind string, l *workload.Load) workload.Curve {
	switch kind {
	case "constant":
		r, _ := d.rate(path + ".rate")
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
		r.From, _ = d.rate(path + ".from")
		r.To, _ = d.rate(path + ".to")
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
		s.Add, _ = d.rate(path + ".add")
		s.Rise, _ = d.dur(path + ".rise")
		s.Hold, _ = d.dur(path + ".hold")
		s.Decay, _ = d.dur(path + ".decay")
		if d.ok(path+".rise", path+".hold", path+".decay") && s.Rise+s.Hold+s.Decay == 0 {
			d.problem(path, d.at(path), wrong("give it rise, hold or decay", "lasts no time at all"))
		}
		return s.Curve()
	}
	return d.trace(path, l)
}

func (d *decoder) dayNight(path string) workload.Curve {
	var c workload.DayNight
	c.Trough, _ = d.rate(path + ".trough")
	c.TroughAt, _ = d.clock(path + ".trough_at")
	c.Peak, _ = d.rate(path + ".peak")
	c.PeakAt, _ = d.clock(path + ".peak_at")
	c.Weekend, _ = d.share(path + ".weekend")
	c.Plateau = d.is(path+".shape", "plateau")
	if d.ok(path+".trough", path+".peak") && c.Peak < c.Trough {
		d.problem(path+".peak", d.at(path+".peak"), wrong("swap them", "is below trough: %s < %s", unquoted(formatRate(c.Peak)), unquoted(formatRate(c.Trough))))
	}
	if d.ok(path+".trough_at", path+".peak_at") && c.TroughAt == c.PeakAt {
		d.problem(path+".peak_at", d.at(path+".peak_at"), wrong("", "is the time of the trough"))
		return nil
	}
	return c.Curve(&d.cal, d.duration)
}

// rates reads the 24 or 168 values of an hourly load.
func (d *decoder) rates(path string) ([]float64, bool) {
	return take(d, path, func(n *node, _ *Key) ([]float64, *bad) {
		const remedy = `write 24 or 168 rates: ["10/s", "8/s", ...]`
		if !n.array {
			return nil, wrong(remedy, "must be an array of rates, not %s", n.text())
		}
		if len(n.list) != 24 && len(n.list) != 168 {
			return nil, wrong(remedy, "holds %d rates", len(n.list))
		}
		var out []float64
		for i, e := range n.list {
			v, b := withUnit(e, "a rate", "/s", rate)
			if b != nil {
				return nil, wrong(b.remedy, "value %d %s", i+1, b.rule)
			}
			if v < 0 || v > maxRate {
				return nil, wrong("", "value %d must be 0/s to 10000000/s, not %s", i+1, unquoted(e.text()))
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
	a, _ := take(d, path+".arrivals", func(n *node, _ *Key) (workload.Arrivals, *bad) {
		const remedy = `write "poisson", "regular" or { bursty = { idc = 8, cycle = "30s" } }`
		switch n.scalar {
		case "poisson":
			return workload.Arrivals{Kind: workload.Poisson}, nil
		case "regular":
			return workload.Arrivals{Kind: workload.Regular}, nil
		}
		if n.table == nil || n.table.get("bursty") == nil || len(n.table.keys) != 1 {
			return workload.Arrivals{}, wrong(remedy, "does not know %s", n.text())
		}
		return bursty(n.table.get("bursty"), remedy)
	})
	return a
}

func bursty(n *node, remedy string) (workload.Arrivals, *bad) {
	a := workload.Arrivals{Kind: workload.Bursty, Burst: 30 * des.Second}
	if n.table == nil || n.table.get("idc") == nil {
		return a, wrong(remedy, "lacks idc, the variance / mean of counts: %s", n.text())
	}
	for _, k := range n.table.keys {
		e := n.table.get(k)
		switch k {
		case "idc":
			v, b := number64(e)
			if b != nil {
				return a, b
			}
			if v <= 1 || v > 1e6 {
				return a, wrong("1 is what poisson has", "idc must be above 1, at most 1000000, not %s", e.text())
			}
			a.IDC = v
		case "cycle":
			v, b := withUnit(e, "a duration", "s", duration)
			if b != nil {
				return a, b
			}
			if v < des.Millisecond || v > des.Day {
				return a, wrong("", "cycle must be 1ms to 1d, not %s", unquoted(e.text()))
			}
			a.Burst = v
		default:
			return a, wrong(remedy, "does not know %q", k)
		}
	}
	return a, nil
}

// growing is a parsed growth.
type growing struct {
	share  float64
	period des.Duration
}

// growthPeriods are the periods of growth.
var growthPeriods = [...]struct {
	name string
	size des.Duration
}{{"day", des.Day}, {"week", 7 * des.Day}, {"month", 730 * des.Hour}, {"year", 8760 * des.Hour}}

func (d *decoder) growth(path string) (growing, bool) {
	return take(d, path, func(n *node, _ *Key) (growing, *bad) {
		const remedy = `write "2%/week"; per day, week, month or year`
		s, b := str(n, "a growth")
		if b != nil {
			return growing{}, wrong(remedy, "%s", b.rule)
		}
		part, per, _ := strings.Cut(s, "/")
		v, b := share(part)
		if b != nil {
			return growing{}, wrong(remedy, "is not a growth: %q", s)
		}
		if v <= -1 || v > 10 {
			return growing{}, wrong("", "must be above -100%%, at most 1000%% a period, not %s", part)
		}
		for _, p := range growthPeriods {
			if p.name == per {
				if math.Pow(1+v, float64(d.duration)/float64(p.size)) > 1e6 {
					return growing{}, wrong("", "multiplies the load by more than a million: %s over %s", s, d.duration)
				}
				return growing{v, p.size}, nil
			}
		}
		return growing{}, wrong(remedy, "is not a growth: %q", s)
	})
}

// noisy is a parsed noise.
type noisy struct {
	cv    float64
	every des.Duration
}

func (d *decoder) noise(path string) (noisy, bool) {
	return take(d, path, func(n *node, _ *Key) (noisy, *bad) {
		const remedy = `write "10%" or { cv = "10%", every = "5m" }`
		out := noisy{every: des.Minute}
		cv := n
		if n.table != nil {
			cv = n.table.get("cv")
			for _, k := range n.table.keys {
				if k != "cv" && k != "every" {
					return out, wrong(remedy, "does not know %q", k)
				}
			}
			if e := n.table.get("every"); e != nil {
				v, b := withUnit(e, "a duration", "s", duration)
				if b != nil {
					return out, b
				}
				if v < des.Second || v > 30*des.Day {
					return out, wrong("", "every must be 1s to 30d, not %s", unquoted(e.text()))
				}
				out.every = v
			}
		}
		if cv == nil {
			return out, wrong(remedy, "lacks cv: %s", n.text())
		}
		v, b := withUnit(cv, "a percentage", "%", share)
		if b != nil {
			return out, b
		}
		if v <= 0 || v > 10 {
			return out, wrong("", "must be above 0%%, at most 1000%%, not %s", unquoted(cv.text()))
		}
		out.cv = v
		return out, nil
	})
}
