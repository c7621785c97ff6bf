package calibrate

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asgsim/report"
	"asgsim/scenarios"
	"asgsim/sim/world"
)

// TestOtherGroupsAreFound calibrates on recordings of groups unlike the shipped one, with
// ASGSIM_STUDY=1: other laws of work and wait than the lognormal that is fitted, none and
// much in the background, other types. Every interval is to hold the value that it is about.
func TestOtherGroupsAreFound(t *testing.T) {
	if os.Getenv("ASGSIM_STUDY") == "" {
		t.Skip("simulates five half days, and fleets for each; ASGSIM_STUDY=1 does")
	}
	text, err := os.ReadFile(filepath.Join(recordings, "hidden.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, sets := range map[string][]string{
		"exponential":     {`request.cpu="40ms"`, `request.wait="30ms"`, `seed=3`, `load.shop.day_night.peak="90/s"`, `load.shop.day_night.trough="20/s"`},
		"heavy":           {`request.cpu={ mean = "60ms", cv = 1.6 }`, `request.wait={ median = "20ms", p95 = "200ms" }`, `seed=4`, `instance.background_cpu="0%"`},
		"even":            {`request.cpu={ gamma = { mean = "120ms", cv = 0.4 } }`, `request.wait={ median = "150ms", p95 = "300ms" }`, `seed=5`, `instance.background_cpu="15%"`, `load.shop.day_night.peak="30/s"`},
		"next to no wait": {`request.cpu={ weibull = { mean = "50ms", shape = 0.8 } }`, `request.wait={ median = "5ms", p95 = "9ms" }`, `seed=6`, `instance.type="c7g.xlarge"`, `load.shop.day_night.peak="150/s"`, `load.shop.day_night.trough="30/s"`},
		"constant":        {`request.cpu={ constant = "70ms" }`, `request.wait={ constant = "100ms" }`, `seed=7`},
	} {
		s, err := scenarios.Load(scenarios.Source{Name: "hidden.toml", Text: text}, nil, scenarios.Options{Sets: sets})
		if err != nil {
			t.Fatal(err)
		}
		w := &s.Configs[0].World
		w.NeededUnasked = true
		res, err := world.Run(context.Background(), w, s.Seed)
		if err != nil {
			t.Fatal(err)
		}
		var metrics, activities bytes.Buffer
		if err := writeMetrics(&metrics, res); err != nil {
			t.Fatal(err)
		}
		if err := report.WriteActivities(&activities, res); err != nil {
			t.Fatal(err)
		}
		r := fitting(t, strings.Replace(web, "c7g.large", w.Template.Type.Name, 1), world.Run, metrics.String(), activities.String())
		for what, truth := range map[string]float64{
			"CPU per request": w.Classes[0].CPU.Mean(), "CPU without requests": w.Template.Background, "variation of CPU": math.Sqrt(w.Classes[0].CPU.SCV()),
			"wait off the CPU, median": w.Classes[0].Wait.Quantile(0.5), "wait off the CPU, p99": w.Classes[0].Wait.Quantile(0.99),
			"launch to running, median": w.Template.Pending.Quantile(0.5), "boot, median": w.Template.Boot.Quantile(0.5), "noise of": 0.08,
		} {
			if f := r.finding(what); !f.Found || f.Low > truth || f.High < truth {
				t.Errorf("%s: %s is %v: %+v", name, what, truth, f)
			}
		}
		for _, c := range r.Checks {
			t.Logf("%s: %s is off by %.1f %% in minutes that were kept back", name, c.What, 100*c.MAPE)
		}
	}
}
