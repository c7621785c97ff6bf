package world

import (
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// still is a group of n without policies and with little to do.
func still(n int) *record.Config {
	cfg := timeline(float64(n), float64(n), n)
	cfg.Policies = nil
	cfg.Group.Min, cfg.Group.Max = 0, 2*n
	cfg.Balancer.DeregistrationDelay = 20 * des.Second
	return cfg
}

// resized is a still group whose desired capacity is set to want at t0.
func resized(n, want int) *record.Config {
	cfg := still(n)
	cfg.Schedule = []asg.Schedule{{Name: "resize", At: []des.Time{t0}, Min: asg.Keep, Max: asg.Keep, Desired: want}}
	return cfg
}

// terminated lists the ordinals of the instances terminated, in order.
func terminated(r *account.Result) (out []int) {
	for _, a := range r.Activities {
		if !a.Launch && !a.Move {
			out = append(out, a.Instance)
		}
	}
	return out
}

// Termination policies choose within the fullest zone; each narrows what the one
// before could not tell apart.
func TestTerminationPolicies(t *testing.T) {
	for _, row := range []struct {
		name string
		list []asg.TerminationPolicy
		less func(a, b record.Instance) bool // a goes rather than b
	}{
		{"oldest", []asg.TerminationPolicy{asg.OldestInstance}, func(a, b record.Instance) bool { return a.Launched < b.Launched }},
		{"newest, then default", []asg.TerminationPolicy{asg.NewestInstance, asg.DefaultTermination}, func(a, b record.Instance) bool { return a.Launched > b.Launched }},
		{"hour", []asg.TerminationPolicy{asg.ClosestToNextInstanceHour}, func(a, b record.Instance) bool { return toHour(a) < toHour(b) }},
		{"default", nil, func(a, b record.Instance) bool { return toHour(a) < toHour(b) }},
	} {
		cfg := resized(7, 6) // four in zone a, three in zone b
		cfg.Group.Termination = row.list
		r := run(t, cfg)
		gone := terminated(r)
		if len(gone) != 1 || r.Instances[gone[0]].Zone != "a" {
			t.Errorf("%s: terminated %v, want one of the fullest zone", row.name, gone)
			continue
		}
		for _, i := range r.Instances {
			if i.Zone == "a" && i.Ordinal != gone[0] && row.less(i, r.Instances[gone[0]]) {
				t.Errorf("%s: instance %d went (launched %v), rather than %d (%v)", row.name, gone[0], r.Instances[gone[0]].Launched, i.Ordinal, i.Launched)
			}
		}
	}
}

func toHour(i record.Instance) des.Duration { return des.Hour - s(10).Sub(i.Launched)%des.Hour }

// With all instances protected desired falls and the group stays, until the
// protection is lifted (A8).
func TestScaleInProtection(t *testing.T) {
	cfg := resized(4, 2)
	cfg.Group.Protect = true
	cfg.Events = []asg.Event{{Name: "lift", Kind: asg.EventProtect, At: []des.Time{s(600)}, Count: asg.All}}
	r := run(t, cfg)
	for _, c := range r.Capacity {
		want := 4
		if c.At >= s(600) {
			want = 2
		}
		if c.States.InService() != want || c.At >= s(0) && c.Desired != 2 {
			t.Errorf("%v: %d in service, desired %d; want %d, 2", c.At, c.States.InService(), c.Desired, want)
		}
	}
}

// Standby takes an instance out of service without terminating it: desired falls,
// it is paid, not checked, and comes back on request.
func TestStandby(t *testing.T) {
	cfg := still(4)
	cfg.Group.Min = 3
	cfg.Events = []asg.Event{
		{Name: "out", Kind: asg.EventStandby, At: []des.Time{t0}, Count: 2, Decrement: true},
		{Name: "back", Kind: asg.EventExitStandby, At: []des.Time{s(900)}, Count: asg.All},
	}
	r := run(t, cfg)
	at := func(v float64) record.CapacityChange {
		var out record.CapacityChange
		for _, c := range r.Capacity {
			if c.At <= s(v) {
				out = c
			}
		}
		return out
	}
	if c := at(600); c.Desired != 3 || c.States.Standby != 1 || c.States.InService() != 3 || c.Running != 4 {
		t.Errorf("in standby: %+v (the second would have broken the minimum)", c)
	}
	if c := at(1200); c.Desired != 4 || c.States.Standby != 0 || c.States.InService() != 4 {
		t.Errorf("back: %+v", c)
	}
	if len(terminated(r)) > 0 || r.Summary.Capacity.Launches > 0 {
		t.Errorf("%d activities", len(r.Activities))
	}
	// Without the decrement another is launched.
	cfg.Events = []asg.Event{{Name: "out", Kind: asg.EventStandby, At: []des.Time{t0}, Count: 1}}
	r = run(t, cfg)
	if c := at(600); c.Desired != 4 || c.States.Standby != 1 || c.States.InService() != 4 || c.Running != 5 {
		t.Errorf("replaced: %+v", c)
	}
}

// A detached instance leaves the group, and its bill, alive.
func TestDetach(t *testing.T) {
	cfg := still(4)
	cfg.Events = []asg.Event{{Name: "keep", Kind: asg.EventDetach, At: []des.Time{t0}, Count: 1, Decrement: true}}
	r := run(t, cfg)
	n := 0
	for _, i := range r.Instances {
		if i.End.Kind == asg.EndDetached {
			n++
			if i.Ended != t0 {
				t.Errorf("ended %v, want %v", i.Ended, t0)
			}
		}
	}
	if a := r.Activities[0]; n != 1 || !a.Move || !strings.HasPrefix(a.Description, "Detaching EC2 instance") || len(terminated(r)) > 0 {
		t.Errorf("%d detached; %+v", n, a)
	}
}

// A9: what each suspended process stops, and what its resumption does.
func TestSuspendedProcesses(t *testing.T) {
	resume := func(p asg.Process) asg.Event {
		return asg.Event{Name: "resume", Kind: asg.EventResume, At: []des.Time{s(900)}, Processes: []asg.Process{p}}
	}
	inService := func(r *account.Result, v float64) int {
		n := 0
		for _, c := range r.Capacity {
			if c.At <= s(v) {
				n = c.States.InService()
			}
		}
		return n
	}
	check := func(name string, r *account.Result, before, after int) {
		t.Helper()
		if a, b := inService(r, 890), inService(r, 1000); a != before || b != after {
			t.Errorf("%s: %d in service while suspended, %d after; want %d, %d", name, a, b, before, after)
		}
	}
	cfg := resized(2, 4)
	cfg.Group.Suspended = []asg.Process{asg.Launch}
	cfg.Events = []asg.Event{resume(asg.Launch)}
	check("Launch", run(t, cfg), 2, 4)

	cfg = resized(4, 2)
	cfg.Group.Suspended = []asg.Process{asg.Terminate}
	cfg.Events = []asg.Event{resume(asg.Terminate)}
	check("Terminate", run(t, cfg), 4, 2)

	cfg = resized(2, 4)
	cfg.Group.Suspended = []asg.Process{asg.ScheduledActions}
	cfg.Events = []asg.Event{resume(asg.ScheduledActions)}
	check("ScheduledActions are lost", run(t, cfg), 2, 2)

	crash := []fault.Fault{fault.Crash{Plan: fault.Plan{Name: "power", At: []des.Time{t0}, Whom: fault.Whom{Count: 2}}}}
	for _, p := range []asg.Process{asg.HealthCheck, asg.ReplaceUnhealthy, asg.Launch, asg.Terminate} {
		cfg = still(4)
		cfg.Faults = crash
		cfg.Group.Suspended = []asg.Process{p}
		cfg.Events = []asg.Event{resume(p)}
		r := run(t, cfg)
		early := 0
		for _, a := range r.Activities {
			if a.Start < s(900) {
				early++
			}
		}
		// While only Launch is suspended, the dead are terminated and not replaced.
		if want := map[asg.Process]int{asg.Launch: 2}[p]; early != want {
			t.Errorf("%v: %d activities while suspended, want %d", p, early, want)
		}
		if got := inService(r, 1100); got != 4 || len(terminated(r)) != 2 {
			t.Errorf("%v: %d in service after the resumption, %d terminated", p, got, len(terminated(r)))
		}
		unhealthy := 0
		for _, c := range r.Capacity {
			if c.At <= s(890) {
				unhealthy = c.States.Unhealthy
			}
		}
		if want := map[asg.Process]int{asg.ReplaceUnhealthy: 2, asg.Terminate: 2, asg.HealthCheck: 2}[p]; unhealthy != want {
			t.Errorf("%v: %d unhealthy while suspended, want %d", p, unhealthy, want)
		}
	}

	cfg = resized(2, 4)
	cfg.Group.Suspended = []asg.Process{asg.AddToLoadBalancer}
	cfg.Events = []asg.Event{resume(asg.AddToLoadBalancer)}
	r := run(t, cfg)
	for _, i := range r.Instances[2:] {
		if i.FirstGood != des.Never || i.Served > 0 {
			t.Errorf("AddToLoadBalancer: instance %d was registered at %v", i.Ordinal, i.FirstGood)
		}
	}

	cfg = timeline(320, 640, 4)
	cfg.Group.Suspended = []asg.Process{asg.AlarmNotification}
	cfg.Events = []asg.Event{resume(asg.AlarmNotification)}
	r = run(t, cfg)
	if got := changesOfDesired(r); len(got) != 1 || got[0].At != s(900) || got[0].To != 7 {
		t.Errorf("AlarmNotification: desired changed %v, want to 7 when resumed", got)
	}
}

// TV-08: 90 to 120 percent of 100: while 30 unhealthy are replaced, never fewer
// than 90 in service nor more than 120.
func TestTV08MaintenancePolicy(t *testing.T) {
	for _, row := range []struct {
		name               string
		n, sick, keep, run int
		low, high          float64
	}{{"TV-08", 100, 30, 90, 120, 0.9, 1.2}, {"launch first", 10, 3, 10, 11, 1, 1}, {"terminate first", 10, 3, 9, 10, 0.9, 1}} {
		cfg := zombie(row.n, fault.Crash{Plan: fault.Plan{Name: "rot", Whom: fault.Whom{Count: row.sick}}, Process: true})
		cfg.Group.HealthCheckELB = true
		cfg.Group.Maintenance = &asg.Maintenance{MinHealthy: row.low, MaxHealthy: row.high}
		cfg.Duration = 60 * des.Minute
		cfg.Loads[0].Curve = jump{t0, float64(row.n), float64(row.n)}
		cfg.Balancer.DeregistrationDelay = 20 * des.Second
		r := run(t, cfg)
		least, most := row.n, 0
		for _, c := range r.Capacity {
			least, most = min(least, c.States.InService()), max(most, c.States.InService()+c.States.Pending)
		}
		if least < row.keep || most > row.run || len(terminated(r)) != row.sick {
			t.Errorf("%s: %d to %d, %d replaced; want within %d to %d, and %d", row.name, least, most, len(terminated(r)), row.keep, row.run, row.sick)
		}
		if got := r.Capacity[len(r.Capacity)-1].States.InService(); got != row.n {
			t.Errorf("%s: ends with %d", row.name, got)
		}
	}
}

// instances of one age are replaced one at a time before they are too old.
func TestMaximumInstanceLifetime(t *testing.T) {
	cfg := still(6)
	cfg.Duration = 27 * des.Hour
	cfg.Loads[0].Curve = jump{t0, 0.1, 0.1}
	cfg.Group.Lifetime = des.Day
	r := run(t, cfg)
	gone := terminated(r)
	if len(gone) != 6 {
		t.Fatalf("terminated %v, want each of the first six once", gone)
	}
	last := des.Time(0)
	for _, a := range r.Activities {
		if a.Launch || a.Move {
			continue
		}
		if age := a.Start.Sub(r.Instances[a.Instance].Launched); age > des.Day || age < 22*des.Hour {
			t.Errorf("instance %d was replaced at the age of %v", a.Instance, age)
		}
		if a.Start.Sub(last) < 140*des.Second {
			t.Errorf("replaced %v after the one before, which was not warm", a.Start.Sub(last))
		}
		last = a.Start
	}
	if got := r.Summary.Capacity.InService.Min; got != 5 {
		t.Errorf("%d in service at least, want 5: terminate first, one at a time", got)
	}
	cfg.Group.Protect = true
	if gone = terminated(run(t, cfg)); len(gone) > 0 {
		t.Errorf("protected instances were replaced: %v", gone)
	}
}

// Launched ahead, a replacement comes in the zone of the instance it replaces: no
// zone is left uneven, and nothing is moved after it.
func TestReplacementsKeepTheZonesEven(t *testing.T) {
	cfg := still(3)
	cfg.Duration = 27 * des.Hour
	cfg.Loads[0].Curve = jump{t0, 0.1, 0.1}
	cfg.Group.Zones = []string{"a", "b", "c"}
	cfg.Group.Lifetime, cfg.Group.Maintenance = des.Day, &asg.Maintenance{MinHealthy: 1, MaxHealthy: 1.5}
	r := run(t, cfg)
	if gone := terminated(r); len(gone) != 3 || len(r.Instances) != 6 {
		t.Fatalf("terminated %v of %d instances, want the first three", gone, len(r.Instances))
	}
	zones := map[string]int{}
	for _, i := range r.Instances[3:] {
		zones[i.Zone]++
	}
	if len(zones) != 3 {
		t.Errorf("replacements by zone: %v, want one in each", zones)
	}
}

// A zone fails: its instances die, launches there are turned down and go to the
// other zone; when it is back the group evens out, launching first (TV-09).
func TestZoneOutage(t *testing.T) {
	cfg := still(6)
	cfg.Duration = 90 * des.Minute
	cfg.Group.Max = 6
	cfg.Faults = []fault.Fault{fault.ZoneOutage{Plan: fault.Plan{Name: "dark", At: []des.Time{t0}, Lasts: 30 * des.Minute}, Zone: 1}}
	r := run(t, cfg)
	refused, balanced := 0, 0
	for _, a := range r.Activities {
		if a.Status == asg.Failed {
			refused++
			if a.Zone != "b" || a.Start < t0 || a.Start > s(1800) || !strings.Contains(a.Message, "not sufficient capacity") {
				t.Errorf("%+v", a)
			}
		}
		if strings.Contains(a.Cause, "to aid in balancing") && a.Status == asg.Successful {
			balanced++
		}
	}
	if refused < 2 || balanced != 3 {
		t.Errorf("%d launches refused, %d to balance the zones; want a few, and three", refused, balanced)
	}
	most := 0
	for _, c := range r.Capacity {
		n := c.States.Pending + c.States.InService()
		most = max(most, n)
		if c.At > s(200) && c.States.InService() < 6 {
			t.Errorf("%v: %d in service", c.At, c.States.InService())
		}
	}
	if most != 7 {
		t.Errorf("at most %d instances, want max_size 6 and one", most)
	}
	zones := map[string]int{}
	for _, i := range r.Instances {
		if i.Ended == des.Never {
			zones[i.Zone]++
		}
	}
	if zones["a"] != 3 || zones["b"] != 3 {
		t.Errorf("zones %v at the end, want three in each", zones)
	}
	if len(r.Summary.Incidents) != 3 || r.Summary.Faults.Injected["zone_outage"] != 1 {
		t.Errorf("%d incidents, injected %v", len(r.Summary.Incidents), r.Summary.Faults.Injected)
	}
}
