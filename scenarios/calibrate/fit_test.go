package calibrate

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"asgsim/scenarios"
	"asgsim/scenarios/behaviour"
	"asgsim/sim/account"
	"asgsim/sim/record"
	"asgsim/sim/rng"
	"asgsim/sim/world"
)

const web = `
timezone = "UTC"
[load.assumed.day_night]
trough = "10/s"
peak = "40/s"
[request]
cpu = "30ms"
[instance]
type = "c7g.large"
boot = { median = "60s", p95 = "90s" }
[target_group.health_check]
interval = "10s"
[auto_scaling_group]
min_size = 2
max_size = 10
`

// day is 2026-03-02T00:00:00Z, a Monday.
const day = 1772409600

func fitting(t *testing.T, scenario string, simulate Simulate, texts ...string) *Result {
	t.Helper()
	s, err := scenarios.Load(scenarios.Source{Name: "web.toml", Text: []byte(scenario)}, nil, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := behaviour.NewRecord(nil)
	for _, text := range texts {
		if err := r.Read("m.csv", strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Done(); err != nil {
		t.Fatal(err)
	}
	res, err := Fit(context.Background(), &s.Configs[0].World, r, Options{Simulate: simulate, Seed: 1, Given: func(string) string { return "" }, Loads: s.Configs[0].LoadKinds()})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// unneeded is for fits that simulate nothing.
func unneeded(context.Context, *record.Config, uint64) (*account.Result, error) {
	panic("nothing is to be simulated")
}

// minutes writes a CSV of metrics by the minute; of gives the requests a second, CPU in
// percent and instances of each.
func minutes(n int, of func(k int) (rate, cpu float64, instances int)) string {
	var b strings.Builder
	b.WriteString("time,RequestCount,CPUUtilization,GroupInServiceInstances\n")
	for k := range n {
		rate, cpu, instances := of(k)
		fmt.Fprintf(&b, "%d,%g,%g,%d\n", day+60*k, rate*60, cpu, instances)
	}
	return b.String()
}

func (r *Result) finding(what string) Finding {
	for _, f := range r.Findings {
		if strings.HasPrefix(f.What, what) {
			return f
		}
	}
	return Finding{}
}

func (r *Result) changed(key string) string {
	for _, c := range r.Changes {
		if c.Key == key {
			return c.Now
		}
	}
	return ""
}

// Requests of 50 ms on two vCPUs over 7 %: an instance with 10/s shows 7 + 25 = 32 %. From
// minute 300 on a job takes 30 points for a quarter of an hour.
func TestCPUIsALineOverRequests(t *testing.T) {
	s := rng.New(3, "cpu")
	text := minutes(600, func(k int) (float64, float64, int) {
		rate := 30 + 10*math.Sin(float64(k)/60)
		cpu := 7 + 100*rate/2*0.05/2 + 0.3*s.Norm()
		if k >= 300 && k < 315 {
			cpu += 30
		}
		return rate, cpu, 2
	})
	r := fitting(t, web, unneeded, text)
	for _, c := range []struct {
		what  string
		truth float64
	}{{"CPU per request", 0.05}, {"CPU without requests", 0.07}} {
		f := r.finding(c.what)
		if !f.Found || f.Low > c.truth || f.High < c.truth || math.Abs(f.Estimate/c.truth-1) > 0.03 {
			t.Errorf("%+v, want %v", f, c.truth)
		}
	}
	if len(r.Left) != 1 || r.Left[0].From != day+300*60 || r.Left[0].To != day+315*60 && r.Left[0].Minutes > 15 || !strings.HasPrefix(r.Left[0].What, "CPU 30 points above") {
		t.Errorf("%+v", r.Left)
	}
	if len(r.Checks) != 1 || r.Checks[0].What != "CPU" || r.Checks[0].MAPE > 0.02 || r.Checks[0].Minutes < 100 {
		t.Errorf("%+v", r.Checks)
	}
	if got := r.changed("request.cpu"); !strings.HasSuffix(got, "cv = 1 }") {
		t.Errorf("%s: the variation is the scenario's exponential", got)
	}
}

// What cannot be told is said, and the scenario keeps its value.
func TestWhatDoesNotTellKeepsTheValue(t *testing.T) {
	busy := func(k int) float64 { return 30 + 10*math.Sin(float64(k)/60) }
	s := rng.New(4, "keeps")
	line := func(k int) (float64, float64, int) { return busy(k), 7 + 100*busy(k)/2*0.05/2 + 0.1*s.Norm(), 2 }
	for name, c := range map[string]struct {
		scenario, text, what, why string
	}{
		"too few minutes":       {web, minutes(25, line), "CPU per request", "minutes are of use, and 30 are needed"},
		"no relation":           {web, minutes(300, func(k int) (float64, float64, int) { return busy(k), 30 + 5*s.Norm(), 2 }), "CPU per request", "CPU does not follow the requests"},
		"less with more":        {web, minutes(300, func(k int) (float64, float64, int) { return busy(k), 80 - busy(k) + 0.1*s.Norm(), 2 }), "CPU per request", "CPU does not follow the requests"},
		"what is left of that":  {web, minutes(300, func(k int) (float64, float64, int) { return busy(k), 80 - busy(k), 2 }), "CPU without requests", "CPU does not follow the requests"},
		"a level load":          {web, minutes(300, func(k int) (float64, float64, int) { return 30 + 0.5*s.Norm(), 37.5, 2 }), "CPU without requests", "times the requests of the quietest"},
		"several types":         {web + "[auto_scaling_group.mixed_instances_policy]\noverrides = [{ instance_type = \"c7g.large\" }, { instance_type = \"c7g.xlarge\" }]\n", minutes(300, line), "CPU per request", "mixes types"},
		"no latencies":          {web, minutes(300, line), "latency beside the CPU", "are not both recorded"},
		"no activities":         {web, minutes(300, line), "launch to running", "no scaling activities"},
		"half a day":            {web, minutes(720, line), "shape of the day", "every hour of a day is needed"},
		"instances come and go": {web, minutes(300, func(k int) (float64, float64, int) { r, c, _ := line(k); return r, c, 2 + k/4%2 }), "CPU per request", "instances came or went"},
		"overloaded":            {web, minutes(300, func(k int) (float64, float64, int) { return busy(k), 99, 2 }), "CPU per request", "CPU above 95 %"},
	} {
		r := fitting(t, c.scenario, unneeded, c.text)
		if f := r.finding(c.what); f.Found || !strings.Contains(f.Why, c.why) {
			t.Errorf("%s: %+v", name, f)
		}
		if !strings.Contains(r.Text(0), c.why) {
			t.Errorf("%s: not told", name)
		}
	}
	// Without the number of instances nothing is known of one, unless it cannot change.
	alone := "time,RequestCount,CPUUtilization\n"
	for k := range 300 {
		rate, cpu, _ := line(k)
		alone += fmt.Sprintf("%d,%g,%g\n", day+60*k, rate*60, cpu)
	}
	if f := fitting(t, web, unneeded, alone).finding("CPU per request"); f.Found {
		t.Errorf("%+v", f)
	}
	if f := fitting(t, strings.Replace(web, "max_size = 10", "max_size = 2", 1), unneeded, alone).finding("CPU per request"); !f.Found || math.Abs(f.Estimate/0.05-1) > 0.03 {
		t.Errorf("%+v", f)
	}
}

// One vCPU, first come first served, requests of 20 ms that vary as an exponential does:
// M/M/1, whose response times are exponential with mean 1/(50 - rate) (Kleinrock, Queueing
// Systems I, 1975, 3.2). Nothing waits elsewhere.
func TestLatencyOfASingleServer(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	const scenario = "timezone = \"UTC\"\n[load.a.constant]\nrate = \"20/s\"\n[request]\ncpu = \"30ms\"\n[instance]\ntype = \"c7g.medium\"\ndiscipline = \"fifo\"\n[auto_scaling_group]\nmin_size = 1\nmax_size = 1\n"
	s := rng.New(5, "mm1")
	text := "time,RequestCount,CPUUtilization,GroupInServiceInstances,TargetResponseTime p50,TargetResponseTime p90,TargetResponseTime p99\n"
	for k := range 400 {
		rate := 20 + 12*math.Sin(float64(k)/40)
		q := func(p float64) float64 { return -math.Log(1-p) / (50 - rate) * math.Exp(0.05*s.Norm()) }
		text += fmt.Sprintf("%d,%g,%g,1,%g,%g,%g\n", day+60*k, rate*60, 100*rate*0.02+0.2*s.Norm(), q(0.5), q(0.9), q(0.99))
	}
	r := fitting(t, scenario, world.Run, text)
	cv, wait := r.finding("variation"), r.finding("wait off the CPU")
	if !cv.Found || cv.Estimate < 0.75 || cv.Estimate > 1.4 {
		t.Errorf("variation %+v", cv)
	}
	if wait.Estimate > 0.004 {
		t.Errorf("wait %+v", wait)
	}
	for _, c := range r.Checks {
		if c.MAPE > 0.15 {
			t.Errorf("%+v", c)
		}
	}
}
