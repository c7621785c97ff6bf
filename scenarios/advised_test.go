package scenarios

import (
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/workload"
)

// A formula is quoted from where it is wrong, 24 characters of it.
func TestAFormulaIsQuotedInShort(t *testing.T) {
	for _, row := range []struct {
		text string
		at   int
		want string
	}{
		{"a + b", 1, `"a + b"`}, {"a + b", 5, `"b"`}, {"a + b", 6, "its end"}, {"a + b", 99, "its end"}, {"a + b", 0, `"a + b"`},
		{strings.Repeat("x", 24), 1, `"` + strings.Repeat("x", 24) + `"`}, {strings.Repeat("x", 25), 1, `"` + strings.Repeat("x", 24) + `..."`}, {"größer + 1", 5, `"er + 1"`},
	} {
		if got := around(row.text, row.at); got != row.want {
			t.Errorf("%q from %d: %s, want %s", row.text, row.at, got, row.want)
		}
	}
}

// bump is a load of 10 requests a second, and of 100 from the seventh minute to the eighth.
type bump struct{}

func (bump) Integral(from, to des.Time) float64 {
	lo, hi := max(from, des.Time(7*des.Minute)), min(to, des.Time(8*des.Minute))
	return 10*to.Sub(from).Seconds() + 90*max(0, hi.Sub(lo).Seconds())
}
func (bump) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (bump) Flat() bool                           { return true }

// The busiest and the quietest minute of the window, the last of which may be short.
func TestExtremesOfTheLoad(t *testing.T) {
	a := tideIn(&record.Config{Duration: 10*des.Minute + 30*des.Second, WarmUp: 2 * des.Minute, Loads: []workload.Load{{Curve: bump{}}}})
	if math.Abs(a.peak-100) > 1e-9 || a.peakAt != des.Time(7*des.Minute) || math.Abs(a.trough-10) > 1e-9 || a.troughAt != des.Time(2*des.Minute) {
		t.Errorf("%g/s at %v, %g/s at %v", a.peak, a.peakAt, a.trough, a.troughAt)
	}
	a = tideIn(&record.Config{Duration: 20 * des.Minute, WarmUp: 9 * des.Minute, Loads: []workload.Load{{Curve: bump{}}}})
	if a.peak != 10 {
		t.Errorf("the peak before the window counts: %g/s", a.peak)
	}
}

// Two workers that mostly wait are full at 20 requests a second (2 / 0.1 s), where 10 ms
// each on two vCPUs are 10 %: a target of 50 % is never reached. Of the 19.98/s that are
// left beside queueing for CPU (10 ms / (1 - 0.1^2)) four fifths are 15/s.
func TestATargetThatWorkersHide(t *testing.T) {
	const crowd = `load.shop.constant.rate="5000/s"` // more than all carry, so that no fleet is simulated for advice
	file := func(target string) string {
		return strings.Replace(base, `cpu = "20ms"`, "cpu = { constant = \"10ms\" }\nwait = { constant = \"90ms\" }", 1) +
			"[policy.cpu.target_tracking]\npredefined_metric_type = \"ASGAverageCPUUtilization\"\ntarget_value = " + target + "\n"
	}
	s := load(t, file("50"), "instance.workers=2", crowd)
	if w := s.Warnings.Error(); !strings.Contains(w, "policy.cpu.target_tracking.target_value") || !strings.Contains(w, "cannot be reached: CPU stays under 50 %, because the 2 workers of an instance run out at 10 % (20/s)") || !strings.Contains(w, `"15/s", or add workers`) {
		t.Errorf("%v", w)
	}
	if w := load(t, file("50"), "instance.workers=40", crowd).Warnings.Error(); strings.Contains(w, "cannot be reached") {
		t.Errorf("40 workers: %v", w)
	}
}

// A recommendation to rebalance has nothing to do without Spot Instances; other events have.
func TestEventsWithoutSpot(t *testing.T) {
	event := func(kind string) string {
		return load(t, base+"[event.x."+kind+"]\nat = \"10m\"\n").Warnings.Error()
	}
	if w := event("rebalance_recommendation"); !strings.Contains(w, "has nothing to do: the group has no Spot Instances") {
		t.Errorf("%v", w)
	}
	if w := event("terminate_instance"); strings.Contains(w, "has nothing to do") {
		t.Errorf("%v", w)
	}
}

// A shortage strikes the zone that it names, by its place in the group's; all without.
func TestZoneOfAShortage(t *testing.T) {
	for line, want := range map[string]int{"": ec2.AnyZone, "zone = \"us-east-1a\"\n": 0, "zone = \"us-east-1c\"\n": 2} {
		s := load(t, base+"[fault.short.launch_failure]\nat = \"10m\"\nduration = \"5m\"\n"+line, `auto_scaling_group.availability_zones=["us-east-1a","us-east-1b","us-east-1c"]`)
		f, ok := s.Configs[0].World.Faults[0].(fault.LaunchFailure)
		if !ok || f.Zone != want {
			t.Errorf("%q: %+v, want zone %d", line, f, want)
		}
	}
}

// A lognormal names the key that is wrong, also its first.
func TestWrongMedianOrPercentile(t *testing.T) {
	for law, want := range map[string]string{`{ median = "x", p95 = "60ms" }`: `"x"`, `{ median = "10ms", p95 = "y" }`: `"y"`} {
		if got := loadError(t, strings.Replace(base, `cpu = "20ms"`, "cpu = "+law, 1)); !strings.Contains(got, want) {
			t.Errorf("%s: %s", law, got)
		}
	}
}

type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// What cannot be printed is an error, not half a list.
func TestShowReportsWriteErrors(t *testing.T) {
	s := load(t, base)
	if err := s.Configs[0].Show(closed{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("%v", err)
	}
	if err := s.Configs[0].ShowInstance(closed{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("%v", err)
	}
}
