package asg

import (
	"fmt"
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// bench is an instance refresh of n instances by itself.
type bench struct {
	*parts
	f     *refresher
	told  []string // status and when
	why   []string
	alarm map[string]bool
}

// pollEvery has the group look at its instances, as it does all the time.
const pollEvery = des.Minute

func newBench(n int) *bench {
	p := newParts(config(), n)
	p.max = 100
	p.fill(n)
	x := p.exchanger(p.replacer())
	b := &bench{parts: p, alarm: map[string]bool{}}
	b.f = &refresher{
		base: p.base, size: p.size, roster: p.roster, History: p.History, suspensions: p.suspensions, mover: p, exchanger: x, chooser: x.chooser, versions: p.cloud,
		passed: func(m *Member) bool { return !m.Waiting }, alarmed: func(name string) bool { return b.alarm[name] }, abandon: p.abandon,
	}
	var poll func()
	poll = func() { p.k.After(pollEvery, des.Health, poll); b.f.step() }
	p.k.After(pollEvery, des.Health, poll)
	return b
}

func (b *bench) begin(r Refresh) bool {
	if r.Version == (ec2.Version{}) {
		r.Version = ec2.Version{Speed: 2, Healthy: true}
	}
	ok := b.f.start("r", &r, func(s RefreshStatus, why string) {
		b.told = append(b.told, fmt.Sprintf("%v %s", s, clock(b.k.Now())))
		b.why = append(b.why, why)
	})
	b.wait(0)
	return ok
}

func (b *bench) upTo(minutes int) { b.wait(sec(60 * minutes).Sub(b.k.Now())) }

// renewedBy is how many instances of the refresh's version there are.
func (b *bench) newOnes() int {
	n := 0
	for _, m := range b.active {
		if m.Instance.Version != nil && m.Instance.Version.Speed == 2 {
			n++
		}
	}
	return n
}

func pace(low, high float64) Maintenance { return Maintenance{MinHealthy: low, MaxHealthy: high} }

// TV-10, the run that the documentation prints ("Adding checkpoints to an instance
// refresh"): ten instances, at least 80 % healthy, checkpoints at 20 and 50 %, 15 minutes
// at each, 10 of warm-up.
func TestTV10Checkpoints(t *testing.T) {
	b := newBench(10)
	if !b.begin(Refresh{Pace: pace(0.8, 1), Warmup: 10 * des.Minute, Checkpoints: []float64{0.2, 0.5}, CheckpointDelay: 15 * des.Minute}) {
		t.Fatal("refused")
	}
	for _, row := range []struct{ minute, replaced int }{{0, 2}, {24, 2}, {25, 4}, {34, 4}, {35, 5}, {44, 5}} {
		if b.upTo(row.minute); b.Replacements != row.replaced || b.newOnes() != row.replaced {
			t.Errorf("at 0:%02d: %d replaced, want %d", row.minute, b.Replacements, row.replaced)
		}
	}
	b.upTo(45)
	expect(t, "what is told", b.told, "InProgress, at a checkpoint 600s", "InProgress, at a checkpoint 2700s", "Successful 2700s")
	if b.cloud.version == nil || b.cloud.version.Speed != 2 || b.f.inProgress() || b.Holds[0].Until != sec(2700) {
		t.Errorf("the new version stays: %+v", b.cloud.version)
	}
	if begun := b.f.start("again", &Refresh{}, nil); !begun {
		t.Error("it is over")
	}
	if begun := b.f.start("another", &Refresh{}, nil); begun {
		t.Error("one is in progress")
	}
}

// TV-11: two instances, checkpoints at 10, 40 and 100 %: half replaced announces 40.
func TestTV11SkippedCheckpoint(t *testing.T) {
	b := newBench(2)
	b.begin(Refresh{Pace: pace(0.5, 1), Warmup: des.Minute, Checkpoints: []float64{0.1, 0.4, 1}, CheckpointDelay: 10 * des.Minute})
	b.upTo(1)
	if len(b.told) != 1 || !strings.Contains(b.why[0], "checkpoint 40%: 1 of 2") {
		t.Errorf("%q, %q", b.told, b.why)
	}
	b.upTo(30)
	if last := b.told[len(b.told)-1]; len(b.told) != 2 || last != "Successful 720s" { // 1 + 10 + 1 minutes
		t.Errorf("%q", b.told)
	}
}

// A bake holds a refresh that has replaced all; an alarm in ALARM fails it, also then,
// and with auto rollback everything goes back to the version before.
func TestBakeAlarmRollback(t *testing.T) {
	for _, auto := range []bool{false, true} {
		b := newBench(2)
		b.begin(Refresh{Pace: pace(0, 1), Bake: 10 * des.Minute, Alarms: []string{"errors"}, AutoRollback: auto})
		b.upTo(5)
		if b.newOnes() != 2 || !strings.HasPrefix(b.told[0], "Baking") {
			t.Errorf("%q", b.told)
		}
		b.alarm["errors"] = true
		b.upTo(10)
		last := b.told[len(b.told)-1]
		if auto {
			if !strings.HasPrefix(b.told[1], "RollbackInProgress") || !strings.HasPrefix(last, "RollbackSuccessful") || b.newOnes() != 0 || b.cloud.version != nil {
				t.Errorf("%q, %d of the new version", b.told, b.newOnes())
			}
		} else if !strings.HasPrefix(last, "Failed") || !strings.Contains(b.why[len(b.why)-1], "alarm errors in ALARM") || b.newOnes() != 2 {
			t.Errorf("%q", b.told)
		}
	}
	b := newBench(1)
	b.begin(Refresh{Pace: pace(0, 1), Bake: 10 * des.Minute})
	// Seen to be done at the look after a minute, and baked for ten.
	if b.upTo(60); b.told[len(b.told)-1] != "Successful 660s" {
		t.Errorf("%q", b.told)
	}
}

// Instances protected from scale-in: Wait fails the refresh after an hour, Ignore leaves
// them out, Refresh replaces them (API: RefreshPreferences). The other two are replaced
// one at a look, and seen to serve at the looks after one and two minutes: the hour
// begins at the second.
func TestProtectedInstances(t *testing.T) {
	for way, want := range map[Holdouts]string{WaitForThem: "Failed", IgnoreThem: "Successful", ReplaceThem: "Successful"} {
		b := newBench(3)
		b.Members[0].Protected = true
		b.begin(Refresh{Pace: pace(0.5, 1), Protected: way})
		b.upTo(90)
		stays := b.Members[0].Phase == PhaseInService
		if len(b.told) != 1 || !strings.HasPrefix(b.told[0], want) || stays != (way != ReplaceThem) || b.Members[1].Phase == PhaseInService {
			t.Errorf("%v: %q, %q; it stays: %v", way, b.told, b.why, stays)
		}
		if way == WaitForThem && (!strings.Contains(b.why[0], "waiting for instances protected from scale-in") || b.told[0] != "Failed 3720s") {
			t.Errorf("%q, %q", b.told, b.why)
		}
	}
}

// So for instances in standby; Terminate ends them.
func TestStandbyInstances(t *testing.T) {
	for way, want := range map[Holdouts]string{WaitForThem: "Failed", IgnoreThem: "Successful", ReplaceThem: "Successful"} {
		b := newBench(2)
		s := b.add(ec2.Pool{})
		s.Phase = PhaseStandby
		b.leave(s)
		b.begin(Refresh{Pace: pace(0, 1), Standby: way})
		b.upTo(90)
		if len(b.told) != 1 || !strings.HasPrefix(b.told[0], want) || (s.Phase == PhaseStandby) != (way != ReplaceThem) {
			t.Errorf("%v: %q, %v", way, b.told, s.Phase)
		}
	}
}

// Instances that are as the new version would have them are left alone, if so asked, and
// the refresh is successful without them ("Use an instance refresh with skip matching").
func TestSkipMatching(t *testing.T) {
	for _, skip := range []bool{false, true} {
		b := newBench(2)
		b.begin(Refresh{Pace: pace(0, 1), SkipMatching: skip, Version: ec2.Version{Speed: 1, Healthy: true}})
		b.upTo(5)
		if replaced := b.Replacements; (replaced == 0) != skip || len(b.told) != 1 || !strings.HasPrefix(b.told[0], "Successful") {
			t.Errorf("skip %v: %d replaced, %q", skip, replaced, b.told)
		}
	}
}

// Suspending InstanceRefresh pauses it, the hour without progress too; with Launch or
// Terminate suspended it cannot go on, and fails after an hour ("Suspend and resume a
// process").
func TestSuspendedRefresh(t *testing.T) {
	b := newBench(2)
	b.begin(Refresh{Pace: pace(0.5, 1), Warmup: 2 * des.Minute})
	b.Suspend([]Process{InstanceRefresh})
	b.upTo(300)
	if len(b.told) != 0 || b.Replacements != 1 {
		t.Errorf("%q, %d replaced", b.told, b.Replacements)
	}
	b.lift([]Process{InstanceRefresh})
	b.upTo(310)
	if len(b.told) != 1 || !strings.HasPrefix(b.told[0], "Successful") {
		t.Errorf("%q", b.told)
	}
	for _, process := range []Process{Launch, Terminate} {
		b := newBench(2)
		b.Suspend([]Process{process})
		b.begin(Refresh{Pace: pace(0.5, 1)})
		b.upTo(59)
		if len(b.told) != 0 {
			t.Errorf("%v: %q", process, b.told)
		}
		b.upTo(60)
		if len(b.told) != 1 || !strings.HasPrefix(b.told[0], "Failed") {
			t.Errorf("%v: %q", process, b.told)
		}
	}
}

// A refresh whose instances never become healthy makes no progress, and fails after an
// hour; one that is not over in 14 days fails ("Instance refresh").
func TestRefreshGivesUp(t *testing.T) {
	b := newBench(2)
	b.f.passed = func(m *Member) bool { return m.Instance.Version == nil }
	b.begin(Refresh{Pace: pace(0.5, 1)})
	b.upTo(61)
	if len(b.told) != 1 || b.told[0] != "Failed 3600s" || !strings.Contains(b.why[0], "0 of 2 replaced, none for an hour") || b.Replacements != 1 {
		t.Errorf("%q, %q", b.told, b.why)
	}
	b = newBench(1)
	b.Suspend([]Process{InstanceRefresh})
	b.begin(Refresh{Pace: pace(0, 1)})
	b.upTo(14 * 1440)
	if len(b.told) != 1 || b.told[0] != fmt.Sprintf("Failed %ds", 14*86400) {
		t.Errorf("%q", b.told)
	}
}

// Cancelling leaves what is replaced, and the version before is launched again; a
// rollback on request replaces it, and gives up who is still on its way.
func TestCancelAndRollBack(t *testing.T) {
	b := newBench(4)
	if b.f.cancel() || b.f.rollBackAsked() {
		t.Error("none is in progress")
	}
	b.begin(Refresh{Pace: pace(0.5, 1), Warmup: 10 * des.Minute})
	if !b.f.cancel() || b.newOnes() != 2 || b.cloud.version != nil || b.told[0] != "Cancelled 0s" {
		t.Errorf("%q", b.told)
	}
	b = newBench(4)
	b.begin(Refresh{Pace: pace(0.5, 1), Warmup: 10 * des.Minute})
	coming := b.add(ec2.Pool{})
	coming.Phase = PhasePending
	b.size.set(5)
	if !b.f.rollBackAsked() || b.f.rollBackAsked() || coming.Phase != PhaseGone || len(b.given) != 1 {
		t.Errorf("%q, %q", b.told, b.given)
	}
	b.size.set(4)
	b.upTo(60)
	if last := b.told[len(b.told)-1]; !strings.HasPrefix(last, "RollbackSuccessful") || b.newOnes() != 0 || !RefreshStatus(strings.Fields(last)[0]).Over() || RefreshBaking.Over() {
		t.Errorf("%q, %d of the new version", b.told, b.newOnes())
	}
}

// poolOf is a warm pool that takes some steps to exchange its members.
type poolOf struct{ steps, of int }

func (p *poolOf) exchange(*Maintenance) (int, bool) {
	p.of++
	return p.of, p.of >= p.steps
}

// The warm pool is exchanged after those in service, and is progress, too.
func TestRefreshEndsWithThePool(t *testing.T) {
	b := newBench(2)
	w := &poolOf{steps: 90}
	b.f.pool = w
	b.begin(Refresh{Pace: pace(0, 1)})
	if b.f.poolPace() != nil {
		t.Error("those in service are first")
	}
	b.upTo(30)
	if len(b.told) != 0 || w.of == 0 || b.f.poolPace() == nil {
		t.Errorf("%q after %d steps", b.told, w.of)
	}
	b.upTo(120)
	if len(b.told) != 1 || !strings.HasPrefix(b.told[0], "Successful") || w.of != 90 {
		t.Errorf("%q after %d steps: one step a minute for more than an hour is progress", b.told, w.of)
	}
}

// A refresh is not over while the group is short of its desired capacity, though every
// instance there is has been replaced.
func TestRefreshWaitsForDesiredCapacity(t *testing.T) {
	b := newBench(4)
	b.begin(Refresh{Pace: pace(0, 1)})
	b.desired = 5 // before it is seen to be done
	if b.upTo(5); b.newOnes() != 4 || len(b.told) != 0 {
		t.Errorf("%d of 4 replaced, %q", b.newOnes(), b.told)
	}
	b.fill(1)
	if b.upTo(6); len(b.told) != 1 || b.told[0] != "Successful 360s" {
		t.Errorf("%q", b.told)
	}
}
