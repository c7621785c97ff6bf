package meter

import (
	"math"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// perSecond is a constant load.
type perSecond float64

func (r perSecond) Integral(from, to des.Time) float64 { return float64(r) * to.Sub(from).Seconds() }
func (perSecond) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (perSecond) Flat() bool                           { return true }

// rig is a meter over a group, a balancer and a plane that run: two m5.large of two
// vCPUs get 60 requests of 10 ms a second in turn, which is 0.6 of 4 vCPUs, 15 %.
type rig struct {
	*Meter
	kernel des.Kernel
	cfg    *record.Config
	heard  func(at des.Time, used []Use) // of fine readings
	every  des.Duration
}

func newRig(t *testing.T, edit func(*record.Config)) *rig {
	t.Helper()
	m5, _ := ec2.Lookup("m5.large")
	one := func(v float64) workload.Dist { return workload.Constant{Value: v} }
	r := &rig{cfg: &record.Config{
		Duration: 10 * des.Minute,
		Classes:  []serving.Class{{Name: "request", CPU: one(0.010), Retry: serving.Retry{Attempts: 1}}},
		Loads:    []workload.Load{{Name: "web", Curve: perSecond(60), Arrivals: workload.Arrivals{Kind: workload.Regular}}},
		Template: ec2.Template{Model: ec2.Model{Type: m5, Speed: 1, Workers: 8}, Queue: 10, Pending: one(5), Boot: one(15), Detailed: true},
		Balancer: elb.Config{CrossZone: true, DeregistrationDelay: 30 * des.Second, Algorithm: serving.RoundRobin,
			Check: elb.HealthCheck{Interval: 10 * des.Second, Timeout: 5 * des.Second, HealthyThreshold: 2, UnhealthyThreshold: 2}},
		Group: asg.Config{Name: "web", Min: 1, Max: 4, Zones: []string{"a", "b"}, Warmup: -1, Reconcile: one(1), HealthPeriod: des.Minute, ImpairedWait: 5 * des.Minute, ShuttingDown: one(20), AllBad: 1},
		Watch: cloudwatch.Config{DetailedDelay: des.Minute, BasicDelay: 2 * des.Minute, BalancerDelay: 90 * des.Second, FineDelay: 5 * des.Second},
	}}
	r.cfg.Bill.RequestBytes, r.cfg.Bill.ResponseBytes = 1000, 20_000
	if edit != nil {
		edit(r.cfg)
	}
	end := des.Time(r.cfg.Duration)
	plane, err := serving.New(serving.Config{Seed: 1, Loads: r.cfg.Loads, Classes: r.cfg.Classes, End: end})
	if err != nil {
		t.Fatal(err)
	}
	ran := map[*ec2.Run]bool{}
	fleet := ec2.NewFleet(&r.kernel, plane, &r.cfg.Template, r.cfg.Group.Zones, r.cfg.Group.ShuttingDown, 1, end, ec2.Listener{
		Changed: func(i *ec2.Instance) {
			if i.State == ec2.Running && !ran[i.Run] {
				ran[i.Run] = true
				r.Watch(i)
			}
		},
		Signalled: func(*ec2.Instance) {}, Interrupted: func(*ec2.Instance) {},
	})
	balancer := elb.New(&r.kernel, plane, &r.cfg.Balancer, 2, 1, func(serving.ID, elb.Health) {})
	group := asg.New(&r.kernel, fleet, balancer, &r.cfg.Group, 1, asg.Host{Clock: des.Time.String, Changed: func() {}, Alarmed: func(string) bool { return false }})
	r.Meter = New(Parts{Config: r.cfg, End: end, Kernel: &r.kernel, Plane: plane, Group: group, Balancer: balancer,
		Credits:  func(cloudwatch.Metric, des.Time, map[*ec2.Instance]bool) []float64 { return []float64{7} },
		Forecast: func(cloudwatch.Metric) float64 { return 42 },
		Fine:     func(every des.Duration, heard func(des.Time, []Use)) { r.every, r.heard = every, heard }})
	group.Start(2, max(0, r.cfg.Group.Warmup))
	return r
}

// run runs to the end.
func (r *rig) run() {
	for {
		at, notice := r.Plane.Advance(min(r.kernel.Next(), r.End))
		switch {
		case notice.Kind != serving.None:
			r.kernel.At(at, des.Finish, func() { r.Balancer.Notice(notice) })
		case r.kernel.Next() >= r.End:
			r.Publish(r.End)
			return
		}
		r.kernel.Step()
	}
}

// watch begins to watch a statistic of a metric.
func (r *rig) watch(m cloudwatch.Metric, kind cloudwatch.StatisticKind, period des.Duration) *cloudwatch.Series {
	return r.Series(m, cloudwatch.Statistic{Kind: kind}, period)
}

// last is the newest datapoint of a series.
func last(s *cloudwatch.Series) cloudwatch.Point {
	p := s.Points()
	return p[len(p)-1]
}

// What every metric shows of two instances under a constant load, by arithmetic: 3,600
// requests a minute, half to each; 3.6 MB in and 72 MB out, half through each.
func TestMetricsOfAConstantLoad(t *testing.T) {
	r := newRig(t, nil)
	series := map[*cloudwatch.Series]float64{}
	for _, row := range []struct {
		m    cloudwatch.Metric
		kind cloudwatch.StatisticKind
		want float64
	}{
		{cloudwatch.CPUUtilization, cloudwatch.Average, 15}, {cloudwatch.CPUUtilization, cloudwatch.Maximum, 15},
		{cloudwatch.CPUUtilization, cloudwatch.SampleCount, 2}, {cloudwatch.CPUUtilization, cloudwatch.Sum, 30},
		{cloudwatch.NetworkIn, cloudwatch.Average, 1800 * 1000}, {cloudwatch.NetworkOut, cloudwatch.Sum, 3600 * 20_000},
		// Each request is a sample of 1 ("CloudWatch metrics for your Application Load Balancer", read 2026-11).
		{cloudwatch.RequestCount, cloudwatch.Average, 1}, {cloudwatch.RequestCount, cloudwatch.SampleCount, 3600},
		{cloudwatch.RequestCount, cloudwatch.Sum, 3600}, {cloudwatch.RequestCountPerTarget, cloudwatch.Sum, 1800},
		{cloudwatch.TargetResponseTime, cloudwatch.Average, 0.010}, {cloudwatch.TargetResponseTime, cloudwatch.SampleCount, 3600},
		{cloudwatch.TargetResponseTime, cloudwatch.Sum, 36}, {cloudwatch.TargetResponseTime, cloudwatch.Maximum, 0.010}, {cloudwatch.TargetResponseTime, cloudwatch.Minimum, 0.010},
		{cloudwatch.HealthyHostCount, cloudwatch.Average, 2}, {cloudwatch.UnHealthyHostCount, cloudwatch.Average, 0},
		{cloudwatch.GroupMinSize, cloudwatch.Average, 1}, {cloudwatch.GroupMaxSize, cloudwatch.Average, 4}, {cloudwatch.GroupDesiredCapacity, cloudwatch.Average, 2},
		{cloudwatch.GroupInServiceInstances, cloudwatch.Average, 2}, {cloudwatch.GroupTotalInstances, cloudwatch.Average, 2}, {cloudwatch.GroupPendingInstances, cloudwatch.Average, 0},
		{cloudwatch.GroupStandbyInstances, cloudwatch.Average, 0}, {cloudwatch.GroupTerminatingInstances, cloudwatch.Average, 0},
		{cloudwatch.GroupInServiceCapacity, cloudwatch.Average, 2}, {cloudwatch.GroupTotalCapacity, cloudwatch.Average, 2}, {cloudwatch.GroupPendingCapacity, cloudwatch.Average, 0},
		{cloudwatch.GroupStandbyCapacity, cloudwatch.Average, 0}, {cloudwatch.GroupTerminatingCapacity, cloudwatch.Average, 0},
		{cloudwatch.PredictiveScalingLoadForecast, cloudwatch.Average, 42}, {cloudwatch.CPUCreditBalance, cloudwatch.Average, 7},
	} {
		series[r.watch(row.m, row.kind, des.Minute)] = row.want
	}
	none := r.watch(cloudwatch.WarmPoolMinSize, cloudwatch.Average, des.Minute) // there is no pool
	r.run()
	for s, want := range series {
		if p := last(s); p.Samples == 0 || math.Abs(p.Value-want) > 0.002*want || p.End != r.End {
			t.Errorf("%s: %+v, want %v at the end", s.Name, p, want)
		}
	}
	for _, p := range none.Points() {
		if p.Samples > 0 {
			t.Errorf("a warm pool's metric without a pool: %+v", p)
		}
	}
	for _, row := range r.Rows() {
		if math.Abs(row.CPU-0.15) > 0.001 || math.Abs(row.Hottest-0.15) > 0.001 || math.Abs(row.P50-0.010) > 1e-4 || math.Abs(row.P999-0.010) > 1e-4 ||
			math.Abs(float64(row.Ended[serving.OK])-3600) > 1 || math.Abs(row.Workers-0.6/16) > 1e-3 {
			t.Errorf("row at %v: %+v", row.At, row)
		}
	}
	if n := len(r.Rows()); n != 10 || r.Interval() != des.Minute {
		t.Errorf("%d rows, one every %v", n, r.Interval())
	}
	// 36,000 requests of 10 ms on 4 vCPUs over 10 minutes, and 16 workers.
	if c := r.CPU(); math.Abs(c.Busy-360e9) > 1e9 || c.Available != 4*600e9 || c.Workers != 16*600e9 || math.Abs(c.WorkersBusy-360e9) > 1e9 || math.Abs(c.MaxMinute-0.15) > 0.001 || c.IdleWorkers != 0 {
		t.Errorf("%+v", c)
	}
	readings := r.Readings()
	if len(readings) != 2 || readings[0].Since != 0 || math.Abs(readings[1].Busy-180e9) > 1e9 || readings[1].Ready != 2*600e9 || readings[0].Instance.Run != readings[0].Run {
		t.Errorf("%+v", readings)
	}
	if len(r.Sensors()) != len(series)+1 || len(r.Published()) != len(series)+1 {
		t.Errorf("%d sensors, %d published", len(r.Sensors()), len(r.Published()))
	}
	again := r.watch(cloudwatch.RequestCount, cloudwatch.Sum, des.Minute)
	if _, ok := series[again]; !ok {
		t.Error("a series that is there was made again")
	}
}

// When datapoints are known: a minute late with detailed monitoring, by five minutes and
// two minutes late with basic monitoring, what the balancer shows after 90 s.
func TestPeriodsAndDelays(t *testing.T) {
	for _, detailed := range []bool{true, false} {
		r := newRig(t, func(c *record.Config) { c.Template.Detailed = detailed })
		cpu, count, credit := r.watch(cloudwatch.CPUUtilization, cloudwatch.Average, des.Minute), r.watch(cloudwatch.RequestCount, cloudwatch.Sum, 5*des.Minute), r.watch(cloudwatch.CPUCreditUsage, cloudwatch.Average, des.Minute)
		period, delay := des.Minute, des.Minute
		if !detailed {
			period, delay = 5*des.Minute, 2*des.Minute
		}
		r.run()
		if p := last(cpu); cpu.Period != period || cpu.Delay != delay || math.Abs(p.Value-15) > 0.1 || p.End != r.End || p.Known.Sub(p.End) != delay {
			t.Errorf("detailed %v: CPU every %v after %v: %+v", detailed, cpu.Period, cpu.Delay, p)
		}
		if p := last(count); math.Abs(p.Value-18_000) > 1 || count.Delay != 90*des.Second {
			t.Errorf("requests of five minutes: %+v, after %v", p, count.Delay)
		}
		if credit.Period != 5*des.Minute || credit.Delay != 2*des.Minute {
			t.Errorf("credits every %v after %v", credit.Period, credit.Delay)
		}
	}
	r := newRig(t, nil)
	if s := r.watch(cloudwatch.PredictiveScalingCapacityForecast, cloudwatch.Average, des.Minute); s.Delay != 0 {
		t.Errorf("a forecast is known before its time, not %v after", s.Delay)
	}
}

// Instances in warm-up do not contribute to the group's CPU, those that terminate only
// if asked; a group that grows by one sees it 20 s after its launch.
func TestWhoContributes(t *testing.T) {
	r := newRig(t, func(c *record.Config) { c.Group.Warmup = 4 * des.Minute })
	counts := r.watch(cloudwatch.CPUUtilization, cloudwatch.SampleCount, des.Minute)
	per := r.watch(cloudwatch.RequestCountPerTarget, cloudwatch.Sum, des.Minute)
	r.kernel.At(des.Time(des.Minute), des.Decide, func() { r.Group.SetDesired(3, "by hand") })
	r.run()
	at := func(s *cloudwatch.Series, minute int) float64 { return s.Points()[len(s.Points())-10+minute].Value }
	// In service at 1:06, warm at 5:06.
	if at(counts, 4) != 2 || at(counts, 5) != 3 || math.Abs(at(per, 4)-1200) > 1 || math.Abs(at(per, 0)-1800) > 1 {
		t.Errorf("%v and %v contribute; %v requests per target, and before %v", at(counts, 4), at(counts, 5), at(per, 4), at(per, 0))
	}
	for _, terminating := range []bool{false, true} {
		r := newRig(t, func(c *record.Config) { c.Watch.Terminating, c.Balancer.WaitOut = terminating, true })
		counts := r.watch(cloudwatch.CPUUtilization, cloudwatch.SampleCount, des.Minute)
		draining := r.watch(cloudwatch.GroupTerminatingInstances, cloudwatch.Average, des.Minute)
		r.kernel.At(des.Time(des.Minute+45*des.Second), des.Decide, func() { r.Group.SetDesired(1, "by hand") })
		r.run()
		want := 1.0
		if terminating {
			want = 2
		}
		if p := counts.Points()[len(counts.Points())-9]; p.Value != want {
			t.Errorf("terminating %v: %v contribute while one drains", terminating, p.Value)
		}
		if p := draining.Points()[len(draining.Points())-9]; p.Value != 1 {
			t.Errorf("%v drain at 2:00, want 1", p.Value)
		}
		if p := last(counts); p.Value != 1 {
			t.Errorf("%v contribute in the end", p.Value)
		}
	}
}

// A pool of two stopped instances beside two in service.
func TestMetricsOfAWarmPool(t *testing.T) {
	one := func(v float64) workload.Dist { return workload.Constant{Value: v} }
	r := newRig(t, func(c *record.Config) {
		c.Group.WarmPool = &asg.WarmPool{Min: 2, Prepared: asg.Unlimited, Handover: one(1), Start: one(5), Boot: one(5), Stop: one(5)}
	})
	series := map[*cloudwatch.Series]float64{}
	for m, want := range map[cloudwatch.Metric]float64{
		cloudwatch.WarmPoolMinSize: 2, cloudwatch.WarmPoolDesiredCapacity: 2, cloudwatch.WarmPoolPendingCapacity: 0, cloudwatch.WarmPoolTerminatingCapacity: 0,
		cloudwatch.WarmPoolWarmedCapacity: 2, cloudwatch.WarmPoolTotalCapacity: 2, cloudwatch.GroupAndWarmPoolDesiredCapacity: 4, cloudwatch.GroupAndWarmPoolTotalCapacity: 4,
		cloudwatch.GroupTotalInstances: 2,
	} {
		series[r.watch(m, cloudwatch.Average, des.Minute)] = want
	}
	r.run()
	for s, want := range series {
		if p := last(s); p.Value != want || p.Samples == 0 {
			t.Errorf("%s: %+v, want %v", s.Name, p, want)
		}
	}
}

// With weights, RequestCountPerTarget describes the capacity behind it: two healthy
// instances of three units.
func TestCapacityBehindADatapoint(t *testing.T) {
	r := newRig(t, func(c *record.Config) {
		c.Template.Weight, c.Group.Mixed = 3, &asg.Mixed{OnDemandPercent: 100}
		c.Group.Max = 12
	})
	per, cpu := r.watch(cloudwatch.RequestCountPerTarget, cloudwatch.Sum, des.Minute), r.watch(cloudwatch.CPUUtilization, cloudwatch.Average, des.Minute)
	r.run()
	n := 0
	for _, m := range r.Group.Active() {
		n += m.Units()
	}
	if a, b := last(per), last(cpu); a.Capacity != n || b.Capacity != n || n%3 != 0 || n == 0 {
		t.Errorf("capacities %d and %d, there are %d units", a.Capacity, b.Capacity, n)
	}
}

// Readings finer than a minute: of 40 % and 60 % the average is 50 %, known 5 s later.
func TestFineMetrics(t *testing.T) {
	r := newRig(t, nil)
	fine := r.watch(cloudwatch.CPUUtilization, cloudwatch.Average, 10*des.Second)
	coarse := r.watch(cloudwatch.CPUUtilization, cloudwatch.Average, 30*des.Second)
	if fine.Period != 10*des.Second || fine.Delay != 5*des.Second || r.every != 10*des.Second || coarse == fine {
		t.Fatalf("every %v after %v, read every %v", fine.Period, fine.Delay, r.every)
	}
	used := []Use{}
	for k, m := range r.Group.Active() {
		used = append(used, Use{m.Instance, 0.4 + 0.2*float64(k)})
	}
	used = append(used, Use{&ec2.Instance{}, 1}) // not of the group
	for s := 10; s <= 30; s += 10 {
		r.heard(des.Time(s)*des.Time(des.Second), used)
	}
	if p := last(fine); len(fine.Points()) < 3 || math.Abs(p.Value-50) > 1e-9 || p.Samples != 2 {
		t.Errorf("%+v, want 50 %% of two instances", p)
	}
	if p := last(coarse); math.Abs(p.Value-50) > 1e-9 || p.End != des.Time(30*des.Second) || p.Start != 0 {
		t.Errorf("%+v, want 50 %% from 0 to 30 s", p)
	}
}

// A run of more than two weeks publishes an archive of its rows' interval.
func TestLongRunsAreArchived(t *testing.T) {
	r := newRig(t, func(c *record.Config) { c.Duration = 15 * des.Day })
	r.watch(cloudwatch.RequestCount, cloudwatch.Sum, des.Minute)
	r.Meter.End = des.Time(20 * des.Minute)
	r.run()
	p := r.Published()[0]
	if p.Period != 5*des.Minute || len(p.Points) != 4 || math.Abs(p.Points[1].Value-18_000) > 1 {
		t.Errorf("%d points every %v: %+v", len(p.Points), p.Period, p.Points)
	}
}

// Of a datapoint per target the capacity is that of the targets it divides by: with
// AllTargets also of one that has yet to pass its first checks, else of the healthy ones.
func TestCapacityOfTheTargetsThatCount(t *testing.T) {
	for all, want := range map[bool]int{false: 3, true: 9} { // one is healthy, two are new
		r := newRig(t, func(c *record.Config) {
			c.Template.Weight, c.Group.Mixed = 3, &asg.Mixed{OnDemandPercent: 100}
			c.Group.Max, c.Watch.AllTargets = 12, all
		})
		per := r.watch(cloudwatch.RequestCountPerTarget, cloudwatch.Sum, des.Minute)
		r.kernel.At(des.Time(9*des.Minute+45*des.Second), des.Decide, func() { r.Group.SetDesired(7, "by hand") })
		r.run()
		if r.Group.Overshoot() == 0 {
			t.Fatal("seven units of three fit")
		}
		if p := last(per); p.Capacity != want {
			t.Errorf("all targets %v: %d units behind it, want %d", all, p.Capacity, want)
		}
	}
}
