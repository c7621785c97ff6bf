package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"asgsim/report"
	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/sim"
	"asgsim/sim/account"
	"asgsim/sim/record"
)

// runOptions are the flags of run.
type runOptions struct {
	out     string
	seed    uint64
	seeded  bool
	variant string
	sets    []string
	plots   []string
	gates   []string
	step    string
	yards   bool
	plain   bool
	json    bool
	quiet   bool
	verbose bool
}

func (a *app) runCommand() *cobra.Command {
	var o runOptions
	c := &cobra.Command{
		Use:   "run SCENARIO",
		Short: "Run one scenario with one seed; print what happened, write pictures and data",
		Long: `Run one scenario with one seed, print what users felt, what the fleet did and what it cost, and write
pictures and data to a folder:

  report.png       capacity with the load behind it, CPU, latency, cost; the moments numbered
  instances.png    one row per instance, coloured by what it was doing
  capacity.png, latency.png, cost.png
                   single panels, larger
  result.json      every number, moment, decision and fault
  timeline.csv     a row a minute: requests, failures and slow ones by their first send, latencies
                   (p50, p99) of those that were answered in it, fleet and money as it begins;
                   longer rows with --timeline-step, and in runs beyond two weeks
  instances.csv    a row an instance: what it was, when it did what, its requests, its cost
  metrics.csv      the datapoints of the metrics that policies and alarms watch, as CloudWatch had them
  activities.json  the group's history in the shape of aws autoscaling describe-scaling-activities

SCENARIO is a file, - for standard input, or the name of a shipped scenario (asgsim list).`,
		Example: `  asgsim run day-night
  asgsim run web.toml --seed 2 --out /tmp/web
  asgsim run web.toml --variant proposed --set auto_scaling_group.max_size=12
  asgsim run day-night --json | jq .summary.cost_usd`,
		Args:              oneScenario,
		ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			o.seeded = c.Flags().Changed("seed")
			if c.Flags().Changed("timeline-step") && o.step == "" {
				return usagef("--timeline-step needs a duration, such as 15m, 1h or 1d")
			}
			return a.run(c.Context(), args[0], o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.out, "out", "", "folder for the files (default out/NAME)")
	f.Var((*seed)(&o.seed), "seed", "seed of all chance (default: the scenario's)")
	fidelityFlag(c, &o.sets)
	f.StringVar(&o.variant, "variant", "", "run this variant of the scenario")
	f.StringArrayVar(&o.sets, "set", nil, "change a key, as key=value; may be repeated")
	f.StringArrayVar(&o.plots, "plot", nil, "also draw to this .png or .svg file: the picture it is named after, else the report")
	f.StringArrayVar(&o.gates, "gate", nil, "a limit that the run must keep, such as 'p99<=400ms'; may be repeated")
	f.StringVar(&o.step, "timeline-step", "", "length of the rows of timeline.csv and metrics.csv, such as 15m or 1d: whole minutes; in runs beyond 14 days a multiple of 5m, beyond 63 of 1h (default: as short as the run keeps)")
	f.BoolVar(&o.yards, "yardsticks", false, "also search the smallest fixed fleets that meet the SLO, by simulation")
	f.BoolVar(&o.plain, "no-pictures", false, "write the data alone; --plot still draws")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of text")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "print only the names of the files")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "print tables of latency, failures, savings, faults and the bill too")
	return c
}

// run is the main job: load, simulate, draw, write, tell.
func (a *app) run(ctx context.Context, arg string, o runOptions) error {
	if o.json && o.quiet {
		return usagef("--json and --quiet exclude each other")
	}
	a.at.set("reading %s", arg)
	s, err := a.loadOne(arg, o.variant, o.sets)
	if err != nil {
		return err
	}
	cfg := &s.Configs[0]
	gates := slices.Clone(cfg.Gates)
	for _, text := range o.gates {
		g, err := scenarios.ParseGate(text)
		if err != nil {
			return usage(err)
		}
		gates = append(gates, g)
	}
	seed := s.Seed
	if o.seeded {
		seed = o.seed
	}
	a.id = &identity{arg, s.SHA256, o.variant, o.sets, seed}
	if err := a.enough([]sim.Case{{Name: arg, Config: &cfg.World}}, 1, 1); err != nil {
		return err
	}
	step, err := timelineStep(o.step, cfg.World.Duration)
	if err != nil {
		return err
	}
	job := outputs{disk: a.disk, dir: o.out, plots: o.plots, plain: o.plain, step: step}
	if job.dir == "" {
		job.dir = filepath.Join("out", folder(s.Name, cfg.Name, s.Label))
	}
	if err := job.prepare(job.files()); err != nil {
		return err
	}
	began := a.now()
	a.at.set("simulating")
	res, err := a.watch(ctx, &cfg.World, s.Name, seed)
	if err != nil {
		return fmt.Errorf("%w: nothing was written", err)
	}
	wall := a.now().Sub(began)
	variant := cfg.Name
	if variant == s.Label {
		variant = ""
	}
	doc := report.New(res, tool(), report.Inputs{Scenario: arg, SHA256: s.SHA256, Variant: variant, Sets: o.sets, Others: s.Others, Seeded: o.seeded})
	doc.Warnings = append(warnings(cfg), doc.Warnings...)
	report.JudgeRun(doc, res, gates)
	if o.yards {
		a.at.set("searching the yardsticks")
		if doc.Yardsticks, err = a.yardsticks(ctx, &cfg.World, seed, res); err != nil {
			return fmt.Errorf("%w: nothing was written", err)
		}
	}
	doc.Files = job.files()
	// The figures come before whatever may fail.
	if err := a.tell(doc, o, wall.Seconds()); err != nil {
		return err
	}
	a.at.set("drawing and writing")
	if err := job.write(ctx, doc, res); err != nil {
		return err
	}
	a.tellFiles(doc.Files, o)
	return runError(doc, seed)
}

// runError is what is wrong with a run that was written: a law of its audit, a gate.
func runError(doc *report.Document, seed uint64) error {
	if len(doc.Audit) > 0 {
		return fmt.Errorf("%w (seed %d): %s: %s", errAudit, seed, doc.Audit[0].Law, doc.Audit[0].Detail)
	}
	return gateError(doc.Gates)
}

// yardsticks searches the fixed fleets to hold a run against.
func (a *app) yardsticks(ctx context.Context, cfg *record.Config, seed uint64, res *account.Result) (*report.Yardstick, error) {
	search := sim.Search{Config: cfg, Seed: seed, Memory: a.remembered()}
	o, t := sim.OutcomeOf(res)
	y, err := search.Yardsticks(ctx, o, t)
	if ctx.Err() != nil {
		return nil, stopped(ctx)
	}
	return report.NewYardstick(y, cfg), err
}

// folder names the output folder of a scenario and variant.
func folder(name, variant, label string) string {
	if variant == "" || variant == label {
		return name
	}
	return name + "-" + variant
}

func warnings(c *scenarios.Config) []string {
	out := []string{}
	for _, w := range c.Warnings {
		out = append(out, w.Error())
	}
	return out
}

// tell prints the figures in the form that was asked for.
func (a *app) tell(doc *report.Document, o runOptions, wall float64) error {
	switch {
	case o.json:
		return report.WriteJSON(a.out, doc)
	case o.quiet:
		return nil
	}
	figures := *doc
	figures.Files = nil // none is there yet
	return report.WriteText(a.out, &figures, report.TextOptions{WallS: wall, Verbose: o.verbose, Colour: a.colour(), Columns: a.columns()})
}

// tellFiles names the files, which are there now.
func (a *app) tellFiles(files []string, o runOptions) {
	switch {
	case o.json:
	case o.quiet:
		for _, f := range files {
			fmt.Fprintln(a.out, clean.Line(f))
		}
	default:
		fmt.Fprintf(a.out, "\n%s\n", report.WroteIn(files, a.columns()))
	}
}

// colour reports whether standard output is a terminal that wants colours.
func (a *app) colour() bool {
	return a.outTerminal && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb"
}
