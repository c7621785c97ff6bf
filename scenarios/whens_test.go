package scenarios

import (
	"testing"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
)

// One grammar for every instant: a fault, an event, a load, a scheduled action, and
// what a person types for explain.
func TestInstantsHaveOneGrammar(t *testing.T) {
	const head = "timezone = \"Europe/Berlin\"\nstart = 2026-03-02T06:00:00\nduration = \"2d\"\n" // a Monday, 05:00 UTC
	forms := map[string]des.Time{                                                                 // since the start
		`"12:05"`:                   des.Time(6*des.Hour + 5*des.Minute),
		`12:05:00`:                  des.Time(6*des.Hour + 5*des.Minute),
		`"12:05:30"`:                des.Time(6*des.Hour + 5*des.Minute + 30*des.Second),
		`"05:00"`:                   des.Time(23 * des.Hour), // before the start: the next morning
		`"Tue 10:30"`:               des.Time(28*des.Hour + 30*des.Minute),
		`2026-03-03T10:30:00`:       des.Time(28*des.Hour + 30*des.Minute),
		`"2026-03-03T10:30:00"`:     des.Time(28*des.Hour + 30*des.Minute),
		`"2026-03-03 10:30"`:        des.Time(28*des.Hour + 30*des.Minute),
		`2026-03-03T09:30:00Z`:      des.Time(28*des.Hour + 30*des.Minute), // Berlin is an hour ahead
		`"2026-03-03T09:30:00Z"`:    des.Time(28*des.Hour + 30*des.Minute),
		`"28h30m"`:                  des.Time(28*des.Hour + 30*des.Minute),
		`2026-03-03T11:30:00+02:00`: des.Time(28*des.Hour + 30*des.Minute),
	}
	for written, want := range forms {
		w := load(t, head+base+"[fault.f.crash]\nat = "+written+"\n[event.e.suspend]\nat = ["+written+"]\n[load.s.spike]\nadd = \"1/s\"\nhold = \"1m\"\nat = "+written+
			"\n[schedule.x]\nmin_size = 1\ntime_zone = \"Europe/Berlin\"\nstart_time = "+written).Configs[0]
		if got := w.World.Faults[0].About().At[0]; got != want {
			t.Errorf("fault at %s: %v, want %v", written, got, want)
		}
		if got := w.World.Events[0].At[0]; got != want {
			t.Errorf("event at %s: %v, want %v", written, got, want)
		}
		if got := w.World.Schedule[0].At[0]; got != want {
			t.Errorf("schedule at %s: %v, want %v", written, got, want)
		}
		if n := w.World.Loads[1].Curve.Integral(want, want.Add(des.Minute)); n < 59.9 || n > 60.1 {
			t.Errorf("load at %s: %v requests in its minute, want 60", written, n)
		}
		if got, err := w.Instant(form.Unquoted(written)); err != nil || got != want {
			t.Errorf("explain at %s: %v, %v, want %v", written, got, err, want)
		}
	}
	// A scheduled action's clocks are those of its own zone, UTC unless given.
	w := load(t, head+base+"[schedule.x]\nmin_size = 1\nstart_time = \"07:15\"").Configs[0]
	if got := w.World.Schedule[0].At[0]; got != des.Time(2*des.Hour+15*des.Minute) {
		t.Errorf("07:15 UTC is %v after 05:00 UTC", got)
	}
}
