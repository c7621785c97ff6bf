package sim

import (
	"context"
	"fmt"
	"math"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/estimate"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// hill is a small load that rises and falls once.
type hill struct{ end des.Time }

func (h hill) Integral(from, to des.Time) float64 {
	f := func(t des.Time) float64 { // integral of 40 + 60 (1 - cos(2 pi t/end)) / 2
		w := 2 * math.Pi / h.end.Seconds()
		return 70*t.Seconds() - 30*math.Sin(w*t.Seconds())/w
	}
	return f(to) - f(from)
}
func (hill) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (hill) Flat() bool                           { return false }

func constant(v float64) workload.Dist {
	d, err := workload.NewConstant(v)
	if err != nil {
		panic(err)
	}
	return d
}

func exponential(mean float64) workload.Dist {
	d, err := workload.NewExponential(mean)
	if err != nil {
		panic(err)
	}
	return d
}

// small is two hours of a group that tracks a target.
func small(target float64) *record.Config {
	m5, _ := ec2.Lookup("m5.large")
	cfg := &record.Config{
		Title: "small", Duration: 2 * des.Hour, NeededUnasked: true,
		SLO:      record.SLO{Latency: 200 * des.Millisecond, Good: 0.99, BreachedMinutes: 0.01},
		Classes:  []serving.Class{{Name: "request", CPU: exponential(0.030), Retry: serving.Retry{Attempts: 1}}},
		Template: ec2.Template{Model: ec2.Model{Type: m5, Speed: 1, Workers: serving.Unlimited, Price: m5.Price}, Queue: serving.Unlimited, Pending: exponential(5), Boot: exponential(30), Detailed: true},
		Balancer: elb.Config{CrossZone: true, DeregistrationDelay: 60 * des.Second, IdleTimeout: 60 * des.Second, ConnectTimeout: 10 * des.Second,
			Algorithm: serving.LeastOutstandingRequests,
			Check:     elb.HealthCheck{Interval: 10 * des.Second, Timeout: 5 * des.Second, HealthyThreshold: 2, UnhealthyThreshold: 2, Work: 0.001}},
		Group: asg.Config{Name: "web", Min: 1, Max: 10, Desired: asg.Settled, Zones: []string{"a", "b"}, Warmup: 60 * des.Second, Cooldown: 300 * des.Second,
			Reconcile: constant(10), HealthPeriod: des.Minute, ImpairedWait: 300 * des.Second, ShuttingDown: constant(30), AllBad: 1},
		Watch: cloudwatch.Config{DetailedDelay: des.Minute, BasicDelay: 2 * des.Minute, BalancerDelay: des.Minute},
		Bill:  billing.Config{},
	}
	cfg.Loads = []workload.Load{{Name: "web", Curve: hill{des.Time(cfg.Duration)}}}
	if target > 0 {
		cfg.Policies = append(cfg.Policies, &scaling.TargetTracking{Name: "cpu", Target: target, Warmup: scaling.Unset, LowRatio: 0.7, AlarmPeriod: des.Minute, HighPeriods: 3, LowPeriods: 15, Repeat: scaling.Unset})
	} else {
		cfg.Group.Min, cfg.Group.Max = 4, 4
	}
	return cfg
}

// fewer is small with a third of the requests, each three times as long: as busy, and
// cheaper where many runs are wanted.
func fewer(target float64) *record.Config {
	cfg := small(target)
	cfg.Loads[0].Curve = workload.ScaleCurve(cfg.Loads[0].Curve, 1.0/3)
	cfg.Classes[0].CPU = workload.Scale(cfg.Classes[0].CPU, 3)
	cfg.SLO.Latency *= 3
	return cfg
}

func compare(t *testing.T, p *Plan) *Comparison {
	t.Helper()
	c, err := Compare(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range c.Excluded {
		t.Errorf("excluded %+v", e)
	}
	return c
}

// Variants that differ a little are told apart with far fewer replications than
// unpaired ones, since they meet the very same requests.
func TestPairingTellsSmallDifferencesApart(t *testing.T) {
	if testing.Short() {
		t.Skip("many runs")
	}
	// What a pair has in common is the load: every replication has a day of its own.
	days := func(target float64) *record.Config {
		cfg := fewer(target)
		cfg.NeededUnasked = false // elasticity rests on it
		cfg.Loads[0].Curve = workload.Noise(cfg.Loads[0].Curve, 0.2, 2*des.Hour, 0, "web")
		return cfg
	}
	c := compare(t, &Plan{Cases: []Case{{"50", days(50)}, {"52", days(52)}, {"60", days(60)}}, Seed: 1, Cores: 2, Replications: 12})
	if c.N != 12 || len(c.Cases) != 3 {
		t.Fatalf("%d replications of %d cases", c.N, len(c.Cases))
	}
	d := c.Cases[2].Diffs["cost_per_day"]
	if !d.Resolved() || d.Value >= 0 {
		t.Errorf("target 60 against 50: cost %+v, want less", d)
	}
	if g := c.Cases[1].Gain; g < 1.2 {
		t.Errorf("target 52 against 50: one pair is worth %.2f independent replications", g)
	}
	t.Logf("one pair is worth %.1f (52 %%) and %.1f (60 %%) independent replications on cost", c.Cases[1].Gain, c.Cases[2].Gain)
	for i := range c.Cases {
		for key, v := range c.Cases[i].Values {
			if m, _ := MetricOf(key); !m.Optional && !(v.Lo <= v.Value && v.Value <= v.Hi) {
				t.Errorf("%s %s: %+v", c.Cases[i].Name, key, v)
			}
		}
	}
	if c.Best.Reason == "" {
		t.Error("best without a reason")
	}
}

// Variants that differ a little are told apart with far fewer replications than
// without pairing where days differ, since both meet the very same days.
func TestPairingWhereDaysDiffer(t *testing.T) {
	if testing.Short() {
		t.Skip("many runs")
	}
	day := func(target float64) *record.Config {
		c := fewer(target)
		c.Loads[0].Curve = workload.Noise(c.Loads[0].Curve, 0.10, des.Day, 0, "web")
		return c
	}
	c := compare(t, &Plan{Cases: []Case{{"50", day(50)}, {"52", day(52)}}, Seed: 1, Cores: 2, Replications: 20})
	paired, gain := c.Cases[1].Diffs["cost_per_day"], c.Cases[1].Gain
	unpaired := paired.Half() * math.Sqrt(gain)
	t.Logf("52 against 50 %% over 20 days that differ by 10 %%: paired %+.3f ± %.3f $/day, unpaired ± %.3f; one pair is worth %.1f independent replications",
		paired.Value, paired.Half(), unpaired, gain)
	if gain < 4 {
		t.Errorf("one pair is worth %.1f independent replications, want at least 4", gain)
	}
	if !paired.Resolved() || unpaired < math.Abs(paired.Value) {
		t.Errorf("paired %+v, want told apart; unpaired ± %v, want not", paired, unpaired)
	}
}

// The same bytes for any number of cores, and whatever is run beside.
func TestCoresDoNotMatter(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	figures := func(cores int, cases ...Case) string {
		c := compare(t, &Plan{Cases: cases, Seed: 3, Cores: cores, Replications: 3})
		return fmt.Sprint(c.Cases[0].Values, c.Cases[1].Values, c.Cases[1].Diffs)
	}
	a, b := Case{"50", fewer(50)}, Case{"fixed", fewer(0)}
	one, four := figures(1, a, b), figures(4, a, b)
	if one != four {
		t.Error("the result depends on the number of cores")
	}
	if more := figures(2, a, b, Case{"70", fewer(70)}); more != one {
		t.Error("a further variant changed the figures of the others")
	}
}

func TestPrecisionStopsAtALook(t *testing.T) {
	if testing.Short() {
		t.Skip("half a second or more")
	}
	cost, _ := MetricOf("cost_per_day")
	c := compare(t, &Plan{Cases: []Case{{"fixed", fewer(0)}}, Seed: 1, Cores: 2, Replications: 40, Precision: &Precision{cost, 0.01}})
	if c.N != 10 || !c.Reached || c.Alpha >= Alpha {
		t.Errorf("n = %d, reached %v, alpha %v; a fixed fleet's cost has no variance", c.N, c.Reached, c.Alpha)
	}
	if i := c.Cases[0].Values["cost_per_day"]; !i.Exact {
		t.Errorf("cost of a fixed fleet %+v, want exact", i)
	}
}

// With limited time the number used is a look, and at least one replication runs.
func TestTimeEndsAtALook(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	var asked atomic.Int32
	c := compare(t, &Plan{Cases: []Case{{"fixed", small(0)}}, Seed: 1, Cores: 2, Replications: 100, More: func() bool { return asked.Add(1) < 13 }})
	if c.N != 10 {
		t.Errorf("13 replications done, %d used, want the look at 10", c.N)
	}
	c = compare(t, &Plan{Cases: []Case{{"fixed", small(0)}}, Seed: 1, Cores: 2, Replications: 100, More: func() bool { return false }})
	if c.N != 1 || len(c.Weak) == 0 {
		t.Errorf("no time at all: %d replications, weak %v", c.N, c.Weak)
	}
}

// An interrupt keeps what is complete, and says so.
func TestInterruptKeepsCompleteReplications(t *testing.T) {
	if testing.Short() {
		t.Skip("half a second or more")
	}
	ctx, cancel := context.WithCancel(context.Background())
	var runs atomic.Int32
	c, err := Compare(ctx, &Plan{Cases: []Case{{"50", small(50)}, {"fixed", small(0)}}, Seed: 1, Cores: 2, Replications: 50, Done: func() {
		if runs.Add(1) == 9 {
			cancel()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if !c.Interrupted || c.N < 3 || c.N > 6 {
		t.Errorf("interrupted %v with %d replications, want about 4", c.Interrupted, c.N)
	}
	for i := range c.Cases {
		if len(c.Cases[i].Outcomes) != c.N {
			t.Errorf("%s has %d outcomes of %d", c.Cases[i].Name, len(c.Cases[i].Outcomes), c.N)
		}
	}
}

// A broken audit excludes its replication from every case, and is named.
func TestBrokenAuditsAreExcludedAndSaid(t *testing.T) {
	p := &Plan{Cases: []Case{{"a", small(0)}, {"b", small(0)}}, Seed: 1, Cores: 1, Replications: 3}
	s := newSeries(2)
	x := &Runner{Seed: 1, Cores: 1}
	if err := x.extend(context.Background(), s, p.Cases, 0, 3, func() bool { return true }); err != nil {
		t.Fatal(err)
	}
	s.outcomes[1][2].Violations = []record.Violation{{Law: "law", Detail: "detail"}}
	c := &Comparison{Plan: p, Alpha: Alpha}
	c.judge(s, 3)
	if c.N != 2 || len(c.Excluded) != 1 || c.Excluded[0].Case != "b" || c.Excluded[0].Replication != 2 {
		t.Errorf("n = %d, excluded %+v", c.N, c.Excluded)
	}
}

// Different tie-breaks and boots, unpaired: identical systems are not called
// different more often than promised. (Under pairing they differ by exactly zero.)
func TestIdenticalSystemsUnderDifferentSeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("many runs")
	}
	cfg := fewer(50)
	cfg.Duration = 20 * des.Minute
	cfg.Loads = []workload.Load{{Name: "web", Curve: workload.ScaleCurve(hill{des.Time(cfg.Duration)}, 1.0/3)}}
	s := newSeries(1)
	x := &Runner{Seed: 5, Cores: 2}
	const groups, n = 16, 10
	if err := x.extend(context.Background(), s, []Case{{"one", cfg}}, 0, groups*n, func() bool { return true }); err != nil {
		t.Fatal(err)
	}
	cost, _ := MetricOf("cost_per_day")
	bad := 0
	for g := 0; g < groups; g += 2 {
		if d := cost.difference(s.outcomes[0][g*n:(g+1)*n], s.outcomes[0][(g+1)*n:(g+2)*n], Alpha); d.Resolved() {
			bad++
		}
	}
	// Eight comparisons at 5 %: four or more false ones have a chance of 0.04 %.
	if bad >= 4 {
		t.Errorf("%d of %d pairs of identical systems were told apart", bad, groups/2)
	}
	if d := cost.difference(s.outcomes[0][:n], s.outcomes[0][:n], Alpha); !d.Exact || d.Value != 0 {
		t.Errorf("a case against itself: %+v", d)
	}
}

func TestDoubtMovesWithTheAssumptions(t *testing.T) {
	if testing.Short() {
		t.Skip("many runs")
	}
	d, err := DoubtOf(context.Background(), &Plan{Cases: []Case{{"50", small(50)}, {"fixed", small(0)}}, Seed: 1, Cores: 2, Replications: 1})
	if err != nil {
		t.Fatal(err)
	}
	cost := d.Cases[0]["cost_per_day"]
	if !(cost.Lo < cost.Base && cost.Base < cost.Hi) || cost.LoBy == "" || cost.HiBy == "" {
		t.Errorf("tracking: %+v", cost)
	}
	if fixed := d.Cases[1]["cost_per_day"]; fixed.Lo != fixed.Hi {
		t.Errorf("the cost of a fixed fleet does not depend on assumptions: %+v", fixed)
	}
	if slow := d.Cases[1]["bad_share"]; slow.HiBy != "load 10 % higher" {
		t.Errorf("what makes a fixed fleet slower is load, got %q", slow.HiBy)
	}
	if r := d.Cases[0]["cost_per_day"]; r.DiffLo != 0 || r.DiffHi != 0 {
		t.Errorf("the base differs from itself: %+v", r)
	}
}

// shelf is a memory that forgets nothing.
type shelf map[string]fleets

func (s shelf) Recall(key string, found interface{ Possible() bool }) bool {
	f, ok := s[key]
	if ok {
		*found.(*fleets) = f
	}
	return ok
}

func (s shelf) Keep(key string, found any) { s[key] = found.(fleets) }

func TestYardsticks(t *testing.T) {
	if testing.Short() {
		t.Skip("many runs")
	}
	cfg := small(50)
	plain, timeline, err := outcome(t.Context(), cfg, 1)
	if err != nil {
		t.Fatal(err)
	}
	runs, shelf := 0, shelf{}
	search := func(cfg *record.Config, seed uint64) *Yardsticks {
		s := Search{Config: cfg, Seed: seed, Memory: shelf, Done: func() { runs++ }}
		y, err := s.Yardsticks(t.Context(), plain, timeline)
		if err != nil {
			t.Fatal(err)
		}
		return y
	}
	y := search(cfg, 1)
	if y.Minimum.Instances < 2 {
		t.Fatalf("minimum %+v", y.Minimum)
	}
	for n, want := range map[int]bool{y.Minimum.Instances: true, y.Minimum.Instances - 1: false} {
		o, _, err := outcome(t.Context(), fixedFleet(cfg, n), 1)
		if err != nil || o.Summary.SLO.Met != want {
			t.Errorf("%d instances meet the SLO: %v, the minimum is %d (%v)", n, !want, y.Minimum.Instances, err)
		}
	}
	// Searched once: another policy's fixed fleets are the same, another seed's are not.
	first := runs
	if again := search(small(60), 1); *again != *y || runs != first {
		t.Errorf("searched again: %+v with %d runs more, found before %+v", again, runs-first, y)
	}
	if search(cfg, 2); runs == first {
		t.Error("another seed was not searched")
	}
	if y.Headroom.Instances-(y.Headroom.Instances+1)/2 < y.Minimum.Instances {
		t.Errorf("headroom %d of 2 zones does not hold %d", y.Headroom.Instances, y.Minimum.Instances)
	}
	if y.LowerBound <= 0 || y.LowerBound > y.Minimum.EC2 {
		t.Errorf("lower bound $%v, minimum $%v", y.LowerBound, y.Minimum.EC2)
	}
}

// No policy that meets the SLO costs less than the lower bound, whatever is
// configured.
func TestNothingBeatsTheLowerBound(t *testing.T) {
	met := 0
	rapid.Check(t, func(t *rapid.T) {
		cfg := small(rapid.Float64Range(20, 95).Draw(t, "target"))
		cfg.Duration = 20 * des.Minute
		cfg.Loads[0].Curve = hill{des.Time(cfg.Duration)}
		cfg.Classes[0].CPU = exponential(rapid.Float64Range(0.002, 0.05).Draw(t, "cpu"))
		cfg.SLO.Good = rapid.Float64Range(0.5, 0.999).Draw(t, "good")
		cfg.SLO.BreachedMinutes = 1
		cfg.Group.Min = rapid.IntRange(0, 4).Draw(t, "min")
		cfg.Template.Speed = rapid.Float64Range(0.5, 2).Draw(t, "speed")
		if rapid.Bool().Draw(t, "drop") {
			cfg.Classes[0].Timeout, cfg.Classes[0].Abandoned = des.Second, serving.Drop
		}
		o, _, err := outcome(context.Background(), cfg, rapid.Uint64Range(1, 99).Draw(t, "seed"))
		if err != nil {
			t.Fatal(err)
		}
		if !o.Summary.SLO.Met {
			return
		}
		met++
		if bound := lowerBound(cfg, o); o.Summary.Cost.EC2 < bound {
			t.Errorf("costs $%v and meets the SLO, the lower bound is $%v", o.Summary.Cost.EC2, bound)
		}
	})
	if met < 10 { // of 100, of 20 with -short
		t.Errorf("only %d runs met their SLO: the law was hardly tested", met)
	}
}

func TestBreakingPoint(t *testing.T) {
	if testing.Short() {
		t.Skip("many runs")
	}
	cfg := small(0)
	low, high, err := BreakingPoint(context.Background(), cfg, 1, 8, nil)
	if err != nil || !(low < high) || low <= 0 {
		t.Fatalf("between %v and %v, %v", low, high, err)
	}
	for factor, want := range map[float64]bool{low: true, high: false} {
		c := *cfg
		scaleLoads(&c, factor)
		o, _, err := outcome(context.Background(), &c, 1)
		if err != nil || o.Summary.SLO.Met != want {
			t.Errorf("at x%.3f met = %v, want %v (%v)", factor, o.Summary.SLO.Met, want, err)
		}
	}
}

func TestElasticity(t *testing.T) {
	e := elasticityOf([]uint16{2, 2, 4, 4, 2}, []int{2, 4, 4, 2, -1})
	// Needed 2 4 4 2, there 2 2 4 4: short by half once, twice too much once.
	want := Elasticity{UnderAccuracy: 0.125, OverAccuracy: 0.25, UnderTimeshare: 0.25, OverTimeshare: 0.25, Instability: 1}
	if e != want {
		t.Errorf("%+v, want %+v", e, want)
	}
	if none := elasticityOf([]uint16{2}, []int{-1}); !math.IsNaN(none.Instability) || !math.IsNaN(none.OverTimeshare) {
		t.Errorf("nothing known to be needed: %+v, want no number", none)
	}
}

func TestGates(t *testing.T) {
	p99, _ := MetricOf("p99")
	c := &CaseResult{Name: "v", Values: map[string]estimate.Interval{"p99": {Value: 0.4, Lo: 0.35, Hi: 0.45, N: 10}}}
	for limit, want := range map[float64]estimate.Verdict{0.5: estimate.Pass, 0.3: estimate.Fail, 0.41: estimate.Inconclusive} {
		r := Gate{Metric: p99, Limit: limit}.Judge(c)
		if r.Verdict != want || (want == estimate.Inconclusive) != (r.Needs > 0) {
			t.Errorf("limit %v: %+v", limit, r)
		}
	}
	if Worst([]GateResult{{Verdict: estimate.Inconclusive}, {Verdict: estimate.Fail}}) != estimate.Fail || Worst(nil) != estimate.Pass {
		t.Error("a failed gate outweighs an inconclusive one; no gate passes")
	}
	minutes := &Timeline{At: []des.Time{0, des.Time(des.Minute), des.Time(2 * des.Minute)}}
	if at, n := firstBreach(minutes, &Outcome{Breached: []bool{false, false, true}}, &Outcome{Breached: []bool{false, true, true}}, &Outcome{Breached: make([]bool, 3)}); at != des.Time(des.Minute) || n != 2 {
		t.Errorf("first breached minute %v of %d replications", at, n)
	}
	if at, n := firstBreach(minutes, &Outcome{Breached: make([]bool, 3)}); at != des.Never || n != 0 {
		t.Errorf("first breached minute %v of %d replications, want none", at, n)
	}
	seen := map[string]bool{}
	for _, m := range Metrics() {
		if seen[m.Key] || m.Title == "" {
			t.Errorf("metric %+v", m)
		}
		seen[m.Key] = true
	}
}
