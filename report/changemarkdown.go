package report

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim"
)

// changeMarkdown is what a change does, for a pull request: what changes, what that costs
// and what users feel, the verdict, and what weakens the evidence.
func changeMarkdown(d *Comparison) string {
	var b strings.Builder
	base, then := d.Variants[0], d.Variants[len(d.Variants)-1]
	fmt.Fprintf(&b, "### %s: %s → %s\n\n", clean.Markdown(d.Title), clean.Markdown(base.Name), clean.Markdown(then.Name))
	if len(d.Changes) == 0 {
		b.WriteString("Nothing changes that is simulated.\n\n")
	} else {
		fmt.Fprintf(&b, "| what changes | %s | %s |\n|---|---|---|\n", clean.Markdown(base.Name), clean.Markdown(then.Name))
		for i, c := range d.Changes {
			if i == mostChanges {
				fmt.Fprintf(&b, "| and %d more | | |\n", len(d.Changes)-i)
				break
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", clean.Code(c.Key), changed(c.Old), changed(c.New))
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "| | %s | %s |\n|---|---:|---:|\n", clean.Markdown(base.Name), clean.Markdown(then.Name))
	for _, m := range sim.Metrics() {
		switch m.Key {
		case "cost_per_month", "good_share", "p99":
		case "cost_per_day":
			if base.Figures["cost_per_month"].Value != nil && then.Figures["cost_per_month"].Value != nil {
				continue
			}
		default:
			continue
		}
		if m.Key == "cost_per_month" && (base.Figures[m.Key].Value == nil || then.Figures[m.Key].Value == nil) {
			continue // no month is claimed of so short a run
		}
		cell := value(m, then.Figures[m.Key])
		if diff := difference(m, base.Figures[m.Key], then.Differences[m.Key]); diff != "" {
			cell += " (" + diff + ")"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", m.Title, value(m, base.Figures[m.Key]), cell)
	}
	fmt.Fprintf(&b, "| worst minute | %s | %s |\n", worst(base.Worst), worst(then.Worst))
	fmt.Fprintf(&b, "| SLO | %s | %s |\n\n", base.SLO, then.SLO)
	verdict := "**No best variant**"
	if d.Best.Name != "" {
		verdict = "**Best: " + clean.Markdown(d.Best.Name) + "**"
	}
	fmt.Fprintf(&b, "%s — %s. %s.\n\n", verdict, clean.Markdown(d.Best.Reason), clean.Markdown(then.Sentence))
	for _, x := range d.Weak {
		fmt.Fprintf(&b, "- weak evidence: %s\n", clean.Markdown(x))
	}
	b.WriteString(warned(d))
	if len(d.Weak)+len(d.Warnings) > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

// warned are the warnings as a list, each once, though both sides may have it.
func warned(d *Comparison) string {
	var b strings.Builder
	for i, x := range d.Warnings {
		if !slices.Contains(d.Warnings[:i], x) {
			fmt.Fprintf(&b, "- warning: %s\n", clean.Markdown(x))
		}
	}
	return b.String()
}

// changed is a value of a scenario as a cell, cut where it is long.
func changed(text string) string {
	if text == "" {
		return "–"
	}
	return clean.Code(clean.Short(text, 120))
}

// worst is the worst minute as a cell.
func worst(w *Worst) string {
	if w == nil {
		return "none"
	}
	return fmt.Sprintf("%s bad, %s", percent1(w.BadShare), clean.Markdown(w.At))
}
