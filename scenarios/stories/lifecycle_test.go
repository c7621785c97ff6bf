package stories

import (
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

func TestLifecycleStories(t *testing.T) {
	tell(t, "a hook that nobody answers stalls the group", func(t *testing.T, r runs) {
		hour, none := r.result(t, "lifecycle-hook", "default-timeout"), r.result(t, "lifecycle-hook", "no-hook")
		short, goOn := r.result(t, "lifecycle-hook", "short"), r.result(t, "lifecycle-hook", "continue")
		if good(&hour.Summary) > 0.5 || good(&none.Summary) < 0.95 || good(&short.Summary) < good(&hour.Summary)+0.3 || good(&goOn.Summary) < good(&short.Summary) {
			t.Errorf("good: an hour %.3f, five minutes %.3f, continue %.3f, no hook %.3f", good(&hour.Summary), good(&short.Summary), good(&goOn.Summary), good(&none.Summary))
		}
		// The wait is paid for: an hour of an instance buys less than half the good answers.
		perHour := func(r *account.Result) float64 { return float64(r.Summary.Requests.Good) / r.Summary.InstanceHours }
		if !none.Summary.SLO.Met || perHour(hour) > perHour(none)/2 {
			t.Errorf("the wait is paid for: %.1f instance-hours, without %.1f", hour.Summary.InstanceHours, none.Summary.InstanceHours)
		}
		waited := 0
		for _, a := range hour.Activities {
			if a.Status == asg.Cancelled && a.End.Sub(a.Start) > des.Hour {
				waited++
			}
		}
		if waited < 3 {
			t.Errorf("%d launches were abandoned after an hour", waited)
		}
	})
	tell(t, "a zone fails, and the others have room for it or not", func(t *testing.T, r runs) {
		three, tight, one := r.result(t, "zone-outage", "three-zones"), r.result(t, "zone-outage", "tight"), r.result(t, "zone-outage", "one-zone")
		if !three.Summary.SLO.Met || three.Summary.SLO.BreachedMinutes > 2 || three.Summary.Capacity.InService.Min != 4 {
			t.Errorf("three zones: %+v", three.Summary.SLO)
		}
		if tight.Summary.SLO.Met || good(&tight.Summary) > 0.4 || tight.Summary.Capacity.HealthReplacements < 20 {
			t.Errorf("tight: %.3f good, %+v", good(&tight.Summary), tight.Summary.Capacity)
		}
		if one.Summary.SLO.Met || one.Summary.Capacity.InService.Min != 0 || one.Summary.SLO.BreachedMinutes < 55 {
			t.Errorf("one zone: %+v", one.Summary.SLO)
		}
		refused, most := 0, 0
		for _, a := range three.Activities {
			if a.Status == asg.Failed && a.Zone == "b" {
				refused++
			}
		}
		for _, c := range three.Capacity {
			most = max(most, c.States.Pending+c.States.InService())
		}
		if refused == 0 || most != 7 {
			t.Errorf("%d launches refused, at most %d instances", refused, most)
		}
	})
	tell(t, "a refresh stops a bad version, if health checks see it", func(t *testing.T, r runs) {
		fine, never := r.result(t, "instance-refresh", "good"), r.result(t, "instance-refresh", "never-up")
		errors, blind := r.result(t, "instance-refresh", "errors"), r.result(t, "instance-refresh", "ec2-checks")
		end := func(r *account.Result) (last record.Decision) {
			for _, d := range r.Decisions {
				if d.Policy == "deploy" {
					last = d
				}
			}
			return last
		}
		if d := end(fine); !fine.Summary.SLO.Met || d.Why != "instance refresh Successful" || d.At > des.Time(70*des.Minute) {
			t.Errorf("good: %+v, %+v", d, fine.Summary.SLO)
		}
		if d := end(never); !never.Summary.SLO.Met || d.Why != "instance refresh RollbackSuccessful" || never.Summary.Capacity.InService.Min < 9 {
			t.Errorf("never up: %+v, %+v", d, never.Summary.SLO)
		}
		if d := end(errors); errors.Summary.SLO.Met || d.Why != "instance refresh Successful" || good(&errors.Summary) > 0.95 || good(&errors.Summary) < 0.9 {
			t.Errorf("errors: %+v, %+v", d, errors.Summary.SLO)
		}
		watched := r.result(t, "instance-refresh", "watched")
		if d := end(watched); !watched.Summary.SLO.Met || d.Why != "instance refresh RollbackSuccessful" || d.At > des.Time(30*des.Minute) || good(&watched.Summary) < 0.999 {
			t.Errorf("watched: %+v, %+v", d, watched.Summary.SLO)
		}
		if d := end(blind); good(&blind.Summary) > 0.5 || d.Why != "instance refresh Successful" {
			t.Errorf("EC2 checks: %+v, %+v", d, blind.Summary.SLO)
		}
	})
}
