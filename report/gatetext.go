package report

import (
	"fmt"

	"asgsim/report/clean"
	"asgsim/sim"
)

// GatesText prints judged gates, one a line, in so many columns; 0: as many as it takes.
func GatesText(list []Gate, columns int) string {
	return clean.Lines(gatesText(list, columns))
}

func gatesText(list []Gate, columns int) string {
	if len(list) == 0 {
		return ""
	}
	mark := map[string]string{"pass": "✓", "fail": "✗", "inconclusive": "?"}
	var rows [][]string
	for _, g := range list {
		row := []string{"  " + mark[g.Verdict], g.Text, g.Variant, "", "", g.Verdict}
		row[3], row[4] = g.found()
		row[5] += g.more()
		rows = append(rows, row)
	}
	return "\nGATES\n" + Table(columns, []string{"", "", "", "", "", ""}, rows)[1:] + "\n"
}

// found are the value and the interval that a gate judged, in words.
func (g *Gate) found() (value, interval string) {
	m, _ := sim.MetricOf(g.Metric)
	if g.Value.Value == nil {
		return "", ""
	}
	if _, ok := g.Value.half(); ok && g.Value.N > 1 && !g.Value.Exact {
		lo, hi := *g.Value.Lo, *g.Value.Hi
		if m.Unit == sim.Share {
			lo, hi = max(lo, 0), min(hi, 1) // where the normal law reaches beyond what there is
		}
		interval = "(" + amount(m.Unit, lo) + " … " + amount(m.Unit, hi) + ")"
	}
	return amount(m.Unit, *g.Value.Value), interval
}

// more is what would settle an open gate, or when a failed one was first felt.
func (g *Gate) more() string {
	switch {
	case g.Verdict == "inconclusive" && g.Needs > 0:
		return fmt.Sprintf(", about %s would tell", Plural(g.Needs, "replication"))
	case g.Verdict != "fail" || g.Breach == "":
		return ""
	case g.Value.N > 1:
		return fmt.Sprintf(", first breached minute %s (median of %d of %d)", g.Breach, g.Breaching, g.Value.N)
	}
	return ", first breached minute " + g.Breach
}
