package collapse

import (
	"math"
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// losing is a database of five workers of 25 ms without a queue under 300/s, 7.5 erlangs,
// from minute 10 to 30: it turns away B(5, 7.5) = 45 %, 81 of 180 in a hundredth of a
// minute, and its workers are in use for 7.5 x 0.55 / 5 = 82 % of the time.
func losing() *record.Record {
	r := asking()
	r.Config.Dependencies[0] = serving.Dependency{Name: "db", Share: 1, Work: workload.Constant{Value: 0.025}, Workers: 5}
	for k := 10; k < 30; k++ {
		row := &r.Rows[k]
		row.Expected, row.Offered, row.Sent, row.Served, row.Fail = 300, 18_000, 18_000, 9900, 8100
		row.Ended[serving.OK], row.Ended[serving.DependencyFailed] = 9900, 8100
		row.Dependencies = []record.DependencyUse{{Asked: 18_000, Failed: 8100, Busy: 0.82}}
	}
	return r
}

// A dependency that turns requests away is the bottleneck though its workers are idle at
// times; not where it turns away no more than the SLO allows, nor where others fail them.
func TestALossSystemIsALimit(t *testing.T) {
	r := losing()
	l := found(r).LimitAt(11 * minute)
	if l == nil || l.FromS != 600 || l.ToS != 1800 || math.Abs(l.TurnedAway-0.45) > 1e-9 || math.Abs(l.Busy-0.82) > 1e-9 || l.Carries != 200 {
		t.Fatalf("%+v, want a limit from 600 to 1800 s that turns away 45 %%", l)
	}
	if s := Saturation(r, r.Rows); !slices.Contains(s, Saturated{Dependency, "db", 600, 1800, s[0].Used}) || math.Abs(s[0].Used-0.82) > 1e-9 {
		t.Errorf("%+v", s)
	}
	for name, edit := range map[string]func(row *record.Row){
		"within the SLO's allowance": func(row *record.Row) {
			row.Served, row.Fail, row.Slow = 17_820, 180, 5000
			row.Dependencies[0].Failed, row.Ended[serving.DependencyFailed] = 180, 180
		},
		"another reason": func(row *record.Row) {
			row.Ended[serving.DependencyFailed], row.Ended[serving.TimedOut] = 0, 8100
		},
		"another dependency": func(row *record.Row) { row.Dependencies[0].Failed = 0 },
	} {
		r := losing()
		for k := 10; k < 30; k++ {
			edit(&r.Rows[k])
		}
		if f := found(r); f != nil && len(f.Limits) > 0 {
			t.Errorf("%s: %+v, want no limit", name, f.Limits)
		}
	}
}

// Erlang's loss formula for 7.5 erlangs gives 0.57 % for 15 workers and 0.27 % for 16: half
// of 1 % takes 16. At 100/s, 2.5 erlangs, five workers are half idle and 7 % are turned
// away, and a queue is enough: M/M/5/(5+q), where each place more halves what is lost,
// 7 % -> 3.4 -> 1.7 -> 0.83 -> 0.41 %.
func TestReliefOfALossSystem(t *testing.T) {
	for _, c := range []struct {
		rate float64
		want Relief
	}{{300, Relief{16, 0}}, {100, Relief{5, 4}}} {
		l := Limit{Dependency: "db", Expected: c.rate, Carries: 200, TurnedAway: 0.1}
		if got := l.Relief(losing().Config.Dependencies, 0.01); got != c.want {
			t.Errorf("at %v/s: %+v, want %+v", c.rate, got, c.want)
		}
	}
}

// The limit of a time is that in which half of it lies.
func TestLimitOver(t *testing.T) {
	f := &Findings{Limits: []Limit{{Dependency: "db", FromS: 600, ToS: 1800}}}
	for _, c := range []struct {
		from, to des.Time
		want     bool
	}{{11 * minute, 12 * minute, true}, {9 * minute, 11 * minute, true}, {8 * minute, 11 * minute, false}, {31 * minute, 32 * minute, false}, {des.Never, 12 * minute, false}} {
		if got := f.LimitOver(c.from, c.to) != nil; got != c.want {
			t.Errorf("%v to %v: %v, want %v", c.from, c.to, got, c.want)
		}
	}
	var none *Findings
	if none.LimitOver(0, minute) != nil {
		t.Error("a limit of no findings")
	}
}
