package world

import (
	"math"
	"testing"

	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// A database of two workers of 10 ms carries 200/s. Slowed four times for five minutes it
// carries 50/s of the 100/s that come: 15,000 wait then, and are worked off at 100/s in 150
// s. The instances have nothing to do with it, and more of them are not needed.
func TestASlowDependency(t *testing.T) {
	cfg := zombie(4, fault.DependencySlow{Plan: onceFor("backup", 5*des.Minute), Label: "db", Factor: 4})
	cfg.Dependencies = []serving.Dependency{{Name: "db", Share: 1, Work: workload.Constant{Value: 0.01}, Workers: 2, Queue: serving.Unlimited}}
	cfg.SLO.Latency = des.Second
	r := run(t, cfg)
	f := r.Summary.Collapse
	if f == nil || len(f.Limits) != 1 {
		t.Fatalf("%+v, want one limit", f)
	}
	l := &f.Limits[0]
	from, to := t0.Seconds(), t0.Seconds()+300+150
	if math.Abs(l.FromS-from) > 60 || math.Abs(l.ToS-to) > 60 || l.Carries != 50 || l.Fault != "backup" || l.Open {
		t.Errorf("%+v, want from %v to %v", l, from, to)
	}
	most := 0.0
	for k := range r.Rows {
		most = max(most, r.Rows[k].Dependencies[0].Waiting)
	}
	if math.Abs(most-13_500) > 100 {
		t.Errorf("at the most %v wait, want 13,500 in the mean of the last minute", most)
	}
	d := &r.Summary.Dependencies[0]
	if d.CarriesPerS != 200 || d.BusyMaxMinute < 0.999 || d.Asked-d.Answered > 2 || d.Refused+d.GaveUp+d.HungUp > 0 {
		t.Errorf("%+v", d)
	}
	// What is asked is answered before the end, at 10 ms each, and at 40 for 5 min x 2 workers.
	slow := 2 * 300 / 0.04
	want := ((float64(d.Asked)-slow)*0.01 + slow*0.04) / 2 / cfg.Duration.Seconds()
	if math.Abs(d.Busy-want) > 0.001 {
		t.Errorf("busy %v, want %v", d.Busy, want)
	}
	if s := r.Summary.Saturation; len(s) != 1 || s[0].Resource != collapse.Dependency || s[0].Dependency != "db" {
		t.Errorf("%+v, want the database to be the bottleneck once", s)
	}
	if by := r.Summary.Requests.HTTP; by == nil || by.Target5XX > 0 {
		t.Errorf("%+v, want no 5XX of targets without a timeout", by)
	}
}

// Which rate a fleet carries is at most what the dependency does: 200/s, whatever its
// size; below it a fleet is found.
func TestNoFleetOutrunsADependency(t *testing.T) {
	cfg := zombie(4, nil)
	cfg.Faults = nil
	cfg.Dependencies = []serving.Dependency{{Name: "db", Share: 1, Work: workload.Exponential{M: 0.01}, Workers: 2, Queue: serving.Unlimited}}
	cfg.SLO = record.SLO{Latency: des.Second, Good: 0.9}
	if n, possible := NeededFor(cfg, 200); n != -1 || !possible {
		t.Errorf("%d for 200/s, want no fleet", n)
	}
	if n, _ := NeededFor(cfg, 100); n < 1 {
		t.Errorf("%d for 100/s, want some", n)
	}
	if FidelityOf(&record.Config{Dependencies: cfg.Dependencies, Duration: cfg.Duration, Loads: []workload.Load{{Curve: workload.ConstantRate(1e6)}}}) != record.Exact {
		t.Error("auto is not exact with a dependency")
	}
}
