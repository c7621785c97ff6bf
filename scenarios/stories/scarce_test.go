package stories

import (
	"math"
	"testing"
)

// Stories of capacity that is there and of no use.
func TestScarceStories(t *testing.T) {
	tell(t, "more instances do not help a database", func(t *testing.T, r runs) {
		const name = "database-limit"
		asIs, more, cached, fast := r.summary(t, name, "as-is"), r.summary(t, name, "more-instances"), r.summary(t, name, "half-cached"), r.summary(t, name, "fail-fast")
		// 475 a second are asked of a database that answers 400, and whoever is not answered
		// in time keeps his place: from 12:55 + 15 minutes x 175/250 on most of the time fails.
		if asIs.SLO.Met || asIs.SLO.BreachedMinutes < 20 || asIs.Collapse == nil || len(asIs.Collapse.Limits) == 0 || asIs.CPU.MaxMinute > 0.9 {
			t.Errorf("as is: %+v, %+v, %+v", asIs.SLO, asIs.CPU, asIs.Collapse)
		}
		if math.Abs(good(more)-good(asIs)) > 0.1 || more.InstanceHours < 1.5*asIs.InstanceHours {
			t.Errorf("more instances: %.3f good against %.3f, %v hours against %v", good(more), good(asIs), more.InstanceHours, asIs.InstanceHours)
		}
		if !cached.SLO.Met || cached.Collapse != nil && len(cached.Collapse.Limits) > 0 {
			t.Errorf("half cached: %+v, %+v", cached.SLO, cached.Collapse)
		}
		// 400 of 475 are 84 %, in half of the time.
		if fast.SLO.Met || good(fast) < 0.84 {
			t.Errorf("fail fast: %.3f good, %+v", good(fast), fast.SLO)
		}
	})
	tell(t, "a zone is shifted away from where there is room", func(t *testing.T, r runs) {
		asIs, nobody, lean := r.summary(t, "zonal-shift", "as-is"), r.summary(t, "zonal-shift", "nobody-acts"), r.summary(t, "zonal-shift", "lean")
		// A third of the requests for 6 and for 40 of 75 minutes.
		for what, x := range map[string][2]float64{"shifted": {good(asIs), 1 - 6.0/75/3}, "nobody acts": {good(nobody), 1 - 40.0/75/3}} {
			if math.Abs(x[0]-x[1]) > 0.005 {
				t.Errorf("%s: %.4f good, want %.4f", what, x[0], x[1])
			}
		}
		if good(lean) > good(nobody)-0.05 || asIs.Capacity.HealthReplacements+lean.Capacity.HealthReplacements > 0 {
			t.Errorf("lean: %.3f good, nobody acts %.3f; replaced %d and %d", good(lean), good(nobody), asIs.Capacity.HealthReplacements, lean.Capacity.HealthReplacements)
		}
	})
	tell(t, "cold instances are sent as much as warm ones", func(t *testing.T, r runs) {
		asIs, slow, pool := r.summary(t, "cold-caches", "as-is"), r.summary(t, "cold-caches", "slow-start"), r.summary(t, "cold-caches", "warm-pool")
		if asIs.SLO.Met || good(slow) < good(asIs)+0.01 || good(pool) < good(asIs)+0.01 || slow.InstanceHours > asIs.InstanceHours {
			t.Errorf("as is %.4f good, with slow start %.4f, with a warm pool %.4f; %v and %v hours", good(asIs), good(slow), good(pool), asIs.InstanceHours, slow.InstanceHours)
		}
	})
}
