package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A saved result that no run can have written is refused with what is wrong, exit 2.
func TestSavedResultsAreChecked(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	dir := t.TempDir()
	scenario := filepath.Join(dir, "web.toml")
	mustDo(t, os.WriteFile(scenario, []byte("duration = \"10m\"\n[load.a.constant]\nrate = \"10/s\"\n[request]\ncpu = \"5ms\"\n[instance]\ntype = \"c7g.large\"\nboot = \"30s\"\n[auto_scaling_group]\nmin_size = 1\nmax_size = 3\n"), 0o600))
	call := func(args ...string) (int, string) {
		var out, errs bytes.Buffer
		m := machine{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: os.Getenv, now: time.Now, disk: &osDisk{}, simulate: simulated}
		code := run(context.Background(), args, m)
		return code, errs.String()
	}
	if code, text := call("run", scenario, "--no-pictures", "--out", filepath.Join(dir, "out"), "-q"); code != 0 {
		t.Fatal(text)
	}
	path := filepath.Join(dir, "out", "result.json")
	good, err := os.ReadFile(path)
	mustDo(t, err)
	if code, text := call("compare", "a="+path, "b="+path); code != 0 {
		t.Fatalf("the result of a run: exit %d, %s", code, text)
	}
	change := func(part string, f func(m map[string]any)) string {
		var doc map[string]any
		mustDo(t, json.Unmarshal(good, &doc))
		m := doc
		for p := range strings.SplitSeq(part, ".") {
			m = m[p].(map[string]any)
		}
		f(m)
		text, err := json.Marshal(doc)
		mustDo(t, err)
		return string(text)
	}
	for want, text := range map[string]string{
		"lacks tool":                         `{"schema":"asgsim.run/v1"}`,
		"is no JSON object":                  "null x",
		`has the schema "asgsim.run/v9`:      `{"schema":"asgsim.run/v9\u001b[2J"}`,
		"lacks summary.cost_usd.total":       change("summary.cost_usd", func(m map[string]any) { delete(m, "total") }),
		"has a negative summary.cost_usd":    change("summary.cost_usd", func(m map[string]any) { m["total"] = -1 }),
		"has a share above 1":                change("summary.slo", func(m map[string]any) { m["good"] = 1.5 }),
		"percentiles of latency out of":      change("summary.latency_s", func(m map[string]any) { m["p50"] = 599 }),
		"percentiles of latency out":         change("summary.latency_all_s", func(m map[string]any) { m["p50"] = 599 }),
		"a latency of 620 s in a run of 600": change("summary.target_response_time_s", func(m map[string]any) { m["max"] = 620 }),
		"a mean latency of":                  change("summary.latency_s", func(m map[string]any) { m["mean"] = 500.0 }),
		"good, but another share":            change("summary.requests", func(m map[string]any) { m["good_share"] = 0.5 }),
		"slo.met false, which its share":     change("summary.slo", func(m map[string]any) { m["met"] = false }),
		"minutes breached in a run of 600":   change("summary.slo", func(m map[string]any) { m["breached_minutes"] = 12 }),
		"has a total of $1000, but parts":    change("summary.cost_usd", func(m map[string]any) { m["total"] = 1000 }),
		"but $7 a day":                       change("summary.cost_usd", func(m map[string]any) { m["per_day"] = 7 }),
		"impossible summary.cost_usd.ec2":    change("summary.cost_usd", func(m map[string]any) { m["ec2"] = 1e17 }),
		"saves $5 of":                        change("summary", func(m map[string]any) { m["savings"] = []any{map[string]any{"usd": 5, "baseline_usd": 6e6}} }),
		"has summary.slo twice":              strings.Replace(string(good), `"slo":`, `"SLO":{},"slo":`, 1),
		"has schema twice":                   strings.Replace(string(good), `{`, `{"schema":"asgsim.run/v1",`, 1),
		"requests offered, but":              change("summary.requests", func(m map[string]any) { m["offered"] = 1 }),
		"instances in service":               change("summary.capacity.in_service", func(m map[string]any) { m["min"] = 99 }),
		"with a warm-up of":                  change("setup", func(m map[string]any) { m["duration_s"] = 0 }),
		"has a run from":                     change("setup", func(m map[string]any) { m["start"] = m["end"] }),
		"inputs.sha256 that is none":         change("inputs", func(m map[string]any) { m["sha256"] = "\x1b" }),
		"has summary of another shape":       change("summary", func(m map[string]any) { m["savings"] = "none" }),
		"has more than 1048576 bytes of set": change("setup", func(m map[string]any) { m["title"] = strings.Repeat("x", 2<<20) }),
	} {
		mustDo(t, os.WriteFile(path, []byte(text), 0o600))
		if code, said := call("compare", "a="+path, "b="+path); code != 2 || !strings.Contains(said, want) || strings.Contains(said, "\x1b") || len(said) > 500 {
			t.Errorf("%q: exit %d, %.500s", want, code, said)
		}
	}
	mustDo(t, os.Truncate(path, maxResult+1))
	if code, said := call("compare", "a="+path, "b="+path); code != 2 || !strings.Contains(said, "is larger than 134217728 bytes") {
		t.Errorf("too large: exit %d, %s", code, said)
	}
}
