package backtest

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/estimate"
)

// Limit is a gate that is not judged yet: an error by its name, and a limit in percent.
type Limit struct {
	Text    string
	key     string
	least   bool // else at most
	percent float64
}

// Keys are the names of what gates are set on.
func Keys() []string {
	var out []string
	for _, f := range figures() {
		if f.key != "errors" {
			out = append(out, "mape_"+f.key, "bias_"+f.key)
		}
	}
	return append(out, "mape_errors", "bias_errors", "instance_hours", "activities_matched")
}

// ParseLimit reads "mape_instances<=10%".
func ParseLimit(text string) (Limit, error) {
	for _, op := range []string{"<=", ">="} {
		key, limit, ok := strings.Cut(text, op)
		if !ok {
			continue
		}
		key, limit = strings.TrimSpace(key), strings.TrimSpace(limit)
		if !slices.Contains(Keys(), key) {
			if near := form.Nearest(key, Keys()); near != "" {
				return Limit{}, fmt.Errorf("gate %q: unknown error %q: did you mean %q?", text, key, near)
			}
			return Limit{}, fmt.Errorf("gate %q: unknown error %q: there are %s", text, key, strings.Join(Keys(), ", "))
		}
		digits, ok := strings.CutSuffix(limit, "%")
		v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if !ok || err != nil || !(v >= 0 && v <= 1e6) {
			return Limit{}, fmt.Errorf("gate %q: the limit must be a percentage of 0 or more, such as \"10%%\"", text)
		}
		return Limit{Text: key + op + limit, key: key, least: op == ">=", percent: v / 100}, nil
	}
	return Limit{}, fmt.Errorf("gate %q: must be an error, <= or >=, and a percentage, such as \"mape_instances<=10%%\"", text)
}

// Judge judges a gate: with one run by its value; with several it passes if the whole
// interval is inside, fails if it is outside, and is open else, as compare's gates are.
func (l Limit) Judge(r *Result) Gate {
	g := Gate{Text: l.Text, Value: Spread{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}, Verdict: estimate.Inconclusive.String()}
	each := r.of(l.key)
	if len(each) == 0 || slices.ContainsFunc(each, math.IsNaN) {
		return g
	}
	sizes := make([]float64, len(each))
	for k, v := range each {
		sizes[k] = math.Abs(v) // of a bias either side counts
	}
	g.Value = size(sizes)
	i := estimate.Mean(sizes, miss)
	if len(sizes) == 1 {
		i.Lo, i.Hi = i.Value, i.Value
	}
	verdict := i.AtMost(l.percent)
	if l.least {
		verdict = i.AtLeast(l.percent)
	}
	g.Verdict = verdict.String()
	return g
}

// of are the values of an error by its key, one a run; none where it is not known.
func (r *Result) of(key string) []float64 {
	switch key {
	case "activities_matched":
		if r.Activities != nil {
			return r.Activities.Share.each
		}
		return nil
	case "instance_hours":
		if r.Instances != nil {
			return r.Instances.Error.each
		}
		return nil
	}
	kind, name, _ := strings.Cut(key, "_")
	for k := range r.Errors {
		if e := &r.Errors[k]; e.Key == name && kind == "mape" {
			return e.MAPE.each
		} else if e.Key == name {
			return e.Bias.each
		}
	}
	return nil
}
