package serving

import (
	"testing"

	"asgsim/workload"
)

func BenchmarkQuick(b *testing.B) {
	for _, d := range []Discipline{FIFO, ProcessorSharing} {
		cfg := Config{End: secs(float64(b.N)/512 + 1), Loads: []workload.Load{{Name: "w", Curve: flat(512)}},
			Classes: []Class{{CPU: workload.Exponential{M: 0.1}, Timeout: 10e9}}}
		b.Run(map[Discipline]string{FIFO: "fifo", ProcessorSharing: "ps"}[d], func(b *testing.B) {
			cfg.End = secs(float64(b.N)/512 + 1)
			p := mustNew(b, cfg)
			p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 64, Workers: Unlimited, Discipline: d, Speed: 1, CPUShare: 1})))
			b.ResetTimer()
			p.Advance(cfg.End)
			var l Latencies
			p.TakePeriod(&l)
			b.ReportMetric(l.Served.Mean()*1e3, "mean-ms")
			b.ReportMetric(l.Served.Quantile(0.95)*1e3, "p95-ms")
		})
	}
}
