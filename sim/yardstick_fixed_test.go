package sim

import (
	"math"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// The lower bound by hand: the work of half the requests (all alike) at the cheapest
// price of a vCPU-hour. A run that is cheaper breaks the audit, unless it misses its SLO.
func TestLowerBoundByHand(t *testing.T) {
	const dollar = billing.USD(1e9)
	cheap := ec2.Model{Type: ec2.Type{VCPU: 2}, Speed: 1, Price: dollar}
	big := ec2.Model{Type: ec2.Type{VCPU: 8}, Speed: 1.25, Weight: 3, Price: 2 * dollar} // $0.67 a unit, $0.2 a vCPU at speed 1
	one, err := workload.NewConstant(0.010)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name     string
		min      int
		requests uint64
		models   []ec2.Model
		mixed    *asg.Mixed
		faster   float64
		want     float64
	}{
		{"min_size is no bound of other groups", 3, 7_200_000, nil, nil, 1, 0.5 * 72000 / 2 / 3600},
		{"work of one type", 0, 7_200_000, nil, nil, 1, 0.5 * 72000 / 2 / 3600},
		{"a faster version", 0, 7_200_000, nil, nil, 2, 0.5 * 72000 / 4 / 3600},
		{"work at the cheapest vCPU", 0, 7_200_000, []ec2.Model{cheap, big}, &asg.Mixed{OnDemandPercent: 100}, 1, 0.5 * 72000 / 10 * 2 / 3600},
		{"Spot: none is known", 6, 7_200_000, []ec2.Model{cheap, big}, &asg.Mixed{OnDemandBase: 2, OnDemandPercent: 25}, 1, 0},
	} {
		cfg := &record.Config{Duration: 10 * des.Hour, SLO: record.SLO{Good: 0.5}, Classes: []serving.Class{{CPU: one}}}
		cfg.Template.Model, cfg.Template.Mixed, cfg.Group.Mixed = cheap, c.models, c.mixed
		cfg.Group.Min, cfg.Group.Max = c.min, 20
		cfg.Events = []asg.Event{{}, {Refresh: &asg.Refresh{Version: ec2.Version{Speed: c.faster}}}}
		o := &Outcome{}
		o.Summary.Requests.Offered = c.requests
		if got := lowerBound(cfg, o); math.Abs(got-c.want) > 0.001*c.want {
			t.Errorf("%s: $%.4f, want $%.4f", c.name, got, c.want)
		}
		for factor, broken := range map[float64]bool{0.98: c.want > 0, 1.02: false} {
			o.Summary.Cost.EC2, o.Summary.SLO.Met = factor*c.want, true
			if got := len(belowBound(cfg, o)) > 0; got != broken {
				t.Errorf("%s: at %v of the bound the audit says broken: %v", c.name, factor, got)
			}
			if o.Summary.SLO.Met = false; len(belowBound(cfg, o)) > 0 {
				t.Errorf("%s: who misses the SLO may be cheaper", c.name)
			}
		}
	}
}

// A fixed fleet has nothing that moves it.
func TestFixedMeansFixed(t *testing.T) {
	cfg := &record.Config{Policies: []scaling.Policy{&scaling.KubernetesHPA{}}, Schedule: []asg.Schedule{{Min: asg.Keep}, {Min: 1}}}
	cfg.Group.Min, cfg.Group.Max, cfg.Group.WarmPool = 4, 9, &asg.WarmPool{Min: 3}
	f := fixedFleet(cfg, 6)
	if len(f.Policies) != 0 || len(f.Schedule) != 0 || f.Group.WarmPool != nil || f.Group.Min != 6 || f.Group.Max != 6 || len(cfg.Schedule) != 2 || len(cfg.Policies) != 1 {
		t.Errorf("%+v", f)
	}
}
