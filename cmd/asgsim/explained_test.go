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
			getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{}, cacheDir: cache, program: sumOfTests,
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

// A saved result may come from a stranger: the scenario that it names is read only in
// the current folder or below, and nothing is made of one that is not what it was.
func TestAResultOpensNoFileElsewhere(t *testing.T) {
	dir := t.TempDir()
	inner := filepath.Join(dir, "inner")
	if err := os.Mkdir(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	file(t, dir, "secret.toml", "token-of-mine: hush\n")
	file(t, inner, "other.toml", "token-of-mine: hush\n")
	file(t, inner, "web.toml", tiny)
	t.Chdir(inner)
	if code, _, msg := call(t.Context(), t, &osDisk{}, "run", "web.toml", "--no-pictures", "--out", "saved"); code != 0 {
		t.Fatal(msg)
	}
	text, err := os.ReadFile(filepath.Join("saved", "result.json"))
	if err != nil {
		t.Fatal(err)
	}
	if code, _, msg := call(t.Context(), t, &osDisk{}, "explain", "saved/result.json", "1m"); code != 0 {
		t.Fatalf("as it was: %s", msg)
	}
	for _, c := range []struct {
		names, want string
		args        []string
	}{
		{"/etc/passwd", "not in the scenario's folder", nil},
		{"../secret.toml", "not in the scenario's folder", nil},
		{filepath.Join(dir, "secret.toml"), "not in the scenario's folder", nil},
		{filepath.Join(dir, "secret.toml"), "is not what it was", []string{"--allow-path", dir}},
		{"/proc/self/environ", "not in the scenario's folder", nil},
		{"missing.toml", "there is no file", nil},
		{"other.toml", "is not what it was", nil},
		{"day-night", "is not what it was", nil},
	} {
		forged := strings.Replace(string(text), `"scenario": "web.toml"`, `"scenario": "`+c.names+`"`, 1)
		if forged == string(text) {
			t.Fatal("nothing was forged")
		}
		file(t, inner, "forged.json", forged)
		code, stdout, stderr := call(t.Context(), t, &osDisk{}, append([]string{"explain", "forged.json", "1m"}, c.args...)...)
		if code != exitUsage || !strings.Contains(stderr, c.want) || strings.Contains(stdout+stderr, "hush") || strings.Contains(stderr, "expected") || strings.Contains(stderr, "root:") {
			t.Errorf("%s %v: exit code %d: %s%s", c.names, c.args, code, stdout, stderr)
		}
	}
}
