package asg

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// hooked is a lifecycle hook whose worker answers after so many seconds.
func hooked(launching bool, seconds float64) Hook {
	return Hook{Name: "h", Launching: launching, Timeout: des.Minute, Took: workload.Constant{Value: seconds}, Success: 1}
}

// A settled group begins with its instances in service, spread over the zones and
// registered; a cold one launches them.
func TestStart(t *testing.T) {
	h := newHall(config(), 4)
	if got := h.zones.perZone(); !slices.Equal(got, []int{2, 2}) || len(h.balancer.known) != 4 || h.Launches != 0 || h.Desired() != 4 {
		t.Errorf("%v", got)
	}
	for _, m := range h.Members {
		if age := h.Now().Sub(m.Instance.Launched); age < 0 || age > des.Hour {
			t.Errorf("launched %v ago", age)
		}
	}
	cfg := config()
	cfg.Cold = true
	cold := newHall(cfg, 3)
	if cold.to(4); cold.Launches != 3 || !strings.Contains(cold.Activities[0].Cause, "the group was created with a desired capacity of 3") {
		t.Errorf("%d launched", cold.Launches)
	}
	if cold.to(5); !slices.Equal(cold.counts(PhaseInService), []int{3}) {
		t.Error("in service once EC2 reports it running")
	}
}

// A change of desired is carried out after the group's delay; the activity says from what
// to what, in AWS's sentences, and ends when the instance is in service.
func TestScaleOut(t *testing.T) {
	h := newHall(config(), 2)
	h.SetDesired(3, "a user request")
	if h.to(9); h.Launches != 0 {
		t.Error("the group takes 10 s")
	}
	h.to(14)
	a := h.Activities[0]
	if h.Launches != 1 || a.Status != PreInService || !a.Launch || a.Zone != "a" || !strings.Contains(a.Cause, "At 0s a user request changing the desired capacity from 2 to 3.") || !strings.Contains(a.Cause, "increasing the capacity from 2 to 3.") {
		t.Errorf("%+v", a)
	}
	h.to(15)
	if a := h.Activities[0]; a.Status != Successful || a.End != sec(15) || len(h.Scaled) != 1 || !h.balancer.known[h.Members[2].Instance.Plane] {
		t.Errorf("%+v", a)
	}
	h.SetDesired(3, "again")
	defer func() {
		if recover() == nil {
			t.Error("desired outside of the bounds is an error of who asks")
		}
	}()
	h.SetDesired(11, "too many")
}

// With a default instance warm-up the launching activity lasts until it is over; a
// policy's own counts where there is none.
func TestActivityWaitsForTheWarmUp(t *testing.T) {
	for _, row := range []struct {
		group, policy, want int
	}{{300, 0, 315}, {-1, 120, 135}, {300, 120, 315}, {-1, 0, 15}} {
		cfg := config()
		if cfg.Warmup = -1; row.group >= 0 {
			cfg.Warmup = des.Duration(row.group) * des.Second
		}
		h := newHall(cfg, 1)
		h.SetDesiredFor(2, "why", "note", des.Duration(row.policy)*des.Second)
		h.to(1000)
		if a := h.Activities[0]; a.End != sec(row.want) || a.Note != "note" {
			t.Errorf("warm-up %d, %d: ended at %v (%q), want %d", row.group, row.policy, a.End, a.Note, row.want)
		}
	}
}

// Scale-in drains first, then runs the terminate hooks, then has EC2 end it: "InService,
// Terminating, deregister and drain, Terminating:Wait, Terminating:Proceed, Terminated".
func TestScaleIn(t *testing.T) {
	cfg := config()
	cfg.Hooks = []Hook{hooked(false, 20)}
	h := newHall(cfg, 2)
	h.balancer.drain = 100 * des.Second
	h.SetDesired(1, "an alarm")
	for _, row := range []struct {
		second int
		status Status
		phase  Phase
		state  ec2.State
	}{
		{10, WaitingDrain, PhaseDraining, ec2.Running}, {109, WaitingDrain, PhaseDraining, ec2.Running}, {110, MidLifecycle, PhaseTerminating, ec2.Running},
		{129, MidLifecycle, PhaseTerminating, ec2.Running}, {130, InProgress, PhaseTerminating, ec2.ShuttingDown}, {160, Successful, PhaseGone, ec2.Terminated},
	} {
		h.to(row.second)
		a := h.Activities[0]
		m := h.Members[a.Instance]
		if a.Status != row.status || m.Phase != row.phase || m.Instance.State != row.state {
			t.Errorf("at %d s: %v, %v, %v", row.second, a.Status, m.Phase, m.Instance.State)
		}
		if m.EndActivity() != 0 || m.End.String() != "scale in" || m.Active() {
			t.Errorf("%+v", m)
		}
	}
	if h.Terminations != 1 || len(h.Scaled) != 1 || h.Holds[0].Kind != HookWait || h.Holds[0].Until != sec(130) {
		t.Errorf("%+v", h.Holds)
	}
}

// A launch waits for its hooks before it is in service; an abandoned one is terminated
// and another launched, after a wait ("adding lifecycle hooks": launch and ABANDON).
func TestLaunchHooks(t *testing.T) {
	cfg := config()
	cfg.Hooks = []Hook{hooked(true, 20), hooked(false, 5), hooked(true, 10)}
	h := newHall(cfg, 1)
	h.SetDesired(2, "why")
	h.to(44)
	if m := h.Members[1]; !m.Waiting || m.Phase != PhasePending || h.Activities[0].Status != MidLifecycle {
		t.Errorf("%+v", m)
	}
	h.to(45) // 10 + 5 + 20 + 10
	if m := h.Members[1]; m.Waiting || m.Phase != PhaseInService || m.InServiceAt != sec(45) {
		t.Errorf("%+v", m)
	}
	cfg = config()
	cfg.Hooks = []Hook{{Name: "h", Launching: true, Timeout: des.Minute, Took: workload.Constant{Value: 1}}} // nobody answers
	h = newHall(cfg, 1)
	h.SetDesired(2, "why")
	h.to(75)
	a, end := h.Activities[0], h.Activities[1]
	if a.Status != Cancelled || a.End != sec(75) || !strings.Contains(a.Message, "heartbeat timeout elapsed after 60 s") || h.Members[1].End.Kind != EndLaunchFailed || end.Launch {
		t.Errorf("%+v", a)
	}
	h.to(89)
	if h.Launches != 1 {
		t.Error("launched before the wait of 15 s was over")
	}
	if h.to(90); h.Launches != 2 {
		t.Error("another is launched")
	}
	cfg.Hooks[0].Continue = true
	h = newHall(cfg, 1)
	h.SetDesired(2, "why")
	if h.to(75); h.Members[1].Phase != PhaseInService {
		t.Error("CONTINUE proceeds after the timeout")
	}
}

// The instance is in service when the application is up, if the group waits for it.
func TestServiceAtBootDone(t *testing.T) {
	cfg := config()
	cfg.AtBootDone = true
	h := newHall(cfg, 1)
	h.SetDesired(2, "why")
	if h.to(29); h.Members[1].Phase != PhasePending {
		t.Error("it boots until 30 s")
	}
	if h.to(30); h.Members[1].Phase != PhaseInService {
		t.Errorf("%v", h.Members[1].Phase)
	}
}

// While AddToLoadBalancer is suspended new instances are in service unregistered, for
// good; terminating one needs no drain.
func TestAddToLoadBalancer(t *testing.T) {
	cfg := config()
	cfg.Suspended = []Process{AddToLoadBalancer}
	h := newHall(cfg, 1)
	h.SetDesired(2, "why")
	h.to(20)
	h.Resume([]Process{AddToLoadBalancer})
	h.to(100)
	m := h.Members[1]
	if m.Phase != PhaseInService || h.balancer.known[m.Instance.Plane] {
		t.Errorf("%+v", m)
	}
}

// Suspended Launch and Terminate hold the group; what was left undone is done at once on
// resume.
func TestSuspendedLaunchAndTerminate(t *testing.T) {
	h := newHall(config(), 2)
	h.Suspend([]Process{Launch, Terminate})
	h.SetDesired(4, "why")
	h.to(60)
	if h.Launches != 0 || h.placer.failing != des.Never {
		t.Error("launched")
	}
	h.Resume([]Process{Launch})
	if h.to(60); h.Launches != 2 {
		t.Errorf("%d launched on resume", h.Launches)
	}
	h.SetDesired(1, "why")
	if h.to(120); h.Terminations != 0 {
		t.Error("terminated")
	}
	h.Resume([]Process{Terminate})
	if h.to(120); h.Terminations != 3 || h.Actual() != 1 {
		t.Errorf("%d terminated on resume", h.Terminations)
	}
}

// If all are protected, desired falls and nobody goes until protection is lifted
// ("instance scale-in protection").
func TestAllProtected(t *testing.T) {
	cfg := config()
	cfg.Protect = true
	h := newHall(cfg, 2)
	h.SetDesired(1, "why")
	if h.to(60); h.Desired() != 1 || h.Actual() != 2 {
		t.Errorf("desired %d, %d there", h.Desired(), h.Actual())
	}
	h.act(Event{Kind: EventProtect, Count: 1})
	if h.to(61); h.Actual() != 1 {
		t.Error("the one without protection goes")
	}
}

// A refused launch is tried again, 15 s later and then twice as late; a replacement that
// was refused is one still.
func TestLaunchesAreTriedAgain(t *testing.T) {
	cfg := config()
	cfg.Zones = []string{"a"}
	h := newHall(cfg, 2)
	h.cloud.noZone[0] = true
	h.Members[0].Instance.State = ec2.Failed
	h.to(60 + 15 + 30)
	if h.Refused != 3 || h.Replacements != 1 || h.Launches != 0 {
		t.Errorf("%d refused at 1:00, 1:15 and 1:45", h.Refused)
	}
	h.cloud.noZone[0] = false
	h.to(60 + 15 + 30 + 60)
	if h.Launches != 1 || !h.Members[2].Replacement {
		t.Errorf("%d launched", h.Launches)
	}
	if busy, _ := h.Cooling(); !busy {
		t.Error("a replacement is in progress")
	}
}

// Simple scaling's activity ends with the last instance in service, or drained, and the
// cooldown begins then ("Scaling cooldowns").
func TestCooldown(t *testing.T) {
	h := newHall(config(), 2)
	h.BeginSimple(300 * des.Second)
	h.SetDesired(4, "why")
	h.to(14)
	if busy, _ := h.Cooling(); !busy {
		t.Error("two are launching")
	}
	h.to(15)
	if busy, until := h.Cooling(); busy || until != sec(315) {
		t.Errorf("busy %v until %v, want 315 s", busy, until)
	}
	h.balancer.drain = 100 * des.Second
	h.BeginSimple(300 * des.Second)
	h.SetDesired(3, "why") // at 15, drained at 125
	h.to(124)
	if busy, _ := h.Cooling(); !busy {
		t.Error("it drains")
	}
	h.to(125)
	if busy, until := h.Cooling(); busy || until != sec(425) {
		t.Errorf("busy %v until %v, want 425 s", busy, until)
	}
}

// Without Capacity Rebalancing a Spot signal changes nothing; with it a notice takes the
// instance out, and a recommendation has others launched.
func TestSignal(t *testing.T) {
	for _, on := range []bool{false, true} {
		cfg := config()
		cfg.Rebalance = on
		h := newHall(cfg, 2)
		i := h.Members[0].Instance
		i.Spot, i.Recommended, i.Noticed = true, 0, 0
		h.Signal(i)
		if gone := h.Members[0].Phase != PhaseInService; gone != on {
			t.Errorf("on %v: gone %v", on, gone)
		}
		i = h.Members[1].Instance
		i.Spot, i.Recommended = true, 0
		h.Signal(i)
		h.Signal(&ec2.Instance{Ordinal: 99}) // of no group
		h.to(100)
		if h.Launches > 0 != on {
			t.Errorf("on %v: %d launched", on, h.Launches)
		}
		if want := map[bool]int{false: 1, true: 2}[on]; h.ExtrasAllowed() != want {
			t.Errorf("on %v: %d extras allowed", on, h.ExtrasAllowed())
		}
	}
}

// The phase of the health check is the configured one, or a draw within the period.
func TestFirstLook(t *testing.T) {
	cfg := config()
	cfg.HealthPhase = 7 * des.Second
	if got := newHall(cfg, 1).firstLook(); got != 67*des.Second {
		t.Errorf("%v", got)
	}
	cfg.HealthDrawn = true
	if got := newHall(cfg, 1).firstLook(); got < 1 || got > des.Minute {
		t.Errorf("%v", got)
	}
}

// Extras allowed: one for rebalancing, and what the paces allow above desired.
func TestExtrasAllowed(t *testing.T) {
	cfg := config()
	cfg.Maintenance = &Maintenance{MinHealthy: 1, MaxHealthy: 1.5}
	h := newHall(cfg, 4)
	if got := h.ExtrasAllowed(); got != 1+2 {
		t.Errorf("%d", got)
	}
	h.refresher.now = &refreshing{Refresh: &Refresh{Pace: pace(0.5, 1.25)}}
	if got := h.ExtrasAllowed(); got != 1+2+1 {
		t.Errorf("%d with a refresh", got)
	}
	weighted := newHall(config(), 8, model("four", 4, 1))
	if got := weighted.ExtrasAllowed(); got != 1+8 {
		t.Errorf("%d with weights", got)
	}
}

// Why somebody left, in short.
func TestEnds(t *testing.T) {
	for want, e := range map[string]End{
		"": {}, "scale in": {Kind: EndScaleIn}, "unhealthy: x": {Kind: EndUnhealthy, By: "x"}, "terminated by hand": {Kind: EndUser}, "detached": {Kind: EndDetached},
	} {
		if e.String() != want {
			t.Errorf("%q, want %q", e.String(), want)
		}
	}
}

// An instance launched to even out the zones makes somebody of the full zone go as soon
// as it is in service.
func TestZonesAreEvenedOut(t *testing.T) {
	h := newHall(config(), 4)
	h.act(Event{Kind: EventZones, Zones: []int{0}})
	h.to(130) // seen at 1:00, a minute later launched, five seconds later in service
	if got := h.zones.perZone(); got[0] != 3 || got[1] != 1 || h.Actual() != 4 || h.Extras() != 0 {
		t.Errorf("%v, %d there", got, h.Actual())
	}
	h.to(600)
	if got := h.zones.perZone(); got[0] != 4 || got[1] != 0 {
		t.Errorf("%v", got)
	}
}

// A replacement that never comes into service is due still, and takes the place of it as
// a replacement.
func TestReplacementThatFails(t *testing.T) {
	h := newHall(config(), 2)
	h.Members[0].Instance.State = ec2.Failed
	h.to(61)
	h.Members[2].Instance.State = ec2.Failed
	h.to(140)
	if len(h.Members) != 4 || h.Members[2].End.Kind != EndLaunchFailed || !h.Members[3].Replacement || h.Replacements != 1 {
		t.Errorf("%+v", h.Members[len(h.Members)-1])
	}
}

// A launch for desired capacity that never comes into service is made again as one: it
// replaces nobody.
func TestALaunchThatFailsReplacesNobody(t *testing.T) {
	h := newHall(config(), 2)
	h.SetDesired(3, "somebody asked")
	h.to(11)
	h.Members[2].Instance.State = ec2.Failed
	h.to(140)
	if len(h.Members) != 4 || h.Members[2].End.Kind != EndLaunchFailed || h.Members[3].Replacement || !strings.Contains(h.Activities[len(h.Activities)-1].Cause, "difference between desired and actual capacity") {
		t.Errorf("%+v, %+v", h.Members[len(h.Members)-1], h.Activities[len(h.Activities)-1])
	}
}

// Desired and the bounds change through their methods only.
func TestSizesChangeInOnePlace(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	assigned := regexp.MustCompile(`\.(desired|min|max)(, \w+\.\w+)* *([-+*/]?=[^=]|\+\+|--)`)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || name == "size.go" {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := assigned.Find(source); found != nil {
			t.Errorf("%s: %s", name, found)
		}
	}
}

// Balanced only: where the thinnest zone has no capacity nothing is launched, although
// the other has; best effort launches there ("Availability Zone distribution", user
// guide, read 2024-11).
func TestBalancedOnly(t *testing.T) {
	for only, want := range map[bool]int{true: 1, false: 3} {
		cfg := config()
		cfg.BalancedOnly = only
		h := newHall(cfg, 2)
		h.Members[0].Instance.State, h.Members[0].Phase = ec2.Terminated, PhaseGone // zone a is the thinner
		h.active = h.active[1:]
		h.cloud.noZone[h.Members[0].Instance.Zone] = true
		h.SetDesired(3, "by hand")
		h.to(60)
		if n := len(h.Members) - 1; n != want {
			t.Errorf("balanced only %v: %d instances, want %d", only, n, want)
		}
	}
}

// One alarm is enough for a refresh to look at what was just evaluated.
func TestOneAlarmStopsARefresh(t *testing.T) {
	h := newHall(config(), 2)
	r := &Refresh{Pace: pace(0, 1), Warmup: des.Hour, Alarms: []string{"errors"}, Version: ec2.Version{Speed: 2, Healthy: true}}
	h.Kernel.At(sec(1), des.Schedule, func() {
		h.operator.happen(&Event{Name: "deploy", Kind: EventRefresh, Refresh: r}, 0, func(x Happened) { h.told = append(h.told, x) })
	})
	h.to(5)
	h.alarm["errors"] = true
	h.Kernel.At(sec(7), des.Alarm, h.WatchRefresh)
	h.to(7) // long before the group looks at its instances
	if n := len(h.told); n == 0 || !strings.Contains(h.told[n-1].Why, "alarm errors in ALARM") {
		t.Errorf("%+v", h.told)
	}
}
