package world

import (
	"math"
	"testing"

	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/fault"
)

// What the rows cost adds up to the bill, item by item, and so do the instances: with
// a warm-up, a part of an hour, a commitment, a discount.
func TestRowsAndInstancesAddUpToTheBill(t *testing.T) {
	cfg := timeline(320, 640, 4)
	cfg.Duration, cfg.WarmUp = 200*des.Minute, 20*des.Minute
	cfg.Calendar.Start = 1772449200 + 1234 // hours are the clock's
	cfg.Bill.Discount = 0.1
	cfg.Bill.BalancerHour, cfg.Bill.LCUHour, cfg.Bill.MonitoringHour = billing.Dollars(0.0225), billing.Dollars(0.008), billing.Dollars(0.003)
	cfg.Bill.RequestBytes, cfg.Bill.ResponseBytes, cfg.Bill.RequestsPerConnection = 1e3, 2e4, 10
	cfg.Commitments = []billing.Commitment{{Name: "sp", Kind: billing.EC2InstanceSavingsPlan, PerHour: billing.Dollars(0.2), Discount: 340_000, Until: billing.Open}}
	cfg.Faults = []fault.Fault{fault.Crash{Plan: fault.Plan{Name: "dies", At: []des.Time{des.Time(time90)}, Whom: fault.Whom{Count: 1}}}}
	r := run(t, cfg)
	var ec2, cash, balancer, monitoring float64
	for i := range r.Rows {
		x := &r.Rows[i]
		h := des.Minute.Hours()
		ec2, cash = ec2+x.CostPerHour*h, cash+x.CashPerHour*h
		balancer, monitoring = balancer+x.BalancerPerHour*h, monitoring+x.MonitoringPerHour*h
		if x.At < des.Time(cfg.WarmUp) && (x.BalancerPerHour != 0 || x.MonitoringPerHour != 0 || x.CashPerHour != 0) {
			t.Fatalf("before the window: %+v", x)
		}
	}
	c := &r.Summary.Cost
	for what, v := range map[string][2]float64{"EC2": {ec2, c.EC2}, "cash": {cash, *c.EC2Cash}, "load balancer": {balancer, c.LoadBalancer}, "monitoring": {monitoring, c.Monitoring}} {
		if v[1] == 0 || math.Abs(v[0]-v[1]) > 1e-6 {
			t.Errorf("%s: rows add up to $%v, the bill says $%v", what, v[0], v[1])
		}
	}
	if c.EC2 == *c.EC2Cash {
		t.Error("the commitment changes nothing")
	}
	usd, billed, sent, cpu := 0.0, int64(0), uint64(0), 0.0
	for i := range r.Instances {
		x := &r.Instances[i]
		usd, billed, sent, cpu = usd+x.USD, billed+x.BilledS, sent+x.Sent, cpu+x.CPUS
		if x.Served+x.Failed > x.Sent || x.Routed < x.FirstGood {
			t.Errorf("%s: %d sent, %d served, %d failed; good at %v, routed at %v", x.ID, x.Sent, x.Served, x.Failed, x.FirstGood, x.Routed)
		}
	}
	if math.Abs(usd-c.EC2) > 1e-6 || math.Abs(float64(billed)/3600-r.Summary.InstanceHours) > 1e-9 {
		t.Errorf("instances come to $%v and %v h, the bill to $%v and %v h", usd, float64(billed)/3600, c.EC2, r.Summary.InstanceHours)
	}
	if sent == 0 || cpu < 1 {
		t.Errorf("%d attempts sent, %v vCPU-seconds", sent, cpu)
	}
}

const time90 = 90 * des.Minute
