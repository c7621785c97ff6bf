package scenarios

import (
	"errors"
	"fmt"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// expressionTable is [policy.N.expression].
type expressionTable struct{}

func (expressionTable) kind() string { return "expression" }

func (expressionTable) keys(p string) []Key {
	var known []string
	for _, v := range scaling.FormulaVariables() {
		known = append(known, v.Name+" ("+v.Doc+")")
	}
	return []Key{
		{Path: p + "desired", Type: Text, Required: true, Sample: `"ceil(requests_per_second / 200) + 1"`, Doc: "A policy of one's own: the formula of the desired capacity, such as \"ceil(requests_per_second / 200) + 1\"; a fraction is rounded up, the result kept within the bounds. Variables: " + strings.Join(known, ", ") +
			". Functions: metric(name, statistic, period), any metric of [alarm.N], a recorded one included, its newest datapoint; datapoints(name, statistic, stretch), those of a minute each over a stretch; known(name, statistic, period), whether there is one; ceil, floor, round, abs, min, max, mean, median, sum and the rest of the expr language (a ? b : c, and, or, **, let). Metrics are seen when CloudWatch publishes them; while one that is asked for has no datapoint of the last ten minutes, nothing is done. A result that is no number changes nothing and is counted in a warning. It may stand beside AWS's policies: the largest capacity counts."},
		{Path: p + "evaluation_period", Type: Duration, Default: `"60s"`, Min: `"10s"`, Max: `"1d"`, Doc: "How often the formula is evaluated; a multiple of 10 seconds."},
		{Path: p + "estimated_instance_warmup", Type: Duration, Absent: "default_instance_warmup, else none", Min: `"0s"`, Max: `"86400s"`, Doc: "While instances are launching or younger than this in service, the policy does not scale in; warm counts the others."},
		{Path: p + "scale_out_cooldown", Type: Duration, Default: `"0s"`, Min: `"0s"`, Max: `"86400s"`, Doc: "Least time from a change by this policy to its next scale-out."},
		{Path: p + "scale_in_cooldown", Type: Duration, Default: `"0s"`, Min: `"0s"`, Max: `"86400s"`, Doc: "Least time from a change by this policy to its next scale-in."},
	}
}

func (expressionTable) read(d *decoder, p, name string, _ *record.Config) scaling.Policy {
	e := &scaling.Expression{Name: name, Warmup: scaling.Unset}
	e.Text, _ = take(d, p+"desired", d.formula)
	e.Recorded = d.replayedMetrics()
	e.Every, _ = d.dur(p + "evaluation_period")
	if d.OK(p+"evaluation_period") && e.Every%(10*des.Second) != 0 {
		d.Problem(p+"evaluation_period", d.At(p+"evaluation_period"), form.Wrong("", "must be a multiple of 10s, not %s", e.Every))
	}
	if v, ok := d.dur(p + "estimated_instance_warmup"); ok {
		e.Warmup = v
	}
	e.OutCooldown, _ = d.dur(p + "scale_out_cooldown")
	e.InCooldown, _ = d.dur(p + "scale_in_cooldown")
	if e.Text == "" {
		return nil
	}
	return e
}

// formula reads the text of an expression and checks it: names, types, metrics.
func (d *decoder) formula(n *form.Node, _ *Key) (string, *form.Mistake) {
	text, b := form.Str(n, "a formula")
	recorded := d.replayedMetrics()
	known := fmt.Sprintf("%q%s", recorded, text)
	switch {
	case b != nil:
		return "", b
	case len(text) > maxFormula:
		return "", form.Wrong("shorten it", "has %d bytes, at most %d are possible", len(text), maxFormula)
	case d.spent.formulas[known]:
		return text, nil
	case d.spent.formulaBytes+len(text) > maxFormulas:
		return "", form.Wrong("shorten them, or take fewer variants", "is beyond %d bytes of formulas, of all policies of all variants together", maxFormulas)
	}
	d.spent.formulaBytes += len(text)
	_, err := scaling.Compile(text, recorded...)
	var e *scaling.FormulaError
	if !errors.As(err, &e) {
		d.spent.formulas[known] = true
		return text, nil
	}
	remedy := ""
	if e.Given != "" {
		remedy = "known here are " + strings.Join(e.Known, ", ")
		if c := form.Nearest(e.Given, e.Known); c != "" {
			remedy = fmt.Sprintf("did you mean %q?", c)
		}
	}
	return "", form.Wrong(remedy, "is wrong at character %d, %s: %s", e.At, around(text, e.At), e.Text)
}

// around quotes the formula from a character on, in short.
func around(text string, at int) string {
	const shown = 24
	r := []rune(text)
	rest := r[min(max(0, at-1), len(r)):]
	if len(rest) == 0 {
		return "its end"
	}
	if len(rest) > shown {
		return fmt.Sprintf("%q", string(rest[:shown])+"...")
	}
	return fmt.Sprintf("%q", string(rest))
}
