package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/report"
	"asgsim/report/chart"
	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/scenarios/calibrate"
	"asgsim/scenarios/imports"
)

// calibrating is what the flags of calibrate say.
type calibrating struct {
	recordings
	fitting
	out   string
	force bool
	plots []string
	json  bool
}

func (a *app) calibrateCommand() *cobra.Command {
	var o calibrating
	c := &cobra.Command{
		Use:   "calibrate SCENARIO --metrics FILE|FOLDER...",
		Short: "Fit what no configuration says of a group to how it was recorded",
		Long: `Fit what no configuration says to recorded minutes, and say how sure each value is:

  request.cpu               CPU of a request: the slope of CPUUtilization over the requests of an instance,
                            by a regression that outliers do not spoil; its variation by the latencies
  instance.background_cpu   what runs without requests: where that line begins
  request.wait              the rest of the latency: p50, p90 and p99 of TargetResponseTime at four loads, against
                            simulated fleets
  instance.workers          where busy instances answer more slowly than CPU and wait explain
  instance.launch, boot     from the scaling activities, and from how long instances in service are not healthy
  load                      hours of the day or week, noise and bursts, where the scenario plays no recording

Every value comes with an interval, the minutes it rests on, and how far it is off in minutes that were kept
back. What does not fit (deploys, outages, jobs) is listed and left out. Where the data are too few, or
contradict each other, that is said and the scenario's value stays. asgsim help recordings lists what is read.
Without -o nothing is written.`,
		Example: `  asgsim calibrate web.toml --metrics recorded/metrics.csv --metrics recorded/activities.json
  asgsim calibrate web.toml --metrics recorded/ -o web-calibrated.toml --plot fit.png
  asgsim calibrate web.toml --metrics recorded/ --variant proposed --set instance.type=m7g.large
  asgsim calibrate web.toml --metrics recorded/ --name 'TargetResponseTime p99=none'`,
		ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			scenario, err := o.scenarioAmong(args)
			if err != nil {
				return err
			}
			return a.calibrate(c.Context(), scenario, o)
		},
	}
	o.flags(c.Flags(), "metrics", "how the group was recorded")
	c.Flags().StringVar(&o.variant, "variant", "", "fit this variant of the scenario; its values are written into it")
	c.Flags().StringArrayVar(&o.sets, "set", nil, "change a key first, as key=value, in what is written too; may be repeated")
	c.Flags().StringVarP(&o.out, "output", "o", "", "the scenario to write, with the fitted values (default: none)")
	c.Flags().BoolVar(&o.force, "force", false, "overwrite the file if it exists")
	c.Flags().StringArrayVar(&o.plots, "plot", nil, "draw what was fitted against what was recorded to this .png or .svg file; may be repeated")
	c.Flags().BoolVar(&o.json, "json", false, "print one JSON object instead of text")
	return c
}

// calibrate is the whole job: read, fit, tell, write.
func (a *app) calibrate(ctx context.Context, arg string, o calibrating) error {
	if err := free(o.out, o.force); err != nil {
		return err
	}
	for _, p := range o.plots {
		if _, err := chart.FormatOf(p); err != nil {
			return usage(err)
		}
	}
	if o.json && o.out == "-" {
		return usagef("--json and -o - would both write to standard output")
	}
	src, open, err := a.source(arg)
	if err != nil {
		return err
	}
	rec, err := a.recorded(&o.recordings)
	if err != nil {
		return err
	}
	fitted, text, err := a.fit(ctx, src, open, rec, o.fitting)
	if err != nil {
		return err
	}
	switch {
	case o.json:
		err = report.WriteValue(a.out, fitted)
	case o.out == "-":
		fmt.Fprint(a.stderr, fitted.Text(a.messageColumns()))
	default:
		fmt.Fprint(a.out, fitted.Text(a.columns()), a.changed(fitted, o.out))
	}
	if err != nil {
		return err
	}
	for _, p := range o.plots {
		if err := a.drawFit(p, arg, fitted); err != nil {
			return err
		}
	}
	return a.writeFitted(text, o)
}

// free refuses to write over a file.
func free(out string, force bool) error {
	if out != "" && out != "-" {
		if _, err := os.Lstat(out); err == nil && !force {
			return usagef("%s exists; --force overwrites it", clean.Line(out))
		}
	}
	return nil
}

// changed lists the values that a scenario gets.
func (a *app) changed(r *calibrate.Result, out string) string {
	if len(r.Changes) == 0 {
		return "\nNothing changes in the scenario.\n"
	}
	heading := "\nFOR THE SCENARIO (-o FILE writes it)\n"
	if out != "" {
		heading = "\nIN THE SCENARIO\n"
	}
	var b strings.Builder
	b.WriteString(heading)
	for _, c := range r.Changes {
		now, was := c.Now, c.Was
		if now == "" {
			now = "(goes)"
		}
		if was == "" {
			was = "not given"
		}
		fmt.Fprintf(&b, "  %s = %s   was %s\n", c.Key, clean.Short(now, 90), clean.Short(was, 60))
	}
	return report.Fit(clean.Lines(b.String()), a.columns())
}

// drawFit draws the picture of a fit.
func (a *app) drawFit(path, scenario string, r *calibrate.Result) error {
	format, err := chart.FormatOf(path)
	if err != nil {
		return err
	}
	p := chart.Calibration("Calibrated: "+filepath.Base(scenario), tool().Name+" "+tool().Version+", "+clean.Line(scenario), r)
	if err := write(a.disk, path, func(w io.Writer) error { return p.Encode(w, format) }); err != nil {
		return fmt.Errorf("cannot write --plot %s: %w", clean.Line(path), err)
	}
	a.tellWrote(path)
	return nil
}

// tellWrote says on standard error that a file is there.
func (a *app) tellWrote(path string) { fmt.Fprintf(a.stderr, "wrote %s\n", clean.Line(path)) }

// writeFitted writes the scenario.
func (a *app) writeFitted(text string, o calibrating) error {
	switch o.out {
	case "":
		return nil
	case "-":
		_, err := io.WriteString(a.out, text)
		return err
	}
	if err := write(a.disk, o.out, func(w io.Writer) error { _, err := io.WriteString(w, text); return err }); err != nil {
		return err
	}
	a.tellWrote(o.out)
	name := clean.Shell(o.out)
	fmt.Fprintf(a.stderr, "next: asgsim backtest %s --recorded FILE..., best with other days than those of the fit\n", name)
	return nil
}

// importMetrics calibrates a scenario that import has made, by what is not replayed in it.
func (a *app) importMetrics(ctx context.Context, res *imports.Result, open scenarios.Opener, i *importing) error {
	left, err := i.besideReplayed(res.Replayed)
	if err != nil || len(left) == 0 {
		return err
	}
	if len(res.Replayed) > 0 {
		i.recordings.files = left
	}
	for _, r := range res.Replayed {
		if r.Column != "" { // it has its place: calibration need not wonder which metric it is
			i.recordings.names = append(i.recordings.names, r.Column+"=none")
		}
	}
	rec, err := a.recorded(&i.recordings)
	if err != nil {
		return err
	}
	fitted, text, err := a.fit(ctx, scenarios.Source{Name: "imported", Text: res.Text}, open, rec, fitting{})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "%s%s\n", fitted.Text(a.messageColumns()), a.changed(fitted, "the scenario"))
	res.Text = []byte(text)
	return nil
}
