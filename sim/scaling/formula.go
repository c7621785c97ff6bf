package scaling

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// MetricRef is a metric that a formula asks for.
type MetricRef struct {
	Metric    cloudwatch.Metric
	Statistic cloudwatch.Statistic
	Period    des.Duration // of a datapoint
}

// Inputs is all that a formula may see at an instant.
type Inputs struct {
	Desired, InService, Pending, Warm, Min, Max int
	Hour, Minute, Weekday                       int // local; Sunday is 0
	// Points returns the datapoints known, oldest first, of a stretch that ends with
	// the newest; none where the newest is too old to tell.
	Points func(r MetricRef, stretch des.Duration) []float64
}

// Formula is a compiled expression for a capacity.
type Formula struct {
	Refs    []MetricRef // the metrics it asks for
	text    string
	names   []string // variables it uses, in order of appearance
	program *vm.Program
}

// FormulaVariable is a variable of formulas.
type FormulaVariable struct {
	Name, Doc string
	ref       *MetricRef // nil: of the group or the clock
	each      float64    // what the datapoint is multiplied by
}

// FormulaVariables lists the variables in the order of the reference.
func FormulaVariables() []FormulaVariable {
	of := func(name, doc string, m cloudwatch.Metric, k cloudwatch.StatisticKind, each float64) FormulaVariable {
		return FormulaVariable{name, doc, &MetricRef{m, cloudwatch.Statistic{Kind: k}, des.Minute}, each}
	}
	return []FormulaVariable{
		{Name: "desired", Doc: "the desired capacity now"},
		{Name: "in_service", Doc: "instances in service; units of capacity in a group with weights, as the next two"},
		{Name: "warm", Doc: "of those, the ones past their warm-up"},
		{Name: "pending", Doc: "instances launched, not yet in service"},
		{Name: "min_size", Doc: "the lower bound now"},
		{Name: "max_size", Doc: "the upper bound now"},
		{Name: "hour", Doc: "of the local day, 0 to 23"},
		{Name: "minute", Doc: "of the hour, 0 to 59"},
		{Name: "weekday", Doc: "0 to 6, Sunday is 0"},
		of("cpu", "CPUUtilization, percent, average", cloudwatch.CPUUtilization, cloudwatch.Average, 1),
		of("requests_per_second", "RequestCount of a minute / 60", cloudwatch.RequestCount, cloudwatch.Sum, 1.0/60),
		of("requests_per_target", "RequestCountPerTarget, a minute", cloudwatch.RequestCountPerTarget, cloudwatch.Sum, 1),
		of("response_time", "TargetResponseTime, seconds, average", cloudwatch.TargetResponseTime, cloudwatch.Average, 1),
		of("healthy", "HealthyHostCount", cloudwatch.HealthyHostCount, cloudwatch.Average, 1),
	}
}

// scope is what the language sees: its types are checked when a formula is compiled.
type scope struct {
	Desired   int     `expr:"desired"`
	InService int     `expr:"in_service"`
	Warm      int     `expr:"warm"`
	Pending   int     `expr:"pending"`
	Min       int     `expr:"min_size"`
	Max       int     `expr:"max_size"`
	Hour      int     `expr:"hour"`
	Minute    int     `expr:"minute"`
	Weekday   int     `expr:"weekday"`
	CPU       float64 `expr:"cpu"`
	Rate      float64 `expr:"requests_per_second"`
	PerTarget float64 `expr:"requests_per_target"`
	Response  float64 `expr:"response_time"`
	Healthy   float64 `expr:"healthy"`

	Metric func(name, statistic string, period ...string) (float64, error) `expr:"metric"`
	Points func(name, statistic, stretch string) ([]float64, error)        `expr:"datapoints"`
	Known  func(name, statistic string, period ...string) (bool, error)    `expr:"known"`

	Span   func(from, to int) ([]int, error)                 `expr:"(..)"`
	Floats func(list []float64, each int) ([]float64, error) `expr:"(floats)"`
	Ints   func(list []int, each int) ([]int, error)         `expr:"(ints)"`
	List   func(list any, each int) (any, error)             `expr:"(list)"`
}

// The functions of formulas that ask for metrics.
const (
	metricCall = "metric"     // (name, statistic, period): the newest datapoint
	pointsCall = "datapoints" // (name, statistic, stretch): the newest datapoints of a minute each
	knownCall  = "known"      // (name, statistic, period): whether there is a datapoint
)

// Compile checks a formula and makes it ready; beside the metrics that the simulator
// publishes it may ask for recorded ones. The error is a *FormulaError.
func Compile(text string, recorded ...cloudwatch.Metric) (*Formula, error) {
	if err := tooLong(text); err != nil {
		return nil, err
	}
	f := &Formula{text: strings.TrimSpace(text)}
	tree, err := parser.Parse(text)
	if err != nil {
		return nil, formulaError(err)
	}
	v := &refs{formula: f, recorded: recorded}
	ast.Walk(&tree.Node, v)
	v.noTexts()
	if v.err != nil {
		return nil, v.err
	}
	f.program, err = expr.Compile(text, append(bounded(), expr.Env(scope{}), expr.AsFloat64())...)
	if err != nil {
		return nil, formulaError(err)
	}
	return f, nil
}

// formulaError takes the place and the reason out of the library's error.
func formulaError(err error) *FormulaError {
	var at *file.Error
	if !errors.As(err, &at) {
		return &FormulaError{At: 1, Text: strings.Replace(err.Error(), "expected float64, but got", "the result must be a number, but is", 1)}
	}
	e := &FormulaError{At: at.From + 1, Text: tooMany(strings.Replace(at.Message, "unexpected token EOF", "it ends too early", 1))}
	if name, ok := strings.CutPrefix(at.Message, "unknown name "); ok {
		e.Given, e.Text = name, fmt.Sprintf("unknown name %q", name)
		for _, v := range FormulaVariables() {
			e.Known = append(e.Known, v.Name)
		}
		e.Known = append(e.Known, metricCall, pointsCall, knownCall, "ceil", "floor", "round", "abs", "min", "max", "mean", "median", "sum")
	}
	return e
}

// refs collects the metrics that a formula asks for.
type refs struct {
	formula *Formula
	texts   []ast.Node // that are no argument of a call
	err     *FormulaError
	// recorded are the metrics that it may ask for beside those that are published.
	recorded []cloudwatch.Metric
}

// Visit implements ast.Visitor.
func (v *refs) Visit(n *ast.Node) {
	switch c := (*n).(type) {
	case *ast.IdentifierNode:
		for _, known := range FormulaVariables() {
			if known.Name == c.Value && !slices.Contains(v.formula.names, c.Value) {
				v.formula.names = append(v.formula.names, c.Value)
				if known.ref != nil {
					v.add(*known.ref)
				}
			}
		}
		if c.Value == "$env" {
			v.fail(c, "$env is not a variable of formulas")
		}
	case *ast.StringNode, *ast.BytesNode:
		v.texts = append(v.texts, c)
	case *ast.CallNode:
		if callee, ok := c.Callee.(*ast.IdentifierNode); ok && isCall(callee.Value) {
			v.call(callee.Value, c)
		}
	}
}

func isCall(name string) bool { return name == metricCall || name == pointsCall || name == knownCall }

// call takes the metric of a call, whose arguments must be known when the formula
// is compiled.
func (v *refs) call(name string, c *ast.CallNode) {
	var args []string
	for _, a := range c.Arguments {
		s, ok := a.(*ast.StringNode)
		if !ok {
			v.fail(c, fmt.Sprintf("the arguments of %s must be texts in quotes, such as %s(\"CPUUtilization\", \"Average\", \"5m\")", name, name))
			return
		}
		args = append(args, s.Value)
		v.texts = slices.DeleteFunc(v.texts, func(n ast.Node) bool { return n == a })
	}
	if len(args) < 2 || len(args) > 3 || name == pointsCall && len(args) < 3 {
		return // the type check says so
	}
	if _, ok := cloudwatch.MetricOf(args[0]); !ok && !slices.Contains(v.recorded, cloudwatch.Metric(args[0])) {
		v.fail(c.Arguments[0], fmt.Sprintf("unknown metric %q", args[0]))
		v.err.Given, v.err.Known = args[0], cloudwatch.MetricNames()
		for _, m := range v.recorded {
			v.err.Known = append(v.err.Known, m.String())
		}
		return
	}
	if _, err := cloudwatch.StatisticOf(args[1]); err != nil {
		v.fail(c.Arguments[1], err.Error())
		return
	}
	if len(args) == 3 {
		d, ok := stretch(args[2])
		fine := name != pointsCall && cloudwatch.Metric(args[0]).Fine() && cloudwatch.FinePeriod(d)
		if !ok || d%des.Minute != 0 && !fine || d > des.Day {
			v.fail(c.Arguments[2], fmt.Sprintf("%q is not a duration in whole minutes of at most a day, such as \"5m\"", args[2]))
			return
		}
	}
	if name == pointsCall {
		args = args[:2]
	}
	v.add(reference(args))
}

// noTexts refuses texts elsewhere: a formula is about numbers.
func (v *refs) noTexts() {
	if len(v.texts) > 0 {
		v.fail(v.texts[0], fmt.Sprintf("a text or the name of a field stands only in %s, %s and %s", metricCall, pointsCall, knownCall))
	}
}

func (v *refs) fail(n ast.Node, text string) {
	if v.err == nil {
		v.err = &FormulaError{At: n.Location().From + 1, Text: text}
	}
}

func (v *refs) add(r MetricRef) {
	if !slices.Contains(v.formula.Refs, r) {
		v.formula.Refs = append(v.formula.Refs, r)
	}
}

// reference is the metric that a call's arguments name; they are known to be right.
func reference(args []string) MetricRef {
	s, _ := cloudwatch.StatisticOf(args[1])
	r := MetricRef{cloudwatch.Metric(args[0]), s, des.Minute}
	if len(args) > 2 {
		r.Period, _ = stretch(args[2])
	}
	return r
}

// stretch reads "90s", "5m" or "2h".
func stretch(text string) (des.Duration, bool) {
	for _, u := range [...]struct {
		suffix string
		unit   des.Duration
	}{{"s", des.Second}, {"m", des.Minute}, {"h", des.Hour}, {"d", des.Day}} {
		if digits, ok := strings.CutSuffix(text, u.suffix); ok {
			n, err := strconv.Atoi(digits)
			return des.Duration(n) * u.unit, err == nil && n > 0 && n <= 86400
		}
	}
	return 0, false
}

// errNoData is an answer that needs a datapoint that is not known.
var errNoData = errors.New("no datapoint is known of")

// Evaluate returns the value of the formula, what went into it in words, and an
// error that is errNoData where a datapoint is missing.
func (f *Formula) Evaluate(s *Inputs) (value float64, with string, err error) {
	w := &looker{sight: s, left: MaxFormulaSteps}
	value, err = f.run(w)
	return value, w.said, err
}

// run evaluates the formula with what w sees and has left.
func (f *Formula) run(w *looker) (value float64, err error) {
	s := w.sight
	env := scope{Desired: s.Desired, InService: s.InService, Warm: s.Warm, Pending: s.Pending, Min: s.Min, Max: s.Max,
		Hour: s.Hour, Minute: s.Minute, Weekday: s.Weekday, Metric: w.metric, Points: w.points, Known: w.known,
		Span: w.left.span, Floats: w.left.floats, Ints: w.left.ints, List: w.left.list}
	slots := map[string]any{"desired": s.Desired, "in_service": s.InService, "warm": s.Warm, "pending": s.Pending, "min_size": s.Min, "max_size": s.Max,
		"hour": s.Hour, "minute": s.Minute, "weekday": s.Weekday, "cpu": &env.CPU, "requests_per_second": &env.Rate, "requests_per_target": &env.PerTarget,
		"response_time": &env.Response, "healthy": &env.Healthy}
	for _, v := range FormulaVariables() {
		if !slices.Contains(f.names, v.Name) {
			continue
		}
		if v.ref == nil {
			w.say("%s = %v", v.Name, slots[v.Name])
			continue
		}
		points := s.Points(*v.ref, v.ref.Period)
		if len(points) == 0 {
			return 0, fmt.Errorf("%w %s, which %s is", errNoData, v.ref.Metric, v.Name)
		}
		x := points[len(points)-1] * v.each
		*slots[v.Name].(*float64) = x
		w.say("%s = %s", v.Name, number(x))
	}
	out, err := vm.Run(f.program, env)
	if w.missing != nil {
		return 0, w.missing
	}
	if err != nil {
		var at *file.Error
		if errors.As(err, &at) {
			err = fmt.Errorf("at character %d: %s", at.From+1, at.Message)
		}
		return 0, err
	}
	value, _ = out.(float64)
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return value, fmt.Errorf("the result is not a number but %v", value)
	}
	return value, nil
}

// looker answers a formula's questions and remembers what it said.
type looker struct {
	sight   *Inputs
	said    string
	left    budget
	missing error
}

func (w *looker) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if strings.Contains(w.said, text) {
		return
	}
	if w.said != "" {
		w.said += ", "
	}
	w.said += text
}

func (w *looker) metric(name, statistic string, period ...string) (float64, error) {
	r := reference(append([]string{name, statistic}, period...))
	if err := w.left.spend(lookSteps); err != nil {
		return 0, err
	}
	points := w.sight.Points(r, r.Period)
	if len(points) == 0 {
		w.missing = fmt.Errorf("%w %s %s", errNoData, name, statistic)
		return 0, w.missing
	}
	v := points[len(points)-1]
	w.say("%s %s = %s", name, statistic, number(v))
	return v, nil
}

func (w *looker) points(name, statistic, length string) ([]float64, error) {
	d, _ := stretch(length)
	points := w.sight.Points(reference([]string{name, statistic}), d)
	if len(points) == 0 {
		w.missing = fmt.Errorf("%w %s %s", errNoData, name, statistic)
		return nil, w.missing
	}
	if err := w.left.spend(lookSteps + len(points)); err != nil {
		return nil, err
	}
	low, high := slices.Min(points), slices.Max(points)
	w.say("%d of %s %s from %s to %s", len(points), name, statistic, number(low), number(high))
	return points, nil
}

func (w *looker) known(name, statistic string, period ...string) (bool, error) {
	if err := w.left.spend(lookSteps); err != nil {
		return false, err
	}
	r := reference(append([]string{name, statistic}, period...))
	return len(w.sight.Points(r, r.Period)) > 0, nil
}
