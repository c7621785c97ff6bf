package backtest

import (
	"fmt"
	"math"
	"strings"

	"asgsim/report"
	"asgsim/report/clean"
	"asgsim/report/format"
	"asgsim/sim/des"
)

// mostActs is how many missed and extra activities are listed.
const mostActs = 10

// Text tells the result in so many columns; 0: as many as it takes.
func (r *Result) Text(columns int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "BACKTEST of %s against %s from %s, in bins of %s; %s\n", r.Scenario, format.Duration(r.Hours*3600), r.From, des.Seconds(r.BinS), format.Plural(r.Runs, "run"))
	header := []string{"  ", "mean absolute error", "bias", "worst hour", "bins"}
	if r.Runs > 1 {
		header = append(header, "record within the runs")
	}
	var rows [][]string
	for _, e := range r.Errors {
		row := []string{"  " + e.What, e.shown(e.MAPE, format.Error), e.shown(e.Bias, format.Bias), "", fmt.Sprint(e.Bins)}
		if e.Worst.MAPE > 0 {
			row[3] = format.Error(e.Worst.MAPE) + ", " + r.Clock(e.Worst.At)
		}
		if r.Runs > 1 {
			row = append(row, format.Error(e.InBand))
		}
		rows = append(rows, row)
	}
	if h := r.Instances; h != nil {
		row := []string{"  instance-hours", format.Error(math.Abs(h.Error.Value)), format.Bias(h.Error.Value),
			fmt.Sprintf("recorded %s, simulated %s", format.Decimal(h.Recorded), format.Decimal(h.Simulated.Value)), ""}
		cost := []string{"  their EC2 cost", row[1], row[2], fmt.Sprintf("recorded %s, simulated %s, both at the simulation's price", format.Money(h.RecordedUSD), format.Money(h.SimulatedUSD.Value)), ""}
		rows = append(rows, row, cost)
	}
	b.WriteString("\n" + report.Table(columns, header, rows) + "\n")
	r.errorsAre(&b)
	r.tellActs(&b)
	if len(r.Partings) > 0 {
		b.WriteString("\nWHERE THEY PART\n")
		for _, p := range r.Partings {
			fmt.Fprintf(&b, "  %s\n", p.Text)
		}
	} else if r.Instances != nil {
		fmt.Fprintf(&b, "\nNowhere do the instances in service differ for %s.\n", format.Duration(shortest))
	}
	r.tellGates(&b, columns)
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "\nnote: %s\n", n)
	}
	return clean.Lines(report.Fit(b.String(), columns))
}

// errorsAre says what the line of errors holds, where it is there.
func (r *Result) errorsAre(b *strings.Builder) {
	for _, e := range r.Errors {
		if e.Share {
			b.WriteString("  errors: HTTP 5XX, in percent of the requests, recorded and simulated apart\n")
		}
	}
}

// shown prints a value, with its interval where there are several runs.
func (e *Error) shown(s Spread, print func(float64) string) string {
	text := print(s.Value)
	if !math.IsNaN(s.Low) && s.High-s.Low > 1e-4 {
		text += " (" + print(s.Low) + " … " + print(s.High) + ")"
	}
	return text
}

// tellActs tells the activities.
func (r *Result) tellActs(b *strings.Builder) {
	a := r.Activities
	if a == nil {
		return
	}
	fmt.Fprintf(b, "\nACTIVITIES within %s of each other, of %s: %d of %d recorded and %d simulated match\n", des.Seconds(a.ToleranceS), a.From, a.Matched, a.Recorded, a.Simulated)
	if a.Others[0]+a.Others[1] > 0 {
		fmt.Fprintf(b, "  apart from those: %d recorded and %d simulated replacements (deploys, health checks, zones)\n", a.Others[0], a.Others[1])
	}
	r.acts(b, "missed: recorded, not simulated", a.Missed)
	r.acts(b, "extra: simulated, not recorded", a.Extra)
}

func (r *Result) acts(b *strings.Builder, what string, list []Act) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "  %s\n", what)
	for _, a := range list[:min(len(list), mostActs)] {
		kind := "termination"
		if a.Launch {
			kind = "launch"
		}
		fmt.Fprintf(b, "    %s %s", r.Clock(a.At), kind)
		if a.Why != "" {
			fmt.Fprintf(b, ", %s", a.Why)
		}
		b.WriteByte('\n')
	}
	if more := len(list) - mostActs; more > 0 {
		fmt.Fprintf(b, "    and %d more\n", more)
	}
}

// tellGates tells the gates.
func (r *Result) tellGates(b *strings.Builder, columns int) {
	if len(r.Gates) == 0 {
		return
	}
	mark := map[string]string{"pass": "✓", "fail": "✗", "inconclusive": "?"}
	var rows [][]string
	for _, g := range r.Gates {
		e := Error{}
		value := ""
		if !math.IsNaN(g.Value.Value) {
			value = e.shown(g.Value, format.Error)
		}
		rows = append(rows, []string{"  " + mark[g.Verdict], g.Text, value, g.Verdict})
	}
	b.WriteString("\nGATES\n" + report.Table(columns, []string{"", "", "", ""}, rows)[1:] + "\n")
}
