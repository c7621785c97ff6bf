package world

import (
	"context"
	"math"
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/workload"
)

// foreseen is a day whose load doubles from ten to eleven, every day; with a
// history of it, and no other policy.
func foreseen(p scaling.Predictive) *record.Config {
	cfg := dense(100, 100, 2)
	rates := make([]float64, 24)
	for h := range rates {
		rates[h] = 19
	}
	rates[10] = 77
	p.Name, p.Target, p.Pair = "ahead", 600, scaling.ALBRequestCount
	cfg.Duration = 12 * des.Hour
	cfg.Loads = []workload.Load{{Name: "office", Curve: workload.Hourly{Rates: rates}.Curve(&cfg.Calendar, cfg.Duration)}}
	cfg.Policies = []scaling.Policy{&p}
	cfg.Group.Min, cfg.Group.Max = 1, 20
	return cfg
}

func mustRun(t *testing.T, cfg *record.Config) *account.Result {
	t.Helper()
	r, err := Run(context.Background(), cfg, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Violations) > 0 {
		t.Fatalf("%v", r.Violations)
	}
	return r
}

func TestAForecastIsActedOnABufferBeforeItsHour(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	const ten = des.Time(10 * des.Hour)
	for _, buffer := range []des.Duration{5 * des.Minute, 0, 59 * des.Minute} {
		r := mustRun(t, foreseen(scaling.Predictive{Scale: true, Buffer: buffer}))
		var outs []record.CapacityChange
		for i, c := range r.Capacity {
			if i > 0 && c.Desired != r.Capacity[i-1].Desired {
				outs = append(outs, c)
			}
		}
		// TV-40: the step up at 10:00 is asked for at 09:55; nothing is taken away.
		if len(outs) != 1 || outs[0].At != ten.Add(-buffer) || outs[0].Desired != 8 {
			t.Errorf("buffer %v: %+v", buffer, outs)
		}
		launch := -1
		for i, a := range r.Activities {
			if strings.Contains(a.Cause, "predictive scaling policy ahead scheduled a capacity of") {
				launch = i
				break
			}
		}
		if launch < 0 || r.Activities[launch].Start < ten.Add(-buffer) || r.Activities[launch].Start > ten.Add(-buffer+30*des.Second) {
			t.Errorf("buffer %v: no activity with its cause: %+v", buffer, r.Activities)
		}
		s := r.Summary.Forecasts
		if len(s) != 1 || s[0].HistoryHours != scaling.HistoryHours || s[0].Hours != 12 || s[0].MAPE == nil || *s[0].MAPE > 0.05 || s[0].Raised != 1 || s[0].MaxCapacity != outs[0].Desired {
			t.Errorf("summary %+v", s)
		}
		if row := r.Rows[10*60+5]; row.ForecastCapacity != outs[0].Desired || math.Abs(row.ForecastRate-77) > 4 {
			t.Errorf("the row says %v, %d", row.ForecastRate, row.ForecastCapacity)
		}
	}
}

func TestForecastOnlyShowsAndDoesNothing(t *testing.T) {
	cfg := foreseen(scaling.Predictive{Buffer: 5 * des.Minute})
	r := mustRun(t, cfg)
	if len(r.Activities) != 0 || r.Rows[10*60+5].ForecastCapacity < 8 || len(r.Inactive) != 1 || !strings.Contains(r.Inactive[0].Why, "ForecastOnly") {
		t.Errorf("%+v, %+v", r.Activities, r.Inactive)
	}
}

func TestARaisedMaximumStaysRaised(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	for _, x := range []struct {
		p                   scaling.Predictive
		desired, low, upper int
	}{
		{scaling.Predictive{Scale: true, Buffer: 300 * des.Second}, 5, 5, 5},
		{scaling.Predictive{Scale: true, Buffer: 300 * des.Second, Increase: true, MaxBuffer: 0.5}, 8, 12, 14},
	} {
		cfg := foreseen(x.p)
		cfg.Group.Max = 5
		r := mustRun(t, cfg)
		last := r.Capacity[len(r.Capacity)-1]
		if last.Desired < x.desired || last.MaxSize < x.low || last.MaxSize > x.upper {
			t.Errorf("increase %v: desired %d, max %d", x.p.Increase, last.Desired, last.MaxSize)
		}
	}
}

// A dynamic policy may add to the forecast, and does not go below it.
func TestTheGreaterOfForecastAndDynamicPolicies(t *testing.T) {
	cfg := foreseen(scaling.Predictive{Scale: true, Buffer: 300 * des.Second})
	cfg.Policies = append(cfg.Policies, dense(100, 100, 2).Policies...)
	tracking(cfg, 1).Metric, tracking(cfg, 1).Target = scaling.ALBRequestCountPerTarget, 6000
	r := mustRun(t, cfg)
	for _, row := range r.Rows[10*60+1 : 10*60+59] {
		if row.Desired < row.ForecastCapacity {
			t.Fatalf("at %v tracking took the desired capacity to %d, below the forecast %d", row.At, row.Desired, row.ForecastCapacity)
		}
	}
	if last := r.Rows[len(r.Rows)-1]; last.Desired >= 8 {
		t.Errorf("after the hour tracking may scale in, but %d are desired", last.Desired)
	}
	blocked := false
	for _, b := range r.Summary.Blocked {
		blocked = blocked || b.By == scaling.BlockForecast.String()
	}
	if !blocked {
		t.Errorf("who blocked is not said: %+v", r.Summary.Blocked)
	}
}

// Without a history the policy says so, and begins after 24 hours.
func TestTheFirstDayWithoutHistory(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	cfg := foreseen(scaling.Predictive{Scale: true, Buffer: 300 * des.Second})
	cfg.Duration = 36 * des.Hour
	var bins workload.BinList
	for h := range 36 {
		rate := 20.0
		if h%24 == 10 {
			rate = 80
		}
		bins = append(bins, workload.Bin{From: s(3600 * float64(h)), To: s(3600 * float64(h+1)), Rate: rate})
	}
	cfg.Loads[0].Curve = workload.Trace{Bins: bins}.Curve(cfg.Duration)
	r := mustRun(t, cfg)
	if !strings.Contains(r.Decisions[0].Why, "begins with 0 hours of history: it needs 24") {
		t.Errorf("it says %q", r.Decisions[0].Why)
	}
	for _, row := range r.Rows {
		if known := row.ForecastCapacity >= 0; known != (row.At >= s(24*3600)) && row.At < s(24*3600) {
			t.Fatalf("a forecast of %d at %v", row.ForecastCapacity, row.At)
		}
	}
	if c := r.Capacity[len(r.Capacity)-1]; c.Desired < 5 {
		t.Errorf("the second morning was not foreseen: %d", c.Desired)
	}
}

// A target group with half of the requests needs half of the instances: at ten 77 a second
// are 4,620 a minute, of which 2,310 by 600 is 4, not 8.
func TestTheForecastOfATargetGroup(t *testing.T) {
	for group, want := range map[string]int{"": 8, "api": 4} {
		cfg := foreseen(scaling.Predictive{Scale: true, Group: group})
		cfg.Duration = 10*des.Hour + 10*des.Minute
		if group != "" {
			cfg.Balancer.Others = []elb.Other{{Name: "api", Share: 0.5, DeregistrationDelay: cfg.Balancer.DeregistrationDelay, Check: cfg.Balancer.Check}}
		}
		highest := 0
		for _, c := range mustRun(t, cfg).Capacity {
			highest = max(highest, c.Desired)
		}
		if highest != want {
			t.Errorf("%q: up to %d instances, want %d", group, highest, want)
		}
	}
}
