package chart

import (
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// A fault that lasts has a band for as long as its plan says, one that ails instances until
// the last is well or replaced, and to the end where none is; those that overlap lie in
// rows of their own, and what only breaks has none.
func TestBandsOfFaults(t *testing.T) {
	at := func(s int) des.Time { return des.Time(s) * des.Time(des.Second) }
	over, replaced := 50.0, 80.0
	res := &account.Result{
		Config: &record.Config{Faults: []fault.Fault{
			fault.APIThrottling{Plan: fault.Plan{Name: "api", Lasts: 100 * des.Second}},
			fault.Errors{Plan: fault.Plan{Name: "hole"}},
			fault.Crash{Plan: fault.Plan{Name: "dead"}},
		}},
		Faults: []record.Injection{{Name: "api", Kind: "api_throttling", At: at(100), Ordinal: -1}, {Name: "api", Kind: "api_throttling", At: at(950), Ordinal: -1}, {Name: "api", Skipped: "x", At: at(300)}},
	}
	res.Summary.Incidents = []account.Incident{
		{Fault: "hole", Kind: "errors", AtS: 150, OverS: &over}, {Fault: "hole", Kind: "errors", AtS: 150, ReplaceS: &replaced},
		{Fault: "dead", Kind: "crash", AtS: 150}, {Fault: "hole", Kind: "errors", AtS: 400},
	}
	got := lastings(res, 1000)
	want := []lasting{{"api: api_throttling", 100, 200, 0}, {"hole: errors", 150, 230, 1}, {"hole: errors", 400, 1000, 0}, {"api: api_throttling", 950, 1000, 1}}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for k := range want {
		if got[k] != want[k] {
			t.Errorf("%+v, want %+v", got[k], want[k])
		}
	}
}
