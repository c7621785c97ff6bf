package scenarios

import (
	"fmt"
	"io"
	"math"
	"strings"

	"asgsim/report/clean"
	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/workload"
)

// recorded returns the recording of a trace, read once a file and column.
func (d *decoder) recorded(path string, of sign) *recording {
	file, given := d.Find(path + ".file").Str()
	column, _ := d.Find(path + ".column").Str()
	if file == "" {
		if given {
			d.Problem(path+".file", d.At(path+".file"), form.Wrong(`name a CSV file, as file = "load.csv"`, "is empty"))
		}
		return nil
	}
	id := fmt.Sprintf("%s\x00%s\x00%d", file, column, of)
	read, ok := d.traces[id]
	if !ok {
		read = d.readTrace(file, column, of)
		d.traces[id] = read
	}
	if read.wrong != nil {
		d.Problem(path+".file", d.At(path+".file"), read.wrong)
	}
	return read.rec
}

func (d *decoder) readTrace(file, column string, of sign) traceFile {
	r, err := d.openFile(file)
	if err != nil {
		return traceFile{wrong: form.Wrong(whichFiles, "%v", err)}
	}
	defer r.Close() //nolint:errcheck // it was only read
	rec, err := readTrace(r, column, d.spent.mostRows-d.spent.rows, of)
	if err != nil {
		return traceFile{wrong: form.Wrong("", "%s: %v", clean.Short(file, clean.Quote), err)}
	}
	d.spent.rows += rec.len()
	return traceFile{rec: rec}
}

// openFile opens a file that the scenario names, of which no more is read than is left
// to all of them.
func (d *decoder) openFile(path string) (io.ReadCloser, error) {
	f, err := d.open(path)
	if err != nil {
		return nil, err
	}
	if f, err = Unpacked(f); err != nil { // what it holds is bounded, not what it takes
		return nil, err
	}
	return &limited{f, &d.spent.left}, nil
}

// tracedSpan returns when (Unix seconds) the picked loads' traces with civil times begin
// and end, else the recorded metrics', and whether there are any.
func (d *decoder) tracedSpan(loads []string) (begin, end int64, ok bool) {
	if begin, end, ok = d.spanOf("load", loads, requests); ok || d.traceLength > 0 {
		return begin, end, ok
	}
	return d.spanOf("metric", d.Entries("metric"), anySign)
}

func (d *decoder) spanOf(table string, names []string, of sign) (begin, end int64, ok bool) {
	longest := 0.0
	for _, name := range names {
		path := table + "." + name + ".trace"
		if n := d.Find(path); n == nil || n.Table == nil {
			continue
		}
		rec := d.recorded(path, of)
		if rec == nil {
			continue
		}
		if !rec.info.Civil || d.IsGiven(path+".start") {
			longest = max(longest, rec.span())
			continue
		}
		first, last := int64(math.Floor(rec.begin())), int64(math.Ceil(rec.begin()+rec.span()))
		if !ok || first < begin {
			begin = first
		}
		end, ok = max(end, last), true
	}
	if !ok && longest > 0 && !d.IsGiven("duration") {
		d.traceLength = longest
	}
	return begin, end, ok
}

// trace reads a trace load.
func (d *decoder) trace(path string, l *workload.Load) workload.Curve {
	d.Text(path + ".file")
	d.Text(path + ".column")
	counts := !d.is(path+".values", "rate")
	scale, _ := d.Number(path + ".scale")
	gaps, _ := choose(d, path+".gaps", enum(gapZero))
	from, placed := d.when(path + ".start")
	again, _ := d.again(path + ".repeat")
	bin, hasBin := d.dur(path + ".bin")
	rec := d.recorded(path, requests)
	if rec == nil || !d.OK(path+".values", path+".scale", path+".gaps") {
		return nil
	}
	p := played{rec: rec, bin: rec.bin, counts: counts, scale: scale, gaps: gaps}
	if hasBin {
		if p.bin = bin.Seconds(); p.span() > maxSpan.Seconds() {
			d.Problem(path+".bin", d.At(path+".bin"), form.Wrong("", "makes the trace longer than 20 years"))
			return nil
		}
	}
	span := des.Seconds(p.span())
	if !placed {
		zero := 0.0
		if rec.info.Civil {
			zero = float64(d.cal.Start)
		}
		from = des.Time(des.Seconds(rec.begin() - zero))
		if from >= des.Time(0).Add(d.duration) || from.Add(span) <= 0 && again == 0 {
			d.Problem(path+".file", d.At(path+".file"), form.Wrong(`place it with start = "0s"`, "lies outside the run: the recording lasts from %s to %s",
				d.cal.RFC3339(from), d.cal.RFC3339(from.Add(span))))
			return nil
		}
	}
	p.from = from
	if again < 0 {
		again = span
	}
	if again != 0 && again < span {
		d.Problem(path+".repeat", d.At(path+".repeat"), form.Wrong("", "must be at least the trace's span, %s, not %s", span, again))
		return nil
	}
	if again != 0 && float64(d.duration)/float64(again)*float64(p.Len()) > maxPlayed {
		d.Problem(path+".repeat", d.At(path+".repeat"), form.Wrong("shorten the run", "makes more than %d bins", maxPlayed))
		return nil
	}
	c := d.play(path, p, again)
	if c != nil {
		file, _ := d.Find(path + ".file").Str()
		d.understood = append(d.understood, p.understood(strings.Split(path, ".")[1], file))
	}
	return c
}

// play returns the curve of a recording, the same one to all loads of all variants that
// play it alike.
func (d *decoder) play(path string, p played, repeat des.Duration) workload.Curve {
	alike := playing{p, repeat, d.duration}
	if c, ok := d.spent.curves[alike]; ok {
		return c
	}
	if d.spent.played += p.Len(); d.spent.played > playsOfRows*d.spent.mostRows {
		d.Problem(path, d.At(path), form.Wrong("take fewer loads or variants that play traces differently", "makes more than %d rows played, of all loads of all variants together", playsOfRows*d.spent.mostRows))
		return nil
	}
	if err := p.complete(); err != nil {
		d.Problem(path+".gaps", d.At(path), form.Wrong(`write gaps = "hold" or gaps = "zero"`, "%v", err))
		return nil
	}
	if err := p.possible(); err != nil {
		d.Problem(path+".scale", d.At(path), form.Wrong("", "%v", err))
		return nil
	}
	c := workload.Trace{Bins: &p, Repeat: repeat}.Curve(d.duration)
	d.spent.curves[alike] = c
	return c
}

// again reads a repetition: -1 for true, 0 for false, else the period.
func (d *decoder) again(path string) (des.Duration, bool) {
	return take(d, path, func(n *form.Node, _ *Key) (des.Duration, *form.Mistake) {
		switch n.Scalar {
		case true:
			return -1, nil
		case false:
			return 0, nil
		}
		v, b := form.WithUnit(n, "true or a duration", "s", duration)
		if b == nil && v <= 0 {
			b = form.Wrong("", "must be above 0s, not %s", form.Unquoted(n.Text()))
		}
		return v, b
	})
}
