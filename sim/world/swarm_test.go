package world

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// swarm draws a configuration: some features off, extremes likely.
func swarm(t *rapid.T) *record.Config {
	pick := func(name string, values ...float64) float64 { return rapid.SampledFrom(values).Draw(t, name) }
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	cfg := timeline(0, 0, asg.Settled)
	cfg.Duration = des.Seconds(pick("duration", 600, 1830, 3600))
	if flag("warm up") {
		cfg.WarmUp = 5 * des.Minute
	}
	cfg.Loads = nil
	for k := range rapid.IntRange(0, 3).Draw(t, "loads") {
		at := des.Time(des.Seconds(pick("at", 60, 600, 900.5, 3000)))
		cfg.Loads = append(cfg.Loads, workload.Load{
			Name: fmt.Sprint("load", k), Curve: jump{at, pick("before", 0, 0.1, 20, 100), pick("after", 0, 5, 150)},
			Arrivals: workload.Arrivals{Kind: rapid.SampledFrom([]workload.ArrivalKind{workload.Poisson, workload.Regular}).Draw(t, "arrivals")},
		})
	}
	class := serving.Class{Name: "request", CPU: exponential(pick("cpu", 0.001, 0.02, 0.2)), Retry: serving.Retry{Attempts: 1}}
	if flag("wait") {
		class.Wait = exponential(pick("wait mean", 0.01, 0.5))
	}
	if flag("timeout") {
		class.Timeout = des.Seconds(pick("timeout s", 0.05, 1, 10))
	}
	if flag("retry") {
		class.Retry = serving.Retry{Attempts: 3, Backoff: des.Seconds(pick("backoff", 0.01, 1)), Jitter: serving.Jitter(rapid.IntRange(0, 2).Draw(t, "jitter"))}
	}
	if flag("drop") {
		class.Abandoned = serving.Drop
	}
	cfg.Classes = []serving.Class{class}
	cfg.Template.Discipline = serving.Discipline(rapid.IntRange(0, 1).Draw(t, "discipline"))
	if flag("bounded") {
		cfg.Template.Workers, cfg.Template.Queue = rapid.IntRange(1, 50).Draw(t, "workers"), rapid.IntRange(0, 100).Draw(t, "queue")
	}
	cfg.Template.Boot, cfg.Template.Pending = exponential(pick("boot", 1, 40, 400)), exponential(pick("pending", 1, 10))
	cfg.Template.BootCPU, cfg.Template.Detailed = pick("boot cpu", 0, 1), flag("detailed")
	cfg.Template.Hourly = flag("hourly")
	cfg.Template.Speed = pick("speed", 0.01, 0.5, 1, 2, 1000)
	cfg.Balancer.Algorithm = serving.Algorithm(rapid.IntRange(0, 2).Draw(t, "algorithm"))
	cfg.Balancer.CrossZone = flag("cross zone")
	if flag("target group") {
		least := func(name string) elb.Least {
			return elb.Least{Count: rapid.SampledFrom([]int{elb.Off, 0, 1, 3}).Draw(t, name+" count"), Share: pick(name+" share", 0, 0.5, 1)}
		}
		cfg.Balancer.SlowStart = des.Seconds(pick("slow start", 0, 30, 300))
		cfg.Balancer.Health = elb.TargetGroupHealth{DNSFailover: least("dns"), Routing: least("routing")}
	}
	cfg.Balancer.DeregistrationDelay = des.Seconds(pick("drain", 0, 30, 300))
	if flag("undocumented") {
		cfg.Balancer.WaitOut, cfg.Balancer.SlowFloor = flag("whole delay"), pick("slow floor", 0, 0.5, 1)
		cfg.Watch.AllTargets, cfg.Watch.Terminating, cfg.Watch.Range = flag("all targets"), flag("terminating"), pick("range", 0, 1, 3)
		cfg.Group.RoundUp = flag("hasty")
	}
	cfg.Balancer.Check.Interval = des.Seconds(pick("interval", 5, 30))
	g := &cfg.Group
	g.Min = rapid.IntRange(0, 3).Draw(t, "min")
	g.Max = g.Min + rapid.IntRange(0, 12).Draw(t, "range")
	g.Desired = asg.Settled
	if flag("explicit desired") {
		g.Desired = rapid.IntRange(g.Min, g.Max).Draw(t, "desired")
	}
	g.Cold, g.HealthCheckELB, g.AtBootDone = flag("cold"), flag("elb checks"), flag("in service at boot done")
	g.Grace = des.Seconds(pick("grace", 0, 120, 600))
	g.Warmup = rapid.SampledFrom([]des.Duration{scaling.Unset, 0, des.Minute, 300 * des.Second}).Draw(t, "warmup")
	if flag("fixed") {
		cfg.Policies = nil
	} else {
		tracking(cfg, 0).Target = pick("target", 20, 50, 90)
		tracking(cfg, 0).Metric = scaling.Metric(rapid.IntRange(0, 3).Draw(t, "metric"))
		tracking(cfg, 0).InStep = scaling.InStep(rapid.IntRange(0, 2).Draw(t, "in step"))
		if flag("high resolution") {
			period := des.Seconds(pick("fine period", 10, 30))
			tracking(cfg, 0).Metric, tracking(cfg, 0).AlarmPeriod = scaling.Customized, period
			tracking(cfg, 0).Custom = scaling.Custom{Metric: cloudwatch.CPUUtilization, Period: period}
		}
		tracking(cfg, 0).Basis = scaling.Basis(rapid.IntRange(0, 2).Draw(t, "basis"))
	}
	if flag("step") {
		cfg.Alarms = append(cfg.Alarms, highCPU(), lowCPU())
		cfg.Policies = append(cfg.Policies,
			&scaling.StepScaling{Name: "out", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50}, Warmup: scaling.Unset, Newest: flag("newest"), OneWay: flag("one way"), ZeroMoves: flag("zero moves"),
				Adjustment: scaling.Adjustment{Type: scaling.AdjustmentType(rapid.IntRange(0, 2).Draw(t, "adjustment"))},
				Steps:      []scaling.Step{{Lower: 0, Upper: math.Inf(1), Adjustment: rapid.IntRange(0, 40).Draw(t, "out by")}}},
			&scaling.StepScaling{Name: "in", Alarm: scaling.AlarmRef{Name: "low", Threshold: 30}, Warmup: scaling.Unset, Steps: []scaling.Step{{Lower: math.Inf(-1), Upper: 0, Adjustment: -1}}},
		)
		if flag("simple") {
			cfg.Policies = append(cfg.Policies, &scaling.SimpleScaling{Name: "simple", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50}, Amount: 2, Cooldown: scaling.Unset})
		}
	}
	if flag("schedule") {
		size := func(name string) int { return rapid.IntRange(asg.Keep, 12).Draw(t, name) }
		cfg.Schedule = []asg.Schedule{{Name: "action", At: []des.Time{des.Time(des.Seconds(pick("action at", 0, 200, 700)))}, Min: size("min to"), Max: size("max to"), Desired: size("desired to"),
			Ran: des.Time(des.Seconds(pick("ran before", 0, -3600)))}}
	}
	for k := range rapid.IntRange(0, 2).Draw(t, "faults") {
		name, hang := fmt.Sprint("fault", k), rapid.IntRange(0, 1).Draw(t, "fault kind") == 1
		f := fault.Hang{Plan: fault.Plan{Name: name, Whom: fault.Whom{Count: 1}}}
		process, impaired := flag("process"), flag("impaired")
		f.Impaired = impaired
		if flag("scripted") {
			f.At, f.Count = []des.Time{des.Time(des.Seconds(pick("fault at", 0, 300, 1000)))}, rapid.IntRange(1, 5).Draw(t, "count")
		} else {
			f.Life = exponential(pick("mtbf", 300, 3600))
		}
		var drawn fault.Fault = f
		if !hang {
			drawn = fault.Crash{Plan: fault.Plan{Name: name, At: f.At, Life: f.Life, Whom: fault.Whom{Count: f.Count}}, Process: process}
		}
		if flag("zone outage") {
			drawn = fault.ZoneOutage{Plan: fault.Plan{Name: name, At: []des.Time{des.Time(des.Seconds(pick("outage at", 0, 300, 1000)))},
				Lasts: des.Seconds(pick("outage", 60, 1200, 7200))}, Zone: rapid.IntRange(0, 1).Draw(t, "zone")}
		}
		if flag("shared fault") {
			drawn = swarmStretch(t, name)
		}
		cfg.Faults = append(cfg.Faults, drawn)
	}
	swarmLifecycle(t, cfg)
	swarmMixed(t, cfg)
	swarmAutoscaler(t, cfg)
	cfg.Baseline = []record.Baseline{{Name: "always-on", Instances: g.Max}}
	cfg.NeededUnasked = true
	return cfg
}

// swarmStretch draws a fault of what all instances share, again and again.
func swarmStretch(t *rapid.T, name string) fault.Fault {
	pick := func(name string, values ...float64) float64 { return rapid.SampledFrom(values).Draw(t, name) }
	p := fault.Plan{Name: name, Every: des.Seconds(pick("every", 300, 900)), Lasts: des.Seconds(pick("lasts", 60, 290))}
	zone := rapid.IntRange(0, 1).Draw(t, "zone")
	switch rapid.IntRange(0, 4).Draw(t, "shared kind") {
	case 0:
		return fault.APIThrottling{Plan: p}
	case 1:
		return fault.MetricDelay{Plan: p, Delay: des.Seconds(pick("delay", 60, 600))}
	case 2:
		return fault.MetricGap{Plan: p}
	case 3:
		return fault.ZoneImpairment{Plan: p, Zone: zone, Network: ec2.Network{Lost: pick("loss", 0, 0.3, 1), Delay: des.Seconds(pick("latency", 0.05, 1))}}
	default:
		return fault.BadDeploy{Plan: p, InPlace: zone == 0, Version: &ec2.Version{Speed: pick("speed", 1, 0.5), Healthy: true, Errors: pick("errors", 0, 0.5), Checks: ec2.ChecksFail}}
	}
}

// swarmAutoscaler draws an autoscaler of another system, or predictive scaling.
func swarmAutoscaler(t *rapid.T, cfg *record.Config) {
	pick := func(name string, values ...float64) float64 { return rapid.SampledFrom(values).Draw(t, name) }
	span := func(name string, values ...float64) des.Duration { return des.Seconds(pick(name, values...)) }
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	target := pick("autoscaler target", 20, 50, 100)
	kind := rapid.IntRange(0, 6).Draw(t, "autoscaler")
	if kind >= 1 && kind <= 3 {
		cfg.Policies, cfg.Alarms = nil, nil
	}
	switch kind {
	case 1:
		h := &scaling.KubernetesHPA{Name: "pods", Target: target, SyncPeriod: span("sync", 1, 15, 3600), Tolerance: pick("tolerance", 0, 0.1), Up: scaling.DefaultUp(), Down: scaling.DefaultDown(),
			Resolution: span("resolution", 1, 15, 600), Delay: span("metric delay", 0, 10, 300)}
		h.Up.Select, h.Down.Window = scaling.Select(rapid.IntRange(0, 2).Draw(t, "select")), span("down window", 0, 300)
		cfg.Policies = append(cfg.Policies, h)
	case 2:
		g := &scaling.GCPAutoscaler{Name: "mig", Mode: scaling.GCPMode(rapid.IntRange(0, 2).Draw(t, "mode")), CPU: target, Init: span("init", 0, 60, 3600),
			Stabilization: span("stabilization", 0, 600), Delay: span("metric delay", 0, 60, 300)}
		if flag("load balancing") {
			g.Balancing, g.MaxRate = 80, pick("max rate", 0.1, 50)
		}
		if flag("scale-in control") {
			g.In = &scaling.ScaleInControl{Fixed: rapid.IntRange(0, 3).Draw(t, "fixed"), Percent: pick("percent", 0, 10, 100), Window: span("control window", 60, 600)}
		}
		cfg.Policies = append(cfg.Policies, g)
	case 3:
		a := &scaling.AzureAutoscale{}
		for k := range rapid.IntRange(1, 4).Draw(t, "rules") {
			a.Rules = append(a.Rules, scaling.AzureRule{
				Name: fmt.Sprint("rule", k), Metric: scaling.AzureMetric(rapid.IntRange(0, 3).Draw(t, "azure metric")), Statistic: scaling.AzureStatistic(rapid.IntRange(0, 3).Draw(t, "statistic")),
				Aggregation: scaling.AzureStatistic(rapid.IntRange(0, 5).Draw(t, "aggregation")), Grain: span("grain", 60, 300), Window: span("window", 300, 600),
				Operator: scaling.AzureOperator(rapid.IntRange(0, 5).Draw(t, "operator")), Threshold: pick("threshold", 0, 30, 60, 1e5), PerInstance: flag("per instance"), Increase: flag("increase"),
				Action: scaling.AzureAction(rapid.IntRange(0, 2).Draw(t, "action")), Value: rapid.IntRange(1, 30).Draw(t, "value"), Cooldown: span("azure cooldown", 60, 300), Delay: span("azure delay", 0, 60),
			})
		}
		cfg.Policies = append(cfg.Policies, a)
	case 4:
		cfg.Policies = append(cfg.Policies, &scaling.Predictive{Name: "ahead", Pair: scaling.Pair(rapid.IntRange(0, 3).Draw(t, "pair")), Model: scaling.Model(rapid.IntRange(0, 2).Draw(t, "model")), Target: target, Scale: flag("scale"), Buffer: span("buffer", 0, 300),
			Increase: flag("increase max"), MaxBuffer: pick("max buffer", 0, 0.5)})
	case 5:
		for k := range rapid.IntRange(1, 2).Draw(t, "expressions") {
			cfg.Policies = append(cfg.Policies, &scaling.Expression{
				Name: fmt.Sprint("own", k), Every: span("every", 10, 60, 300), Warmup: span("expression warmup", 0, 120), OutCooldown: span("out cooldown", 0, 300), InCooldown: span("in cooldown", 0, 300),
				Text: rapid.SampledFrom([]string{"requests_per_second / 20 + 1", "desired + (cpu > 50 ? 2 : -1)", "1 / (minute % 3)", "known('TargetResponseTime', 'p99') ? metric('TargetResponseTime', 'p99') * 10 : max_size",
					"max(datapoints('CPUUtilization', 'Maximum', '5m')) / 20 - pending", "weekday * hour - 3"}).Draw(t, "formula"),
			})
		}
	}
}

// swarmLifecycle draws hooks, termination policies, suspended processes, events
// and how instances are replaced.
func swarmLifecycle(t *rapid.T, cfg *record.Config) {
	pick := func(name string, values ...float64) float64 { return rapid.SampledFrom(values).Draw(t, name) }
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	g := &cfg.Group
	if flag("lifecycle") {
		return
	}
	for k := range rapid.IntRange(0, 3).Draw(t, "hooks") {
		g.Hooks = append(g.Hooks, asg.Hook{
			Name: fmt.Sprint("hook", k), Launching: flag("launching"), Timeout: des.Seconds(pick("heartbeat timeout", 30, 300, 3600)), Continue: flag("continue"),
			Took: exponential(pick("took", 1, 100, 1000)), Success: pick("success", 0, 0.5, 1), Every: des.Seconds(pick("heartbeat", 0, 20, 100)),
		})
	}
	for range rapid.IntRange(0, 2).Draw(t, "termination policies") {
		g.Termination = append(g.Termination, asg.TerminationPolicy(rapid.IntRange(0, 5).Draw(t, "termination")))
	}
	g.Protect = flag("protect")
	g.BalancedOnly = flag("balanced only")
	process := func() asg.Process {
		return asg.Process(rapid.IntRange(0, len(asg.Processes())-1).Draw(t, "process name"))
	}
	if flag("suspended") {
		g.Suspended = []asg.Process{process()}
	}
	if flag("maintenance") {
		g.Maintenance = &asg.Maintenance{MinHealthy: pick("min healthy", 0, 0.5, 0.9, 1), MaxHealthy: pick("max healthy", 1, 1.1, 1.5), Outwards: g.RoundUp}
	}
	if flag("lifetime") {
		g.Lifetime = des.Seconds(pick("lifetime", 600, 1800, 86400)) // shorter than AWS lets it be
	}
	if flag("warm pool") {
		g.WarmPool = &asg.WarmPool{
			State: asg.PoolState(rapid.IntRange(0, 2).Draw(t, "pool state")), Min: rapid.IntRange(0, 3).Draw(t, "pool min"),
			Prepared: rapid.IntRange(asg.Unlimited, 8).Draw(t, "prepared"), Reuse: flag("reuse"),
			Handover: seconds64(2), Start: exponential(pick("start", 1, 10)), Boot: exponential(pick("restart", 1, 40)), Stop: exponential(pick("stop", 1, 60)),
		}
	}
	for k := range rapid.IntRange(0, 4).Draw(t, "events") {
		cfg.Events = append(cfg.Events, asg.Event{
			Zone: rapid.SampledFrom([]string{"", "", "a"}).Draw(t, "event zone"), Honour: flag("honour"),
			Sizes: asg.Sizes{Min: rapid.IntRange(asg.Keep, 6).Draw(t, "new min"), Max: rapid.IntRange(asg.Keep, 12).Draw(t, "new max"), Desired: rapid.IntRange(0, 8).Draw(t, "new desired")},
			Name:  fmt.Sprint("event", k), Kind: asg.EventKind(rapid.IntRange(0, int(asg.EventRecommend)).Draw(t, "event kind")), At: []des.Time{des.Time(des.Seconds(pick("event at", 0, 301, 900, 1500)))},
			Refresh: &asg.Refresh{
				Pace: asg.Maintenance{MinHealthy: pick("refresh min", 0, 0.5, 0.9, 1), MaxHealthy: pick("refresh max", 1, 1.1)}, Warmup: des.Seconds(pick("refresh warmup", 0, 60)),
				Bake: des.Seconds(pick("bake", 0, 100)), SkipMatching: flag("skip matching"), Protected: asg.Holdouts(rapid.IntRange(0, 2).Draw(t, "protected ones")), Standby: asg.Holdouts(rapid.IntRange(0, 2).Draw(t, "those in standby")), AutoRollback: flag("rollback"), Checkpoints: rapid.SampledFrom([][]float64{nil, {0.2, 1}, {0.5}}).Draw(t, "checkpoints"),
				CheckpointDelay: des.Seconds(pick("checkpoint delay", 0, 200)), Version: ec2.Version{Speed: pick("version speed", 0.5, 1, 2, 1000), Errors: pick("errors", 0, 0.5), Healthy: flag("healthy")},
			},
			Count: rapid.IntRange(asg.All, 4).Draw(t, "event count"), Decrement: flag("decrement"), Protected: flag("protected"), Processes: []asg.Process{process()}, Zones: rapid.SampledFrom([][]int{{0}, {1}, {0, 1}}).Draw(t, "event zones"),
		})
	}
}

// Whatever is configured, every law of the audit holds, the same run gives the
// same bytes, and what is told agrees with itself.
func TestSwarm(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cfg := swarm(t)
		seed := rapid.Uint64Range(1, 1000).Draw(t, "seed")
		r, err := Run(context.Background(), cfg, seed)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range r.Violations {
			t.Errorf("audit: %s: %s", v.Law, v.Detail)
		}
		checkStory(t, r)
	})
}

// overshoot is by how much a group may be above its maximum while it evens out
// its zones or replaces instances.
func overshoot(cfg *record.Config) int {
	n := 1
	for _, m := range cfg.Template.Mixed {
		n = max(n, 4*m.Weight)
	}
	if cfg.Group.Rebalance {
		n += max(1, cfg.Group.Max/10)
	}
	if m := cfg.Group.Maintenance; m != nil {
		_, run := m.Bounds(cfg.Group.Max)
		n += run - cfg.Group.Max
	}
	for _, e := range cfg.Events {
		if e.Kind == asg.EventRefresh {
			_, run := e.Refresh.Pace.Bounds(cfg.Group.Max)
			n += run - cfg.Group.Max
		}
	}
	return n
}

// checkStory holds what the result tells against its own records.
func checkStory(t *rapid.T, r *account.Result) {
	s := &r.Summary
	raised := slices.ContainsFunc(r.Config.Policies, func(p scaling.Policy) bool { f, ok := p.(*scaling.Predictive); return ok && f.Increase }) || slices.ContainsFunc(r.Config.Events, func(e asg.Event) bool { return e.Kind == asg.EventUpdate })
	if got := s.Capacity.InService.Max; len(r.Config.Schedule) == 0 && !raised && got > r.Config.Group.Max+overshoot(r.Config) {
		t.Errorf("%d in service, max_size %d", got, r.Config.Group.Max)
	}
	open := map[int]bool{}
	for _, a := range r.Activities {
		if a.Cause == "" || a.Description == "" || a.End < a.Start {
			t.Errorf("activity %+v", a)
		}
		if !a.Launch && !a.Move {
			open[a.Instance] = true
		}
	}
	for _, i := range r.Instances {
		if terminated := i.End.Kind != asg.NotEnded && i.End.Kind != asg.EndDetached; terminated != open[i.Ordinal] {
			t.Errorf("instance %d: terminated %v, activity %v", i.Ordinal, terminated, open[i.Ordinal])
		}
		drained := false
		for k, c := range i.Changes {
			if k > 0 && c.At < i.Changes[k-1].At {
				t.Errorf("instance %d: changes out of order: %v", i.Ordinal, i.Changes)
			}
			drained = drained || c.State == record.Draining
			if c.State == record.Ready && (i.FirstGood == des.Never || i.FirstGood > c.At) {
				t.Errorf("instance %d is ready at %v without a good probe before", i.Ordinal, c.At)
			}
		}
		_ = drained
	}
	var hours int64
	for _, i := range r.Instances {
		hours += i.BilledS
	}
	if float64(hours)/3600 != s.InstanceHours {
		t.Errorf("%v instance-hours, but the instances add up to %v", s.InstanceHours, float64(hours)/3600)
	}
	for _, h := range r.Holds {
		if h.Until != des.Never && (h.Until < h.From || h.Until > h.Limit) || h.From > h.Limit {
			t.Errorf("hold %+v", h)
		}
		if (h.Kind == asg.HookWait) != (h.Instance >= 0) {
			t.Errorf("whose is hold %+v", h)
		}
	}
	if _, ok := ec2.Lookup(r.Config.Template.Type.Name); !ok {
		t.Error("unknown type")
	}
}
