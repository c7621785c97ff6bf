package world

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// Every figure is about [warm_up, duration): what happened before leaves no trace in
// the summary, and a bound that moves is the bound of each instant.
func TestSummaryIsOfTheWindow(t *testing.T) {
	build := func(warmUp des.Duration) *record.Config {
		cfg := still(2)
		cfg.Duration, cfg.WarmUp = 4*des.Hour, warmUp
		cfg.Group.Min, cfg.Group.Max = 1, 3
		cfg.Group.HealthCheckELB = true
		cfg.Faults = []fault.Fault{fault.Crash{Plan: fault.Plan{Name: "early", At: []des.Time{des.Time(10 * des.Minute)}, Whom: fault.Whom{Count: 1}}}}
		cfg.Schedule = []asg.Schedule{
			{Name: "raise", At: []des.Time{des.Time(30 * des.Minute)}, Min: 1, Max: 5, Desired: 5},
			{Name: "lower", At: []des.Time{des.Time(3 * des.Hour)}, Min: 2, Max: 4, Desired: 4},
		}
		return cfg
	}
	whole := run(t, build(0)).Summary
	// Desired is max_size from 30 min (5 of 5) to the end (4 of 4 from 3 h): 210 min.
	if c := whole.Capacity; c.MinSize != 1 || c.MaxSize != 5 || c.MinutesAtMax != 210 || c.HealthReplacements != 1 || c.ScalingActivities != 4 {
		t.Errorf("whole run: bounds %d..%d, %v min at max, %d replacements, %d scaling activities; want 1..5, 210, 1, 4 (3 launches, 1 termination)",
			c.MinSize, c.MaxSize, c.MinutesAtMax, c.HealthReplacements, c.ScalingActivities)
	}
	late := run(t, build(200*des.Minute)).Summary
	if c := late.Capacity; c.MinSize != 2 || c.MaxSize != 4 || c.MinutesAtMax != 40 || c.HealthReplacements != 0 || c.ScalingActivities != 0 {
		t.Errorf("from 200 min: bounds %d..%d, %v min at max, %d replacements, %d scaling activities; want 2..4, 40, 0, 0",
			c.MinSize, c.MaxSize, c.MinutesAtMax, c.HealthReplacements, c.ScalingActivities)
	}
	if n := late.Faults.Injected["crash"] + late.Faults.Asked["crash"]; n != 0 || len(late.Incidents) != 0 {
		t.Errorf("a fault before the window counts in it: %d, %d incidents", n, len(late.Incidents))
	}
	attempts, offered := uint64(0), late.Requests.Offered+late.Requests.Retries
	for _, n := range late.Requests.AttemptsBy {
		attempts += n
	}
	// A few are in flight at either edge.
	if attempts < offered-50 || attempts > offered+50 {
		t.Errorf("%d attempts ended in the window, %d were sent in it", attempts, offered)
	}
}
