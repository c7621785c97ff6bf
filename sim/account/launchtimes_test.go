package account

import (
	"testing"

	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// What new instances lose while a dependency is the bottleneck is the dependency's, what
// they lose at another time the launch's.
func TestLostBootingAtALimit(t *testing.T) {
	at := func(launched des.Time, lost uint64) record.Instance {
		return record.Instance{Launched: launched, Running: launched, Up: launched, FirstGood: launched.Add(des.Minute), LostBooting: lost, Changes: []record.StateChange{{At: launched}}}
	}
	found := &collapse.Findings{Limits: []collapse.Limit{{Dependency: "db", FromS: 600, ToS: 1200}}}
	all := []record.Instance{at(des.Time(des.Minute), 3), at(des.Time(11*des.Minute), 40), at(des.Time(12*des.Minute), 0)}
	got := launchTimes(all, 0, des.Time(des.Hour), found)
	if got.LostBooting != 43 || got.LostLimited != 40 || got.Limited != "db" {
		t.Errorf("%+v, want 40 of 43 at db's limit", got)
	}
	if got := launchTimes(all, 0, des.Time(des.Hour), nil); got.LostBooting != 43 || got.LostLimited != 0 || got.Limited != "" {
		t.Errorf("%+v, want no limit", got)
	}
}
