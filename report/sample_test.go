package report

import (
	"math"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

func ptr[T any](v T) *T { return &v }

// sample is a small Result made by hand: two hours of three to five instances,
// one of which hung.
func sample() *account.Result {
	cfg := &record.Config{
		Title:    "A shop over lunch",
		Calendar: des.Calendar{Zone: "Europe/Berlin", Start: 1772449200, Offsets: []des.Offset{{Seconds: 3600}}}, // Mon 2 Mar 2026, 12:00
		Duration: 2 * des.Hour,
		SLO:      record.SLO{Latency: 400 * des.Millisecond, Good: 0.995, BreachedMinutes: 0.01},
		Faults:   []fault.Fault{fault.Hang{Plan: fault.Plan{Name: "frozen"}}, fault.Crash{Plan: fault.Plan{Name: "late"}}},
		Policies: []scaling.Policy{&scaling.TargetTracking{Name: "cpu", Target: 50, HighPeriods: 3, LowPeriods: 15, AlarmPeriod: des.Minute}},
		Baseline: []record.Baseline{{Name: "always-on", Instances: 6}},
	}
	cfg.Template = ec2.Template{Model: ec2.Model{Type: ec2.Type{Name: "c7g.large", VCPU: 2}}, Detailed: true}
	cfg.Group = asg.Config{Name: "shop", Min: 3, Max: 5, Zones: []string{"a", "b"}, HealthCheckELB: true}
	res := &account.Result{Config: cfg, Seed: 1, Interval: des.Minute, Summary: sampleSummary()}
	h := des.Time(des.Hour)
	states := func(at des.Time, ready, booting, desired int) record.CapacityChange {
		return record.CapacityChange{At: at, States: record.States{Ready: ready, Booting: booting}, Running: ready + booting, Desired: desired, MinSize: 3, MaxSize: 5}
	}
	res.Capacity = []record.CapacityChange{states(0, 3, 0, 3), states(h/2, 3, 2, 5), states(h/2+60e9, 5, 0, 5), states(3*h/2, 4, 0, 4)}
	for m := range 120 {
		res.Rows = append(res.Rows, record.Row{At: des.Time(m) * des.Time(des.Minute), Expected: 200, Offered: 12000, Served: 12000, P50: 0.02, P90: 0.05, P99: 0.12,
			P999: math.NaN(), States: record.States{Ready: 3}, Desired: 3, Running: 3, CPU: 0.4, Hottest: 0.45, Workers: math.NaN(), NeededSLO: 3, NeededTarget: -1, CostPerHour: 0.2175, Cost: 0.2175 * float64(m) / 60})
	}
	res.Activities = []asg.Activity{
		{ID: 0, Description: "Launching a new EC2 instance: i-0000000000000002a", Cause: "At 2026-03-02T11:30:00Z a monitor alarm TargetTracking-shop-AlarmHigh in state ALARM triggered policy cpu changing the desired capacity from 3 to 5.",
			Instance: 3, Zone: "a", Launch: true, Start: h / 2, End: h/2 + 60e9, Status: asg.Successful},
		{ID: 1, Description: "Terminating EC2 instance: i-0000000000000001b", Cause: "scale in", Instance: 1, Zone: "b", Start: 3 * h / 2, End: des.Never, Status: asg.WaitingDrain},
	}
	res.Instances = []record.Instance{{ID: "i-0000000000000001a"}, {Ordinal: 1, ID: "i-0000000000000001b"}}
	res.Faults = []record.Injection{{Name: "frozen", Kind: "hang", At: h, Ordinal: 1, Scripted: true}, {Name: "late", Kind: "crash", At: h, Ordinal: -1, Skipped: "no instance in service"}}
	res.Decisions = []record.Decision{{At: h / 4, Policy: "cpu", Metric: math.NaN(), Want: -1, Desired: 3, Result: 3, Why: "no data"}, {At: h / 2, Policy: "cpu", Metric: 61, Want: 4, Desired: 3, Result: 4, Why: "3 x 61 / 50 = 3.66"}}
	res.Inactive = []record.Inactive{{Rule: "fault late", Why: "no instance was in service"}}
	res.Warnings = []string{"basic monitoring under a policy that looks every minute: it sees 5-minute averages"}
	res.Bill = []billing.Line{{Item: "EC2 c7g.large on demand", Group: billing.EC2, Quantity: 7.5, Unit: "instance-hours", Price: billing.Dollars(0.0725), Amount: billing.Dollars(0.54375)}}
	return res
}

func sampleSummary() account.Summary {
	return account.Summary{
		Requests: account.Requests{Offered: 1_440_000, Served: 1_439_500, Failed: 500, Slow: 100, Good: 1_439_400, GoodShare: ptr(1_439_400 / 1.44e6),
			FailedBy: map[string]uint64{"timed_out": 480, "cut_off": 20, "refused": 0}, AttemptsBy: map[string]uint64{"ok": 1_439_500}},
		Latency:        account.Latency{Mean: ptr(0.024), P50: ptr(0.02), P90: ptr(0.05), P95: ptr(0.07), P99: ptr(0.12), P999: ptr(0.3), Max: ptr(9.8)},
		LatencyAll:     account.LatencyAll{P50: ptr(0.02), P90: ptr(0.05), P95: ptr(0.07), P99: ptr(0.121)},
		TargetResponse: account.Latency{Mean: ptr(0.024)},
		SLO:            account.SLOResult{Met: true, LatencyS: 0.4, Good: 0.995, BreachedMinutes: 1, AllowedMinutes: 1.2, ErrorBudgetUsed: 0.08},
		Capacity: account.CapacitySummary{InService: account.MinMeanMax{Min: 3, Mean: 3.75, Max: 5}, Desired: account.MinMeanMax{Min: 3, Mean: 3.75, Max: 5},
			MinSize: 3, MaxSize: 5, Launches: 3, Terminations: 2, ScaleOuts: 1, ScaleIns: 1, MinutesAtMax: 60},
		CPU:           account.CPUSummary{Mean: 0.41, MaxMinute: 0.62, Hottest: 1},
		InstanceHours: 7.5,
		Cost: account.Cost{Total: 0.61, EC2: 0.54375, LoadBalancer: 0.05, Monitoring: 0.01625, PerDay: 7.3, EC2PerDay: 6.5, MonthBasis: "no whole day",
			PriceHour: 0.0725, PriceSource: "on demand, us-east-1, Linux, 2026-07-20", NotIncluded: []string{"EBS", "data transfer"}},
		Savings:     []account.Saving{{Baseline: "always-on", Instances: 6, BaselineUS: 0.87, USD: 0.32625, Share: 0.375, Comparable: true}},
		Needed:      account.Needed{SLOMax: ptr(4)},
		Faults:      account.FaultSummary{Asked: map[string]int{"hang": 1}, Injected: map[string]int{"hang": 1}, Skipped: map[string]int{}},
		Incidents:   []account.Incident{{Fault: "frozen", Kind: "hang", AtS: 3600, Instance: "i-0000000000000001b", DetectS: ptr(25.0), ReplaceS: ptr(182.0), Lost: 480}},
		Engine:      account.Engine{Plane: "exact event plane", Requests: 1_440_000, Attempts: 1_440_000, ControlEvents: 5120},
		WorstMinute: &account.WorstMinute{AtS: 3600, BadShare: 0.04, Kind: account.CauseFault, Why: account.Cause{Kind: account.CauseFault, Fault: "frozen", FaultKind: "hang", Struck: 1}},
	}
}

func sampleDocument() *Document {
	return New(sample(), Tool{Name: "asgsim", Version: "test"}, Inputs{Scenario: "lunch", SHA256: "00ff"})
}

func typed(ns float64) des.Time { return des.Time(ns) }
