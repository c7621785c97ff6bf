package sim

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// Instance is one instance on its own, all requests sent to it.
type Instance struct {
	VCPU       int
	Speed      float64
	Workers    int // serving.Unlimited
	Queue      int // serving.Unlimited
	Admission  serving.Admission
	Discipline serving.Discipline
	CPU, Wait  workload.Dist // Wait may be nil
}

// CurvePoint is what one instance shows at one rate.
type CurvePoint struct {
	Rate     float64 // requests per second
	CPU      float64 // CPU utilization, 0 to 1
	P50, P99 float64 // response times of answered requests in seconds
	Failed   float64 // share of the requests that found the queue full
}

// InstanceCurve simulates the instance at each of the rates with the same random
// numbers, requests of them at each, through the plane that runs use.
func InstanceCurve(i Instance, rates []float64, requests int, seed uint64) ([]CurvePoint, error) {
	var out []CurvePoint
	for _, r := range rates {
		p, _, err := i.at(r, requests, seed)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// settleShare is the beginning of a simulation of one instance that is not
// looked at.
const settleShare = 0.05

// at simulates the instance under Poisson arrivals.
func (i Instance) at(rate float64, requests int, seed uint64) (CurvePoint, *serving.Histogram, error) {
	length := des.Seconds(float64(requests) / rate)
	end := des.Time(0).Add(length)
	begin := des.Time(0).Add(des.Seconds(settleShare * length.Seconds()))
	plane, err := serving.New(serving.Config{
		Seed:    seed,
		Loads:   []workload.Load{{Name: "one-instance", Curve: workload.ConstantRate(rate)}},
		Classes: []serving.Class{{Name: "request", CPU: i.CPU, Wait: i.Wait, Retry: serving.Retry{Attempts: 1}}},
		End:     end,
	})
	if err != nil {
		return CurvePoint{}, nil, fmt.Errorf("one instance: %w", err)
	}
	id := plane.Add(serving.Spec{VCPU: i.VCPU, Workers: i.Workers, Queue: i.Queue, Admission: i.Admission, Discipline: i.Discipline, Speed: i.Speed, CPUShare: 1})
	plane.Route(serving.Routing{Nodes: []serving.Node{{Share: 1, Targets: []serving.Target{{ID: id, Weight: 1}}}}})
	period := serving.NewLatencies()
	var before, after serving.InstanceCounters
	plane.Advance(begin)
	plane.TakePeriod(&period)
	plane.ReadInstance(id, &before)
	plane.Advance(end)
	plane.TakePeriod(&period)
	plane.ReadInstance(id, &after)
	window := float64(end.Sub(begin)) * float64(i.VCPU)
	p := CurvePoint{
		Rate: rate, CPU: float64(after.CPUNanos-before.CPUNanos) / window,
		P50: period.Served.Quantile(0.5), P99: period.Served.Quantile(0.99),
	}
	if n := after.Routed - before.Routed; n > 0 {
		p.Failed = float64(after.Ended[serving.QueueFull]-before.Ended[serving.QueueFull]) / float64(n)
	}
	return p, period.Served, nil
}
