package scenarios

import (
	"context"
	"slices"
	"strings"
	"testing"

	"asgsim/sim/billing"
	"asgsim/sim/world"
)

// A group without a load balancer is billed none, and may not use what only one has.
func TestWithoutALoadBalancerNothingIsBilledForOne(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	load := func(sets ...string) (*Scenario, error) {
		src, err := Shipped("fixed-fleet")
		if err != nil {
			t.Fatal(err)
		}
		return Load(src, OpenShipped, Options{Sets: append(sets, "load_balancer.load_balancer_type=none", "duration=1h", "faults=[]"), Only: []string{"fourteen"}})
	}
	s, err := load("auto_scaling_group.health_check_type=EC2")
	if err != nil {
		t.Fatal(err)
	}
	r, err := world.Run(context.Background(), &s.Configs[0].World, 1)
	if err != nil {
		t.Fatal(err)
	}
	if r.Summary.Cost.LoadBalancer != 0 || slices.ContainsFunc(r.Bill, func(l billing.Line) bool { return l.Group == billing.LoadBalancer }) || r.Summary.Requests.Served == 0 {
		t.Errorf("billed $%v for a load balancer, %v", r.Summary.Cost.LoadBalancer, r.Bill)
	}
	for want, sets := range map[string][]string{
		"health_check_type is ELB": nil,
		"follows its RequestCountPerTarget": {"auto_scaling_group.health_check_type=EC2", "policy.r.target_tracking.predefined_metric_type=ALBRequestCountPerTarget",
			"policy.r.target_tracking.target_value=600"},
		"is of a load balancer": {"auto_scaling_group.health_check_type=EC2", "load_balancer.price=$0.02/h"},
	} {
		if _, err := load(sets...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

// The load balancer's bill of 10 kB responses, a default, doubles with them where the
// bytes decide; it is named beside the bill until it is given. With ten requests a
// connection, 200/s open 20 connections a second, 0.8 LCU; 200/s of 11 kB are 7.92 LCU.
func TestDefaultsThatABillRestsOnAreNamed(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	run := func(sets ...string) []string {
		c := loadShipped(t, "fixed-fleet", Options{Sets: append(sets, "duration=1h", "faults=[]"), Only: []string{"fourteen"}}).Configs[0]
		r, err := world.Run(context.Background(), &c.World, 1)
		if err != nil {
			t.Fatal(err)
		}
		return r.Summary.Cost.RestsOn
	}
	if got := run("load.shop.constant.rate=200/s", "request.request_bytes=1kB"); len(got) != 1 || !strings.HasPrefix(got[0], "request.response_bytes = ") {
		t.Errorf("rests on %v", got)
	}
	if got := run("load.shop.constant.rate=200/s", "request.request_bytes=1kB", "request.response_bytes=10kB"); len(got) != 0 {
		t.Errorf("given, and still named: %v", got)
	}
}
