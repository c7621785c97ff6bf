package record

import (
	"math"
	"testing"

	"asgsim/sim/elb"
	"asgsim/workload"
)

// 40 requests of [target_group]'s own load, 100 of api's and 20 of everybody's, of which api
// gets a quarter: api has 105 of 160, [target_group] 55, by either of its names. Without any
// requests the parts are those of the undirected.
func TestPartsOfDirectedLoads(t *testing.T) {
	c := &Config{
		Loads:    []workload.Load{{Name: "site", Group: elb.First}, {Name: "calls", Group: "api"}, {Name: "both"}},
		Balancer: elb.Config{Others: []elb.Other{{Name: "api", Share: 0.25}}},
	}
	for _, x := range []struct {
		group    string
		requests []float64
		want     float64
	}{
		{"api", []float64{40, 100, 20}, 105.0 / 160}, {"", []float64{40, 100, 20}, 55.0 / 160}, {elb.First, []float64{40, 100, 20}, 55.0 / 160},
		{"api", []float64{40, 0, 0}, 0}, {"api", []float64{0, 0, 0}, 0.25}, {"", []float64{0, 0, 0}, 0.75},
	} {
		if got := c.TargetShare(x.group, x.requests); math.Abs(got-x.want) > 1e-12 {
			t.Errorf("%q of %v: %v, want %v", x.group, x.requests, got, x.want)
		}
	}
	if !c.Directed() || (&Config{Loads: []workload.Load{{Name: "both"}}}).Directed() {
		t.Error("a load is directed where it has a group")
	}
}
