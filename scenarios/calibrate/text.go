package calibrate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"asgsim/report"
	"asgsim/report/clean"
	"asgsim/report/format"
	"asgsim/scenarios/form"
	"asgsim/scenarios/series"
	"asgsim/sim/des"
)

// Text tells the result in so many columns; 0: as many as it takes.
func (r *Result) Text(columns int) string {
	var b strings.Builder
	m := &r.Minutes
	if m.Recorded == 0 {
		b.WriteString("CALIBRATED on scaling activities alone: no metrics are among the files\n")
	} else {
		fmt.Fprintf(&b, "CALIBRATED on %d of %d bins of %s; %d more are kept back to check\n", m.Fitted, m.Recorded, des.Seconds(m.BinS), m.HeldOut)
	}
	for _, why := range slices.Sorted(maps.Keys(m.Unused)) {
		fmt.Fprintf(&b, "  left out: %d, %s\n", m.Unused[why], why)
	}
	var rows [][]string
	for _, f := range r.Findings {
		if f.Found {
			rows = append(rows, []string{"  " + f.What, f.estimate(), f.interval(), f.On, f.Why})
		}
	}
	if len(rows) > 0 {
		b.WriteString("\nFOUND\n" + report.Table(columns, []string{"  value", "estimate", "interval (95 %)", "rests on", ""}, rows) + "\n")
	}
	r.kept(&b)
	r.left(&b)
	if len(r.Checks) > 0 {
		rows = nil
		for _, c := range r.Checks {
			rows = append(rows, []string{"  " + c.What, format.Error(c.MAPE), format.Bias(c.Bias), fmt.Sprintf("%d bins", c.Minutes)})
		}
		b.WriteString("\nIN BINS THAT WERE KEPT BACK, fitted against recorded\n" + report.Table(columns, []string{"  ", "mean absolute error", "bias", ""}, rows) + "\n")
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "\nnote: %s\n", n)
	}
	return clean.Lines(b.String())
}

// kept lists what stays as the scenario has it, and why.
func (r *Result) kept(b *strings.Builder) {
	first := true
	for _, f := range r.Findings {
		if f.Found {
			continue
		}
		if first {
			b.WriteString("\nNOT FOUND: the scenario's value stays\n")
			first = false
		}
		what := f.What
		if f.Key != "" {
			what += " (" + f.Key + ")"
		}
		fmt.Fprintf(b, "  %s: %s\n", what, f.Why)
	}
}

// mostLeft is how many stretches are listed.
const mostLeft = 12

// left lists the stretches that did not fit.
func (r *Result) left(b *strings.Builder) {
	if len(r.Left) == 0 {
		return
	}
	total := 0
	for _, l := range r.Left {
		total += l.Minutes
	}
	fmt.Fprintf(b, "\nOUTLIERS, left out: %s\n", format.Plural(total, "bin"))
	for _, l := range r.Left[:min(len(r.Left), mostLeft)] {
		fmt.Fprintf(b, "  %s to %s: %s\n", r.clock(l.From), r.clock(l.To), l.What)
	}
	if more := len(r.Left) - mostLeft; more > 0 {
		fmt.Fprintf(b, "  and %d more\n", more)
	}
}

// clock prints a time of the record.
func (r *Result) clock(at float64) string {
	if !r.Civil {
		return des.Seconds(at).String()
	}
	return strings.Replace(series.Stamp(at)[:16], "T", " ", 1) + " UTC"
}

func (f *Finding) estimate() string {
	if f.Estimate == 0 && f.Why != "" {
		return "0"
	}
	return f.shown(f.Estimate)
}

func (f *Finding) interval() string {
	if f.Low == f.High {
		return ""
	}
	return f.shown(f.Low) + " … " + f.shown(f.High)
}

// shown prints a value with its unit.
func (f *Finding) shown(v float64) string {
	switch f.Unit {
	case "s":
		return des.Seconds(round(v, 3)).String()
	case "share":
		return form.FormatNumber(round(100*v, 3)) + " %"
	}
	return form.FormatNumber(round(v, 3)) + f.Unit
}
