package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"asgsim/sim/account"
	"asgsim/sim/record"
	"asgsim/sim/world"
)

// The second question about a run is answered without simulating, in the same words;
// another seed, a changed setting, a file that cannot be read are simulated.
func TestExplainRemembersItsRun(t *testing.T) {
	if testing.Short() {
		t.Skip("whole runs")
	}
	t.Chdir(t.TempDir())
	cache := t.TempDir()
	runs := 0
	ask := func(args ...string) string {
		t.Helper()
		var out bytes.Buffer
		code := run(context.Background(), append([]string{"explain", "unhealthy-instance"}, args...), machine{stdin: strings.NewReader(""), stdout: &out, stderr: &out,
			getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{}, cacheDir: cache,
			simulate: func(ctx context.Context, cfg *record.Config, seed uint64) (*account.Result, error) {
				runs++
				return world.Run(ctx, cfg, seed)
			}})
		if code != 0 {
			t.Fatalf("%v: exit code %d: %s", args, code, out.String())
		}
		return out.String()
	}
	var first []string
	questions := [][]string{{"1"}, {"12:15:30", "--json"}, {"12:16"}, {"13:00"}}
	for _, q := range questions {
		q = append(q, "--variant", "elb-checks")
		first = append(first, ask(q...))
	}
	if runs != 1 {
		t.Errorf("%d runs for %d questions", runs, len(questions))
	}
	fresh := cache
	cache = "" // nothing is kept: each is simulated
	for i, q := range questions {
		if got := ask(append(q, "--variant", "elb-checks")...); got != first[i] {
			t.Errorf("%v: remembered\n%s\nsimulated\n%s", q, first[i], got)
		}
	}
	cache, runs = fresh, 0
	ask("12:16", "--variant", "elb-checks", "--seed", "2")
	ask("12:16", "--variant", "elb-checks", "--set", "slo.good=97.1%")
	ask("12:16")
	if runs != 3 {
		t.Errorf("%d runs of three other configurations", runs)
	}
	files, err := filepath.Glob(filepath.Join(cache, "asgsim", "explained", "*"))
	if err != nil || len(files) != 4 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		if err := os.WriteFile(f, []byte("broken"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	runs = 0
	if ask("12:16", "--variant", "elb-checks") != first[2] || runs != 1 {
		t.Errorf("a broken file: %d runs", runs)
	}
	for i := range 2 * explainedMost {
		if err := os.WriteFile(filepath.Join(cache, "asgsim", "explained", fmt.Sprint(i, explainedEnd)), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	forgetOldest(&osDisk{}, filepath.Join(cache, "asgsim", "explained"))
	if files, _ = filepath.Glob(filepath.Join(cache, "asgsim", "explained", "*")); len(files) != explainedMost {
		t.Errorf("%d files are kept, at most %d", len(files), explainedMost)
	}
}
