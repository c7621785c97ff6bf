package story

import (
	"fmt"
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/fault"
	"asgsim/sim/queue"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

const (
	minute = des.Time(des.Minute)
	hour   = des.Time(des.Hour)
)

// result is a run of six hours in which nothing happens.
func result() *account.Result {
	r := &account.Result{Config: &record.Config{Faults: []fault.Fault{fault.Hang{Plan: fault.Plan{Name: "frozen"}}}, Duration: 6 * des.Hour, Calendar: des.Calendar{Zone: "UTC"}}, Interval: des.Minute}
	r.Config.Balancer = elb.Config{DeregistrationDelay: 20 * des.Second, Check: elb.HealthCheck{Interval: 30 * des.Second, HealthyThreshold: 5, UnhealthyThreshold: 2}}
	r.Config.Group.Min, r.Config.Group.Max = 1, 4
	r.Capacity = []record.CapacityChange{fleet(0, 3)}
	for at := des.Time(0); at < 6*hour; at += minute {
		r.Rows = append(r.Rows, record.Row{At: at, Expected: 50, Offered: 3000, Served: 3000, NeededSLO: 2, NeededTarget: -1, CPU: 0.5})
	}
	return r
}

// fleet is n ready instances from an instant on.
func fleet(at des.Time, n int) record.CapacityChange {
	return record.CapacityChange{At: at, States: record.States{Ready: n}, Routed: n, Desired: n, MinSize: 1, MaxSize: 4}
}

// texts are the moments with a label.
func texts(r *account.Result, label string) []string {
	var out []string
	for _, m := range Tell(r).Moments {
		if m.Label == label {
			out = append(out, m.Text)
		}
	}
	return out
}

func mustSay(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%q, want %d like %q", got, len(want), want)
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			t.Errorf("%q, want it to say %q", got[i], want[i])
		}
	}
}

// All strikes are told, also the third; the picture has room for eight moments, the list
// for all.
func TestNothingIsLeftOut(t *testing.T) {
	r := result()
	s := 25.0
	for k := range 12 {
		at := des.Time(k) * 20 * minute
		r.Faults = append(r.Faults, record.Injection{Name: "frozen", Kind: "hang", At: at, Ordinal: k})
		r.Summary.Incidents = append(r.Summary.Incidents, account.Incident{Fault: "frozen", Kind: "hang", AtS: at.Seconds(), DetectS: &s, OutS: &s, ReplaceS: &s})
	}
	told := Tell(r)
	if len(told.Moments) != 12 || len(told.Numbered()) != MostNumbered {
		t.Fatalf("%d moments, %d numbered, want 12 and %d", len(told.Moments), len(told.Numbered()), MostNumbered)
	}
	for k, m := range told.Numbered() {
		if m.N != k+1 {
			t.Errorf("number %d is %d", k+1, m.N)
		}
	}
}

func TestStruck(t *testing.T) {
	for _, row := range []struct {
		kind string
		n    int
		want string
	}{
		{"hang", 1, "one instance hangs"},
		{"crash", 1, "one instance crashes"},
		{"crash", 3, "3 instances crash"},
		{"zone_outage", 1, "a zone fails with one instance in it"},
		{"zone_outage", 2, "a zone fails with 2 instances in it"},
		{"spot_interruption", 1, "EC2 takes a Spot Instance back"},
		{"spot_interruption", 4, "EC2 takes 4 Spot Instances back"},
	} {
		f := map[string]fault.Fault{"hang": fault.Hang{Plan: fault.Plan{Name: "x"}}, "crash": fault.Crash{Plan: fault.Plan{Name: "x"}}, "zone_outage": fault.ZoneOutage{Plan: fault.Plan{Name: "x"}}, "spot_interruption": fault.SpotInterruption{Plan: fault.Plan{Name: "x"}}}[row.kind]
		r := result()
		r.Config.Faults = []fault.Fault{f}
		if got := (&teller{r: r}).struck("x", row.n); got != row.want {
			t.Errorf("%s of %d: %q, want %q", row.kind, row.n, got, row.want)
		}
	}
}

// What is lost on an instance that is out of the routing is told as what it is: the
// balancer failed open.
func TestStrikeWhileFailingOpen(t *testing.T) {
	r := result()
	detect, out := 19.0, 19.0
	r.Summary.Incidents = []account.Incident{{Fault: "frozen", Kind: "hang", AtS: 600, DetectS: &detect, OutS: &out, Lost: 7, LostFailOpen: 38907}}
	mustSay(t, texts(r, "hang"), "one instance hangs: out of the routing after 19 s, not replaced; 7 requests lost on it; 38,907 requests lost on it when the balancer failed open")
	r.Summary.Incidents = []account.Incident{{Fault: "frozen", Kind: "hang", AtS: 600, DetectS: &detect, Lost: 38907}}
	mustSay(t, texts(r, "hang"), "unhealthy after 19 s, but found healthy again and back in the routing; not replaced; 38,907 requests lost on it")
	late := 300.0
	r.Summary.Incidents[0].OutS = &late
	mustSay(t, texts(r, "hang"), "unhealthy after 19 s, out of the routing for good after 5 min, not replaced; 38,907 requests lost on it")
	r.Summary.Incidents[0].OutS = nil
	r.FailOpens = []record.FailOpen{{From: 11 * minute, To: 15 * minute, Counts: []elb.Targets{{At: 11 * minute, Registered: 3}}}}
	mustSay(t, texts(r, "hang"), "unhealthy after 19 s, but the balancer fails open and it keeps its share of the traffic; not replaced; 38,907 requests lost on it")
	r.FailOpens = []record.FailOpen{{From: 11 * minute, To: 15 * minute, Counts: []elb.Targets{{At: 11 * minute, Registered: 3}}}, {From: 60 * minute, To: 61 * minute, Counts: []elb.Targets{{At: 60 * minute, Registered: 3}}}}
	mustSay(t, texts(r, "fail open"), "none of 3 targets is healthy: the balancer fails open and sends requests to all of them for 4 min; 2 such times, 5 min together")
}

// Of two that a fault struck one was found unhealthy for a while, and nothing failed open.
func TestAStrikeThatIsFoundInPart(t *testing.T) {
	r := result()
	found := 420.0
	r.Summary.Incidents = []account.Incident{{Fault: "frozen", Kind: "hang", AtS: 600, DetectS: &found, Lost: 7}, {Fault: "frozen", Kind: "hang", AtS: 600}}
	mustSay(t, texts(r, "hang"), "2 instances hang: 1 of 2 found unhealthy, the first after 7 min; the others keep their share of the traffic; not replaced; 7 requests lost on them")
}

// Targets that come while none is healthy are counted as they come.
func TestFailOpenAsTargetsCome(t *testing.T) {
	r := result()
	r.FailOpens = []record.FailOpen{{From: 11 * minute, To: 15 * minute, Counts: []elb.Targets{{At: 11 * minute, Registered: 1}, {At: 12 * minute, Registered: 4}}}}
	mustSay(t, texts(r, "fail open"), "none of the targets is healthy, of which there are 1 to 4: the balancer fails open")
	r.Config.WarmUp = 13 * des.Minute
	mustSay(t, texts(r, "fail open"), "none of 4 targets is healthy")
}

// An instance that the group killed under load is no boot that took too long, and the
// other way round; a zone outage is neither.
func TestWhyInstancesWereUnhealthy(t *testing.T) {
	ended := func(k int, up, good des.Time, by string) record.Instance {
		n := record.Instance{Ordinal: k, Launched: des.Time(k) * minute, Running: des.Time(k)*minute + 20e9, Up: up, FirstGood: good, Recommended: des.Never, Struck: by,
			End: asg.End{Kind: asg.EndUnhealthy}, Changes: []record.StateChange{{At: des.Time(k) * minute, State: record.Pending}, {At: des.Time(k+3) * minute, State: record.Draining}}}
		return n
	}
	for _, row := range []struct {
		name         string
		up, good     des.Time
		by           string
		moment, warn string
		not          string
	}{
		{"overload", minute, 2 * minute, "", "overload", "that had served were terminated for failing health checks, with no fault", "grace"},
		{"boot", des.Never, des.Never, "", "unhealthy", "the health check grace period of 40 s is shorter than the boot", "overload"},
		{"zone outage", minute, 2 * minute, "dark", "", "", "terminated"},
	} {
		r := result()
		r.Config.Group.Grace = 40 * des.Second
		for k := range 20 {
			r.Instances = append(r.Instances, ended(k, row.up, row.good, row.by))
		}
		told := Tell(r)
		warned := strings.Join(told.Warnings, "\n")
		if !strings.Contains(warned, row.warn) || row.warn == "" && warned != "" || strings.Contains(warned, row.not) {
			t.Errorf("%s: warns %q", row.name, warned)
		}
		if row.moment != "" {
			mustSay(t, texts(r, row.moment), "20 ")
		} else if got := append(texts(r, "overload"), texts(r, "unhealthy")...); len(got) != 0 {
			t.Errorf("%s: tells %q", row.name, got)
		}
	}
}

// A saw-tooth is named with its period; a fleet that follows its load is none.
func TestOscillation(t *testing.T) {
	for _, row := range []struct {
		name  string
		swing float64 // of the load
		want  int
	}{{"constant load", 0, 1}, {"the load swings too", 0.5, 0}} {
		r := result()
		for k := 1; k <= 20; k++ {
			at := des.Time(k) * 12 * minute
			r.Capacity = append(r.Capacity, fleet(at, 2+2*(k%2)))
		}
		for i := range r.Rows {
			if k := int(r.Rows[i].At / (12 * minute)); k%2 == 1 {
				r.Rows[i].Expected *= 1 + 3*row.swing
			}
		}
		got := texts(r, "oscillates")
		if len(got) != row.want {
			t.Fatalf("%s: %q", row.name, got)
		}
		if row.want > 0 && !strings.Contains(got[0], "desired goes between 2 and 4, 9 cycles of about 24 min") {
			t.Errorf("%s: %q", row.name, got)
		}
	}
}

// A refresh says how many of the instances that were there as it began it replaced, also
// when that is none: not of those in service at the instant, from which one is taken at once,
// and without those of the warm pool and those launched since.
func TestRefreshCounts(t *testing.T) {
	r := result()
	refresh := asg.End{Kind: asg.EndRefresh}
	left := func(at des.Time, end asg.End, before ...record.StateChange) record.Instance {
		return record.Instance{End: end, Changes: append(before, record.StateChange{At: at, State: record.Draining})}
	}
	ready, began := record.StateChange{State: record.Ready}, hour
	r.Instances = []record.Instance{{Changes: []record.StateChange{ready}}, {Changes: []record.StateChange{ready}}, {Changes: []record.StateChange{ready}}}
	r.Decisions = []record.Decision{
		{At: began, Source: record.FromEvent, Policy: "deploy", Refresh: asg.RefreshInProgress, Why: "instance refresh InProgress"},
		{At: 2 * hour, Source: record.FromEvent, Policy: "deploy", Refresh: asg.RefreshSuccessful, Why: "instance refresh Successful"},
	}
	mustSay(t, texts(r, "refresh"), "the instance refresh begins", "instance refresh Successful; 0 of 3 instances replaced")
	r.Instances = []record.Instance{
		left(began, refresh, ready), // as it begins
		left(began+minute, refresh, record.StateChange{At: began - minute, State: record.Pending}),
		left(began+minute, asg.End{Kind: asg.EndUnhealthy}, ready),
		left(began+minute, refresh, record.StateChange{State: record.WarmedStopped}),
		left(began+minute, refresh, record.StateChange{At: began, State: record.Pending}), // launched for it, and rolled back
	}
	mustSay(t, texts(r, "refresh"), "the instance refresh begins", "instance refresh Successful; 2 of 3 instances replaced, 1 had gone for another reason")
}

// Every breach is told, not only that of the worst minute.
func TestSecondBreach(t *testing.T) {
	r := result()
	for _, k := range []int{60, 61, 62, 200} {
		r.Rows[k].Breached, r.Rows[k].Served, r.Rows[k].Fail = true, 2700, 300
	}
	mustSay(t, texts(r, "breach"), "3 minutes breached until Thu 01:03, 10 % of their requests", "1 minute breached")
}

func TestAboveMaximum(t *testing.T) {
	r := result()
	over := fleet(hour, 4)
	over.States.Pending = 1
	r.Capacity = append(r.Capacity, over, fleet(hour+3*minute, 4))
	mustSay(t, texts(r, "above max"), "5 pending or in service for 3 min, max_size is 4: a new one is launched before")

	// A scheduled action lowers max_size below what runs; a scripted act does so likewise.
	lowered := func(at des.Time, n, most int) record.CapacityChange {
		c := fleet(at, n)
		c.MaxSize, c.Desired = most, min(n, most)
		return c
	}
	for _, by := range []struct {
		source record.Source
		want   string
	}{
		{record.FromSchedule, "8 pending or in service for 20 s, max_size is 4: scheduled action down lowered it from 10, and scale-in follows"},
		{record.FromEvent, "max_size is 4: event down lowered it from 10"},
	} {
		r = result()
		r.Capacity = []record.CapacityChange{lowered(0, 8, 10), lowered(hour, 8, 4), lowered(hour+20e9, 4, 4)}
		r.Decisions = []record.Decision{{At: hour, Source: by.source, Policy: "down", Desired: 8, Result: 4}}
		mustSay(t, texts(r, "above max"), by.want)
	}

	// Instances of weight 4: the third makes 12 units of 10 allowed.
	r = result()
	r.Config.Template.Weight = 4
	r.Capacity = []record.CapacityChange{lowered(0, 8, 10), lowered(hour, 12, 10)}
	mustSay(t, texts(r, "above max"), "an instance counts up to 4 units")
}

// A new target that was found unhealthy while it booted waits for the whole threshold:
// the minutes from launch to traffic are told apart.
func TestLaunchToTraffic(t *testing.T) {
	r := result()
	r.Instances = []record.Instance{{Launched: hour, Running: hour + 20e9, Up: hour + 140e9, FirstGood: hour + 270e9, Recommended: des.Never, Registered: hour + 20e9,
		Changes: []record.StateChange{{At: hour, State: record.Pending}}}}
	mustSay(t, texts(r, "register"), "healthy 4 min after its launch: 20 s to run, 2 min to boot, 2 min until 5 good checks in a row, 30 s apart (it was found unhealthy while it booted); healthy_threshold = 2 would save 90 s")
	r.Instances[0].LostBooting = 2168
	mustSay(t, texts(r, "register"), "; 2,168 requests lost on it before that, as the balancer failed open")
	r.Summary.Collapse = &collapse.Findings{Limits: []collapse.Limit{{Dependency: "db", FromS: 3600, ToS: 5400, Carries: 1}}}
	mustSay(t, texts(r, "register"), "; 2,168 requests lost on it before that, as the balancer failed open while dependency db was the bottleneck")
}

// Every kind of cause has words of its own.
func TestEveryCauseHasWords(t *testing.T) {
	seen := map[string]account.CauseKind{}
	for _, k := range account.CauseKinds {
		r := result()
		r.Config.Queue = &queue.Config{Visibility: 30 * des.Second}
		r.Summary.WorstMinute = &account.WorstMinute{Kind: k, Why: account.Cause{Kind: k, Messages: &record.Messages{Most: 5}, Serving: 2, Before: 3, Needed: 4, Max: 2, InService: 3, Unhealthy: 1, Struck: 1, FaultKind: "hang", Limit: &collapse.Limit{Dependency: "db", Carries: 400, Expected: 475}, HeldBy: []collapse.Hold{collapse.HeldByRetries}}}
		text := Tell(r).Worst
		if other, ok := seen[text]; ok || text == "" || (k == account.CauseUnknown) != strings.HasPrefix(text, "unknown") {
			t.Errorf("%v says %q, as %v does", k, text, other)
		}
		seen[text] = k
	}
	if got := fmt.Sprint(len(seen)); got != "26" {
		t.Errorf("%s causes", got)
	}
}

// What is needed is said beside what served, if it was less; the last of several is
// named, of one alone it is the first.
func TestWordsOfCausesAndSeries(t *testing.T) {
	x := &teller{r: result()}
	lost := account.Cause{Kind: account.CauseLost, Fault: "frozen", Struck: 1, Serving: 2, Needed: 4}
	if got := x.cause(&lost); !strings.HasSuffix(got, "2 instances served, about 4 needed") {
		t.Error(got)
	}
	lost.Needed = 2
	if got := x.cause(&lost); !strings.HasSuffix(got, "2 instances served") {
		t.Error(got)
	}
	if were(1) != "was" || were(2) != "were" {
		t.Errorf("one %s, two %s", were(1), were(2))
	}
	if one, two := x.until(1, hour), x.until(2, hour); one != "" || two != ", the last at "+x.clock(hour) {
		t.Errorf("%q, %q", one, two)
	}
}

// A strike on several instances: noticed with the first, over with the last; out of the
// routing never if one of them never was, idle if none of them had users.
func TestAStrikeOnSeveral(t *testing.T) {
	s := func(v float64) *float64 { return &v }
	join := func(all ...account.Incident) *strike {
		x := newStrike(&all[0])
		for i := range all[1:] {
			x.join(&all[1+i])
		}
		return &x
	}
	a := account.Incident{DetectS: s(30), ReplaceS: s(200), OutS: s(35), Lost: 5, LostFailOpen: 1, Idle: true}
	b := account.Incident{DetectS: s(20), ReplaceS: s(300), OutS: s(25), Lost: 7, LostFailOpen: 2}
	for _, x := range []*strike{join(a, b), join(b, a)} {
		if x.instances != 2 || *x.detected != 20 || *x.replaced != 300 || *x.out != 35 || x.lost != 12 || x.lostOpen != 3 || x.idle {
			t.Errorf("%+v", x)
		}
	}
	never := account.Incident{Idle: true}
	for _, x := range []*strike{join(a, never), join(never, a)} {
		if x.detected == nil || *x.detected != 30 || *x.replaced != 200 || x.fresh != 1 || x.out != nil || !x.idle {
			t.Errorf("one never: %+v", x)
		}
	}
}

// Of two instances with errors one is replaced, and the other well again before it is found.
func TestAStrikeThatEndsInTwoWays(t *testing.T) {
	r := result()
	found, fresh, out, over := 20.0, 155.0, 20.0, 180.0
	r.Config.Faults = []fault.Fault{fault.Errors{Plan: fault.Plan{Name: "hole"}, Share: 1}}
	r.Summary.Incidents = []account.Incident{
		{Fault: "hole", Kind: "errors", AtS: 600, DetectS: &found, OutS: &out, ReplaceS: &fresh},
		{Fault: "hole", Kind: "errors", AtS: 600, OverS: &over},
	}
	mustSay(t, texts(r, "replace"), "unhealthy after 20 s, 1 of 2 deregistered, terminated; the last new one serves after 3 min; 1 of 2 well again after 3 min")
}

// What ails an instance for a while is told with its end; what answers at once, and is
// unnoticed, with what least outstanding requests sends it.
func TestStrikesThatPass(t *testing.T) {
	r := result()
	over := 300.0
	r.Config.Faults = []fault.Fault{fault.Errors{Plan: fault.Plan{Name: "hole"}, Share: 1}, fault.Slow{Plan: fault.Plan{Name: "tired"}, Speed: 0.1}}
	r.Config.Balancer.Algorithm = serving.RoundRobin
	hole := account.Incident{Fault: "hole", Kind: "errors", AtS: 600, OverS: &over, Lost: 7}
	r.Summary.Incidents = []account.Incident{hole}
	mustSay(t, texts(r, "errors"), "one instance answers 100 % of requests with errors: nobody notices, it keeps its share of the traffic; well again after 5 min; 7 requests lost on it")
	r.Config.Balancer.Algorithm = serving.LeastOutstandingRequests
	mustSay(t, texts(r, "errors"), "nobody notices, it draws more than its share of the traffic; well again")
	unending := hole
	unending.OverS = nil
	r.Summary.Incidents = []account.Incident{hole, unending}
	mustSay(t, texts(r, "errors"), "2 instances answer 100 % of requests with errors: nobody notices, they draw more than their share of the traffic; 1 of 2 well again after 5 min; 14 requests lost on them")
	r.Summary.Incidents = []account.Incident{{Fault: "tired", Kind: "slow", AtS: 600}}
	mustSay(t, texts(r, "slow"), "one instance slows to 10 % of its speed: nobody notices, it draws less than its share of the traffic")
	r.Config.Balancer.Algorithm = serving.RoundRobin
	mustSay(t, texts(r, "slow"), "one instance slows to 10 % of its speed: nobody notices, it keeps its share of the traffic")
}

// The instant of an incident is that of its fault to the nanosecond, which its seconds
// round; one that no fault tells of has its own.
func TestInstantOfAnIncident(t *testing.T) {
	at := des.Time(100*des.Second + 1)
	teller := &teller{r: &account.Result{Faults: []record.Injection{{Name: "other", At: 7}, {Name: "x", At: at}}}}
	if got := teller.incidentAt(&account.Incident{Fault: "x", AtS: at.Seconds()}); got != at {
		t.Errorf("%d, want %d", got, at)
	}
	if got := teller.incidentAt(&account.Incident{Fault: "y", AtS: 90.5}); got != des.Time(90*des.Second+500*des.Millisecond) {
		t.Errorf("%v, want 90.5 s", got)
	}
}

// A fault that is noticed within half a second is noticed at once: no text says "0 s".
func TestNoticedAtOnce(t *testing.T) {
	for s, want := range map[float64]string{0: "unhealthy at once", 0.49: "unhealthy at once", 0.55: "unhealthy after 1 s", 25: "unhealthy after 25 s"} {
		x := &strike{instances: 1, kind: "hang", detected: &s}
		if m := x.moment("one instance hangs"); !strings.Contains(m.Text, want) {
			t.Errorf("noticed after %g s: %q, want %q", s, m.Text, want)
		}
	}
}
