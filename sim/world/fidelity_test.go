package world

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// Auto is exact up to 60 million requests, 1,000/s for 60,000 s, sampled beyond; but never
// where the table of errors has a row that is beyond what is allowed. Who says exact or
// sampled gets it.
func TestAutoSamplesBeyondItsBudget(t *testing.T) {
	cfg := &record.Config{Duration: 60_000 * des.Second, Loads: []workload.Load{{Curve: workload.ConstantRate(1000)}}}
	for _, k := range []struct {
		rate       float64
		fidelity   record.Fidelity
		algorithm  serving.Algorithm
		discipline serving.Discipline
		want       record.Fidelity
	}{
		{1000, record.Auto, serving.RoundRobin, serving.FIFO, record.Exact},
		{1001, record.Auto, serving.RoundRobin, serving.FIFO, record.Sampled},
		{1001, record.Exact, serving.RoundRobin, serving.FIFO, record.Exact},
		{1, record.Sampled, serving.RoundRobin, serving.FIFO, record.Sampled},
		{1001, record.Auto, serving.WeightedRandom, serving.FIFO, record.Exact},
		{1001, record.Auto, serving.WeightedRandom, serving.ProcessorSharing, record.Sampled},
		{1001, record.Sampled, serving.WeightedRandom, serving.FIFO, record.Sampled},
	} {
		cfg.Loads[0].Curve, cfg.Fidelity = workload.ConstantRate(k.rate), k.fidelity
		cfg.Balancer.Algorithm, cfg.Template.Discipline = k.algorithm, k.discipline
		if got := FidelityOf(cfg); got != k.want {
			t.Errorf("%+v: %v", k, got)
		}
	}
}
