package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// kept is a saved result that says nothing of itself that is not so: 1,000 requests in
// two hours after one of warm-up, 990 of them good, $2 for 20 instance-hours.
func kept() map[string]any {
	n := func(v float64) any { return v }
	return map[string]any{
		"schema": Schema, "tool": map[string]any{"name": "asgsim", "version": "test"},
		"inputs": map[string]any{"sha256": strings.Repeat("0123456789abcdef", 4), "seed": n(1)},
		"setup":  map[string]any{"title": "t", "start": "2026-03-02T00:00:00Z", "end": "2026-03-02T03:00:00Z", "dates": "2 March", "warm_up_s": n(3600), "duration_s": n(10_800)},
		"summary": map[string]any{
			"requests":        map[string]any{"offered": n(1003), "served": n(995), "failed": n(5), "in_flight": n(3), "slow": n(5), "good": n(990), "good_share": n(0.99)},
			"latency_s":       map[string]any{"mean": n(0.1), "p50": n(0.1), "p90": n(0.2), "p95": n(0.3), "p99": n(0.4), "p99_9": n(0.5), "max": n(0.5)},
			"slo":             map[string]any{"met": true, "good": n(0.98), "latency_s": n(0.4), "breached_minutes": n(1), "allowed_minutes": n(1.2)},
			"capacity":        map[string]any{"in_service": map[string]any{"min": n(3), "mean": n(10), "max": n(12)}},
			"cpu_utilization": map[string]any{"mean": n(0.5)},
			"instance_hours":  n(20),
			"cost_usd":        map[string]any{"total": n(2.5), "ec2": n(2), "load_balancer": n(0.4), "monitoring": n(0.1), "per_day": n(30), "ec2_per_day": n(24)},
			"savings":         []any{map[string]any{"baseline": "b", "instances": n(20), "baseline_usd": n(1.5), "usd": n(-0.5), "share": n(-1.0 / 3)}},
		},
	}
}

// change sets what stands at a path.
func change(tree map[string]any, path string, v any) {
	parts := strings.Split(path, ".")
	for _, p := range parts[:len(parts)-1] {
		tree = tree[p].(map[string]any)
	}
	if v == nil {
		delete(tree, parts[len(parts)-1])
		return
	}
	tree[parts[len(parts)-1]] = v
}

func readKept(t *testing.T, tree map[string]any) error {
	t.Helper()
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	_, err = ReadResult(text)
	return err
}

// A saved result is held to the laws of a run: each is broken by one field.
func TestSavedResultsObeyTheLaws(t *testing.T) {
	if err := readKept(t, kept()); err != nil {
		t.Fatalf("a sound one is refused: %v", err)
	}
	for _, row := range []struct {
		path string
		v    any
		want string
	}{
		{"schema", "asgsim.result/99", "has the schema"},
		{"setup", nil, "lacks setup"},
		{"summary.slo.good", nil, "lacks summary.slo.good"},
		{"summary.capacity.in_service", 3.0, "lacks summary.capacity.in_service.min"},
		{"inputs.sha256", strings.Repeat("0", 63), "inputs.sha256 that is none"},
		{"inputs.sha256", strings.Repeat("0", 65), "inputs.sha256 that is none"},
		{"inputs.sha256", strings.Repeat("x", 64), "inputs.sha256 that is none"},
		{"setup.duration_s", 3600.0, "a run of 3600 s with a warm-up of 3600 s"},
		{"setup.warm_up_s", -1.0, "negative setup.warm_up_s"},
		{"setup.duration_s", 3661 * 86400.0, "with a warm-up of 3600 s"},
		{"summary.requests.served", 996.0, "996 served + 5 failed + 3 in flight"},
		{"summary.requests.good", 989.0, "989 good + 5 slow"},
		{"summary.requests.good_share", 0.98, "990 of 1000 requests good, but another share"},
		{"summary.requests.good_share", 1.1, "share above 1"},
		{"summary.slo.met", false, "slo.met false"},
		{"summary.slo.good", 0.995, "slo.met true"},
		{"summary.slo.allowed_minutes", 0.5, "slo.met true"},
		{"summary.slo.breached_minutes", 182.0, "182 minutes breached"},
		{"summary.capacity.in_service.mean", 12.1, "3 to 12 instances in service, 12.1 on average"},
		{"summary.capacity.in_service.mean", 2.9, "3 to 12 instances in service, 2.9 on average"},
		{"summary.capacity.in_service.min", 13.0, "13 to 12 instances"},
		{"summary.latency_s.p99", 0.2, "percentiles of latency out of order: 0.2 s after 0.3 s"},
		{"summary.latency_s.max", 0.4, "percentiles of latency out of order: 0.4 s after 0.5 s"},
		{"summary.latency_s.max", 20_000.0, "a latency of 20000 s in a run of 10800 s"},
		{"summary.latency_s.mean", 0.6, "a mean latency of 0.6 s, and 0.5 s at most"},
		{"summary.cpu_utilization.mean", 1.1, "share above 1"},
		{"summary.cost_usd.total", 2.6, "a total of $2.6, but parts of $2.5"},
		{"summary.cost_usd.per_day", 31.0, "but $31 a day"},
		{"summary.cost_usd.ec2_per_day", 23.0, "in 0.08333333333333333 days"},
		{"summary.cost_usd.monitoring", -0.1, "negative summary.cost_usd.monitoring"},
		{"summary.instance_hours", 1e-9, "$2 for 1e-09 instance-hours"},
		{"summary.instance_hours", 2e20, "impossible summary.instance_hours"},
		{"summary.cost_usd.storage", 2e16, "impossible summary.cost_usd.storage"},
		{"summary.savings", []any{map[string]any{"baseline_usd": 1.5, "usd": 0.5}}, "saves $0.5 of $1.5 with an EC2 cost of $2"},
	} {
		tree := kept()
		change(tree, row.path, row.v)
		if err := readKept(t, tree); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s = %v: %v, want %q", row.path, row.v, err, row.want)
		}
	}
}

// What a run may have written is accepted: percentiles within their 1 %, no request at
// all, an idle mean, a loss beside a baseline.
func TestSavedResultsAtTheLimits(t *testing.T) {
	for name, edit := range map[string]func(map[string]any){
		"percentiles to 1 %": func(x map[string]any) { change(x, "summary.latency_s.max", 0.495) },
		"no request": func(x map[string]any) {
			change(x, "summary.requests", map[string]any{"offered": 0.0, "served": 0.0, "failed": 0.0, "in_flight": 0.0, "slow": 0.0, "good": 0.0, "good_share": json.RawMessage("null")})
		},
		"the share of the SLO":    func(x map[string]any) { change(x, "summary.slo.good", 0.99) },
		"all minutes allowed":     func(x map[string]any) { change(x, "summary.slo.allowed_minutes", 1.0) },
		"a mean above the least":  func(x map[string]any) { change(x, "summary.capacity.in_service.mean", 3.0) },
		"another mean, no share":  func(x map[string]any) { change(x, "summary.capacity.mean", 17.0) },
		"the longest run":         func(x map[string]any) { change(x, "setup.duration_s", 10_800.0) },
		"unknown fields are left": func(x map[string]any) { change(x, "later", "yes") },
	} {
		tree := kept()
		edit(tree)
		if err := readKept(t, tree); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is said twice is refused, at any depth, also in another case; so is what is no
// object or goes on behind one.
func TestSavedResultsSayNothingTwice(t *testing.T) {
	text, err := json.Marshal(kept())
	if err != nil {
		t.Fatal(err)
	}
	for old, row := range map[string]struct{ new, want string }{
		`"seed":1`:     {`"seed":1,"Seed":2`, "has inputs.Seed twice"},
		`"tool":{`:     {`"tool":{},"TOOL":{`, "has TOOL twice"},
		`"p50":0.1`:    {`"p50":0.1,"p50":0.1`, "has summary.latency_s.p50 twice"},
		`"usd":-0.5`:   {`"usd":-0.5,"usd":-0.5`, "has summary.savings[0].usd twice"},
		`{"inputs"`:    {`[{"inputs"`, "no JSON object"},
		`{"inputs":`:   {`{}{"inputs":`, "no JSON object"},
		`"schema":"as`: {`"schema":1,"x":"as`, "has the schema"},
	} {
		bad := bytes.Replace(text, []byte(old), []byte(row.new), 1)
		if bytes.Equal(bad, text) {
			t.Fatalf("no %s in %s", old, text)
		}
		if _, err := ReadResult(bad); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", row.new, err, row.want)
		}
	}
}
