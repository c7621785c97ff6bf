package sim

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/queueing"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// goodShare simulates n instances behind a balancer and returns the share of
// requests answered within slo.
func goodShare(t *testing.T, n int, f *queueing.Fleet, cpu, wait workload.Dist, algorithm serving.Algorithm, rate float64, slo des.Duration) float64 {
	t.Helper()
	const requests = 400_000
	end := des.Time(0).Add(des.Seconds(requests / rate))
	plane, err := serving.New(serving.Config{
		Seed:    3,
		Loads:   []workload.Load{{Name: "all", Curve: workload.ConstantRate(rate)}},
		Classes: []serving.Class{{Name: "request", CPU: cpu, Wait: wait, Retry: serving.Retry{Attempts: 1}}},
		End:     end,
	})
	if err != nil {
		t.Fatal(err)
	}
	node := serving.Node{Share: 1}
	for range n {
		discipline := serving.FIFO
		if f.Sharing {
			discipline = serving.ProcessorSharing
		}
		id := plane.Add(serving.Spec{VCPU: f.VCPU, Workers: serving.Unlimited, Queue: serving.Unlimited, Speed: 1, CPUShare: 1, Discipline: discipline})
		node.Targets = append(node.Targets, serving.Target{ID: id, Weight: 1})
	}
	plane.Route(serving.Routing{Algorithm: algorithm, Nodes: []serving.Node{node}})
	period := serving.NewLatencies()
	plane.Advance(end / 20)
	plane.TakePeriod(&period)
	plane.Advance(end)
	plane.TakePeriod(&period)
	return 1 - float64(period.Served.CountAbove(slo))/float64(period.Served.Count())
}

// The estimate of the fleet an SLO needs is at most about one instance in ten
// off: at nine tenths of the rate it allows, the simulated fleet is good enough,
// and it is not far too cautious.
func TestTheNeededFleetAgreesWithSimulation(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates 20 million requests")
	}
	cpu, err := workload.NewLognormal(0.016, 0.95, 0.060)
	if err != nil {
		t.Fatal(err)
	}
	const good, slo = 0.995, 0.4
	for _, wait := range []workload.Dist{nil, workload.Exponential{M: 0.008}} {
		for _, algorithm := range []serving.Algorithm{serving.RoundRobin, serving.LeastOutstandingRequests, serving.WeightedRandom} {
			for _, n := range []int{3, 12} {
				f := &queueing.Fleet{VCPU: 2, Sharing: true, CPU: cpu, Algorithm: queueing.Algorithm(algorithm)}
				if wait != nil {
					f.Wait = wait
				}
				top := float64(n*f.VCPU) / cpu.Mean()
				lo, hi := 0.0, top
				for range 30 {
					if mid := (lo + hi) / 2; f.Needed(mid, slo, good, n) > 0 {
						lo = mid
					} else {
						hi = mid
					}
				}
				under := goodShare(t, n, f, cpu, wait, algorithm, 0.9*lo, des.Seconds(slo))
				over := goodShare(t, n, f, cpu, wait, algorithm, min(1.1*lo, 0.995*top), des.Seconds(slo))
				t.Logf("%d instances, algorithm %d, wait %v: limit %.0f/s (%.0f %% busy): %.4f good at 0.9 of it, %.4f at 1.1", n, algorithm, wait != nil, lo, 100*lo/top, under, over)
				if under < good {
					t.Errorf("too bold: only %.4f good", under)
				}
				if over > 1-(1-good)/2 {
					t.Errorf("too cautious: still %.4f good", over)
				}
			}
		}
	}
}
