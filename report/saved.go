package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"asgsim/report/clean"
)

// maxSavedPart bounds each part of a saved result that is read, in bytes.
const maxSavedPart = 1 << 20

// mostUSD is more than any run costs: 100,000 instances for ten years at the highest price
// that a scenario may have cost $8.8e15.
const mostUSD = 1e16

// ReadResult reads what of a saved result can be set beside others: inputs, setup and
// summary. It holds it to what a run can have written: every field that is needed, no
// negative amounts, shares of 0 to 1, percentiles and bounds in order. Errors say what
// is missing or wrong.
func ReadResult(text []byte) (*Document, error) {
	parts, err := members("", text)
	if err != nil {
		return nil, err
	}
	d := &Document{}
	if err := json.Unmarshal(parts["schema"], &d.Schema); err != nil || d.Schema != Schema {
		return nil, fmt.Errorf("has the schema %s, not %q: give the result.json of a run", clean.Quoted(d.Schema), Schema)
	}
	for _, p := range []struct {
		name string
		into any
		need []string
	}{
		{"tool", &d.Tool, []string{"name", "version"}},
		{"inputs", &d.Inputs, []string{"sha256", "seed"}},
		{"setup", &d.Setup, []string{"title", "start", "end", "dates", "warm_up_s", "duration_s"}},
		{"summary", &d.Summary, []string{"requests.offered", "requests.served", "requests.failed", "requests.in_flight", "requests.slow", "requests.good", "requests.good_share",
			"latency_s.p50", "latency_s.p99", "slo.met", "slo.good", "slo.latency_s", "slo.breached_minutes", "capacity.in_service.min", "capacity.in_service.mean", "capacity.in_service.max",
			"cpu_utilization.mean", "instance_hours", "cost_usd.total", "cost_usd.ec2", "cost_usd.load_balancer", "cost_usd.monitoring", "cost_usd.per_day"}},
	} {
		text := parts[p.name]
		if len(text) > maxSavedPart {
			return nil, fmt.Errorf("has more than %d bytes of %s", maxSavedPart, p.name)
		}
		var tree any
		if len(text) == 0 || json.Unmarshal(text, &tree) != nil {
			return nil, fmt.Errorf("lacks %s", p.name)
		}
		if err := once(p.name, text); err != nil {
			return nil, err
		}
		for _, path := range p.need {
			if !holds(tree, strings.Split(path, ".")) {
				return nil, fmt.Errorf("lacks %s.%s", p.name, path)
			}
		}
		if err := possible(p.name, "", tree); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, p.into); err != nil {
			return nil, fmt.Errorf("has %s of another shape", p.name)
		}
	}
	return d, d.consistent()
}

// holds reports whether a value has something at a path, be it null.
func holds(tree any, path []string) bool {
	for _, part := range path {
		table, ok := tree.(map[string]any)
		if !ok {
			return false
		}
		if tree, ok = table[part]; !ok {
			return false
		}
	}
	return true
}

// shares are the fields that hold shares.
var shares = [...]string{"good_share", "bad_share", "good", "mean", "max_minute", "hottest", "worker_utilization"}

// possible checks the ranges of all numbers below a path.
func possible(path, key string, v any) error {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if err := possible(path+"."+k, k, v[k]); err != nil {
				return err
			}
		}
	case []any:
		for i, e := range v {
			if err := possible(fmt.Sprintf("%s[%d]", path, i), key, e); err != nil {
				return err
			}
		}
	case float64:
		signed := strings.HasPrefix(path, "summary.savings") || strings.HasPrefix(path, "summary.forecasts")
		share := slices.Contains(shares[:], key) && (key != "mean" && key != "good" || strings.HasPrefix(path, "summary.cpu_utilization.") || path == "summary.slo.good")
		switch {
		case v < 0 && !signed:
			return fmt.Errorf("has a negative %s: %g", clean.Short(path, clean.Quote), v)
		case share && v > 1.000001:
			return fmt.Errorf("has a share above 1: %s is %g", clean.Short(path, clean.Quote), v)
		case v > 1e20, v > mostUSD && strings.HasPrefix(path, "summary.cost_usd"):
			return fmt.Errorf("has an impossible %s: %g", clean.Short(path, clean.Quote), v)
		}
	}
	return nil
}
