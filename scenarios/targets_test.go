package scenarios

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/elb"
)

// Slow start is off, and a zone needs one healthy target, unless said otherwise.
func TestTargetGroupKeys(t *testing.T) {
	b := loadLifecycle(t, "").Balancer
	if b.SlowStart != 0 || b.Health != (elb.TargetGroupHealth{DNSFailover: elb.Least{Count: 1}, Routing: elb.Least{Count: 1}}) {
		t.Errorf("%+v", b)
	}
	b = loadLifecycle(t, `
[target_group]
slow_start = "2m"
[target_group.target_group_health.dns_failover]
minimum_healthy_targets_count = "off"
minimum_healthy_targets_percentage = "50%"
[target_group.target_group_health.unhealthy_state_routing]
minimum_healthy_targets_count = 3
`).Balancer
	if b.SlowStart != 2*des.Minute || b.Health != (elb.TargetGroupHealth{DNSFailover: elb.Least{Count: elb.Off, Share: 0.5}, Routing: elb.Least{Count: 3}}) {
		t.Errorf("%+v", b)
	}
}
