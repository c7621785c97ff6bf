package asg

import (
	"slices"
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// Standby takes an instance out without ending it: drained, running, not checked; without
// a decrement another is launched, with one desired falls, down to the minimum at most
// (API: EnterStandby).
func TestEnterStandby(t *testing.T) {
	h := newHall(config(), 2)
	h.balancer.drain = 30 * des.Second
	got := h.act(Event{Kind: EventStandby, Count: 1})[0]
	if !got.Effective || !strings.HasPrefix(got.Why, "to standby: i-") || got.Desired != 2 || got.Result != 2 {
		t.Errorf("%+v", got)
	}
	h.to(29)
	if len(h.Standby()) != 0 || h.Launches != 1 {
		t.Errorf("%d launched while it drains", h.Launches)
	}
	h.to(30)
	if s := h.Standby(); len(s) != 1 || s[0].Instance.State != ec2.Running || h.Terminations != 0 {
		t.Errorf("%+v", s)
	}
	h = newHall(config(), 2)
	got = h.act(Event{Kind: EventStandby, Count: All, Decrement: true})[0]
	if h.Desired() != 1 || got.Result != 1 || !strings.Contains(got.Why, "1 refused: the group would leave [1, 10]") {
		t.Errorf("%+v", got)
	}
	if a := h.Activities[0]; a.Status != Successful || !a.Move || !strings.Contains(a.Cause, "shrinking the capacity from 2 to 1") {
		t.Errorf("%+v", a)
	}
}

// Back from standby desired rises, up to the maximum, and the grace period begins anew
// (API: ExitStandby).
func TestExitStandby(t *testing.T) {
	cfg := config()
	cfg.Max = 3
	h := newHall(cfg, 2)
	h.act(Event{Kind: EventStandby, Count: 1})
	h.to(60)
	got := h.act(Event{Kind: EventExitStandby, Count: All})[0]
	if !got.Effective || h.Desired() != 3 || len(h.Standby()) != 0 || !strings.HasPrefix(got.Why, "out of standby") {
		t.Errorf("%+v", got)
	}
	h.act(Event{Kind: EventStandby, Count: 1})
	h.to(200)
	if got := h.act(Event{Kind: EventExitStandby, Count: All})[0]; got.Effective || !strings.Contains(got.Why, "1 refused") {
		t.Errorf("3 of 3: %+v", got)
	}
}

// Whoever comes back has its grace period again.
func TestExitStandbyBeginsAnew(t *testing.T) {
	h := newHall(config(), 2)
	h.act(Event{Kind: EventStandby, Count: 1, Decrement: true})
	h.to(500)
	s := h.Standby()[0]
	h.act(Event{Kind: EventExitStandby, Count: 1})
	if s.InServiceAt != sec(500) || !h.balancer.known[s.Instance.Plane] || h.Desired() != 2 {
		t.Errorf("%+v", s)
	}
}

// Detaching lets an instance go on outside; it is replaced, unless desired falls.
func TestDetach(t *testing.T) {
	h := newHall(config(), 3)
	h.act(Event{Kind: EventDetach, Count: 1, Decrement: true})
	got := h.act(Event{Kind: EventDetach, Count: 1})[0]
	h.to(60)
	if h.Detached != 2 || h.Desired() != 2 || h.Launches != 1 || h.Terminations != 0 || !strings.HasPrefix(got.Why, "detached") {
		t.Errorf("%d detached, %d launched", h.Detached, h.Launches)
	}
	for _, m := range h.Members {
		if m.End.Kind == EndDetached && (m.Phase != PhaseGone || m.Instance.State != ec2.Released) {
			t.Errorf("%+v", m)
		}
	}
}

// Attaching raises desired by as many; above the maximum all are refused (API:
// AttachInstances). No lifecycle hook runs.
func TestAttach(t *testing.T) {
	cfg := config()
	cfg.Max, cfg.Hooks = 4, []Hook{hooked(true, 30)}
	h := newHall(cfg, 2)
	if got := h.act(Event{Kind: EventAttach, Count: 3})[0]; got.Effective || h.Desired() != 2 || !strings.Contains(got.Why, "3 more would make 5, and max_size is 4") {
		t.Errorf("%+v", got)
	}
	got := h.act(Event{Kind: EventAttach, Count: 2})[0]
	if !got.Effective || got.Result != 4 || h.Attached != 2 || h.Members[3].Phase != PhaseInService || h.Launches != 0 || !h.balancer.known[h.Members[3].Instance.Plane] {
		t.Errorf("%+v", got)
	}
	if c := h.Activities[1].Cause; !strings.Contains(c, "increasing the capacity from 3 to 4") {
		t.Error(c)
	}
	// Of another weight than the first: as many as fit.
	w := newHall(cfg, 1, model("two", 2, 1))
	w.cloud.models[0].Weight = 3
	if got := w.act(Event{Kind: EventAttach, Count: 1})[0]; got.Effective {
		t.Errorf("%+v: 2 + 3 is above 4", got)
	}
}

// Terminating by hand goes through drain and hooks, protected or not; another is launched
// unless desired falls (API: TerminateInstanceInAutoScalingGroup).
func TestTerminateByHand(t *testing.T) {
	cfg := config()
	cfg.Protect, cfg.Min = true, 2
	h := newHall(cfg, 3)
	id := h.Members[1].Instance.ID()
	if got := h.act(Event{Kind: EventTerminate, Count: 1, Instance: id, Decrement: true})[0]; got.Result != 2 || h.Members[1].End.Kind != EndUser || got.Why != "terminated by hand: "+id {
		t.Errorf("%+v", got)
	}
	if got := h.act(Event{Kind: EventTerminate, Count: 1, Decrement: true})[0]; got.Effective {
		t.Errorf("the minimum is 2: %+v", got)
	}
	h.act(Event{Kind: EventTerminate, Count: 1, Zone: "a"})
	h.to(60)
	if h.Launches != 1 || h.Desired() != 2 || h.Terminations != 2 {
		t.Errorf("%d launched, %d terminated", h.Launches, h.Terminations)
	}
	if got := h.act(Event{Kind: EventTerminate, Count: 1, Zone: "c"})[0]; got.Effective || !strings.Contains(got.Why, "no instance that it could concern") {
		t.Errorf("%+v", got)
	}
}

// Protection is set and lifted for those that it concerns, and a recommendation of EC2's
// only for Spot Instances without one.
func TestProtectAndRecommend(t *testing.T) {
	h := newHall(config(), 3)
	if got := h.act(Event{Kind: EventProtect, Count: 2, Protected: true})[0]; !strings.HasPrefix(got.Why, "protected from scale-in") || strings.Count(got.Why, "i-") != 2 {
		t.Errorf("%+v", got)
	}
	if got := h.act(Event{Kind: EventProtect, Count: All, Protected: true})[0]; strings.Count(got.Why, "i-") != 1 {
		t.Errorf("one is left: %+v", got)
	}
	if got := h.act(Event{Kind: EventProtect, Count: All})[0]; !strings.HasPrefix(got.Why, "protection lifted from") || strings.Count(got.Why, "i-") != 3 {
		t.Errorf("%+v", got)
	}
	h.Members[1].Instance.Spot = true
	if got := h.act(Event{Kind: EventRecommend, Count: All})[0]; strings.Count(got.Why, "i-") != 1 || h.Members[1].Instance.Recommended == des.Never {
		t.Errorf("%+v", got)
	}
}

// set-desired-capacity refuses what is outside of the bounds, and within a cooldown that
// it is to honour (API: SetDesiredCapacity).
func TestSetDesiredCapacity(t *testing.T) {
	h := newHall(config(), 2)
	set := func(n int, honour bool) Happened {
		return h.act(Event{Kind: EventSetDesired, Sizes: Sizes{Keep, Keep, n}, Honour: honour})[0]
	}
	for n, want := range map[int]string{11: "refused: 11 is above max_size 10", 0: "refused: 0 is below min_size 1", 2: "desired is 2 already"} {
		if got := set(n, false); got.Effective || !strings.Contains(got.Why, want) {
			t.Errorf("%d: %+v", n, got)
		}
	}
	h.BeginSimple(300 * des.Second)
	if got := set(3, false); !got.Effective || got.Result != 3 {
		t.Errorf("%+v", got)
	}
	if got := set(4, true); got.Effective || !strings.Contains(got.Why, "a scaling activity is in progress") {
		t.Errorf("%+v", got)
	}
	h.to(100) // in service at 15
	if got := set(4, true); got.Effective || !strings.Contains(got.Why, "lasts until 315s") {
		t.Errorf("%+v", got)
	}
	h.to(315)
	if got := set(4, true); !got.Effective {
		t.Errorf("%+v", got)
	}
}

// update-auto-scaling-group: a minimum above the group's size raises desired, a maximum
// below lowers it; contradictions are refused (API: UpdateAutoScalingGroup).
func TestUpdateOfSizes(t *testing.T) {
	for _, row := range []struct {
		s            Sizes
		min, max, to int
		effective    bool
		why          string
	}{
		{Sizes{5, Keep, Keep}, 5, 10, 5, true, "update of min 1 to 5"},
		{Sizes{Keep, 2, Keep}, 1, 2, 2, true, "max 10 to 2"},
		{Sizes{2, 8, 6}, 2, 8, 6, true, ""},
		{Sizes{9, 8, Keep}, 1, 10, 3, false, "min_size 9 would be above max_size 8"},
		{Sizes{Keep, Keep, 11}, 1, 10, 3, false, "desired capacity 11 must be between min_size 1 and max_size 10"},
		{Sizes{1, 10, 3}, 1, 10, 3, false, "were so already"},
	} {
		h := newHall(config(), 3)
		got := h.act(Event{Kind: EventUpdate, Sizes: row.s})[0]
		if got.Effective != row.effective || h.Min() != row.min || h.Max() != row.max || h.Desired() != row.to || !strings.Contains(got.Why, row.why) {
			t.Errorf("%+v: %+v; %d to %d, %d", row.s, got, h.Min(), h.Max(), h.Desired())
		}
	}
}

// Processes, zones and instance refreshes by hand.
func TestOtherActs(t *testing.T) {
	h := newHall(config(), 2)
	if got := h.act(Event{Kind: EventSuspend, Processes: []Process{Launch, AZRebalance}})[0]; got.Why != "suspended Launch, AZRebalance" || !h.Suspended(Launch) {
		t.Errorf("%+v", got)
	}
	if got := h.act(Event{Kind: EventResume, Processes: []Process{Launch}})[0]; got.Why != "resumed Launch" || h.Suspended(Launch) || !h.Suspended(AZRebalance) {
		t.Errorf("%+v", got)
	}
	if got := h.act(Event{Kind: EventZones, Zones: []int{0}})[0]; got.Why != "availability zones: removed b" {
		t.Errorf("%+v", got)
	}
	for _, kind := range []EventKind{EventCancelRefresh, EventRollbackRefresh} {
		if got := h.act(Event{Kind: kind})[0]; got.Effective || !strings.Contains(got.Why, "none is in progress") {
			t.Errorf("%+v", got)
		}
	}
	r := &Refresh{Pace: pace(0.5, 1), Warmup: des.Hour, Alarms: []string{"x"}, Version: ec2.Version{Speed: 2, Healthy: true}}
	if got := h.act(Event{Kind: EventRefresh, Refresh: r})[0]; !got.Effective || got.Refresh != RefreshInProgress {
		t.Errorf("%+v", got)
	}
	if got := h.act(Event{Kind: EventRefresh, Refresh: r})[0]; got.Effective || got.Refresh != "" {
		t.Errorf("%+v", got)
	}
	h.told = nil
	if got := h.act(Event{Kind: EventRollbackRefresh})[0]; !got.Effective || h.told[0].Refresh != RefreshRollingBack {
		t.Errorf("%+v", h.told)
	}
	h.told = nil
	if got := h.act(Event{Kind: EventCancelRefresh})[0]; !got.Effective || h.told[0].Refresh != RefreshCancelled {
		t.Errorf("%+v", h.told)
	}
	h.act(Event{Kind: EventRefresh, Refresh: r})
	h.alarm["x"] = true
	h.WatchRefresh()
	if h.to(0); h.refresher.inProgress() {
		t.Error("the alarm fails it at once")
	}
}

// Nothing happens at or after the end of the run.
func TestEventsWithinTheRun(t *testing.T) {
	h := newHall(config(), 1)
	n := 0
	h.PlanEvents([]Event{{Kind: EventSuspend, At: []des.Time{sec(10), sec(20), sec(30)}}}, sec(20), func(Happened) { n++ })
	if h.to(40); n != 1 {
		t.Errorf("%d happened", n)
	}
}

// A zonal shift is over after its time, and a second is refused while one is active; the
// group stays as it is.
func TestZonalShift(t *testing.T) {
	cfg := config()
	h := newHall(cfg, 2)
	shift := Event{Name: "away", Kind: EventZonalShift, Zones: []int{1}, Lasts: 600 * des.Second}
	if got := h.act(shift)[0]; !got.Effective || got.Why != "zonal shift: zone b gets no new requests for 10m" || got.Desired != got.Result {
		t.Errorf("%+v", got)
	}
	if got := h.act(shift)[0]; got.Effective || !strings.Contains(got.Why, "refused: another is active") {
		t.Errorf("%+v", got)
	}
	h.to(700)
	if got := h.act(shift)[0]; !got.Effective || h.Desired() != 2 {
		t.Errorf("after the first is over: %+v", got)
	}
	at := func(s ...int) (out []des.Time) {
		for _, v := range s {
			out = append(out, des.Time(v)*des.Time(des.Second))
		}
		return out
	}
	got := Shifts([]Event{{Kind: EventSuspend, At: at(5)}, {Name: "late", Kind: EventZonalShift, Zones: []int{0}, At: at(50, 2000), Lasts: 600 * des.Second}, {Name: "early", Kind: EventZonalShift, Zones: []int{1}, At: at(10, 700), Lasts: 600 * des.Second}}, at(1000)[0])
	want := []Shifted{{"early", 1, at(10)[0], at(610)[0]}, {"early", 1, at(700)[0], at(1000)[0]}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
