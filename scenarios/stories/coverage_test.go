package stories

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"asgsim/scenarios"
	"asgsim/sim"
	"asgsim/sim/estimate"
	"asgsim/sim/record"
	"asgsim/sim/rng"
)

// The coverage study: do the intervals of a comparison hold what they say they do,
// on runs of ours and not on draws from a textbook law? Many replications of a
// scenario are the truth; sets of ten and of thirty of them are judged.
//
// A set covers a figure if its interval holds the truth; a figure whose interval is
// flagged (estimate.Interval.Weak) makes no claim. Required: at n = 10 nine sets in
// ten cover or are flagged, at n = 30 93 in 100.
//
// ASGSIM_STUDY=1 simulates anew and logs its table (ASGSIM_STUDY_RUNS of each scenario,
// ASGSIM_STUDY_OF=ramp,overload of these); the default judges the figures recorded in
// testdata/coverage, which the study writes.
var covered = []string{"ramp", "unhealthy-instance", "overload"}

const (
	coverageDir  = "testdata/coverage"
	coverageRuns = 400
	coverageSets = 120 // of each size; their truth is known to some two in a hundred
)

// recordedKeys are the figures that the default test looks at.
var recordedKeys = []string{"cost_per_day", "bad_share", "failed_share", "p50", "p90", "p99", "p99_9", "breached_minutes", "minutes_at_max", "scaling_activities"}

// required is the least share of sets that cover or are flagged, by n.
var required = map[int]float64{10: 0.90, 30: 0.93}

// pick returns n of the first total numbers, as drawn for set k.
func pick(total, n, k int) []int {
	s := rng.Key(3, rng.Purpose("coverage sets"), uint64(k))
	all := make([]int, total)
	for i := range all {
		all[i] = i
	}
	for i := range n {
		j := i + s.IntN(total-i)
		all[i], all[j] = all[j], all[i]
	}
	return all[:n]
}

// tally counts how many sets cover, are flagged, and do either.
type tally struct{ covers, flagged, either float64 }

func (c *tally) add(i estimate.Interval, truth float64) {
	eps := 1e-9 * math.Abs(truth)
	holds := i.Lo-eps <= truth && truth <= i.Hi+eps
	if holds {
		c.covers += 1.0 / coverageSets
	}
	if i.Weak {
		c.flagged += 1.0 / coverageSets
	}
	if holds || i.Weak {
		c.either += 1.0 / coverageSets
	}
}

// recorded are the fractions of the figures of a scenario by replication.
type recorded struct {
	keys []string
	kind []estimate.Kind
	rows [][]estimate.Fraction // by figure, by replication
}

func TestCoverageOfRecordedRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred thousand bootstraps")
	}
	for _, name := range covered {
		r := readRecorded(t, name)
		if len(r.keys) < 5 {
			t.Fatalf("%s: %v", name, r.keys)
		}
		for f, key := range r.keys {
			var sum estimate.Fraction
			for _, x := range r.rows[f] {
				sum.Num, sum.Den = sum.Num+x.Num, sum.Den+x.Den
			}
			for n, least := range required {
				var c tally
				for k := range coverageSets {
					var x []estimate.Fraction
					for _, i := range pick(len(r.rows[f]), n, k) {
						x = append(x, r.rows[f][i])
					}
					c.add(estimate.RatioOf(x, r.kind[f], sim.Alpha), sum.Num/sum.Den)
				}
				if c.either < least {
					t.Errorf("%s, %s, n = %d: %.3f cover, %.3f are flagged, %.3f do either; at least %.2f must", name, key, n, c.covers, c.flagged, c.either, least)
				}
			}
		}
	}
}

// What is smooth and seen in every run is not flagged: a flag on everything would
// say nothing.
func TestGoodEvidenceIsNotFlagged(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of bootstraps")
	}
	r := readRecorded(t, "unhealthy-instance")
	for f, key := range r.keys {
		flagged := 0.0
		for k := range coverageSets {
			var x []estimate.Fraction
			for _, i := range pick(len(r.rows[f]), 10, k) {
				x = append(x, r.rows[f][i])
			}
			if estimate.RatioOf(x, r.kind[f], sim.Alpha).Weak {
				flagged += 1.0 / coverageSets
			}
		}
		if flagged > 0.25 && (key == "bad_share" || key == "cost_per_day" || key == "p50" || key == "cpu_mean") {
			t.Errorf("%s: %.2f of the sets are flagged", key, flagged)
		}
	}
}

func readRecorded(t *testing.T, name string) *recorded {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(coverageDir, name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	r := &recorded{}
	in := bufio.NewScanner(bytes.NewReader(raw))
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		cells := strings.Split(in.Text(), ",")
		k := estimate.Kind{Lo: 0, Hi: math.Inf(1), Rare: cells[1] == "rare"}
		if cells[2] == "share" {
			k.Hi = 1
		}
		var row []estimate.Fraction
		for _, c := range cells[3:] {
			num, den, _ := strings.Cut(c, "/")
			a, err1 := strconv.ParseFloat(num, 64)
			b, err2 := strconv.ParseFloat(den, 64)
			if err1 != nil || err2 != nil {
				t.Fatalf("%s: %q", name, c)
			}
			row = append(row, estimate.Fraction{Num: a, Den: b})
		}
		r.keys, r.kind, r.rows = append(r.keys, cells[0]), append(r.kind, k), append(r.rows, row)
	}
	return r
}

// TestCoverageStudy simulates and judges every metric, and differences to a variant.
func TestCoverageStudy(t *testing.T) {
	if os.Getenv("ASGSIM_STUDY") == "" {
		t.Skip("minutes of simulation: set ASGSIM_STUDY=1")
	}
	runs := coverageRuns
	if n, err := strconv.Atoi(os.Getenv("ASGSIM_STUDY_RUNS")); err == nil {
		runs = n
	}
	names := covered
	if only := os.Getenv("ASGSIM_STUDY_OF"); only != "" {
		names = strings.Split(only, ",")
	}
	for _, name := range names {
		w := coverageConfig(t, name)
		c, err := sim.Compare(context.Background(), &sim.Plan{Cases: []sim.Case{{Name: name, Config: w}}, Seed: 5, Cores: 2, Replications: runs})
		if err != nil {
			t.Fatal(err)
		}
		x := c.Cases[0].Outcomes
		var record strings.Builder
		metrics := sim.Metrics()
		for k := range metrics {
			m := metrics[k]
			truth := m.IntervalOf(x, sim.Alpha)
			if m.Optional || math.IsNaN(truth.Value) || truth.Exact {
				continue
			}
			line := fmt.Sprintf("| %s | %s |", name, m.Title)
			for _, n := range []int{10, 30} {
				var t tally
				for k := range coverageSets {
					var set []*sim.Outcome
					for _, i := range pick(len(x), n, k) {
						set = append(set, x[i])
					}
					t.add(m.IntervalOf(set, sim.Alpha), truth.Value)
				}
				line += fmt.Sprintf(" %.2f | %.2f | %.2f |", t.covers, t.flagged, t.either)
				if t.either < required[n] {
					line += " LOW"
				}
			}
			t.Log(line)
			if slices.Contains(recordedKeys, m.Key) {
				record.WriteString(recordedLine(&m, x, truth.Value))
			}
		}
		if err := os.WriteFile(filepath.Join(coverageDir, name+".csv"), []byte(record.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// recordedLine is a figure by replication as the default test reads it: of a latency the
// share of the requests above the quantile of all.
func recordedLine(m *sim.Metric, x []*sim.Outcome, truth float64) string {
	rare, unit := "", ""
	if m.Rare {
		rare = "rare"
	}
	if m.Unit == sim.Share && m.Key != "over_provisioning" || m.Unit == sim.Seconds {
		unit = "share"
	}
	line := m.Key + "," + rare + "," + unit
	for _, o := range x {
		if m.Unit == sim.Seconds {
			line += fmt.Sprintf(",%d/%d", o.Served.Above(truth), o.Served.Count())
		} else {
			line += fmt.Sprintf(",%.7g/1", m.Of(o))
		}
	}
	return line + "\n"
}

func coverageConfig(t *testing.T, name string) *record.Config {
	t.Helper()
	src, err := scenarios.Shipped(name)
	if name == "ramp" {
		src.Name = name
		src.Text, err = os.ReadFile(filepath.Join(coverageDir, name+".toml"))
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(src, scenarios.OpenShipped, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &s.Configs[0].World
}
