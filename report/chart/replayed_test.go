package chart

import (
	"math"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// A picture shows recorded metrics that are watched, each once and two at most, with a gap
// where a datapoint is missing and the limits that alarms and policies have.
func TestRecordedMetricsArePictured(t *testing.T) {
	point := func(minute int, v float64) cloudwatch.Point {
		return cloudwatch.Point{End: des.Time(des.Duration(minute) * des.Minute), Value: v}
	}
	published := func(m cloudwatch.Metric, k cloudwatch.StatisticKind, points ...cloudwatch.Point) record.Published {
		return record.Published{Metric: m, Statistic: cloudwatch.Statistic{Kind: k}, Period: des.Minute, Points: points}
	}
	res := &account.Result{
		Config: &record.Config{
			Recorded: []cloudwatch.Recorded{{Metric: "queue"}, {Metric: "each", PerInstance: true}, {Metric: "third"}},
			Alarms:   []cloudwatch.Definition{{Name: "deep", Metric: "queue", Threshold: 500}, {Name: "hot", Metric: cloudwatch.CPUUtilization, Threshold: 70}},
			Policies: []scaling.Policy{&scaling.TargetTracking{Name: "hold", Metric: scaling.Customized, Custom: scaling.Custom{Metric: "each"}, Target: 100}},
		},
		Metrics: []record.Published{
			published(cloudwatch.CPUUtilization, cloudwatch.Average, point(1, 50)),
			published("queue", cloudwatch.Maximum, point(1, 5), point(2, -6), point(4, 7)),
			published("queue", cloudwatch.Average, point(1, 5)),
			published("each", cloudwatch.Average, point(1, 5)),
			published("third", cloudwatch.Average, point(1, 5)),
		},
	}
	got := replaysOf(res)
	if len(got) != 2 || got[0].title != "queue Maximum, as it was recorded" || got[1].title != "each Average, as it was recorded, by the instances in service" {
		t.Fatalf("%+v", got)
	}
	if r := got[0]; len(r.at) != 4 || r.at[0] != 60 || r.values[0] != 5 || r.values[1] != -6 || !math.IsNaN(r.values[2]) || r.at[3] != 240 || r.values[3] != 7 {
		t.Errorf("at %v: %v", r.at, r.values)
	}
	if l := got[0].limits; len(l) != 1 || l[0] != (limit{500, "alarm deep, 500"}) {
		t.Errorf("limits %v", l)
	}
	if l := got[1].limits; len(l) != 1 || l[0] != (limit{100, "target of hold, 100"}) {
		t.Errorf("limits %v", l)
	}
	if low, high := got[0].span(); low != -6 || high != 500 {
		t.Errorf("from %g to %g, want -6 to 500", low, high)
	}
}
