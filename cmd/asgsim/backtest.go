package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"asgsim/report"
	"asgsim/report/chart"
	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/scenarios/backtest"
	"asgsim/scenarios/behaviour"
	"asgsim/sim/account"
)

// backtesting is what the flags of backtest say.
type backtesting struct {
	recordings
	variant      string
	sets         []string
	seed         uint64
	seeded       bool
	replications int
	tolerance    time.Duration
	gates        []string
	plots        []string
	json         bool
}

func (a *app) backtestCommand() *cobra.Command {
	var o backtesting
	c := &cobra.Command{
		Use:   "backtest SCENARIO --recorded FILE|FOLDER...",
		Short: "Run the days that were recorded, and set the simulation beside the record",
		Long: `Run the recorded days with the recorded requests, beginning with the recorded number of instances, and set the
simulation beside the record: instances in service and desired, CPU, requests of a target, p50, p90 and p99,
errors, instance-hours and their cost. Of each the mean absolute error, the bias and the worst hour; launches
and terminations that match within a tolerance, and those that do not; and in words where the two part.

Everything but the requests is the scenario's: its policies, schedules and events. Its own loads, faults, start,
duration and warm_up are set aside, and events of other days. asgsim help recordings lists what is read; days
that were not calibrated on say more than those that were.

With --replications the record is set against the band of the runs. A gate is a limit on an error, in percent:
mape_ and bias_ of instances, desired, cpu, requests_per_target, p50, p90, p99 and errors, instance_hours,
activities_matched; one run is judged by its value, several by their interval, as with compare.`,
		Example: `  asgsim backtest web.toml --recorded recorded/
  asgsim backtest web.toml --recorded recorded/metrics.csv --recorded recorded/activities.json --plot backtest.png
  asgsim backtest web.toml --recorded recorded/ --replications 5 --gate 'mape_instances<=10%'`,
		ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			scenario, err := o.scenarioAmong(args)
			if err != nil {
				return err
			}
			o.seeded = c.Flags().Changed("seed")
			return a.backtest(c.Context(), scenario, o)
		},
	}
	f := c.Flags()
	o.flags(f, "recorded", "the record")
	f.StringVar(&o.variant, "variant", "", "run this variant of the scenario")
	f.StringArrayVar(&o.sets, "set", nil, "change a key first, as key=value; may be repeated")
	f.Var((*seed)(&o.seed), "seed", "seed of all chance (default: the scenario's)")
	f.IntVarP(&o.replications, "replications", "n", 1, "number of runs")
	f.DurationVar(&o.tolerance, "tolerance", 5*time.Minute, "within which a launch or termination matches")
	f.StringArrayVar(&o.gates, "gate", nil, "a limit on an error, such as 'mape_instances<=10%'; may be repeated")
	f.StringArrayVar(&o.plots, "plot", nil, "draw record and simulation to this .png or .svg file; may be repeated")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of text")
	return c
}

// backtest is the whole job: read, run, compare, tell.
func (a *app) backtest(ctx context.Context, arg string, o backtesting) error {
	limits, err := o.limits()
	if err != nil {
		return err
	}
	src, open, err := a.source(arg)
	if err != nil {
		return err
	}
	rec, err := a.recorded(&o.recordings)
	if err != nil {
		return err
	}
	days, err := a.recordedDays(src, open, rec, o)
	if err != nil {
		return err
	}
	runs, err := a.rerun(ctx, days, arg, o)
	if err != nil {
		return err
	}
	a.at.set("comparing")
	res, err := backtest.Compare(rec, runs, backtest.Options{Zero: days.zero, ToleranceS: o.tolerance.Seconds(), Limits: limits, Scenario: clean.Line(filepath.Base(arg))})
	if err != nil {
		return usage(err)
	}
	res.Notes = append(days.notes, res.Notes...)
	if o.json {
		err = report.WriteValue(a.out, res)
	} else {
		_, err = io.WriteString(a.out, res.Text(a.columns()))
	}
	if err != nil {
		return err
	}
	for _, p := range o.plots {
		if err := a.drawBacktest(p, arg, res, runs[0]); err != nil {
			return err
		}
	}
	for _, r := range runs {
		if len(r.Violations) > 0 {
			return fmt.Errorf("%w (seed %d): %s: %s", errAudit, r.Seed, r.Violations[0].Law, r.Violations[0].Detail)
		}
	}
	return backtestError(res.Gates)
}

// limits reads the flags that are checked before anything is read.
func (o *backtesting) limits() ([]backtest.Limit, error) {
	const mostRuns = 1000
	switch {
	case o.replications < 1 || o.replications > mostRuns:
		return nil, usagef("--replications %d: must be 1 to %d", o.replications, mostRuns)
	case o.tolerance < 0 || o.tolerance > 24*time.Hour:
		return nil, usagef("--tolerance %s: must be 0s to 24h", o.tolerance)
	}
	for _, p := range o.plots {
		if _, err := chart.FormatOf(p); err != nil {
			return nil, usage(err)
		}
	}
	var out []backtest.Limit
	for _, text := range o.gates {
		l, err := backtest.ParseLimit(text)
		if err != nil {
			return nil, usage(err)
		}
		out = append(out, l)
	}
	return out, nil
}

// days are the recorded days as a scenario.
type days struct {
	scenario *scenarios.Scenario
	zero     float64 // time of the record at which the run begins
	notes    []string
}

// recordedLoadName is the load that the recorded requests are.
const recordedLoadName = "as_recorded"

// recordedDays makes the recorded requests the scenario's only load, and its beginning that
// of the record.
func (a *app) recordedDays(src scenarios.Source, open scenarios.Opener, rec *behaviour.Record, o backtesting) (*days, error) {
	rows, _, err := rec.Requests()
	if err != nil {
		return nil, usage(err)
	}
	var csv strings.Builder
	csv.WriteString("time,requests a second\n")
	for _, r := range rows {
		at := r.At
		if !rec.Civil() {
			at -= rows[0].At
		}
		fmt.Fprintf(&csv, "%s,%s\n", strconv.FormatFloat(at, 'f', -1, 64), strconv.FormatFloat(r.V, 'g', -1, 64))
	}
	text, err := scenarios.EditText(string(src.Text), []scenarios.Edit{{Key: "start"}, {Key: "duration"}, {Key: "warm_up"}, {Key: "initial"}})
	if err != nil {
		return nil, usagef("%s: %w", clean.Line(src.Name), err)
	}
	const file = "recorded requests"
	opened := func(path string) (io.ReadCloser, error) {
		if path == file {
			return io.NopCloser(bytes.NewReader([]byte(csv.String()))), nil
		}
		return open(path)
	}
	trace := "load." + recordedLoadName + ".trace."
	sets := append(append([]string(nil), o.sets...), `faults=[]`, `loads=["`+recordedLoadName+`"]`, trace+"file="+strconv.Quote(file), trace+`values="rate"`, trace+`gaps="hold"`)
	if !rec.Civil() {
		sets = append(sets, trace+`start="0s"`)
	}
	only := scenarios.Plain
	if o.variant != "" {
		only = o.variant
	}
	load := func(text string) (*scenarios.Scenario, error) {
		return scenarios.Load(scenarios.Source{Name: src.Name, Text: []byte(text)}, opened, scenarios.Options{Sets: sets, Only: []string{only}, Prices: a.openPrices, MaxRows: int(a.reach.rows), MaxFiles: int64(a.reach.largest)})
	}
	d := &days{zero: rows[0].At}
	s, err := load(text)
	if outside := otherDays(err); len(outside) > 0 {
		var edits []scenarios.Edit
		for _, key := range outside {
			edits = append(edits, scenarios.Edit{Key: key})
			d.notes = append(d.notes, key+" is outside the recorded days, and set aside")
		}
		if text, err = scenarios.EditText(text, edits); err != nil {
			return nil, usagef("%s: %w", clean.Line(src.Name), err)
		}
		s, err = load(text)
	}
	if err != nil {
		return nil, err
	}
	d.scenario = s
	if err := a.ofGroup(rec, s.Configs[0].World.Group.Name); err != nil {
		return nil, err
	}
	w := &s.Configs[0].World
	if rec.Civil() {
		d.zero = float64(w.Calendar.Start)
	}
	d.begin(w.Group.Min, w.Group.Max, rec)
	return d, nil
}

// otherDays are the events of a scenario that happen on other days than the recorded ones;
// none where anything else is wrong with it too.
func otherDays(err error) (keys []string) {
	var problems scenarios.Problems
	if !errors.As(err, &problems) {
		return nil
	}
	for _, p := range problems {
		parts := strings.SplitN(p.Key, ".", 3)
		if len(parts) < 3 || parts[0] != "event" || !strings.HasPrefix(p.Rule, "is outside the run") {
			return nil
		}
		if key := parts[0] + "." + parts[1]; !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// begin makes the recorded capacity that of the beginning.
func (d *days) begin(low, high int, rec *behaviour.Record) {
	g := &d.scenario.Configs[0].World.Group
	for _, m := range []behaviour.Metric{behaviour.DesiredCapacity, behaviour.InServiceInstances, behaviour.HealthyHostCount} {
		v, ok := rec.First(m, d.zero)
		if !ok {
			continue
		}
		n := int(math.Round(v))
		if n < low || n > high {
			d.notes = append(d.notes, fmt.Sprintf("the record begins with %s = %d, and the scenario's bounds are %d to %d: it begins with the nearer", m, n, low, high))
		}
		g.Desired, g.Cold = min(max(n, low), high), false
		return
	}
	d.notes = append(d.notes, "the record does not say with how many instances it begins: the simulation begins settled for the load")
}

// drawBacktest draws record and simulation.
func (a *app) drawBacktest(path, arg string, res *backtest.Result, first *account.Result) error {
	format, err := chart.FormatOf(path)
	if err != nil {
		return err
	}
	p := chart.Backtest(res, &first.Config.Calendar, tool().Name+" "+tool().Version+", "+clean.Line(arg))
	if err := write(a.disk, path, func(w io.Writer) error { return p.Encode(w, format) }); err != nil {
		return fmt.Errorf("cannot write --plot %s: %w", clean.Line(path), err)
	}
	a.tellWrote(path)
	return nil
}

// backtestError is the error of the worst gate, nil if all pass.
func backtestError(gates []backtest.Gate) error {
	var list []report.Gate
	for _, g := range gates {
		list = append(list, report.Gate{Text: g.Text, Verdict: g.Verdict})
	}
	return gateError(list)
}
