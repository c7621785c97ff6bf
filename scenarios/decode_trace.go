package scenarios

import (
	"math"

	"asgsim/sim/des"
	"asgsim/workload"
)

// recorded returns the recording of a trace load, read once a file and column.
func (d *decoder) recorded(path string) *recording {
	file, _ := d.find(path + ".file").text2()
	column, _ := d.find(path + ".column").text2()
	if file == "" {
		return nil
	}
	id := file + sep + column
	if rec, ok := d.traces[id]; ok && rec != nil {
		return rec
	}
	at := d.at(path + ".file")
	r, err := d.open(file)
	if err != nil {
		d.problem(path+".file", at, wrong("paths are relative to the scenario's folder", "%v", err))
		return nil
	}
	defer r.Close() //nolint:errcheck // it was only read
	rec, err := readTrace(r, column)
	if err != nil {
		d.problem(path+".file", at, wrong("", "%s: %v", file, err))
		return nil
	}
	d.traces[id] = rec
	return rec
}

// tracedSpan returns when (Unix seconds) the picked traces with civil times begin
// and end, and whether there are any.
func (d *decoder) tracedSpan(loads []string) (begin, end int64, ok bool) {
	longest := 0.0
	for _, name := range loads {
		path := "load." + name + ".trace"
		if n := d.find(path); n == nil || n.table == nil {
			continue
		}
		rec := d.recorded(path)
		if rec == nil {
			continue
		}
		if !rec.civil || d.isGiven(path+".start") {
			longest = max(longest, rec.span())
			continue
		}
		first, last := int64(math.Floor(rec.at[0])), int64(math.Ceil(rec.at[0]+rec.span()))
		if !ok || first < begin {
			begin = first
		}
		end, ok = max(end, last), true
	}
	if !ok && longest > 0 && !d.isGiven("duration") {
		d.traceLength = longest
	}
	return begin, end, ok
}

// trace reads a trace load.
func (d *decoder) trace(path string, l *workload.Load) workload.Curve {
	d.text(path + ".file")
	d.text(path + ".column")
	counts := !d.is(path+".values", "rate")
	scale, _ := d.number(path + ".scale")
	gaps, _ := choose(d, path+".gaps", enum(gapZero))
	from, placed := d.when(path + ".start")
	again, _ := d.again(path + ".repeat")
	bin, hasBin := d.dur(path + ".bin")
	rec := d.recorded(path)
	if rec == nil || !d.ok(path+".values", path+".scale", path+".gaps") {
		return nil
	}
	if hasBin {
		own := *rec
		own.bin = bin.Seconds()
		rec = &own
	}
	if !placed {
		zero := 0.0
		if rec.civil {
			zero = float64(d.cal.Start)
		}
		from = des.Time(des.Seconds(rec.at[0] - zero))
		if span := des.Seconds(rec.span()); from >= des.Time(0).Add(d.duration) || from.Add(span) <= 0 && again == 0 {
			d.problem(path+".file", d.at(path+".file"), wrong(`place it with start = "0s"`, "lies outside the run: the recording lasts from %s to %s",
				d.cal.RFC3339(from), d.cal.RFC3339(from.Add(span))))
			return nil
		}
	}
	bins, err := rec.bins(from, counts, scale, gaps)
	if err != nil {
		d.problem(path+".gaps", d.at(path), wrong(`write gaps = "hold" or gaps = "zero"`, "%v", err))
		return nil
	}
	for i, b := range bins {
		if b.Rate > maxRate {
			d.problem(path+".scale", d.at(path), wrong("", "line %d means %s requests a second; at most 10000000 are possible", rec.line[i], formatNumber(b.Rate)))
			return nil
		}
	}
	t := workload.Trace{Bins: bins}
	if again != 0 {
		span := des.Seconds(rec.span())
		t.Repeat = span
		if again > 0 {
			t.Repeat = again
		}
		if t.Repeat < span {
			d.problem(path+".repeat", d.at(path+".repeat"), wrong("", "must be at least the trace's span, %s, not %s", span, again))
			return nil
		}
		if plays := float64(d.duration) / float64(t.Repeat); plays*float64(len(bins)) > maxPlayed {
			d.problem(path+".repeat", d.at(path+".repeat"), wrong("shorten the run", "makes more than %d bins", maxPlayed))
			return nil
		}
	}
	return t.Curve(d.duration)
}

// again reads a repetition: -1 for true, 0 for false, else the period.
func (d *decoder) again(path string) (des.Duration, bool) {
	return take(d, path, func(n *node, _ *Key) (des.Duration, *bad) {
		switch n.scalar {
		case true:
			return -1, nil
		case false:
			return 0, nil
		}
		v, b := withUnit(n, "true or a duration", "s", duration)
		if b == nil && v <= 0 {
			b = wrong("", "must be above 0s, not %s", unquoted(n.text()))
		}
		return v, b
	})
}
