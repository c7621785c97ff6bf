package world

import (
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/record"
	"asgsim/workload"
)

// divideEvery is how often the target groups' parts of the requests are looked at, where
// loads are directed to some: as often as their metrics are published.
const divideEvery = des.Minute

// division gives every target group its part of the requests.
type division struct {
	cfg      *record.Config
	loads    []*workload.Compiled
	kernel   *des.Kernel
	balancer *elb.Balancer
	end      des.Time
}

// divide sets the parts in the minute that begins now. It comes after the metrics of the
// minute before, which are by the parts of that.
func (d *division) divide() {
	now := d.kernel.Now()
	requests := make([]float64, len(d.loads))
	for i, l := range d.loads {
		requests[i] = l.Integral(now, min(now.Add(divideEvery), d.end))
	}
	d.balancer.Divide(func(group string) float64 { return d.cfg.TargetShare(group, requests) })
	if next := now.Add(divideEvery); next < d.end {
		d.kernel.At(next, des.Alarm, d.divide)
	}
}
