package meter

import (
	"math"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// derived is a series by metric math over others.
type derived struct {
	formula *cloudwatch.Formula
	ids     []string
	inputs  []*cloudwatch.Series
}

// publish computes the datapoint of the period that ends at end. It is known when the last
// of its inputs is; where one is missing, when it would have been.
func (d *derived) publish(to *cloudwatch.Series, end des.Time) {
	start := end.Add(-to.Period)
	values, known, capacity := map[string]float64{}, des.Time(math.MinInt64), 0
	for k, in := range d.inputs {
		at := end.Add(in.Delay)
		if p, ok := in.In(start, end); ok {
			values[d.ids[k]], at = p.Value, p.Known
			capacity = max(capacity, p.Capacity)
		}
		known = max(known, at)
	}
	to.PutKnown(start, known, d.formula.Value(values, to.Period), capacity)
}
