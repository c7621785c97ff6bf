package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim"
)

// WriteComparisonMarkdown writes what fits a pull-request comment: a verdict line,
// a short table, the rest folded.
func WriteComparisonMarkdown(w io.Writer, d *Comparison) error {
	var b strings.Builder
	if d.Interrupted {
		fmt.Fprintf(&b, "**Interrupted after %s: what follows is about those.**\n\n", Plural(d.Replications, "replication"))
	}
	switch {
	case d.Changes != nil:
		b.WriteString(changeMarkdown(d))
	case len(d.Variants) == 1:
		fmt.Fprintf(&b, "**SLO: %s**\n\n", sloTold(d.Variants[0].SLO))
	case d.Best.Name != "":
		fmt.Fprintf(&b, "**Best: %s** — %s\n\n", clean.Markdown(d.Best.Name), clean.Markdown(d.Best.Reason))
	default:
		fmt.Fprintf(&b, "**No best variant** — %s\n\n", clean.Markdown(d.Best.Reason))
	}
	for _, g := range d.Gates {
		value, interval := g.found()
		fmt.Fprintf(&b, "- gate %s %s: %s **%s**%s\n", clean.Code(g.Text), clean.Markdown(g.Variant), strings.TrimSpace(value+" "+interval), g.Verdict, g.more())
	}
	if len(d.Gates) > 0 {
		b.WriteString("\n")
	}
	if d.Changes == nil {
		b.WriteString(markdownTable(d, []string{"cost_per_day", "cash_per_day", "good_share", "p99", "breached_minutes", "minutes_at_max"}) + "\n")
	}
	b.WriteString("<details><summary>all figures, and how they were made</summary>\n\n")
	var keys []string
	for _, m := range sim.Metrics() {
		keys = append(keys, m.Key)
	}
	b.WriteString(markdownTable(d, keys))
	b.WriteString("\n")
	for _, v := range d.Variants[1:] {
		fmt.Fprintf(&b, "- %s\n", clean.Markdown(v.Sentence))
	}
	for _, x := range d.Weak {
		if d.Changes != nil {
			break // said above
		}
		fmt.Fprintf(&b, "- weak evidence: %s\n", clean.Markdown(x))
	}
	if d.Changes == nil {
		b.WriteString(warned(d))
	}
	fmt.Fprintf(&b, "\n%s, %s, seed %d, scenario sha256 %.12s, %s\n\n</details>\n", clean.Markdown(d.Title), Plural(d.Replications, "replication"), d.Inputs.Seed, clean.Line(d.Inputs.SHA256), d.Tool.Name+" "+d.Tool.Version)
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownTable(d *Comparison, keys []string) string {
	var b strings.Builder
	b.WriteString("| |")
	for _, v := range d.Variants {
		b.WriteString(" " + clean.Markdown(v.Name) + " |")
	}
	b.WriteString("\n|---|" + strings.Repeat("---:|", len(d.Variants)) + "\n")
	for _, m := range sim.Metrics() {
		if !slices.Contains(keys, m.Key) || m.Optional && !d.has(m) {
			continue
		}
		b.WriteString("| " + m.Title + " |")
		for i, v := range d.Variants {
			cell := value(m, v.Figures[m.Key])
			if diff := difference(m, d.Variants[0].Figures[m.Key], v.Differences[m.Key]); i > 0 && diff != "" {
				cell += " (" + diff + ")"
			}
			b.WriteString(" " + cell + " |")
		}
		b.WriteString("\n")
	}
	return b.String()
}
