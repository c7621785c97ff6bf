package world

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// mixedOf is a quiet group without policies of the given types, each with its
// weight; it begins with n units.
func mixedOf(n int, p asg.Mixed, weights map[string]int, types ...string) *record.Config {
	cfg := timeline(20, 20, n)
	cfg.Policies = nil
	cfg.Group.Min, cfg.Group.Max = 0, n
	first := cfg.Template.Model
	for _, name := range types {
		m := first
		m.Type, _ = ec2.Lookup(name)
		m.Price, m.Weight = m.Type.Price, weights[name]
		m.Spot = ec2.SpotTerms{Saving: 0.5}
		cfg.Template.Mixed = append(cfg.Template.Mixed, m)
	}
	cfg.Template.Model = cfg.Template.Mixed[0]
	p.SpotPools = max(1, p.SpotPools)
	cfg.Group.Mixed = &p
	if p.OnDemandPercent < 100 {
		cfg.Template.Spot = &ec2.Spot{Period: 6 * des.Hour, Reclaimed: 0.5, Lead: seconds64(600)}
	}
	return cfg
}

// launched counts the instances that the run ended with, by type and option.
func launched(r *account.Result) map[string]int {
	out := map[string]int{}
	for _, i := range r.Instances {
		if i.Ended == des.Never {
			out[i.Type+" "+map[bool]string{true: "spot", false: "on-demand"}[i.Spot]]++
		}
	}
	return out
}

// The split by purchase option and the overshoot of weights, from a cold start and
// from a settled one.
func TestMixedGroupsFillUp(t *testing.T) {
	fours := map[string]int{"m5.large": 4, "c5.large": 4}
	for _, row := range []struct {
		id              string
		n               int
		p               asg.Mixed
		weights         map[string]int
		types           []string
		onDemand, spot  int // instances
		units, firstMax int
	}{
		{"TV-16", 10, asg.Mixed{OnDemandPercent: 25}, nil, []string{"m5.large"}, 3, 7, 10, 0},
		{"TV-15 (10, 50) at 20", 20, asg.Mixed{OnDemandBase: 10, OnDemandPercent: 50}, nil, []string{"m5.large"}, 15, 5, 20, 0},
		{"TV-17, wt-06: 5 missing, weight 12", 5, asg.Mixed{OnDemandPercent: 100}, map[string]int{"m5.4xlarge": 12, "m5.large": 2}, []string{"m5.4xlarge", "m5.large"}, 1, 0, 12, 0},
		{"TV-18: 2 missing, weight 5", 2, asg.Mixed{OnDemandPercent: 100}, map[string]int{"m5.large": 5}, []string{"m5.large"}, 1, 0, 5, 0},
		{"wt-08", 8, asg.Mixed{OnDemandBase: 8}, fours, []string{"m5.large", "c5.large"}, 2, 0, 8, 0},
		{"wt-09", 8, asg.Mixed{OnDemandBase: 2, OnDemandPercent: 50}, fours, []string{"m5.large", "c5.large"}, 2, 1, 12, 0},
		{"wt-10", 8, asg.Mixed{OnDemandPercent: 25}, fours, []string{"m5.large", "c5.large"}, 1, 2, 12, 0},
	} {
		for _, cold := range []bool{true, false} {
			cfg := mixedOf(row.n, row.p, row.weights, row.types...)
			cfg.Group.Cold = cold
			r := run(t, cfg)
			onDemand, spot := 0, 0
			for name, n := range launched(r) {
				if strings.HasSuffix(name, "spot") {
					spot += n
				} else {
					onDemand += n
				}
			}
			end := r.Capacity[len(r.Capacity)-1]
			if onDemand != row.onDemand || spot != row.spot || end.States.InService() != row.units {
				t.Errorf("%s, cold %v: %d on demand, %d Spot, %d units; want %d, %d, %d", row.id, cold, onDemand, spot, end.States.InService(), row.onDemand, row.spot, row.units)
			}
		}
	}
}

// TV-03: desired 10 of 12, a policy asks for 15, weight 6 is chosen: desired 12, 16
// units.
func TestTV03WeightsBeyondTheMaximum(t *testing.T) {
	cfg := mixedOf(12, asg.Mixed{OnDemandPercent: 100}, map[string]int{"m5.4xlarge": 6, "m5.xlarge": 4, "m5.large": 1}, "m5.large", "m5.xlarge", "m5.4xlarge")
	cfg.Group.Desired = 10
	cfg.Schedule = []asg.Schedule{{Name: "more", At: []des.Time{t0}, Min: asg.Keep, Max: asg.Keep, Desired: 15}}
	// From then on only the type of weight 6 can be launched.
	for _, name := range []string{"m5.large", "m5.xlarge"} {
		cfg.Faults = append(cfg.Faults, fault.LaunchFailure{Plan: fault.Plan{Name: name, At: []des.Time{t0}, Lasts: des.Hour}, Zone: ec2.AnyZone, Type: name})
	}
	r := run(t, cfg)
	end := r.Capacity[len(r.Capacity)-1]
	if end.Desired != 12 || end.States.InService() != 16 {
		t.Errorf("TV-03: desired %d with %d units, want 12 and 16", end.Desired, end.States.InService())
	}
	if r.Summary.Capacity.Unit != "units" {
		t.Errorf("the unit is %q", r.Summary.Capacity.Unit)
	}
}

// TV-19, wt-01 to wt-05: lowest-price with weights compares the price of a unit.
func TestPricePerUnit(t *testing.T) {
	prices := []struct {
		name   string
		price  float64
		weight int
		unit   float64
	}{
		{"c5.2xlarge", 0.180, 2, 0.090}, {"c5.4xlarge", 0.341, 4, 0.085}, {"c5.12xlarge", 0.779, 12, 0.065}, {"c5.18xlarge", 1.207, 18, 0.067}, {"c5.24xlarge", 1.555, 24, 0.065},
	}
	for n := 2; n <= len(prices); n++ {
		weights, cheapest, least := map[string]int{}, "", math.Inf(1)
		var types []string
		var series []ec2.PriceSeries
		for _, x := range prices[:n] {
			unit := x.price / float64(x.weight)
			if math.Abs(unit-x.unit) > 0.0005 {
				t.Errorf("TV-19: %s costs %v a unit, want %v", x.name, unit, x.unit)
			}
			if unit < least {
				cheapest, least = x.name, unit
			}
			types, weights[x.name] = append(types, x.name), x.weight
			series = append(series, ec2.PriceSeries{Type: x.name, Step: []ec2.PriceStep{{Price: billing.Dollars(x.price)}}})
		}
		cfg := mixedOf(24, asg.Mixed{}, weights, types...)
		cfg.Template.Spot.Prices = series
		for name := range launched(run(t, cfg)) {
			if name != cheapest+" spot" {
				t.Errorf("TV-19: of %v it launches %s, not %s", types, name, cheapest)
			}
		}
	}
	rows := weightRows(t)
	for k, x := range prices {
		if want, err := strconv.ParseFloat(rows[k][2], 64); err != nil || math.Abs(want-x.price/float64(x.weight)) > 0.0005 {
			t.Errorf("%s: %v, want %s", rows[k][0], x.price/float64(x.weight), rows[k][2])
		}
	}
}

// weightRows are the rows of aws_mixed_instances_weights.csv.
func weightRows(t *testing.T) [][]string {
	f, err := os.Open(filepath.Join("..", "testdata", "vectors", "aws_mixed_instances_weights.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != 11 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	return rows[1:]
}

// Each allocation strategy takes the pools it says it takes.
func TestAllocationStrategies(t *testing.T) {
	types := []string{"m5.large", "c5.large", "r5.large", "m6g.large"}
	base := func(p asg.Mixed) *record.Config {
		cfg := mixedOf(6, p, nil, types...)
		cfg.Group.Zones = []string{"a"}
		return cfg
	}
	got := launched(run(t, base(asg.Mixed{OnDemandPercent: 100})))
	if got["m5.large on-demand"] != 6 {
		t.Errorf("prioritized: %v", got)
	}
	got = launched(run(t, base(asg.Mixed{OnDemandPercent: 100, OnDemand: asg.OnDemandLowestPrice})))
	if got["m6g.large on-demand"] != 6 {
		t.Errorf("lowest-price on demand: %v", got)
	}
	got = launched(run(t, base(asg.Mixed{SpotPools: 1})))
	if got["m6g.large spot"] != 6 {
		t.Errorf("lowest-price, one pool: %v", got)
	}
	got = launched(run(t, base(asg.Mixed{SpotPools: 3})))
	if got["m6g.large spot"] != 2 || got["c5.large spot"] != 2 || got["m5.large spot"] != 2 {
		t.Errorf("lowest-price, three pools: %v", got)
	}
	for seed := range uint64(8) {
		testScoredStrategies(t, base, seed)
	}
}

// testScoredStrategies holds the strategies that look at capacity against the scores
// of the market at the start.
func testScoredStrategies(t *testing.T, base func(asg.Mixed) *record.Config, seed uint64) {
	t.Helper()
	for s, value := range map[asg.SpotStrategy]func(k int, price, score float64) float64{
		asg.CapacityOptimized:            func(_ int, _, score float64) float64 { return -score },
		asg.CapacityOptimizedPrioritized: func(k int, _, score float64) float64 { return -10*math.Floor(5*score) + float64(k) },
		asg.PriceCapacityOptimized:       func(_ int, price, score float64) float64 { return price / score },
	} {
		cfg := base(asg.Mixed{Spot: s})
		plane, err := serving.New(planeConfig(cfg, seed))
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(cfg, seed, plane, wiring())
		want, least := "", math.Inf(1)
		for k := range cfg.Template.Mixed {
			p := ec2.Pool{Model: &cfg.Template.Mixed[k], Spot: true}
			if v := value(k, w.fleet.Market.Price(p, 0).Float(), w.fleet.Market.Score(p, 0)); v < least {
				want, least = p.Model.Type.Name, v
			}
		}
		for _, m := range w.group.Active() {
			if m.Instance.Model.Type.Name != want || !m.Instance.Spot {
				t.Errorf("seed %d, %v: %s, want Spot %s", seed, s, m.Instance.Model.Type.Name, want)
			}
		}
	}
}

// A reclaim takes its share after two minutes' notice. Without capacity rebalancing
// what is in flight is cut, and the group hears of it from its health check; with it
// the instance is drained in time.
func TestReclaim(t *testing.T) {
	for _, rebalance := range []bool{false, true} {
		cfg := mixedOf(6, asg.Mixed{}, nil, "m5.large", "c5.large")
		cfg.Group.Max, cfg.Group.Rebalance = 8, rebalance
		cfg.Balancer.DeregistrationDelay = 60 * des.Second
		cfg.Faults = []fault.Fault{fault.SpotInterruption{Plan: fault.Plan{Name: "reclaim", At: []des.Time{t0}}, Zone: ec2.AnyZone, Share: 1}}
		r := run(t, cfg)
		x := r.Summary.Spot
		if x.Recommendations != 6 {
			t.Fatalf("%d reclaimed, want all 6", x.Recommendations)
		}
		for _, i := range r.Instances[:6] {
			why, cut := asg.EndInterrupted, t0.Add(ec2.NoticeTime)
			if rebalance {
				why = asg.EndNoticed
			}
			if i.End.Kind != why || i.Ended > cut || !rebalance && i.Ended != cut {
				t.Errorf("rebalance %v: instance %d ended at %v for %v, want at %v for %v", rebalance, i.Ordinal, i.Ended, i.End, cut, why)
			}
		}
		if cut := x.Unserved; rebalance && cut != 0 || !rebalance && cut != 6 {
			t.Errorf("rebalance %v: %d cut in service", rebalance, cut)
		}
		for _, i := range r.Instances[6:12] {
			if late := i.Launched.Sub(t0); rebalance && late != 0 || !rebalance && late < ec2.NoticeTime {
				t.Errorf("rebalance %v: successor launched %v after the notice", rebalance, late)
			}
		}
	}
}

// With a lead that suffices, the successor is healthy before the old one goes.
func TestRebalanceRecommendation(t *testing.T) {
	cfg := mixedOf(4, asg.Mixed{}, nil, "m5.large", "c5.large", "r5.large", "m6g.large")
	cfg.Group.Max, cfg.Group.Rebalance, cfg.Group.HealthCheckELB = 8, true, true
	cfg.Faults = []fault.Fault{fault.SpotInterruption{Plan: fault.Plan{Name: "reclaim", At: []des.Time{t0}}, Zone: ec2.AnyZone, Share: 1, Lead: 20 * des.Minute}}
	r := run(t, cfg)
	x := r.Summary.Spot
	if x.Replaced == 0 || x.Interruptions != 0 {
		t.Errorf("%+v", x)
	}
	for _, c := range r.Capacity {
		if c.At > t0 && c.States.Ready+c.States.Warming < 4 && c.At < t0.Add(4*des.Minute) {
			t.Errorf("%d serve at %v: the successors were to be healthy first", c.States.Ready+c.States.Warming, c.At)
		}
	}
}

// What EC2 interrupts in its first hour is free, later not.
func TestFirstHourIsFree(t *testing.T) {
	for _, row := range []struct {
		at   des.Time
		free bool
	}{{t0, true}, {des.Time(80 * des.Minute), false}} {
		cfg := mixedOf(2, asg.Mixed{}, nil, "m5.large")
		cfg.Group.Cold, cfg.Group.Min = true, 2
		cfg.Duration = 2 * des.Hour
		cfg.Faults = []fault.Fault{fault.SpotInterruption{Plan: fault.Plan{Name: "reclaim", At: []des.Time{row.at}}, Zone: ec2.AnyZone, Share: 1}}
		r := run(t, cfg)
		if got := r.Summary.Spot.FreeHours > 0; got != row.free || (r.Instances[0].BilledS == 0) != row.free {
			t.Errorf("interrupted at %v: %v hours free, %d s billed", row.at, r.Summary.Spot.FreeHours, r.Instances[0].BilledS)
		}
		x := r.Summary.Spot
		if math.Abs(x.USD-x.InstanceHours*0.048) > 1e-6 {
			t.Errorf("$%v for %v hours at half of $0.096", x.USD, x.InstanceHours)
		}
	}
}

// A quota and a shortage fail launches with a message, and the group tries again.
func TestLaunchesThatFail(t *testing.T) {
	cfg := mixedOf(4, asg.Mixed{OnDemandPercent: 100}, nil, "m5.large")
	cfg.Group.Cold, cfg.Group.Min = true, 4
	cfg.Template.Quota.OnDemand = 6
	r := run(t, cfg)
	end := r.Capacity[len(r.Capacity)-1]
	if end.States.InService() != 3 {
		t.Errorf("%d in service within a quota of 6 vCPUs, want 3", end.States.InService())
	}
	failed := 0
	for _, a := range r.Activities {
		if a.Status == asg.Failed && strings.Contains(a.Message, "current vCPU limit of 6") {
			failed++
		}
	}
	if failed < 3 || failed > 12 {
		t.Errorf("%d failed activities, want a few, further and further apart", failed)
	}
	// One type short: the next in priority. All of Spot short in one zone: the others.
	cfg = mixedOf(4, asg.Mixed{OnDemandPercent: 50}, nil, "m5.large", "c5.large")
	cfg.Group.Cold, cfg.Group.Min = true, 4
	cfg.Faults = []fault.Fault{
		fault.LaunchFailure{Plan: fault.Plan{Name: "m5", At: []des.Time{0}, Lasts: des.Hour}, Zone: ec2.AnyZone, Type: "m5.large"},
		fault.LaunchFailure{Plan: fault.Plan{Name: "spot", At: []des.Time{0}, Lasts: des.Hour}, Zone: 0, SpotOnly: true},
	}
	r = run(t, cfg)
	for _, i := range r.Instances {
		if i.Type != "c5.large" || i.Spot && i.Zone != "b" {
			t.Errorf("%s, Spot %v, in zone %s", i.Type, i.Spot, i.Zone)
		}
	}
	if got := launched(r); got["c5.large on-demand"] != 2 || got["c5.large spot"] != 2 {
		t.Errorf("%v", got)
	}
}

// Above the highest price that is paid, a pool launches nothing and what runs in it
// is interrupted.
func TestMaximumPrice(t *testing.T) {
	cfg := mixedOf(4, asg.Mixed{}, nil, "m5.large", "c5.large")
	cfg.Group.Min = 4
	cfg.Template.Spot.MaxPrice = billing.Dollars(0.05)
	rise := int64(t0) / int64(des.Second)
	cfg.Template.Spot.Prices = []ec2.PriceSeries{
		{Type: "m5.large", Step: []ec2.PriceStep{{Price: billing.Dollars(0.03)}, {At: rise, Price: billing.Dollars(0.06)}}},
		{Type: "c5.large", Step: []ec2.PriceStep{{Price: billing.Dollars(0.04)}}},
	}
	r := run(t, cfg)
	for _, i := range r.Instances {
		switch {
		case i.Launched < 0 && (i.Type != "m5.large" || i.Ended != t0.Add(ec2.NoticeTime)):
			t.Errorf("%s, ended at %v: the cheapest is interrupted two minutes after its price rose", i.Type, i.Ended)
		case i.Launched >= 0 && i.Type != "c5.large":
			t.Errorf("%s was launched above the maximum", i.Type)
		}
	}
	if x := r.Summary.Spot; x.Interruptions != 4 {
		t.Errorf("%+v", x)
	}
}

// The market is the same for every group: two variants see the same reclaims.
func TestTheMarketIsExogenous(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	reclaims := func(n int) map[des.Time]bool {
		cfg := mixedOf(n, asg.Mixed{SpotPools: 1}, nil, "m5.large")
		cfg.Group.Min, cfg.Duration = n, 36*des.Hour
		cfg.Template.Mixed[0].Spot.Interruption = 0.999999999999
		cfg.Template.Spot.Reclaimed, cfg.Template.Spot.Coincide = 1, 1
		out := map[des.Time]bool{}
		for _, i := range run(t, cfg).Instances {
			if i.End.Kind == asg.EndInterrupted {
				out[i.Ended] = true
			}
		}
		return out
	}
	few, many := reclaims(2), reclaims(6)
	if len(few) == 0 || len(few) != len(many) {
		t.Errorf("%d and %d reclaims", len(few), len(many))
	}
	for at := range few {
		if !many[at] {
			t.Errorf("only one of the two groups was struck at %v", at)
		}
	}
}

// A platform billed by the hour pays for every hour begun (E3).
func TestBilledByTheHour(t *testing.T) {
	for _, row := range []struct {
		hourly bool
		want   int64 // seconds of an instance that runs for 20 minutes
	}{{false, 1200}, {true, 3600}} {
		cfg := zombie(2, fault.Crash{Plan: fault.Plan{Name: "gone"}})
		cfg.Duration, cfg.Template.Hourly = 3*des.Hour, row.hourly
		cfg.Faults = []fault.Fault{fault.Crash{Plan: fault.Plan{Name: "gone", At: []des.Time{des.Time(20 * des.Minute)}, Whom: fault.Whom{Count: 1}}}}
		for _, i := range run(t, cfg).Instances {
			if i.Struck != "" && i.BilledS != row.want {
				t.Errorf("hourly %v: %d s billed, want %d", row.hourly, i.BilledS, row.want)
			}
		}
	}
}

// EC2 takes Spot Instances back and has none left, in the same instant and in whatever
// order the faults are written: none is launched until the shortage is over.
func TestShortageBeginsBeforeTheReclaim(t *testing.T) {
	dry := fault.LaunchFailure{Plan: fault.Plan{Name: "dry", At: []des.Time{t0}, Lasts: 20 * des.Minute}, Zone: ec2.AnyZone, SpotOnly: true}
	reclaim := fault.SpotInterruption{Plan: fault.Plan{Name: "reclaim", At: []des.Time{t0}}, Zone: ec2.AnyZone, Share: 1}
	for _, list := range [][]fault.Fault{{dry, reclaim}, {reclaim, dry}} {
		cfg := mixedOf(4, asg.Mixed{Spot: asg.PriceCapacityOptimized}, nil, "m5.large", "c5.large")
		cfg.Group.Rebalance, cfg.Faults, cfg.Duration = true, list, des.Hour
		for _, a := range run(t, cfg).Activities {
			if a.Launch && a.Status == asg.Successful && a.Start < t0.Add(20*des.Minute) {
				t.Errorf("%s first: launched at %v", list[0].About().Name, a.Start)
			}
		}
	}
}
