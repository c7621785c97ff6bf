package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// noBalancer is the group without a load balancer: clients spread their requests over
// the instances by themselves, as its algorithm says, and nothing is billed for it.
// What only a load balancer has is refused.
func (d *decoder) noBalancer(w *record.Config) {
	const key = "load_balancer.load_balancer_type"
	if !d.is(key, "none") {
		return
	}
	w.Bill.NoBalancer = true
	remedy := `write load_balancer_type = "application"`
	for _, p := range []string{"load_balancer.price", "load_balancer.lcu_price", "load_balancer.rules"} {
		if d.IsGiven(p) {
			d.Problem(p, d.At(p), form.Wrong(remedy+", or leave it out", "is of a load balancer, and load_balancer_type is none"))
		}
	}
	for _, name := range d.targetGroups {
		d.Problem(otherGroups+"."+name, d.At(otherGroups+"."+name), form.Wrong(remedy+", or leave it out", "is of a load balancer, and load_balancer_type is none"))
	}
	if w.Group.HealthCheckELB {
		d.Problem(key, d.At(key), form.Wrong(remedy+`, or health_check_type = "EC2"`, "is none, and auto_scaling_group.health_check_type is ELB"))
	}
	for _, p := range scaling.Goals(w.Policies) {
		if m, _ := p.Source.Metric.Split(); m == cloudwatch.RequestCountPerTarget {
			d.Problem(key, d.At(key), form.Wrong(remedy, "is none, and policy %s follows its RequestCountPerTarget", p.Policy))
		}
	}
}
