package imports

import (
	"fmt"
	"regexp"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim/cloudwatch"
)

// deepestMath is how many expressions may stand in each other.
const deepestMath = 10

// mathName matches the names of metrics and expressions in metric math.
var mathName = regexp.MustCompile(`[A-Za-z][A-Za-z0-9_]*`)

// math writes [metric.N.math] of an alarm's or a policy's metric math and returns its name;
// empty where something in it is not modelled, which is told.
func (m *mapper) math(v *Value, title, so string) (name string, o observed) {
	place := v.Get("Metrics").Place()
	expression, inputs := "", []*Value(nil)
	expressions := map[string]string{}
	for _, q := range v.list("Metrics") {
		id := q.text("Id")
		if e := q.text("Expression"); e != "" {
			expressions[id] = e
			if is, known := q.Get("ReturnData").truth(); expression == "" || known && is || !known {
				expression = e
			}
			continue
		}
		inputs = append(inputs, q)
	}
	for range deepestMath {
		expression = mathName.ReplaceAllStringFunc(expression, func(s string) string {
			if e, ok := expressions[s]; ok {
				return "(" + e + ")"
			}
			return s
		})
		if len(expression) > 1<<14 {
			break
		}
	}
	math := cloudwatch.Math{Expression: expression}
	var rows []string
	for _, q := range inputs {
		id := q.text("Id")
		if !strings.Contains(expression, "METRICS(") && !uses(expression, id) {
			continue
		}
		in, ok := query(q)
		if !ok {
			m.lose(q.Place(), "metric math over it is not modelled: "+so)
			return "", o
		}
		row, ok := m.mathInput(id, in, so)
		if !ok {
			return "", o
		}
		rows = append(rows, row)
		math.Inputs = append(math.Inputs, cloudwatch.MathInput{ID: id})
		o.period = in.period
	}
	if _, err := math.Compile(); err != nil {
		m.lose(place, fmt.Sprintf("metric math that is not modelled, %s, %v: %s", clean.Quoted(expression), err, so))
		return "", o
	}
	name = m.entryName("metric", title)
	path := "metric." + name + ".math"
	m.put(path+".expression", quoted(expression), v.Get("Metrics"), "")
	m.put(path+".metrics", "{ "+strings.Join(rows, ", ")+" }", nil, "")
	return name, o
}

// uses reports whether an expression names a metric.
func uses(expression, id string) bool {
	for _, s := range mathName.FindAllString(expression, -1) {
		if s == id {
			return true
		}
	}
	return false
}

// mathInput is one metric of an expression as a scenario has it.
func (m *mapper) mathInput(id string, in observed, so string) (string, bool) {
	name := in.metric.Text
	if !m.produces(in) {
		if name = m.replayed(in, ""); name == "" {
			m.lose(in.metric.Place(), clean.Quoted(in.metric.Text)+" is a metric that the simulator does not produce: "+so+"; --metrics FILE with a recording of it has it replayed")
			return "", false
		}
	}
	row := "{ metric_name = " + quoted(name)
	if in.stat != nil && in.stat.Kind == Text {
		row += ", statistic = " + quoted(in.stat.Text)
	}
	if cloudwatch.Metric(name).ByGroup() {
		for _, d := range in.dimensions {
			if g := m.targetsNamed(d, name); g != "" {
				row += ", target_group = " + quoted(g)
			}
		}
	}
	if !cloudwatch.Metric(name).ByGroup() && m.produces(in) {
		for _, d := range in.dimensions {
			if d.text("Name") == "TargetGroup" {
				m.ofAllTargets(name, d)
			}
		}
	}
	return clean.Short(id, 255) + " = " + row + " }", true
}

// targetsNamed is the target group that a dimension names, where there are several: the
// first only of RequestCount, which else is that of all together.
func (m *mapper) targetsNamed(d *Value, metric string) string {
	if len(m.groups) == 0 || d.text("Name") != "TargetGroup" {
		return ""
	}
	for _, g := range m.groups {
		if meant(d.text("Value"), g.ref, g.group) {
			return g.table
		}
	}
	if metric == "RequestCount" && meant(d.text("Value"), m.first.ref, m.first.group) {
		return firstTable
	}
	return ""
}
