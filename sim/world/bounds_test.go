package world

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// A warm pool never grows beyond its size: only scale-in may return more, and a
// size that shrinks leaves what was there.
func TestThePoolKeepsToItsSize(t *testing.T) {
	l := &lifecycles{}
	for at, c := range []asg.PoolCount{{Members: 4, Size: 4}, {Members: 4, Size: 2}, {Members: 3, Size: 2}, {Members: 4, Returning: 2, Size: 2}, {Members: 4, Size: 2}} {
		l.checkPool(des.Time(at), &c)
	}
	if len(l.broken) != 0 {
		t.Errorf("violations %v", l.broken)
	}
	l.checkPool(5, &asg.PoolCount{Members: 5, Size: 2})
	l.checkPool(6, &asg.PoolCount{Members: 1, Size: 2})
	l.checkPool(7, &asg.PoolCount{Members: 3, Size: 2})
	if len(l.broken) != 2 || l.broken[0].Law != "warm pool <= its size" {
		t.Errorf("violations %v", l.broken)
	}
}

// With weights a group may be above desired by the largest, and no more; a desired
// that falls leaves what is there.
func TestOvershootIsAtMostTheLargestWeight(t *testing.T) {
	l := &lifecycles{overshoot: 6}
	for at, c := range []record.CapacityChange{
		{Desired: 12, States: record.States{Ready: 10, Pending: 6}}, // TV-03
		{Desired: 12, States: record.States{Ready: 18}},
		{Desired: 5, States: record.States{Ready: 18}},
		{Desired: 5, States: record.States{Ready: 14}},
	} {
		c.At = des.Time(at)
		l.checkWeights(&c, 0)
	}
	if len(l.broken) != 0 {
		t.Errorf("violations %v", l.broken)
	}
	l.checkWeights(&record.CapacityChange{At: 9, Desired: 5, States: record.States{Ready: 14, Pending: 1}}, 0)
	l.checkWeights(&record.CapacityChange{At: 10, Desired: 5, States: record.States{Ready: 14, Pending: 2}}, 2)
	if len(l.broken) != 1 || l.broken[0].Law != "overshoot <= the largest weight" {
		t.Errorf("violations %v", l.broken)
	}
}

// The bounds are checked at every instant, as the history is written.
func TestBoundsAreCheckedAtEveryInstant(t *testing.T) {
	l := &lifecycles{}
	l.append(record.CapacityChange{At: 0, Desired: 3, MinSize: 2, MaxSize: 4, States: record.States{Ready: 3}})
	if len(l.broken) != 0 {
		t.Errorf("violations %v", l.broken)
	}
	l.append(record.CapacityChange{At: 1, Desired: 5, MinSize: 2, MaxSize: 4, States: record.States{Ready: 3}})
	l.append(record.CapacityChange{At: 2, Desired: 1, MinSize: 2, MaxSize: 4, States: record.States{Ready: 3}})
	l.append(record.CapacityChange{At: 3, Desired: 4, MinSize: 2, MaxSize: 4, States: record.States{Ready: 3, Pending: 2, Draining: 1}})
	laws := make([]string, len(l.broken))
	for i, v := range l.broken {
		laws[i] = v.Law
	}
	if got := strings.Join(laws, "; "); got != "min <= desired <= max; min <= desired <= max; actual <= max" {
		t.Errorf("violations %q", got)
	}
}
