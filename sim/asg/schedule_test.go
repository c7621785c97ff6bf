package asg

import (
	"strings"
	"testing"

	"asgsim/sim/des"
)

// runSchedules carries actions out on a group of three that may be 1 to 10.
func runSchedules(h *hall, list ...Schedule) []Changed {
	var out []Changed
	h.PlanSchedules(list, sec(1000), func(c Changed) { out = append(out, c) })
	h.to(1000)
	return out
}

// Minimum and maximum first, then desired; without one a minimum above the size raises
// it and a maximum below lowers it; one outside of the new bounds is clamped; a minimum
// above the maximum is refused (API: PutScheduledUpdateGroupAction).
func TestScheduledActions(t *testing.T) {
	for _, row := range []struct {
		low, high, desired int
		min, max, to       int
		effective          bool
		why                string
	}{
		{4, Keep, Keep, 4, 10, 4, true, "set min 4"},
		{Keep, 2, Keep, 1, 2, 2, true, ""},
		{Keep, Keep, 7, 1, 10, 7, true, ""},
		{2, 8, Keep, 2, 8, 3, true, "set min 2, max 8, desired 3"}, // bounds alone
		{2, 6, 9, 2, 6, 6, true, "it asked for 9, outside the bounds"},
		{Keep, Keep, 3, 1, 10, 3, false, "changed nothing"},
		{8, 6, Keep, 1, 10, 3, false, "was refused: min 8 would be above max 6"},
	} {
		h := newHall(config(), 3)
		got := runSchedules(h, Schedule{Name: "s", At: []des.Time{sec(100)}, Min: row.low, Max: row.high, Desired: row.desired})
		if len(got) != 1 || got[0].At != sec(100) || got[0].Effective != row.effective || h.Min() != row.min || h.Max() != row.max || h.Desired() != row.to || got[0].Result != row.to || !strings.Contains(got[0].Why, row.why) {
			t.Errorf("%+v: %+v", row, got)
		}
		if h.Actual() != row.to {
			t.Errorf("%+v: %d instances", row, h.Actual())
		}
	}
}

// Actions that come due while ScheduledActions is suspended are lost.
func TestLostActions(t *testing.T) {
	h := newHall(config(), 3)
	h.Suspend([]Process{ScheduledActions})
	got := runSchedules(h, Schedule{Name: "s", At: []des.Time{sec(100)}, Min: Keep, Max: Keep, Desired: 7})
	h.Resume([]Process{ScheduledActions})
	h.to(2000)
	if got[0].Effective || !strings.Contains(got[0].Why, "lost") || h.Desired() != 3 {
		t.Errorf("%+v", got)
	}
}

// However late, the group's actions run in their order, none early ("Scheduled scaling":
// the order of execution is guaranteed within a group), and none after the end.
func TestLateActionsKeepTheirOrder(t *testing.T) {
	h := newHall(config(), 3)
	var list []Schedule
	for k := range 50 {
		list = append(list, Schedule{Name: string(rune('A' + k)), At: []des.Time{sec(100 + k)}, Min: Keep, Max: Keep, Desired: 1 + k%10, Late: 60 * des.Second})
	}
	list = append(list, Schedule{Name: "after", At: []des.Time{sec(1000)}, Min: Keep, Max: Keep, Desired: 1})
	got := runSchedules(h, list...)
	if len(got) != 50 {
		t.Fatalf("%d ran", len(got))
	}
	for k, c := range got {
		if c.Name != list[k].Name || c.At < sec(100+k) || c.At > sec(100+k+60) || k > 0 && c.At < got[k-1].At {
			t.Errorf("%d: %s at %v", k, c.Name, c.At)
		}
	}
}

// A settled group has what the actions before the start left it with, in their order.
func TestInherited(t *testing.T) {
	h := newHall(config(), 3)
	left, done := h.Inherit([]Schedule{
		{Name: "later", Ran: -100, Min: 4, Max: Keep, Desired: Keep},
		{Name: "earlier", Ran: -200, Min: Keep, Max: 8, Desired: 6},
		{Name: "never", Min: 9, Max: 9, Desired: 9},
		{Name: "refused", Ran: -50, Min: 9, Max: Keep, Desired: Keep},
	}, 2)
	if left != 6 || h.Min() != 4 || h.Max() != 8 || len(done) != 2 || done[0].Name != "earlier" || done[0].Result != 6 || !done[1].Effective {
		t.Errorf("%d, %+v", left, done)
	}
}

// A predictive scaling policy may raise the maximum, never lower it.
func TestRaiseMax(t *testing.T) {
	h := newHall(config(), 3)
	if h.RaiseMax(8); h.Max() != 10 {
		t.Errorf("%d", h.Max())
	}
	h.changed = false
	if h.RaiseMax(12); h.Max() != 12 || h.Min() != 1 || !h.changed {
		t.Errorf("%d, told %v", h.Max(), h.changed)
	}
}
