package cloudwatch

import (
	"math"

	"asgsim/sim/des"
)

// Math is a metric by metric math ("Use metric math", CloudWatch User Guide, read 2026-11):
// a datapoint for every period for which its inputs have one.
type Math struct {
	Metric     Metric // by the user's name
	Expression string
	Inputs     []MathInput // in order
}

// MathInput is a metric in metric math.
type MathInput struct {
	ID        string // in the expression
	Metric    Metric // published, or replayed
	Statistic Statistic
}

// mostMath is how long an expression may be (MetricDataQuery, CloudWatch API, 2026-08).
const mostMath = 2048

// Compile returns the expression ready to be evaluated; the error says where it is wrong
// and what is not modelled.
func (m *Math) Compile() (*Formula, error) {
	var ids []string
	for _, in := range m.Inputs {
		ids = append(ids, in.ID)
	}
	if n := len(m.Expression); n > mostMath {
		return nil, &MathError{1, "is longer than 2048 characters"}
	}
	p := &mathParser{text: m.Expression, ids: ids}
	p.next()
	f := &Formula{eval: p.or(), last: map[*byte]float64{}}
	if p.token != "" {
		p.fail("does not end after its value")
	}
	if p.err != nil {
		return nil, p.err
	}
	return f, nil
}

// Formula is metric math ready to be evaluated.
type Formula struct {
	eval node
	last map[*byte]float64 // what REPEAT repeats, by its place
}

// Value is that of a period; values are those of the inputs, NaN or none where one is
// missing. NaN: there is no datapoint.
func (f *Formula) Value(values map[string]float64, period des.Duration) float64 {
	v := f.eval(&scope{values, period.Seconds(), f.last})
	if math.IsInf(v, 0) {
		return math.NaN() // a division by zero
	}
	return v
}
