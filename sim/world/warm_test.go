package world

import (
	"math"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// An instance that comes at t0 begins at a fifth of its speed and is at full speed 100 s
// after it is up, in steps of 100/60 s: work of 10 ms takes 50 ms at first. While it warms
// up it has done as much work as a warm one would in (0.2 + 1)/2 of the time that it was
// busy. By requests it warms up as it answers, and one that nobody asks stays cold.
func TestWarmingUp(t *testing.T) {
	for _, by := range []ec2.WarmCurve{{From: 0.2, Over: 100 * des.Second}, {From: 0.2, Requests: 2000}, {From: 0.2, Requests: 1e9}} {
		cfg := zombie(4, nil)
		cfg.Faults = nil
		cfg.Template.Warm = by
		cfg.Events = []asg.Event{{Name: "more", Kind: asg.EventUpdate, At: []des.Time{t0}, Sizes: asg.Sizes{Min: 5, Max: 6, Desired: 5}}}
		r := run(t, cfg)
		if len(r.Instances) != 5 {
			t.Fatalf("%d instances, want a fifth", len(r.Instances))
		}
		for k := range 4 {
			if w := r.Instances[k].Runs[0]; w.WarmAt != 0 {
				t.Errorf("instance %d of the start is warm at %v, want from the start", k, w.WarmAt)
			}
		}
		n := r.Instances[4].Runs[0]
		took := n.WarmAt.Sub(n.UpAt).Seconds()
		var want float64
		switch {
		case by.Over > 0:
			want = 100
		case by.Requests == 2000:
			want = 2000.0 / 20 // 100/s for five instances
			took -= r.Instances[4].FirstGood.Sub(n.UpAt).Seconds()
		default:
			if n.WarmAt != des.Never {
				t.Errorf("warm at %v after %d requests", n.WarmAt, n.Counters.Routed)
			}
			continue
		}
		if math.Abs(took-want) > 6 {
			t.Errorf("%+v: warm after %v s, want %v", by, took, want)
		}
		if l := r.Summary.Launch; l == nil || l.WarmS < 90 {
			t.Errorf("%+v", l)
		}
		// Of what it was busy for beyond its work, at (1/speed - 1) of each: the mean of 1/s
		// over s from 0.2 to 1 is ln 5 / 0.8 = 2.01, so 2,000 requests of 10 ms kept it busy
		// for 20 s more than their 20 s.
		extra := float64(n.Counters.CPUNanos-n.Counters.WorkNanos) / 1e9
		if want := 2000 * 0.010 * (math.Log(5)/0.8 - 1); math.Abs(extra-want) > 0.1*want {
			t.Errorf("%+v: busy for %v s beyond its work, want %v", by, extra, want)
		}
	}
}
