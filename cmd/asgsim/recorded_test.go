package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"asgsim/scenarios"
)

// The shipped recording was made by asgsim itself with parameters that what follows does
// not see (hidden.toml: another seed, a gamma law of work, a background, noise, a deploy).
// Of the group's configuration as AWS prints it, and the recording, import and calibrate
// make a scenario whose intervals hold the hidden values, and backtest shows that it
// behaves as the recorded group did.
func TestTheHiddenGroupIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates the recorded half day, and fleets at many loads")
	}
	testdata := filepath.Join("..", "..", "scenarios", "calibrate", "testdata")
	recorded := filepath.Join(testdata, "recorded")
	text, err := os.ReadFile(filepath.Join(recorded, "hidden.toml"))
	if err != nil {
		t.Fatal(err)
	}
	hidden, err := scenarios.Load(scenarios.Source{Name: "hidden.toml", Text: text}, nil, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	call := func(args ...string) []byte {
		t.Helper()
		var out, messages bytes.Buffer
		if code := run(context.Background(), args, machine{stdin: strings.NewReader(""), stdout: &out, stderr: &messages,
			getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{}, simulate: simulated}); code != 0 {
			t.Fatalf("%v: exit code %d\n%s%s", args, code, &out, &messages)
		}
		return out.Bytes()
	}
	dir := t.TempDir()
	imported, fitted := filepath.Join(dir, "imported.toml"), filepath.Join(dir, "fitted.toml")
	call("import", filepath.Join(testdata, "group", "group.json"), "-o", imported)
	var fit struct {
		Findings []struct {
			What                string
			Found               bool
			Estimate, Low, High float64
		}
		LeftOut []struct{ From, To float64 } `json:"left_out"`
		HeldOut []struct {
			What string
			MAPE float64
		} `json:"held_out"`
	}
	if err := json.Unmarshal(call("calibrate", imported, "--metrics", recorded, "-o", fitted, "--json"), &fit); err != nil {
		t.Fatal(err)
	}
	w := &hidden.Configs[0].World
	for what, truth := range map[string]float64{
		"CPU per request": w.Classes[0].CPU.Mean(), "CPU without requests": w.Template.Background, "variation of CPU work (cv)": math.Sqrt(w.Classes[0].CPU.SCV()),
		"wait off the CPU, median": w.Classes[0].Wait.Quantile(0.5), "wait off the CPU, p99": w.Classes[0].Wait.Quantile(0.99),
		"launch to running, median": w.Template.Pending.Quantile(0.5), "boot, median": w.Template.Boot.Quantile(0.5), "noise of the load (cv)": 0.08,
	} {
		held := false
		for _, f := range fit.Findings {
			held = held || f.What == what && f.Found && f.Low <= truth && truth <= f.High
		}
		if !held {
			t.Errorf("%s is %v: %+v", what, truth, fit.Findings)
		}
	}
	deploy := float64(1772536800) // 2026-03-03T11:20:00Z, as hidden.toml has it
	if len(fit.LeftOut) != 1 || fit.LeftOut[0].From < deploy || fit.LeftOut[0].To > deploy+1200 {
		t.Errorf("left out: %+v", fit.LeftOut)
	}
	for _, c := range fit.HeldOut {
		if c.MAPE > 0.05 {
			t.Errorf("%s is off by %.3f in minutes that were kept back", c.What, c.MAPE)
		}
	}
	call("backtest", fitted, "--recorded", recorded, "--gate", "mape_instances<=3%", "--gate", "mape_cpu<=5%", "--gate", "mape_p50<=5%", "--gate", "mape_p99<=10%",
		"--gate", "instance_hours<=2%", "--gate", "activities_matched>=60%", "--plot", filepath.Join(dir, "backtest.png"))
	if info, err := os.Stat(filepath.Join(dir, "backtest.png")); err != nil || info.Size() < 10_000 {
		t.Errorf("the picture: %v", err)
	}
}
