package world

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/fault"
	"asgsim/sim/serving"
)

// One of four answers with errors for ten minutes. It is found at one of the first looks, 5 s
// apart, and loses half its weight w with each: w/(3+w) of 100/s are 147 errors in the
// seven looks to a hundredth, beside 33 a look until it is found, 25/s; from then on 0.33/s.
// Its errors leave the window of 30 s as the fault is over, and seven looks later its share
// is whole. Of two targets none is anomalous, and every second request fails.
func TestAnomalyMitigation(t *testing.T) {
	for _, n := range []int{4, 2} {
		lasts := 10 * des.Minute
		cfg := zombie(n, fault.Errors{Plan: onceFor("hole", lasts), Share: 1})
		cfg.Loads = dense(100, 100, n).Loads
		cfg.Balancer.Algorithm = serving.WeightedRandom
		cfg.Balancer.Mitigation = elb.Mitigation{On: true, Ratio: 3, Share: 0.05, Window: 30 * des.Second, Floor: 0.01}
		r := run(t, cfg)
		lost := float64(r.Summary.Incidents[0].Lost)
		if n == 2 {
			if len(r.Anomalies) > 0 || lost < 29_000 || lost > 31_000 {
				t.Errorf("of two targets %+v, %v lost; want none, and 30,000", r.Anomalies, lost)
			}
			continue
		}
		if len(r.Anomalies) != 1 {
			t.Fatalf("%+v, want one", r.Anomalies)
		}
		a := r.Anomalies[0]
		over := t0.Add(lasts)
		if a.Weight != 0.01 || a.Others != 0 || a.From > t0.Add(10*des.Second) || a.To < over.Add(35*des.Second) || a.To > over.Add(75*des.Second) {
			t.Errorf("%+v: want it found within 10 s, and its share whole 60 s or so after %v", a, over)
		}
		if low, high := 147+0.33*550-60, 147+0.33*550+25*10+60; lost < low || lost > high {
			t.Errorf("%v lost, want %v to %v", lost, low, high)
		}
		if s := r.Summary.Anomalies; len(s) != 1 || s[0].Instance == "" || s[0].Weight != 0.01 || r.Summary.Capacity.HealthReplacements > 0 {
			t.Errorf("%+v", s)
		}
	}
}
