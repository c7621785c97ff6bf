package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"asgsim/report"
	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/sim"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// savedResults reports whether all arguments name saved results, and none of them
// a scenario.
func savedResults(args []string) bool {
	return !slices.ContainsFunc(args, func(arg string) bool { return !strings.HasSuffix(arg, ".json") })
}

// compareSaved sets saved runs beside each other, without simulating: as
// label=result.json, or by the name of the folder.
func (a *app) compareSaved(args []string, o compareOptions) error {
	if err := o.forSaved(); err != nil {
		return err
	}
	var runs []sim.Saved
	var first *report.Document
	for _, arg := range args {
		label, path, ok := strings.Cut(arg, "=")
		if !ok {
			path, label = arg, filepath.Base(filepath.Dir(arg))
		}
		doc, err := a.readResult(path)
		if err != nil {
			return err
		}
		if first == nil {
			first = doc
		}
		if slices.ContainsFunc(runs, func(r sim.Saved) bool { return r.Name == label }) {
			return usagef("the label %q is given twice; write label=%s", label, path)
		}
		calendar, err := scenarios.CalendarOf(doc.Setup.Start, doc.Setup.Timezone, des.Seconds(doc.Setup.DurationS))
		if err != nil {
			return usagef("%s: %w", path, err)
		}
		runs = append(runs, sim.Saved{Name: label, Summary: doc.Summary, SHA256: doc.Inputs.SHA256, Seed: doc.Inputs.Seed, Config: &record.Config{
			Title: doc.Setup.Title, Calendar: calendar, Duration: des.Seconds(doc.Setup.DurationS), WarmUp: des.Seconds(doc.Setup.WarmUpS),
			SLO: record.SLO{Latency: des.Seconds(doc.Summary.SLO.LatencyS), Good: doc.Summary.SLO.Good}}})
	}
	c := sim.CompareSaved(runs)
	what := &compared{name: "compare", inputs: report.Inputs{Scenario: strings.Join(args, " "), SHA256: first.Inputs.SHA256}}
	for _, r := range runs {
		what.cases = append(what.cases, sim.Case{Name: r.Name, Config: r.Config})
	}
	l, err := o.limits(what)
	if err != nil {
		return err
	}
	doc := report.NewComparison(c, (&extras{}).inputs(what, c, l))
	doc.Inputs.Seed, doc.Dates = first.Inputs.Seed, first.Setup.Dates
	if err := a.tellComparison(doc, c, o, 0); err != nil {
		return err
	}
	return gateError(doc.Gates)
}

// forSaved refuses the flags that need runs: there are none.
func (o *compareOptions) forSaved() error {
	for _, f := range []struct {
		flag string
		set  bool
	}{
		{"--out", o.out != ""}, {"--seed", o.seeded}, {"--variants", len(o.variants) > 0}, {"--set", len(o.sets) > 0}, {"--try", len(o.tries) > 0}, {"--replications", o.replications != 0},
		{"--within", o.within != 0}, {"--precision", o.precision != ""}, {"--doubt", o.doubt}, {"--breaking-point", o.breaking}, {"--plot", len(o.plots) > 0},
	} {
		if f.set {
			return usagef("%s: saved results are only set beside each other, nothing is run or drawn; compare their scenarios instead", f.flag)
		}
	}
	return nil
}

// maxResult is the largest saved result that is read, in bytes: that of a long run with
// thousands of instances has tens of millions.
const maxResult = 128 << 20

// readResult reads a saved result.
func (a *app) readResult(path string) (*report.Document, error) {
	text, err := a.reach.readNamed(path, maxResult)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("there is no file %s", path)
	}
	if errors.As(err, new(usageError)) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the saved result: %w", err)
	}
	doc, err := report.ReadResult(text)
	if err != nil {
		return nil, usagef("%s: %w", clean.Line(path), err)
	}
	begin, err1 := time.Parse(time.RFC3339, doc.Setup.Start)
	end, err2 := time.Parse(time.RFC3339, doc.Setup.End)
	if err1 != nil || err2 != nil || !end.After(begin) {
		return nil, usagef("%s: has a run from %s to %s", clean.Line(path), clean.Quoted(doc.Setup.Start), clean.Quoted(doc.Setup.End))
	}
	return doc, nil
}
