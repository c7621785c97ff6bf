package meter

import (
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// A datapoint of metric math is that of its inputs' of the same period, and is known when
// the later of them is: of 600 requests, known after a minute, by 3 instances, known after
// two. Where one is missing there is none, unless FILL has a value for it.
func TestDatapointOfMetricMath(t *testing.T) {
	requests := &cloudwatch.Series{Period: des.Minute, Delay: des.Minute, All: true}
	hosts := &cloudwatch.Series{Period: des.Minute, Delay: 2 * des.Minute, All: true}
	for _, row := range []struct {
		expression string
		want       []float64
	}{
		{"m1 / m2", []float64{200}},
		{"FILL(m1, 30) / m2", []float64{200, 10}},
	} {
		math := &cloudwatch.Math{Expression: row.expression, Inputs: []cloudwatch.MathInput{{ID: "m1"}, {ID: "m2"}}}
		formula, err := math.Compile()
		if err != nil {
			t.Fatal(err)
		}
		if len(hosts.Points()) == 0 {
			requests.Put(0, 600, 1)
			hosts.Put(0, 3, 1)
			hosts.Put(des.Time(des.Minute), 3, 1)
		}
		to := &cloudwatch.Series{Period: des.Minute, All: true}
		d := &derived{formula: formula, ids: []string{"m1", "m2"}, inputs: []*cloudwatch.Series{requests, hosts}}
		d.publish(to, des.Time(des.Minute))
		d.publish(to, des.Time(2*des.Minute))
		points := to.Points()
		if len(points) != len(row.want) {
			t.Fatalf("%s: %+v, want %v", row.expression, points, row.want)
		}
		for k, p := range points {
			end := des.Time(k+1) * des.Time(des.Minute)
			if p.Value != row.want[k] || p.Known != end.Add(2*des.Minute) || p.End != end {
				t.Errorf("%s: %+v, want %v known two minutes after %v", row.expression, p, row.want[k], end)
			}
		}
	}
}
