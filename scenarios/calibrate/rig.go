package calibrate

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

const (
	// rigRequests is how many requests a simulated fleet serves at a rate.
	rigRequests = 30_000
	// rigInstances bounds a simulated fleet: larger ones are alike.
	rigInstances = 8
	rigSettles   = des.Minute
)

// shown is what a simulated fleet shows at a rate.
type shown struct {
	served        *serving.Histogram
	p50, p90, p99 float64 // medians of its minutes' TargetResponseTime, seconds
	cpu           float64
}

// fleet simulates so many instances without policies at a constant rate of each.
func (f *fit) fleet(instances, each float64, cpu, wait workload.Dist, workers int) (shown, error) {
	n := max(1, min(rigInstances, int(math.Round(instances))))
	rate := each * float64(n)
	length := des.Seconds(math.Ceil(rigRequests/rate/60) * 60)
	length = min(max(length, 4*des.Minute), 12*des.Hour)
	c := f.alone(n, length+rigSettles)
	c.Loads = []workload.Load{{Name: "calibrate", Curve: workload.ConstantRate(rate), Arrivals: f.arrivals()}}
	c.Classes = []serving.Class{{Name: "request", CPU: cpu, Wait: wait, Retry: serving.Retry{Attempts: 1}}}
	c.Template.Workers = workers
	res, err := f.o.Simulate(f.ctx, c, f.o.Seed)
	if err != nil {
		return shown{}, err
	}
	var rows [4][]float64
	for i := range res.Rows {
		r := &res.Rows[i]
		if r.At < des.Time(rigSettles) || math.IsNaN(r.Target50) {
			continue
		}
		for k, v := range [...]float64{r.Target50, r.Target90, r.Target99, r.CPU} {
			rows[k] = append(rows[k], v)
		}
	}
	return shown{res.Served, median(rows[0]), median(rows[1]), median(rows[2]), median(rows[3])}, nil
}

// alone is the configuration with n instances that nothing happens to.
func (f *fit) alone(n int, length des.Duration) *record.Config {
	c := *f.cfg
	c.Policies, c.Alarms, c.Schedule, c.Events, c.Faults, c.Baseline, c.Commitments = nil, nil, nil, nil, nil, nil, nil
	c.NeededUnasked, c.Explain = true, false
	c.Duration, c.WarmUp = length, rigSettles
	c.Group.Min, c.Group.Max, c.Group.Desired, c.Group.Cold = n, n, asg.Settled, false
	c.Group.WarmPool, c.Group.Mixed, c.Group.Lifetime, c.Group.Rebalance = nil, nil, 0, false
	c.Template.Mixed, c.Template.Spot = nil, nil
	c.Template.Queue = serving.Unlimited
	c.Template.Background = f.background
	c.Template.Speed = f.speed * (1 - f.background)
	return &c
}

// arrivals are how requests of the scenario arrive.
func (f *fit) arrivals() workload.Arrivals {
	if len(f.cfg.Loads) > 0 && f.cfg.Loads[0].Arrivals.Kind != workload.Counts {
		return f.cfg.Loads[0].Arrivals
	}
	return workload.Arrivals{}
}
