package world

import (
	"context"
	"testing"

	"asgsim/sim/des"
	"asgsim/workload"
)

// Two seeds meet different loads, one seed the same load whatever the variant.
func TestNoiseIsOfTheRunsSeed(t *testing.T) {
	expected := func(seed uint64, most int) float64 {
		cfg := dense(100, 100, 2)
		cfg.Duration, cfg.Group.Max = 10*des.Minute, most
		cfg.Loads = []workload.Load{{Name: "shop", Curve: workload.ScaleCurve(workload.Noise(workload.ConstantRate(50), 0.3, des.Minute, 1, "shop"), 2)}}
		r, err := Run(context.Background(), cfg, seed)
		if err != nil {
			t.Fatal(err)
		}
		total := 0.0
		for _, row := range r.Rows {
			total += row.Expected
		}
		return total
	}
	if a, b := expected(1, 4), expected(2, 4); a == b {
		t.Error("two seeds, one load")
	}
	if a, b := expected(2, 4), expected(2, 8); a != b {
		t.Errorf("two variants of a replication, two loads: %v and %v", a, b)
	}
}
