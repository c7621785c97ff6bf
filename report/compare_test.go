package report

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"asgsim/sim"
	"asgsim/sim/des"
	"asgsim/sim/estimate"
	"asgsim/sim/record"
)

// sampleComparison is a comparison with known figures: the base, a variant that is
// cheaper and worse, and one that differs in nothing.
func sampleComparison() (*sim.Comparison, CompareInputs) {
	cfg := &record.Config{Title: "A shop", Duration: 2 * des.Day, SLO: record.SLO{Latency: des.Second, Good: 0.99}}
	interval := func(v, half float64) estimate.Interval {
		return estimate.Interval{Value: v, Lo: v - half, Hi: v + half, N: 20, Exact: half == 0}
	}
	result := func(name string, cost, bad float64, verdict estimate.Verdict) sim.CaseResult {
		r := sim.CaseResult{Name: name, Config: cfg, Timeline: &sim.Timeline{}, Values: map[string]estimate.Interval{}, Diffs: map[string]estimate.Interval{}, SLO: verdict, Gain: math.NaN()}
		for _, m := range sim.Metrics() {
			if m.Optional {
				r.Values[m.Key] = estimate.Interval{Value: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
				continue
			}
			switch m.Unit {
			case sim.USD, sim.Hours:
				r.Values[m.Key] = interval(cost, 0.01*cost)
			case sim.Share:
				r.Values[m.Key] = interval(bad, 0.1*bad)
			case sim.Seconds:
				r.Values[m.Key] = interval(0.25, 0.005)
			default:
				r.Values[m.Key] = interval(12, 0)
			}
		}
		return r
	}
	base, cheap, same := result("tracking", 31.47, 0.004, estimate.Pass), result("step", 28.9, 0.018, estimate.Fail), result("same", 31.47, 0.004, estimate.Pass)
	cheap.Gain, same.Gain = 3.25, math.Inf(1)
	for _, m := range sim.Metrics() {
		cheap.Diffs[m.Key] = interval(cheap.Values[m.Key].Value-base.Values[m.Key].Value, 0.001)
		same.Diffs[m.Key] = interval(0, 0)
	}
	cheap.Diffs["p99"] = interval(0.001, 0.004)
	cheap.Values["p99"] = interval(0.3, 0.02)
	cheap.Inactive = []record.Inactive{{Rule: "schedule morning", Why: "its time lies outside the run"}}
	c := &sim.Comparison{Plan: &sim.Plan{Seed: 7, Replications: 20}, N: 20, Alpha: 0.05, Cases: []sim.CaseResult{base, cheap, same},
		Best: sim.Best{Name: "tracking", Reason: "cheapest that meets the SLO"}, Weak: []string{"step: CPU is 95 % on average"}}
	p99, _ := sim.MetricOf("p99")
	gate := sim.Gate{Metric: p99, Limit: 0.252, Text: "p99<=252ms"}
	in := CompareInputs{Tool: Tool{Name: "asgsim", Version: "test"}, Inputs: Inputs{Scenario: "shop.toml", SHA256: "0123456789abcdef"}}
	for i := range c.Cases {
		in.Gates = append(in.Gates, gate.Judge(&c.Cases[i]))
	}
	for i := range in.Gates {
		in.Gates[i].First, in.Gates[i].Breaching = des.Time(8*des.Hour+3*des.Minute), 18
	}
	in.Yardsticks = &sim.Yardsticks{Minimum: sim.Fixed{Instances: 9, EC2: 31.2}, Headroom: sim.Fixed{Instances: 14, EC2: 48.5}, LowerBound: 12.25}
	return c, in
}

func TestComparisonText(t *testing.T) {
	c, in := sampleComparison()
	var b bytes.Buffer
	if err := WriteComparisonText(&b, NewComparison(c, in), 12.3, false, 0); err != nil {
		t.Fatal(err)
	}
	golden(t, "compare.golden", b.Bytes())
}

func TestComparisonMarkdown(t *testing.T) {
	c, in := sampleComparison()
	var b bytes.Buffer
	if err := WriteComparisonMarkdown(&b, NewComparison(c, in)); err != nil {
		t.Fatal(err)
	}
	golden(t, "compare.golden.md", b.Bytes())
}

func TestComparisonCSV(t *testing.T) {
	c, in := sampleComparison()
	var b bytes.Buffer
	if err := WriteComparisonCSV(&b, NewComparison(c, in)); err != nil {
		t.Fatal(err)
	}
	golden(t, "compare.golden.csv", b.Bytes())
}

// Every figure is {value, lo, hi, n}; what JSON has no number for is null; the
// verdicts are words.
func TestComparisonJSON(t *testing.T) {
	c, in := sampleComparison()
	d := NewComparison(c, in)
	var b bytes.Buffer
	if err := WriteComparisonJSON(&b, d); err != nil {
		t.Fatal(err)
	}
	var back struct {
		Schema   string
		Variants []struct {
			Name    string
			Figures map[string]map[string]any
			Gain    *float64 `json:"pairing_gain"`
		}
		Gates []struct{ Verdict string }
	}
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	f := back.Variants[1].Figures["cost_per_day"]
	if back.Schema != CompareSchema || f["value"] != 28.9 || f["n"] != 20.0 || f["lo"].(float64) >= f["hi"].(float64) {
		t.Errorf("%v", f)
	}
	if back.Variants[1].Gain == nil || back.Variants[2].Gain != nil {
		t.Error("a finite gain is a number, an infinite one null")
	}
	if len(back.Gates) != 3 || back.Gates[0].Verdict != "inconclusive" {
		t.Errorf("gates %+v", back.Gates)
	}
}

// "~" when the interval of a difference holds zero, "=" when it has no variance.
func TestSigns(t *testing.T) {
	c, in := sampleComparison()
	d := NewComparison(c, in)
	p99, _ := sim.MetricOf("p99")
	cost, _ := sim.MetricOf("cost_per_day")
	base := d.Variants[0].Figures
	if got := difference(p99, base["p99"], d.Variants[1].Differences["p99"]); got != "~" {
		t.Errorf("p99 differs by %q", got)
	}
	if got := difference(cost, base["cost_per_day"], d.Variants[2].Differences["cost_per_day"]); got != "=" {
		t.Errorf("the same cost differs by %q", got)
	}
	if got := difference(cost, base["cost_per_day"], d.Variants[1].Differences["cost_per_day"]); !strings.HasPrefix(got, "−8.2 % ± ") {
		t.Errorf("cost differs by %q", got)
	}
}

// A pairing that is worth less than one replication more is listed too: 1.0 says that it
// does nothing.
func TestEveryGainIsListed(t *testing.T) {
	one, none := 1.0, 0.0
	d := &Comparison{Variants: []Variant{{}, {Name: "fixed", PairingGain: &one}, {Name: "odd", PairingGain: &none}, {Name: "unknown"}}}
	if got := gains(d); got != "one pair is worth so many independent replications, on EC2 cost: fixed 1.0" {
		t.Error(got)
	}
}
