package collapse

import (
	"math"
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// asking is overload with a database of two workers that takes 10 ms of each request: it
// carries 200/s, and has nothing to spare in the bad minutes, in which the CPU idles.
func asking() *record.Record {
	r := overload()
	r.Config.SLO.Good = 0.99
	r.Config.Dependencies = []serving.Dependency{{Name: "db", Share: 1, Work: workload.Constant{Value: 0.01}, Workers: 2, Queue: serving.Unlimited}}
	for k := range r.Rows {
		use := record.DependencyUse{Busy: 0.5}
		if k >= 10 && k < 30 {
			use = record.DependencyUse{Busy: 1, Waiting: 30}
		}
		r.Rows[k].CPU, r.Rows[k].Hottest, r.Rows[k].Dependencies = 0.1, 0.1, []record.DependencyUse{use}
	}
	return r
}

func TestLimitsByHand(t *testing.T) {
	l := found(asking()).LimitAt(11 * minute)
	want := Limit{Dependency: "db", FromS: 600, ToS: 1800, Busy: 1, Waiting: 30, BadShare: 1, Expected: 200, Carries: 200, Factor: 1, CPU: 0.1, From: 4, Most: 4}
	if l == nil || math.Abs(l.Busy-1) > 1e-9 || math.Abs(l.Waiting-30) > 1e-9 || math.Abs(l.CPU-0.1) > 1e-9 {
		t.Fatalf("%+v, want %+v", l, want)
	}
	l.Busy, l.Waiting, l.CPU = 1, 30, 0.1
	if *l != want {
		t.Errorf("%+v, want %+v", *l, want)
	}
	// 200/s on 2 workers of 100/s, a fifth idle: 2 / 0.8 = 2.5, so 3.
	if n := l.Relief(asking().Config.Dependencies, 0.01); n.Workers != 3 || n.Queue != serving.Unlimited {
		t.Errorf("%+v would do, want 3 workers", n)
	}
	for name, c := range map[string]struct {
		edit     func(*record.Record)
		from, to float64 // minutes; 0: none
	}{
		"a fleet that grows meanwhile": {func(r *record.Record) { r.Rows[20].States.Ready = 9 }, 10, 30},
		"to the end":                   {func(r *record.Record) { r.Config.Duration, r.Rows = 30*des.Minute, r.Rows[:30] }, 10, 30},
		"a respite of five minutes":    {func(r *record.Record) { respite(r, 15, 20) }, 10, 30},
		"a single minute":              {func(r *record.Record) { respite(r, 12, 30); respite(r, 10, 11) }, 0, 0},
		"nobody minds":                 {func(r *record.Record) { bad(r, 0.01) }, 0, 0},
		"94 %":                         {func(r *record.Record) { busy(r, 0.949) }, 0, 0},
		"wrong answers": {func(r *record.Record) {
			for k := range r.Rows {
				r.Rows[k].Ended[serving.Error] = 5
			}
		}, 0, 0},
		"before the window": {func(r *record.Record) { r.Config.WarmUp = 30 * des.Minute }, 0, 0},
	} {
		r := asking()
		c.edit(r)
		f := found(r)
		switch {
		case c.from == 0 && f != nil && len(f.Limits) > 0:
			t.Errorf("%s: %+v, want none", name, f.Limits)
		case c.from > 0 && (f == nil || len(f.Limits) != 1 || f.Limits[0].FromS != 60*c.from || f.Limits[0].ToS != 60*c.to || f.Limits[0].Open != (len(r.Rows) == 30)):
			t.Errorf("%s: %+v, want one from minute %v to %v", name, f, c.from, c.to)
		}
	}
}

func respite(r *record.Record, from, to int) {
	for k := from; k < to; k++ {
		r.Rows[k].Dependencies[0].Busy = 0.5
	}
}

func busy(r *record.Record, share float64) {
	for k := range r.Rows {
		r.Rows[k].Dependencies[0].Busy = share
	}
}

// Slowed four times it carries 50/s, and takes 1/4 of the load at a time: 200/s would need
// 2 x 200/50 / 0.8 = 10 workers. The fault triggers what comes after it, not the load.
func TestASlowDependencyByHand(t *testing.T) {
	r := asking()
	r.Config.Faults = []fault.Fault{fault.DependencySlow{Plan: fault.Plan{Name: "backup", Lasts: 10 * des.Minute}, Label: "db", Factor: 4}}
	r.Faults = []record.Injection{{Name: "backup", Kind: "dependency_slow", At: 10 * minute, Ordinal: -1}}
	f := found(r)
	l := f.LimitAt(11 * minute)
	if l == nil || l.Factor != 4 || l.Fault != "backup" || l.Carries != 50 || l.Relief(r.Config.Dependencies, 0.01).Workers != 10 {
		t.Errorf("%+v, want 50/s by fault backup", l)
	}
	if s := f.StuckAt(21 * minute); s == nil || s.FromS != 1200 || s.Trigger != TriggerFault || s.Fault != "backup" {
		t.Errorf("%+v, want a metastable state after the fault", f.Stuck)
	}
}

// A dependency is the bottleneck before the CPU, and the CPU before the workers.
func TestSaturationByHand(t *testing.T) {
	r := asking()
	r.Rows[5].CPU, r.Rows[5].Workers = 0.96, 1
	r.Rows[6].CPU, r.Rows[6].Workers = 0.3, 1
	r.Rows[40].Workers = 0.94
	for k := 10; k < 20; k++ {
		r.Rows[k].Workers, r.Rows[k].CPU = 1, 1
	}
	got := Saturation(r, r.Rows)
	want := []Saturated{{CPU, "", 300, 360, 0.96}, {Workers, "", 360, 420, 1}, {Dependency, "db", 600, 1800, 1}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
