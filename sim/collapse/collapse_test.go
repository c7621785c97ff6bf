package collapse

import (
	"math"
	"slices"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// overload is a record by hand of an hour of a group of four with the balancer's checks,
// every 10 s, two of them. Three are needed for the load of 100/s, six for that of 200/s
// from minute 10 to 14; from 10 to 30 all requests are bad and the CPU is at 100 %.
func overload() *record.Record {
	r := &record.Record{Interval: des.Minute, Config: &record.Config{Duration: des.Hour,
		Balancer: elb.Config{Check: elb.HealthCheck{Interval: 10 * des.Second, UnhealthyThreshold: 2}},
		Group:    asg.Config{HealthCheckELB: true}, Classes: []serving.Class{{Abandoned: serving.WorkOn}}}}
	for k := range 60 {
		row := record.Row{At: des.Time(k) * minute, Expected: 100, NeededSLO: 3, Desired: 4, States: record.States{Ready: 4}, CPU: 0.5, Hottest: 0.5, Offered: 6000, Served: 6000, Sent: 6000}
		if k >= 10 && k < 15 {
			row.Expected, row.NeededSLO, row.Offered, row.Sent = 200, 6, 12_000, 12_000
		}
		if k >= 10 && k < 30 {
			row.Served, row.Fail, row.CPU, row.Hottest = 0, row.Offered, 1, 1
		}
		r.Rows = append(r.Rows, row)
	}
	r.Capacity = []record.CapacityChange{{States: record.States{Ready: 4}}}
	return r
}

const minute = des.Time(des.Minute)

func found(r *record.Record) *Findings {
	return Find(r, r.Rows, func(from, to des.Time) float64 { return 0 })
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// The load is over at minute 15, the bad minutes are at 30: fifteen minutes of a metastable
// state, held by what the attempts tell.
func TestMetastableStatesByHand(t *testing.T) {
	ended := func(ok, late uint64) func(*record.Record) {
		return func(r *record.Record) {
			for k := 10; k < 30; k++ {
				r.Rows[k].Ended[serving.OK], r.Rows[k].Ended[serving.TimedOut] = ok, late
			}
		}
	}
	for name, row := range map[string]struct {
		edit    func(*record.Record)
		from    float64 // minute; 0: none
		trigger Trigger
		held    []Hold
	}{
		"a backlog":                           {func(*record.Record) {}, 15, TriggerLoad, []Hold{HeldByBacklog}},
		"a quarter time out":                  {ended(75, 25), 15, TriggerLoad, []Hold{HeldByAbandoned}},
		"fewer do":                            {ended(76, 24), 15, TriggerLoad, []Hold{HeldByBacklog}},
		"they time out, and the servers stop": {func(r *record.Record) { ended(75, 25)(r); r.Config.Classes[0].Abandoned = serving.Drop }, 15, TriggerLoad, []Hold{HeldByBacklog}},
		"retries": {func(r *record.Record) {
			ended(75, 25)(r)
			for k := 10; k < 30; k++ {
				r.Rows[k].Sent, r.Rows[k].Retries = 8000, 2000
			}
		}, 15, TriggerLoad, []Hold{HeldByRetries, HeldByAbandoned}},
		"a fault that ends at minute 20": {func(r *record.Record) {
			r.Hits = []*record.Hit{{Injection: record.Injection{Name: "slow", At: 12 * minute}, OutAt: des.Never, OverAt: 20*minute - 1}}
		}, 20, TriggerFault, []Hold{HeldByBacklog}},
		"two instances too few until minute 20": {func(r *record.Record) {
			for k := 10; k < 20; k++ {
				r.Rows[k].Expected, r.Rows[k].NeededSLO, r.Rows[k].States = 100, 3, record.States{Ready: 2, Booting: 2}
			}
		}, 20, TriggerCapacity, []Hold{HeldByBacklog}},
		"what is needed is not known, but it served as much before": {func(r *record.Record) {
			for k := range r.Rows {
				r.Rows[k].NeededSLO = -1
			}
		}, 15, TriggerLoad, []Hold{HeldByBacklog}},
		"nothing is in use": {func(r *record.Record) { idle(r, 0.04) }, 0, "", nil},
		"one instance is busy": {func(r *record.Record) {
			for k := range r.Rows {
				r.Rows[k].CPU = 0.04
			}
		}, 15, TriggerLoad, []Hold{HeldByBacklog}},
		"wrong answers, at all of the CPU": {func(r *record.Record) {
			for k := 10; k < 30; k++ {
				r.Rows[k].Ended[serving.Error] = 6000
			}
		}, 0, "", nil},
		"the trigger is a fault before, not one to come": {func(r *record.Record) {
			r.Hits = []*record.Hit{{Injection: record.Injection{Name: "early", At: 11 * minute}, OutAt: des.Never, OverAt: 16*minute - 1},
				{Injection: record.Injection{Name: "late", At: 29 * minute}, OutAt: des.Never, OverAt: 31 * minute}}
		}, 16, TriggerFault, []Hold{HeldByBacklog}},
		"four minutes are no state": {func(r *record.Record) {
			for k := 19; k < 30; k++ {
				r.Rows[k].Served, r.Rows[k].Fail = r.Rows[k].Offered, 0
			}
		}, 0, "", nil},
		"nothing triggers it":   {func(r *record.Record) { r.Rows = append(r.Rows[:0], r.Rows[15:]...) }, 0, "", nil},
		"the load is not over":  {func(r *record.Record) { need(r, 10, 30, 5) }, 0, "", nil},
		"one in five is bad":    {func(r *record.Record) { bad(r, 0.2) }, 0, "", nil},
		"one in four is enough": {func(r *record.Record) { bad(r, 0.25) }, 15, TriggerLoad, []Hold{HeldByBacklog}},
	} {
		r := overload()
		row.edit(r)
		c := found(r)
		switch {
		case row.from == 0:
			if c != nil {
				t.Errorf("%s: %+v, want none", name, c)
			}
		case c == nil || len(c.Stuck) != 1:
			t.Errorf("%s: %+v, want one metastable state", name, c)
		case c.Stuck[0].Fault == "late":
			t.Errorf("%s: %+v, want an earlier fault", name, c.Stuck[0])
		case c.Stuck[0].FromS != 60*row.from || c.Stuck[0].ToS != 1800 && c.Stuck[0].ToS != 1740 || c.Stuck[0].Open || c.Stuck[0].Trigger != row.trigger || !slices.Equal(c.Stuck[0].HeldBy, row.held):
			t.Errorf("%s: %+v, want from minute %v to 30 by %s, held by %v", name, c.Stuck[0], row.from, row.trigger, row.held)
		case c.Stuck[0].Serving != 4 || c.Stuck[0].Rate != 100:
			t.Errorf("%s: %+v, want four up at 100/s", name, c.Stuck[0])
		}
	}
	// Two of the four that a fault holds for good, out of the routing, are no capacity.
	held := overload()
	held.Instances = make([]record.Instance, 2)
	for k := range held.Instances {
		held.Hits = append(held.Hits, &record.Hit{Injection: record.Injection{Name: "hang", At: 12 * minute, Ordinal: k}, OutAt: 13 * minute, OverAt: des.Never})
	}
	if c := found(held); c != nil {
		t.Errorf("%+v, want none: two are too few", c)
	}
	// What is needed at the most is told with its rate: all four at 130/s.
	rising := overload()
	rising.Rows[20].Expected, rising.Rows[20].NeededSLO = 130, 4
	if c := found(rising); c == nil || c.Stuck[0].Needed != 4 || c.Stuck[0].Most != 130 || c.Stuck[0].Rate != 102 {
		t.Errorf("%+v, want four needed at 130/s, and 102/s on average", c)
	}
	// A minute of too much load ends one, and what is left of the bad minutes is too short.
	late := overload()
	need(late, 27, 28, 6)
	if c := found(late); c == nil || len(c.Stuck) != 1 || c.Stuck[0].FromS != 15*60 || c.Stuck[0].ToS != 27*60 || c.Stuck[0].Open {
		t.Errorf("%+v, want one from minute 15 to 27", c)
	}
	// One that is not over by the end of the run says so.
	r := overload()
	r.Config.Duration, r.Rows = 30*des.Minute, r.Rows[:30]
	if c := found(r); c == nil || !c.Stuck[0].Open || c.Stuck[0].ToS != 1800 || c.Stuck[0].BadShare != 1 || c.Stuck[0].Needed != 3 {
		t.Errorf("%+v, want one that is open at the end", c)
	}
}

// need sets what some rows need for the SLO.
func need(r *record.Record, from, to, n int) {
	for k := from; k < to; k++ {
		r.Rows[k].NeededSLO = n
	}
}

// bad lets a share of the requests fail in the bad minutes.
func bad(r *record.Record, share float64) {
	for k := 10; k < 30; k++ {
		r.Rows[k].Fail = uint64(share * float64(r.Rows[k].Offered))
		r.Rows[k].Served = r.Rows[k].Offered - r.Rows[k].Fail
	}
}

// Three minutes of 6,000 requests: with 3,000, 6,000 and 3,000 retries there are 30,000
// attempts for 18,000, 1.67 a request, at most 2, and two in five are retries.
func TestRetryStormsByHand(t *testing.T) {
	storm := func(edit func(*record.Record)) []Storm {
		r := overload()
		for k, n := range []uint64{3000, 6000, 3000} {
			r.Rows[15+k].Retries, r.Rows[15+k].Sent = n, 6000+n
		}
		edit(r)
		c := found(r)
		if c == nil {
			return nil
		}
		return c.Storms
	}
	got := storm(func(*record.Record) {})
	if len(got) != 1 {
		t.Fatalf("%+v, want one storm", got)
	}
	s := got[0]
	near(t, "a request", s.PerRequest, 30.0/18)
	near(t, "most a request", s.Peak, 2)
	near(t, "share", s.Share, 0.4)
	near(t, "requests", s.Requests, 100)
	near(t, "attempts", s.Attempts, 30_000.0/180)
	if s.FromS != 900 || s.ToS != 1080 || s.Resource != CPU || s.Used != 1 {
		t.Errorf("%+v, want minutes 15 to 18 at all of the CPU", s)
	}
	if got := storm(func(r *record.Record) { r.Rows[15].Retries, r.Rows[16].Retries = 2000, 2000 }); got != nil {
		t.Errorf("%+v: of 12,000 attempts 2,000 are no storm, and a single minute is none", got)
	}
	// A minute between is of the same storm; one that comes six minutes later is not.
	if got := storm(func(r *record.Record) { r.Rows[16].Retries = 2000 }); len(got) != 1 || got[0].FromS != 900 || got[0].ToS != 1080 {
		t.Errorf("%+v, want one of three minutes", got)
	}
	if got := storm(func(r *record.Record) {
		for _, k := range []int{24, 25} {
			r.Rows[k].Retries, r.Rows[k].Sent = 3000, 9000
		}
	}); len(got) != 2 || got[1].FromS != 24*60 || got[1].ToS != 26*60 {
		t.Errorf("%+v, want two storms", got)
	}
	if got := storm(func(r *record.Record) { idle(r, 0.9) }); got != nil {
		t.Errorf("%+v: with CPU left they are no storm", got)
	}
	got = storm(func(r *record.Record) {
		idle(r, 0.9)
		for k := range r.Rows {
			r.Rows[k].Workers = 0.97
		}
	})
	if len(got) != 1 || got[0].Resource != Workers {
		t.Errorf("%+v, want one at the workers", got)
	}
}

// idle lowers the CPU of all rows, and of the hottest instance.
func idle(r *record.Record, cpu float64) {
	for k := range r.Rows {
		r.Rows[k].CPU, r.Rows[k].Hottest = cpu, cpu
	}
}

// Four that were up and served are marked in minutes 11 to 14 and go two minutes later
// each; the last is healthy again by then.
func TestDeathSpiralsByHand(t *testing.T) {
	spiral := func(edit func(*record.Record)) *Findings {
		r := overload()
		for k := range 4 {
			marked := des.Time(11+k) * minute
			n := record.Instance{Ordinal: k, FirstGood: 0, Marked: marked, End: asg.End{Kind: asg.EndUnhealthy},
				Changes: []record.StateChange{{State: record.Ready}, {At: marked, State: record.Unhealthy}, {At: marked + 2*minute, State: record.Draining}}}
			r.Instances = append(r.Instances, n)
			r.Capacity = append(r.Capacity, record.CapacityChange{At: marked, States: record.States{Ready: 3 - k, Unhealthy: k + 1}})
		}
		last := &r.Instances[3]
		last.Changes = slices.Insert(last.Changes, 2, record.StateChange{At: last.Marked + minute, State: record.Ready})
		edit(r)
		return found(r)
	}
	f := spiral(func(*record.Record) {})
	got := f.spirals()
	want := Spiral{FromS: 660, ToS: 960, Terminated: 4, Well: 1, Before: 4, Fewest: 0, Resource: CPU, Used: 1}
	if len(got) != 1 || got[0] != want {
		t.Fatalf("%+v, want %+v", got, want)
	}
	// Four were healthy before it: enough for what needs three, not for what needs six.
	for need, want := range map[int]bool{3: true, 4: true, 6: false} {
		if (f.SpiralOver(12*minute, 13*minute, need) != nil) != want {
			t.Errorf("needing %d, the cause is the spiral: %v", need, !want)
		}
	}
	for name, edit := range map[string]func(*record.Record){
		"two are no spiral":                            func(r *record.Record) { r.Instances = r.Instances[:2] },
		"EC2's checks terminate nobody for being slow": func(r *record.Record) { r.Config.Group.HealthCheckELB = false },
		"faults struck two":                            func(r *record.Record) { r.Instances[0].Struck, r.Instances[1].Struck = "hang", "hang" },
		"two never came up":                            func(r *record.Record) { r.Instances[0].Up, r.Instances[1].Up = des.Never, des.Never },
		"two were scaled in": func(r *record.Record) {
			r.Instances[0].End.Kind, r.Instances[1].End.Kind = asg.EndScaleIn, asg.EndScaleIn
		},
		"half an hour apart": func(r *record.Record) {
			for k := range r.Instances {
				changes := r.Instances[k].Changes
				changes[len(changes)-1].At += des.Time(k) * 30 * minute
			}
		},
		"nothing was short": func(r *record.Record) {
			for k := range r.Rows {
				r.Rows[k].CPU, r.Rows[k].Hottest = 0.5, 0.7
			}
		},
	} {
		if got := spiral(edit).spirals(); got != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
	got = spiral(func(r *record.Record) { r.Instances[1].FirstGood, r.Instances[1].Up = des.Never, 10*minute }).spirals()
	if len(got) != 1 || got[0].New != 1 {
		t.Errorf("%+v, want one that was new", got)
	}
}
