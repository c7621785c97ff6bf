package stories

import (
	"math"
	"testing"
)

func TestFaultStories(t *testing.T) {
	tell(t, "what fails fast draws the traffic of least outstanding requests", func(t *testing.T, r runs) {
		robin, least := r.summary(t, "black-hole", "round-robin"), r.summary(t, "black-hole", "least-outstanding")
		// A sixth of the requests of the last 20 of 30 minutes, whatever the seed.
		if want := 1 - 20.0/30/6; math.Abs(good(robin)-want) > 0.01 {
			t.Errorf("round robin: %.3f good, want %.3f", good(robin), want)
		}
		if 1-good(least) < 2*(1-good(robin)) || least.CPU.Mean > robin.CPU.Mean || least.Incidents[0].DetectS != nil {
			t.Errorf("least outstanding: %.3f good, round robin %.3f", good(least), good(robin))
		}
		if deep := r.summary(t, "black-hole", "deep-checks"); good(deep) < 0.99 || deep.Capacity.HealthReplacements != 1 || deep.Incidents[0].ReplaceS == nil {
			t.Errorf("deep checks: %.4f good, %+v", good(deep), deep.Incidents)
		}
		all := r.result(t, "black-hole", "all-deep")
		if len(all.FailOpens) == 0 || all.Summary.Capacity.HealthReplacements < 2 || good(&all.Summary) > 0.9 {
			t.Errorf("all: %+v, %d replaced", all.FailOpens, all.Summary.Capacity.HealthReplacements)
		}
	})
	tell(t, "a slow instance hurts more than a dead one, unless somebody looks at what is outstanding", func(t *testing.T, r runs) {
		robin, crashed := r.summary(t, "grey-failure", "round-robin"), r.summary(t, "grey-failure", "crashed")
		least, checks := r.summary(t, "grey-failure", "least-outstanding"), r.summary(t, "grey-failure", "elb-checks")
		if good(robin) > 0.96 || robin.SLO.Met || robin.Capacity.HealthReplacements != 0 || robin.Incidents[0].OverS == nil {
			t.Errorf("round robin: %.3f good, %+v", good(robin), robin.Incidents)
		}
		if good(crashed) < 0.998 || crashed.Incidents[0].ReplaceS == nil || good(least) < 0.998 || least.Incidents[0].Lost != 0 {
			t.Errorf("crashed %.4f, least outstanding %.4f good, %+v", good(crashed), good(least), least.Incidents)
		}
		if good(checks) < good(robin)+0.02 || checks.Capacity.HealthReplacements == 0 {
			t.Errorf("ELB checks: %.3f good, round robin %.3f", good(checks), good(robin))
		}
	})
	tell(t, "a bad version is out at once, or stopped by an alarm", func(t *testing.T, r runs) {
		once, refresh := r.summary(t, "bad-deploy", "all-at-once"), r.summary(t, "bad-deploy", "refresh")
		watched, launches := r.summary(t, "bad-deploy", "watched"), r.summary(t, "bad-deploy", "launches")
		// A fifth of the requests of 15 of 50 minutes.
		if want := 1 - 0.2*15/50; math.Abs(good(once)-want) > 0.005 || len(once.Incidents) != 10 {
			t.Errorf("all at once: %.4f good, want %.4f; %d incidents", good(once), want, len(once.Incidents))
		}
		// At least a fifth of the 20 minutes after the refresh.
		if good(refresh) > 1-0.2*20/50 || good(watched) < 0.985 {
			t.Errorf("refresh %.4f, watched %.4f good", good(refresh), good(watched))
		}
		bad := 0
		for _, i := range launches.Incidents {
			if i.Kind == "bad_deploy" && i.OverS == nil && i.Lost > 0 {
				bad++
			}
		}
		if bad != 1 || good(launches) < 0.98 {
			t.Errorf("launches: %.4f good, %+v", good(launches), launches.Incidents)
		}
	})
}
