package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"asgsim/report"
	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/sim"
	"asgsim/sim/estimate"
)

// compareOptions are the flags of compare.
type compareOptions struct {
	out          string
	seed         uint64
	seeded       bool
	variants     []string
	sets         []string
	tries        []string
	replications int
	most         int
	within       time.Duration
	precision    string
	doubt        bool
	yardsticks   bool
	breaking     bool
	gates        []string
	failOn       []string
	matters      []string
	plots        []string
	claim        string
	against      string
	plain        bool
	json         bool
	markdown     bool
	quiet        bool
	verbose      bool
	plan         planOptions
	infracost    string
}

// Defaults of how long a comparison goes on.
const (
	mostReplications    = 160
	terminalPatience    = 2 * time.Minute
	replicationsUnasked = estimate.FirstLook
	breakingMost        = 16
)

func (a *app) compareCommand() *cobra.Command {
	var o compareOptions
	c := &cobra.Command{
		Use:   "compare SCENARIO | BEFORE AFTER | LABEL=FILE ... | LABEL=result.json ... | --plan FILE",
		Short: "Compare a scenario's variants, or several scenarios, over the same requests, with intervals",
		Long: `Run the plain scenario and its variants (or several scenarios, as label=file) over the same seeds, and
say which is cheaper at which service, with 95 % intervals. Every variant of a replication meets the
very same requests, so small differences show early.

--set changes the base and every variant that does not set the key itself; --try makes a variant of its
own, so that what if has a before and an after.

How many replications: --replications N; or --within TIME (one each, then more until the time is up;
2m on a terminal); or --precision 'cost<1%'. Off a terminal the default is 10.

Two files are before and after: what changes, key by key, is said too, and --markdown fits it into a pull
request. So it is with --plan, for every group that a Terraform plan (terraform show -json) touches, before and
after it, under the load of --load or of the scenario of --like. asgsim help pull-requests has an example.

A gate is a limit: pass if the whole interval is inside, fail if it is outside, else inconclusive (exit
codes 0, 3 and 4). --fail-on judges a difference to the base: 'cost>+5%'.

Written to the folder: compare.png, compare.json, compare.csv, compare.md. Saved results (result.json) are
only set beside each other: one run each says nothing about chance.

The yardsticks (the smallest fixed fleets that meet the SLO) are searched once for a scenario, seed and build,
and kept in the user's cache folder, asgsim/yardsticks; it may be deleted at any time.`,
		Example: `  asgsim compare day-night
  asgsim compare web.toml --try 'twelve: auto_scaling_group.max_size=12'
  asgsim compare web.toml --replications 20 --doubt
  asgsim compare today=web.toml proposed=web2.toml --within 5m
  asgsim compare web.toml --gate 'p99<=400ms' --fail-on 'cost>+5%'
  asgsim compare before.toml after.toml --markdown
  asgsim compare --plan plan.json --load requests.csv --markdown
  asgsim compare web.toml --claim proposed --against today --markdown`,
		Args: func(_ *cobra.Command, args []string) error {
			if o.plan.file != "" {
				if len(args) > 0 {
					return errors.New("--plan compares the two sides of a plan: it goes without scenarios")
				}
				return nil
			}
			if len(args) == 0 {
				return fmt.Errorf("compare needs a scenario with variants, or several as label=file; the shipped scenarios are %s", strings.Join(scenarios.Names(), ", "))
			}
			return nil
		},
		ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			o.seeded = c.Flags().Changed("seed")
			if c.Flags().Changed("replications") && o.replications < 1 {
				return usagef("--replications %d: must be at least 1; 10 and more tell small differences", o.replications)
			}
			return a.compare(c.Context(), args, o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.out, "out", "", "folder for the files (default out/NAME)")
	f.Var((*seed)(&o.seed), "seed", "seed of all chance (default: the scenario's)")
	fidelityFlag(c, &o.sets)
	f.StringSliceVar(&o.variants, "variants", nil, "compare only these, the first as the base")
	f.StringArrayVar(&o.sets, "set", nil, "change a key, as key=value, in the base and in the variants that do not set it themselves; may be repeated")
	f.StringArrayVar(&o.tries, "try", nil, "compare settings as a variant of their own, as 'label: key=value, key=value'; may be repeated")
	f.IntVarP(&o.replications, "replications", "n", 0, "number of replications")
	f.IntVar(&o.most, "cap", mostReplications, "most replications with --within or --precision")
	f.DurationVar(&o.within, "within", 0, "go on until this time is up")
	f.StringVar(&o.precision, "precision", "", "go on until an interval is this narrow, such as 'cost<1%'")
	f.BoolVar(&o.doubt, "doubt", false, "also flip the undocumented choices of AWS, boot time and load, one at a time")
	f.BoolVar(&o.yardsticks, "yardsticks", true, "search the smallest fixed fleets that meet the SLO, by simulation; --yardsticks=false skips it")
	f.BoolVar(&o.breaking, "breaking-point", false, "also search the load at which the SLO is first missed")
	f.StringArrayVar(&o.gates, "gate", nil, "a limit for every variant, such as 'p99<=400ms'; may be repeated")
	f.StringArrayVar(&o.failOn, "fail-on", nil, "a limit on the difference to the base, such as 'cost>+5%'; may be repeated")
	f.StringArrayVar(&o.matters, "matters", nil, "the smallest difference of a metric that matters, such as 'cost=1%' or 'bad_share=0.1pp'; may be repeated")
	f.StringArrayVar(&o.plots, "plot", nil, "also draw to this .png or .svg file; may be repeated")
	f.StringVar(&o.claim, "claim", "", "print the claim that this variant saves money")
	f.StringVar(&o.against, "against", "", "against this variant (default: the base)")
	o.plan.flags(f)
	f.StringVar(&o.infracost, "infracost-usage", "", "also write how many instances are in service on average, after the change, as a usage file of Infracost's")
	f.BoolVar(&o.plain, "no-pictures", false, "write the data alone; --plot still draws")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of text")
	f.BoolVar(&o.markdown, "markdown", false, "print Markdown that fits a pull-request comment")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "print only gates and the names of the files")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "print every metric")
	return c
}

// compare is the whole job: load, replicate, judge, write, tell.
func (a *app) compare(ctx context.Context, args []string, o compareOptions) error {
	u := usageFile{disk: a.disk, path: o.infracost}
	if err := u.prepare(); err != nil {
		return err
	}
	if o.plan.file != "" {
		return a.comparePlan(ctx, o, &u)
	}
	if err := o.plan.alone(); err != nil {
		return err
	}
	if savedResults(args) {
		return a.compareSaved(args, o)
	}
	a.at.set("reading %s", strings.Join(args, " "))
	what, err := a.compared(args, o)
	if err != nil {
		return err
	}
	if u.path != "" && what.changes == nil {
		return usagef("--infracost-usage %s: is of a change: compare before.toml after.toml, or --plan", clean.Line(u.path))
	}
	_, err = a.compareCases(ctx, args, what, o, &u)
	return errors.Join(err, u.write())
}

// compareCases compares what was loaded; args are how the command named it. It reports
// whether figures were printed.
func (a *app) compareCases(ctx context.Context, args []string, what *compared, o compareOptions, u *usageFile) (done bool, err error) {
	for _, n := range what.notes {
		fmt.Fprintf(a.stderr, "note: %s\n", clean.Line(n))
	}
	plan, err := a.plan(what, o)
	if err != nil {
		return false, err
	}
	limits, err := o.limits(what)
	if err != nil {
		return false, err
	}
	dir := o.out
	if dir == "" {
		dir = filepath.Join("out", what.name)
	}
	files := outputs{disk: a.disk, dir: dir, plots: o.plots}
	if err := files.prepare(append(compareFiles(dir, o.plain), o.plots...)); err != nil {
		return false, err
	}
	began := a.now()
	a.id = &identity{strings.Join(args, " "), what.inputs.SHA256, "", o.sets, plan.Seed}
	sure := plan.Replications
	if plan.More != nil || plan.Precision != nil {
		sure = 1 // it ends when it is told to
	}
	if err := a.enough(plan.Cases, sure, plan.Cores); err != nil {
		return false, err
	}
	a.at.set("simulating")
	c, extra, err := a.replicate(ctx, plan, o)
	if err != nil {
		return false, err
	}
	doc := report.NewComparison(c, extra.inputs(what, c, limits))
	doc.Files = append(compareFiles(dir, o.plain), o.plots...)
	if name := otherRows(c); name != "" {
		fmt.Fprintf(a.stderr, "note: no picture: %s has other rows of time than %s, and one axis cannot hold both\n", clean.Line(name), clean.Line(c.Cases[0].Name))
		doc.Files = slices.DeleteFunc(doc.Files, func(path string) bool { return drawn(path) })
	}
	// The figures come before whatever may fail.
	if err := a.tellComparison(doc, c, o, a.now().Sub(began).Seconds()); err != nil {
		return false, err
	}
	if what.alone != destroyed {
		u.add(what.address, doc)
	}
	a.at.set("drawing and writing")
	if err := a.writeComparison(doc, c); err != nil {
		return true, err
	}
	a.tellComparisonFiles(doc.Files, o)
	if err := verdict(ctx, c, doc); err != nil || what.alone != created || len(limits.diffs) == 0 {
		return true, err
	}
	return true, fmt.Errorf("%w: %s: %s is new, and what it replaces is not in the plan; --gate limits a figure itself", errOpenGate, limits.diffs[0].Text, clean.Line(what.address))
}

// otherRows names the first variant whose timeline is not that of the base: of another
// length, beginning or interval. Empty where all have the same.
func otherRows(c *sim.Comparison) string {
	base := c.Cases[0].Timeline
	for i := range c.Cases {
		if t := c.Cases[i].Timeline; t != nil && base != nil && (t.Interval != base.Interval || !slices.Equal(t.At, base.At)) {
			return c.Cases[i].Name
		}
	}
	return ""
}

// drawn reports whether a file is a picture.
func drawn(path string) bool {
	ext := filepath.Ext(path)
	return ext == ".png" || ext == ".svg"
}

// verdict is how the comparison ends: interrupted, broken, a gate.
func verdict(ctx context.Context, c *sim.Comparison, doc *report.Comparison) error {
	switch {
	case c.Interrupted:
		return fmt.Errorf("%w after %s; what is printed and written is about those", stopped(ctx), count(c.N, "replication"))
	case len(c.Excluded) > 0:
		x := c.Excluded[0]
		return fmt.Errorf("%w (variant %s, seed %d): %s: %s", errAudit, x.Case, x.Seed, x.Violations[0].Law, x.Violations[0].Detail)
	}
	return gateError(doc.Gates)
}

// plan turns the flags into a plan.
func (a *app) plan(what *compared, o compareOptions) (*sim.Plan, error) {
	p := &sim.Plan{Cases: what.cases, Seed: what.seed, Cores: runtime.GOMAXPROCS(0), Simulate: a.simulate}
	if o.seeded {
		p.Seed = o.seed
	}
	for _, s := range o.matters {
		m, err := scenarios.ParseMargin(s)
		if err != nil {
			return nil, usage(err)
		}
		p.Margins = append(p.Margins, m)
	}
	asked := 0
	for _, set := range []bool{o.replications != 0, o.within != 0, o.precision != ""} {
		if set {
			asked++
		}
	}
	within := o.within
	switch {
	case asked > 1:
		return nil, usagef("--replications, --within and --precision exclude each other")
	case o.replications < 0 || o.within < 0 || o.most < 1:
		return nil, usagef("--replications, --within and --cap must be above 0")
	case o.replications > 0:
		p.Replications = o.replications
		return p, nil
	case o.precision != "":
		precision, err := scenarios.ParsePrecision(o.precision)
		if err != nil {
			return nil, usage(err)
		}
		p.Replications, p.Precision = max(o.most, estimate.FirstLook), &precision
		return p, nil
	case asked == 0 && !a.outTerminal:
		p.Replications = replicationsUnasked
		return p, nil
	case asked == 0:
		within = terminalPatience
	}
	deadline := a.now().Add(within)
	p.Replications = o.most
	p.More = func() bool { return a.now().Before(deadline) }
	return p, nil
}

// extras are what is found out beside the replications.
type extras struct {
	doubt      *sim.Doubt
	yardsticks *sim.Yardsticks
	breaking   []report.Breaking
}

// replicate runs the plan and what was asked for beside it.
func (a *app) replicate(ctx context.Context, p *sim.Plan, o compareOptions) (*sim.Comparison, *extras, error) {
	progress := a.counter(len(p.Cases) * p.Replications)
	p.Done = progress.step
	c, err := sim.Compare(ctx, p)
	progress.clear()
	if err != nil {
		if ctx.Err() != nil {
			return nil, nil, fmt.Errorf("%w before every variant had run once: nothing was written", stopped(ctx))
		}
		return nil, nil, err
	}
	x := &extras{}
	if c.Interrupted {
		return c, x, nil
	}
	p.Done = a.counter(0).step
	if o.doubt {
		if x.doubt, err = sim.DoubtOf(ctx, p); err != nil {
			return c, x, a.half(ctx, c, err)
		}
	}
	if base := &c.Cases[0]; o.yardsticks && len(base.Outcomes) > 0 {
		search := sim.Search{Config: base.Config, Seed: p.Seed, Memory: a.remembered(), Done: p.Done}
		if x.yardsticks, err = search.Yardsticks(ctx, base.Outcomes[0], base.Timeline); err != nil {
			return c, x, a.half(ctx, c, err)
		}
	}
	if o.breaking {
		for _, k := range p.Cases {
			low, high, err := sim.BreakingPoint(ctx, k.Config, p.Seed, breakingMost, p.Done)
			if err != nil {
				x.breaking = nil
				return c, x, a.half(ctx, c, err)
			}
			b := report.Breaking{Holds: low}
			if high > 0 {
				b.Breaks = &high
			}
			x.breaking = append(x.breaking, b)
		}
	}
	return c, x, nil
}

// half keeps a finished comparison when what was asked for beside it was
// interrupted.
func (a *app) half(ctx context.Context, c *sim.Comparison, err error) error {
	if ctx.Err() == nil {
		return err
	}
	c.Interrupted = true
	return nil
}

func (x *extras) inputs(what *compared, c *sim.Comparison, l *limits) report.CompareInputs {
	in := report.CompareInputs{Tool: tool(), Inputs: what.inputs, Doubt: x.doubt, Yardsticks: x.yardsticks, Breaking: x.breaking, Warnings: what.warnings, Changes: what.changes}
	for _, g := range l.gates {
		for i := range c.Cases {
			in.Gates = append(in.Gates, g.Judge(&c.Cases[i]))
		}
	}
	for _, g := range l.diffs {
		for i := 1; i < len(c.Cases); i++ {
			in.Gates = append(in.Gates, g.Judge(&c.Cases[0], &c.Cases[i]))
		}
	}
	return in
}
