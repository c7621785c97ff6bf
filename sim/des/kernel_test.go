package des

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPhasesAndRoundsOfOneInstant(t *testing.T) {
	var k Kernel
	var log []string
	say := func(s string) func() { return func() { log = append(log, s) } }
	k.At(10, Reconcile, say("reconcile"))
	k.At(10, Finish, say("finish"))
	k.At(10, Decide, func() {
		log = append(log, "decide")
		k.At(10, Finish, say("finish, second round"))
		k.At(10, Decide, say("decide again, same round"))
	})
	k.At(5, Reconcile, say("earlier instant"))
	for k.Step() {
	}
	want := "earlier instant; finish; decide; decide again, same round; reconcile; finish, second round"
	if got := strings.Join(log, "; "); got != want {
		t.Errorf("order = %s\nwant    %s", got, want)
	}
}

func TestCancelledEventsDoNotRun(t *testing.T) {
	var k Kernel
	ran := false
	e := k.At(1, Begin, func() { ran = true })
	if !e.Pending() || !k.Cancel(e) || k.Cancel(e) || e.Pending() {
		t.Error("an event can be cancelled once")
	}
	if k.Step() || ran || k.Next() != Never {
		t.Error("a cancelled event ran")
	}
}

func TestThePastAndEndlessInstantsPanic(t *testing.T) {
	var k Kernel
	k.At(10, Begin, func() {})
	k.Step()
	expectPanic(t, "past", func() { k.At(9, Begin, func() {}) })
	expectPanic(t, "rounds", func() {
		// Publish -> Finish is a further round, Finish -> Finish is not: bounce.
		var bounce func()
		bounce = func() { k.At(10, Publish, func() { k.At(10, Finish, bounce) }) }
		k.At(10, Finish, bounce)
		for range 10 * maxRounds {
			k.Step()
		}
	})
}

func expectPanic(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s: no panic", what)
		}
	}()
	f()
}

// Whatever is scheduled and cancelled beforehand, events run sorted by instant,
// phase and sequence.
func TestOrderProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type key struct {
			at    Time
			phase Phase
			seq   int
		}
		var k Kernel
		var want, got []key
		var events []Event
		n := rapid.IntRange(0, 60).Draw(t, "n")
		for i := range n {
			e := key{Time(rapid.IntRange(0, 8).Draw(t, "at")), Phase(rapid.IntRange(0, int(phases)-1).Draw(t, "phase")), i}
			want = append(want, e)
			events = append(events, k.At(e.at, e.phase, func() { got = append(got, e) }))
		}
		for i := n - 1; i >= 0; i-- {
			if rapid.Bool().Draw(t, "cancel") {
				k.Cancel(events[i])
				want = slices.Delete(want, i, i+1)
			}
		}
		slices.SortFunc(want, func(a, b key) int {
			return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.phase, b.phase), cmp.Compare(a.seq, b.seq))
		})
		for k.Step() {
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// Events run at their instant, and what was run is counted; the clock goes as far as the
// next event and no further.
func TestTheClock(t *testing.T) {
	var k Kernel
	var at []Time
	k.Advance(3)
	k.After(4, Begin, func() {
		at = append(at, k.Now())
		k.After(0, Finish, func() { at = append(at, k.Now()) }) // a further round of 7
	})
	if k.Now() != 3 || k.Next() != 7 || k.Fired() != 0 {
		t.Errorf("now %v, next %v, %d run; want 3, 7, 0", k.Now(), k.Next(), k.Fired())
	}
	expectPanic(t, "beyond the next event", func() { k.Advance(8) })
	expectPanic(t, "backwards", func() { k.Advance(2) })
	k.Advance(7)
	for k.Step() {
	}
	if !slices.Equal(at, []Time{7, 7}) || k.Fired() != 2 || k.Next() != Never {
		t.Errorf("ran at %v, %d run, next %v; want 7 and 7", at, k.Fired(), k.Next())
	}
	// After a while at a later phase, a later instant begins with the first round again.
	k.Advance(9)
	var log []string
	k.At(9, Reconcile, func() { log = append(log, "reconcile") })
	k.At(9, Finish, func() { log = append(log, "finish") })
	for k.Step() {
	}
	if got := strings.Join(log, " "); got != "finish reconcile" {
		t.Errorf("at 9 ran %s", got)
	}
}

// The phases have their names in the order in which they run.
func TestPhaseNames(t *testing.T) {
	var names []string
	for p := range phases {
		names = append(names, p.String())
	}
	if got := strings.Join(names, " "); got != "finish begin publish alarm schedule forecast decide health reconcile" {
		t.Error(got)
	}
}
