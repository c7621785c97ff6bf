package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"asgsim/sim"
	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// told are the steps of an incident, each by its second.
func told(v IncidentView) (out []string) {
	for _, s := range v.Steps {
		out = append(out, fmt.Sprintf("%g %s", s.AfterS, s.Text))
	}
	return out
}

// A fault second by second: the checks that failed until the balancer noticed, what the
// group did, and the replacement until it is warm.
func TestCourseOfAnIncident(t *testing.T) {
	const s = des.Time(des.Second)
	replaced, recovered, over := 200.0, 300.0, 280.0
	x := asked(60, func(res *account.Result) {
		at := 60 * minute
		res.Instances = []record.Instance{
			{ID: "i-old", Marked: at + 70*s, Missed: []record.Miss{{At: at + 20*s, InRow: 1}, {At: at + 50*s, InRow: 2}, {At: at + 80*s, InRow: 3}}, End: asg.End{Kind: asg.EndUnhealthy}, FirstGood: des.Never,
				Changes: []record.StateChange{{At: 0, State: record.Ready}, {At: at + 50*s, State: record.Unhealthy}, {At: at + 90*s, State: record.Draining}, {At: at + 120*s, State: record.Terminating}, {At: at + 150*s, State: record.Gone}}},
			{Ordinal: 1, ID: "i-new", Zone: "b", Launched: at + 90*s, Running: at + 95*s, Registered: at + 100*s, FirstGood: at + 200*s, Changes: []record.StateChange{{At: at + 90*s, State: record.Pending}, {At: at + 260*s, State: record.Ready}}},
			{Ordinal: 2, ID: "i-before", Launched: at - 10*s, FirstGood: at + 200*s},
		}
		res.Activities = []asg.Activity{{Launch: true, Instance: 0, Start: 0, Cause: "launch"}, {Instance: 0, Start: at + 90*s, Cause: "unhealthy"}}
		res.Summary.Incidents = []account.Incident{{Fault: "frozen", Kind: "hang", AtS: 3600, Instance: "i-old", ReplaceS: &replaced, RecoverS: &recovered, OverS: &over, Lost: 7, LostFailOpen: 2, BadRequests: 9}}
	})
	all := x.incidents()
	if len(all) != 1 || all[0].Lost != 7 || all[0].LostOpen != 2 || all[0].Bad != 9 {
		t.Fatalf("%+v", all)
	}
	got := told(all[0])
	want := []string{"20 health check failed: 1 in a row", "50 health check failed: 2 in a row", "50 unhealthy for the balancer: no new requests, unless it fails open", "70 the group marks it Unhealthy",
		"90 deregistered: the group terminates it (" + asg.End{Kind: asg.EndUnhealthy}.String() + "): unhealthy", "90 replacement i-new launched in zone b", "95 replacement runs and boots", "100 replacement registered and in service",
		"120 drained: EC2 is told to terminate it", "150 terminated", "200 first good health check of the replacement: traffic starts", "260 replacement warmed up",
		"280 the fault is over: the instance is well again",
		"300 recovered: as many instances are ready as before, and five unbreached minutes begin"}
	if !strings.HasPrefix(got[0], "0 frozen strikes i-old: ") || !slices.Equal(got[1:], want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	// It is told while it lasts: from the minute in which it strikes until it has recovered.
	for at, want := range map[des.Time]int{60*minute - 1: 0, 60 * minute: 1, 65 * minute: 1, 65*minute + 1: 0} {
		if x.at = at; len(x.incidents()) != want {
			t.Errorf("at %v: %d incidents, want %d", at, len(x.incidents()), want)
		}
	}
}

// Failed checks with good ones between them are not in a row, and a return to healthy is told.
func TestChecksThatFailNowAndThen(t *testing.T) {
	const s = des.Time(des.Second)
	at := 60 * minute
	x := asked(60, func(res *account.Result) {
		res.Instances = []record.Instance{{ID: "i-a", Marked: des.Never, Missed: []record.Miss{{At: at + 10*s, InRow: 1}, {At: at + 70*s, InRow: 1}, {At: at + 80*s, InRow: 2}},
			Changes: []record.StateChange{{At: 0, State: record.Ready}, {At: at + 80*s, State: record.Unhealthy}, {At: at + 100*s, State: record.Ready}}}}
		res.Summary.Incidents = []account.Incident{{Fault: "lossy", Kind: "network_loss", AtS: 3600, Instance: "i-a"}}
	})
	var got []string
	for _, line := range told(x.incidents()[0]) {
		if strings.Contains(line, "health") && !strings.HasPrefix(line, "0 ") {
			got = append(got, line)
		}
	}
	if want := []string{"10 health check failed: 1 in a row", "70 health check failed: 1 in a row", "80 health check failed: 2 in a row", "80 unhealthy for the balancer: no new requests, unless it fails open",
		"100 healthy again for the balancer: new requests"}; !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

// What is never noticed or never replaced says so; a warm pool takes back what scale-in
// deregisters.
func TestIncidentsWithoutAnEnd(t *testing.T) {
	at := 60 * minute
	x := asked(60, func(res *account.Result) {
		res.Config.Group.HealthCheckELB = false
		res.Instances = []record.Instance{{ID: "i-a", Marked: des.Never, Changes: []record.StateChange{{At: 0, State: record.Ready}}}, {Ordinal: 1, ID: "i-b", Marked: des.Never,
			Changes: []record.StateChange{{At: at, State: record.Draining}, {At: at + minute, State: record.WarmedPending}, {At: at + 2*minute, State: record.WarmedStopped}}}}
		res.Summary.Incidents = []account.Incident{{Fault: "unknown", Kind: "hang", AtS: 3600, Instance: "i-a"}, {Fault: "unknown", Kind: "hang", AtS: 3600, Instance: "i-b"}}
	})
	all := x.incidents()
	if got := told(all[0]); !slices.Equal(got, []string{"0 unknown strikes i-a: fault of kind hang", "0 nobody notices: it is never found unhealthy", "0 not replaced: the group keeps it (health checks EC2)"}) {
		t.Errorf("%q", got)
	}
	if got := told(all[1]); !slices.Contains(got, "0 deregistered: scale-in returns it to the warm pool") || !slices.Contains(got, "120 stopped in the warm pool: a start will be on another host") {
		t.Errorf("%q", got)
	}
	x.res.Config.Group.HealthCheckELB = true
	if got := told(x.incidents()[0]); got[2] != "0 not replaced: the group keeps it (health checks ELB)" {
		t.Errorf("%q", got)
	}
}

// What changed desired: the policy that won, the scheduled action in its own words, an
// event; else nobody that decides.
func TestCauseOfAChange(t *testing.T) {
	x := asked(60, func(res *account.Result) {
		res.Decisions = []record.Decision{
			{At: 5 * minute, Policy: "rps", Desired: 3, Result: 3, Won: true, Why: "no"}, {At: 5 * minute, Policy: "lost", Desired: 3, Result: 4, Why: "no"}, {At: 5 * minute, Policy: "cpu", Desired: 3, Result: 4, Won: true, Why: "busy"},
			{At: 6 * minute, Policy: "night", Source: record.FromSchedule, Desired: 4, Result: 2, Won: true, Why: "night set 2"}, {At: 7 * minute, Policy: "deploy", Source: record.FromEvent, Desired: 2, Result: 3, Why: "by hand"},
		}
	})
	for at, want := range map[int]string{5: "policy cpu: busy", 6: "night set 2", 7: "event deploy: by hand", 8: "no policy did it: the activities tell"} {
		if got := x.causeOf(des.Time(at) * minute); got != want {
			t.Errorf("at %d: %q, want %q", at, got, want)
		}
	}
}

// The table shows the usual metrics and those optional ones that a variant has; all, if it
// is to be verbose. The CSV has every metric that there is a value of.
func TestMetricsThatAreShown(t *testing.T) {
	var usual, rare, optional int
	figures := map[string]Figure{}
	for _, m := range sim.Metrics() {
		switch {
		case m.Optional:
			optional++
			figures[m.Key] = between(1, 0, 2)
		case m.Usual():
			usual++
		default:
			rare++
		}
	}
	none, all := &Comparison{Variants: []Variant{{}}}, &Comparison{Variants: []Variant{{}, {Figures: figures}}}
	if a, b, c, d := len(shown(none, false)), len(shown(none, true)), len(shown(all, false)), len(shown(all, true)); a != usual || b != usual+rare || c != usual+optional || d != usual+rare+optional || optional == 0 || rare == 0 {
		t.Errorf("%d, %d, %d, %d of %d usual, %d rare and %d optional ones", a, b, c, d, usual, rare, optional)
	}
	var b strings.Builder
	if err := WriteComparisonCSV(&b, none); err != nil || strings.Count(b.String(), "\n") != 1+usual+rare {
		t.Errorf("%v, %d lines", err, strings.Count(b.String(), "\n"))
	}
}

// Ages of datapoints, room beside short words, and values told apart from a threshold.
func TestSmallWords(t *testing.T) {
	for _, row := range [][2]string{{age(90), "90 s"}, {age(119), "119 s"}, {age(120), "2 min"}, {age(1260), "21 min"}, {pad("out if", 9), "out if   "}, {pad("123456789", 9), "123456789 "},
		{apart(50, 50), "50"}, {apart(50.04, 50), "50.04"}, {apart(61, 50), "61"}} {
		if row[0] != row[1] {
			t.Errorf("%q, want %q", row[0], row[1])
		}
	}
}

// The Spot pools of a mixed group are listed, of one without Spot there are none.
func TestSpotPoolsAreListed(t *testing.T) {
	s := sampleSummary()
	var out lines
	if out.types(&s); len(out.out) != 0 {
		t.Errorf("%q", out.out)
	}
	s.Spot = &account.SpotSummary{Pools: []account.SpotPool{{Type: "m5.large", Zone: "b", Launches: 4, Interruptions: 3, InstanceHours: 7.5}}}
	out.types(&s)
	if text := strings.Join(strings.Fields(strings.Join(out.out, " ")), " "); text != "Spot pools type zone launches interruptions instance-hours m5.large b 4 3 7.5" {
		t.Errorf("%q", text)
	}
}
