package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"asgsim/report"
	"asgsim/report/chart"
	"asgsim/report/clean"
	"asgsim/sim"
	"asgsim/sim/estimate"
)

// compareFiles names the files of a comparison, the picture first unless it is plain.
func compareFiles(dir string, plain bool) []string {
	var out []string
	for _, name := range []string{"compare.png", "compare.json", "compare.csv", "compare.md"} {
		if !plain || !drawn(name) {
			out = append(out, filepath.Join(dir, name))
		}
	}
	return out
}

// writeComparison writes the files, each to a temporary name first. What cannot be
// drawn or written does not keep the others from it.
func (a *app) writeComparison(doc *report.Comparison, c *sim.Comparison) error {
	var missing []string
	var first error
	for _, path := range doc.Files {
		j := job{path, func(w io.Writer) error { return writeOneOf(w, path, doc, c) }}
		content := j.content()
		if content.err == nil {
			content.err = write(a.disk, path, func(w io.Writer) error { _, err := w.Write(content.text); return err })
		}
		if content.err != nil {
			missing = append(missing, path)
			if first == nil {
				first = content.err
			}
		}
	}
	if first != nil {
		return fmt.Errorf("%w\nnot written: %s", first, strings.Join(missing, ", "))
	}
	return nil
}

// writeOneOf writes the file of a comparison that its name asks for.
func writeOneOf(w io.Writer, path string, doc *report.Comparison, c *sim.Comparison) error {
	switch filepath.Ext(path) {
	case ".json":
		saved := *doc
		saved.Files = within(filepath.Dir(path), doc.Files)
		return report.WriteComparisonJSON(w, &saved)
	case ".csv":
		return report.WriteComparisonCSV(w, doc)
	case ".md":
		return report.WriteComparisonMarkdown(w, doc)
	}
	format, err := chart.FormatOf(path)
	if err != nil {
		return err
	}
	return chart.Comparison(doc, c).Encode(w, format)
}

func (a *app) tellComparison(doc *report.Comparison, c *sim.Comparison, o compareOptions, wall float64) error {
	switch {
	case o.json:
		return report.WriteComparisonJSON(a.out, doc)
	case o.claim != "":
		base := o.against
		if base == "" {
			base = doc.Variants[0].Name
		}
		text, err := report.Claim(doc, c, o.claim, base, a.columns())
		if err != nil {
			return usage(err)
		}
		fmt.Fprint(a.out, text)
		return nil
	case o.markdown:
		return report.WriteComparisonMarkdown(a.out, doc)
	case o.quiet:
		fmt.Fprint(a.out, report.GatesText(doc.Gates, a.columns()))
		return nil
	}
	return report.WriteComparisonText(a.out, doc, wall, o.verbose, a.columns())
}

// tellComparisonFiles names the files, which are there now.
func (a *app) tellComparisonFiles(files []string, o compareOptions) {
	switch {
	case o.json, o.claim != "", o.markdown, len(files) == 0:
	case o.quiet:
		for _, f := range files {
			fmt.Fprintln(a.out, clean.Line(f))
		}
	default:
		fmt.Fprintf(a.out, "\n%s\n", report.WroteIn(files, a.columns()))
	}
}

// gateError is the error of the worst gate, nil if all pass.
func gateError(gates []report.Gate) error {
	var failed, open []string
	for _, g := range gates {
		name := g.Text
		if g.Variant != "" {
			name += " for " + g.Variant
		}
		switch g.Verdict {
		case estimate.Fail.String():
			failed = append(failed, name)
		case estimate.Inconclusive.String():
			open = append(open, name)
		}
	}
	switch {
	case len(failed) > 0:
		return fmt.Errorf("%w: %s", errGate, strings.Join(failed, "; "))
	case len(open) > 0:
		return fmt.Errorf("%w: %s", errOpenGate, strings.Join(open, "; "))
	}
	return nil
}

// Errors of gates; each has an exit code of its own.
var (
	errGate     = errors.New("a gate failed")
	errOpenGate = errors.New("a gate is inconclusive")
)

// counter shows on a terminal how many runs are done.
type counter struct {
	a     *app
	total int
	done  int
	began time.Time
}

func (a *app) counter(total int) *counter { return &counter{a: a, total: total, began: a.now()} }

func (c *counter) step() {
	c.done++
	if !c.a.errTerminal {
		return
	}
	per := c.a.now().Sub(c.began).Seconds() / float64(c.done)
	text := fmt.Sprintf("%d runs", c.done)
	if c.total > c.done {
		text = fmt.Sprintf("%d of at most %d runs, %.0f s to go at most", c.done, c.total, per*float64(c.total-c.done))
	}
	fmt.Fprintf(c.a.stderr, "\r\x1b[K%s", text)
}

func (c *counter) clear() {
	if c.a.errTerminal {
		fmt.Fprint(c.a.stderr, "\r\x1b[K")
	}
}
