package sim

import (
	"testing"

	"asgsim/sim/account"
)

// Five more instances to ten that took away a ninth of the bad requests promise nothing;
// where most requests are bad, capacity may still be all that is missing.
func TestWhenMoreInstancesAreInVain(t *testing.T) {
	fleet := func(good float64) *Outcome {
		return &Outcome{Summary: account.Summary{Requests: account.Requests{GoodShare: &good}}}
	}
	for _, c := range []struct {
		small, large float64
		want         bool
	}{
		{0.990, 0.990, true},
		{0.990, 0.991 - 0.0001, true},  // 1 % bad, then 0.91 %
		{0.990, 0.991 + 0.0001, false}, // 0.89 %
		{0.400, 0.400, false},
		{0.990, 0.980, true}, // more instances, more crashes
	} {
		if got := inVain(fleet(c.small), fleet(c.large)); got != c.want {
			t.Errorf("good share %v, then %v: %v", c.small, c.large, got)
		}
	}
	if inVain(nil, fleet(0.9)) {
		t.Error("nothing to compare with")
	}
}
