package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"asgsim/report/clean"
)

// maxSavedPart bounds each part of a saved result that is read, in bytes.
const maxSavedPart = 1 << 20

// ReadResult reads what of a saved result can be set beside others: inputs, setup and
// summary. It holds it to what a run can have written: every field that is needed, no
// negative amounts, shares of 0 to 1, percentiles and bounds in order. Errors say what
// is missing or wrong.
func ReadResult(text []byte) (*Document, error) {
	var parts struct {
		Schema                       string
		Tool, Inputs, Setup, Summary json.RawMessage
	}
	if err := json.Unmarshal(text, &parts); err != nil {
		return nil, errors.New("is no JSON object of a result")
	}
	if parts.Schema != Schema {
		return nil, fmt.Errorf("has the schema %s, not %q: give the result.json of a run", clean.Quoted(parts.Schema), Schema)
	}
	d := &Document{Schema: parts.Schema}
	for _, p := range []struct {
		name string
		text json.RawMessage
		into any
		need []string
	}{
		{"tool", parts.Tool, &d.Tool, []string{"name", "version"}},
		{"inputs", parts.Inputs, &d.Inputs, []string{"sha256", "seed"}},
		{"setup", parts.Setup, &d.Setup, []string{"title", "start", "end", "dates", "warm_up_s", "duration_s"}},
		{"summary", parts.Summary, &d.Summary, []string{"requests.offered", "requests.served", "requests.failed", "requests.in_flight", "requests.slow", "requests.good", "requests.good_share",
			"latency_s.p50", "latency_s.p99", "slo.met", "slo.good", "slo.latency_s", "slo.breached_minutes", "capacity.in_service.min", "capacity.in_service.mean", "capacity.in_service.max",
			"cpu_utilization.mean", "instance_hours", "cost_usd.total", "cost_usd.ec2", "cost_usd.load_balancer", "cost_usd.monitoring", "cost_usd.per_day"}},
	} {
		if len(p.text) > maxSavedPart {
			return nil, fmt.Errorf("has more than %d bytes of %s", maxSavedPart, p.name)
		}
		var tree any
		if len(p.text) == 0 || json.Unmarshal(p.text, &tree) != nil {
			return nil, fmt.Errorf("lacks %s", p.name)
		}
		for _, path := range p.need {
			if !holds(tree, strings.Split(path, ".")) {
				return nil, fmt.Errorf("lacks %s.%s", p.name, path)
			}
		}
		if err := possible(p.name, "", tree); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(p.text, p.into); err != nil {
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
		case v > 1e20:
			return fmt.Errorf("has an impossible %s: %g", clean.Short(path, clean.Quote), v)
		}
	}
	return nil
}

// consistent checks what fields say of each other.
func (d *Document) consistent() error {
	r, s := &d.Summary.Requests, &d.Setup
	l, c := &d.Summary.Latency, &d.Summary.Capacity.InService
	switch {
	case len(d.Inputs.SHA256) != 64 || strings.Trim(d.Inputs.SHA256, "0123456789abcdef") != "":
		return errors.New("has an inputs.sha256 that is none")
	case s.DurationS <= s.WarmUpS || s.DurationS > 3660*86400:
		return fmt.Errorf("has a run of %g s with a warm-up of %g s", s.DurationS, s.WarmUpS)
	case r.Served+r.Failed+r.InFlight != r.Offered:
		return fmt.Errorf("has %d requests offered, but %d served + %d failed + %d in flight", r.Offered, r.Served, r.Failed, r.InFlight)
	case r.Good+r.Slow != r.Served:
		return fmt.Errorf("has %d requests served, but %d good + %d slow", r.Served, r.Good, r.Slow)
	case c.Min > c.Max || c.Mean > float64(c.Max)*1.000001 || c.Mean < float64(c.Min)*0.999999:
		return fmt.Errorf("has %d to %d instances in service, %g on average", c.Min, c.Max, c.Mean)
	}
	last := 0.0
	for _, p := range []*float64{l.P50, l.P90, l.P95, l.P99, l.P999, l.Max} {
		if p != nil && *p < last*0.98 { // percentiles are to 1 %, the highest is exact
			return fmt.Errorf("has percentiles of latency out of order: %g s after %g s", *p, last)
		}
		if p != nil {
			last = *p
		}
	}
	return nil
}
