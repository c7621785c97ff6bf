package record

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
)

// A unit of capacity by hand: small has 2 vCPUs, counts 1 and costs $0.10; large has 8 at
// speed 1.5, counts 4 and costs $0.32, which is $0.08 a unit.
func TestAUnitOfCapacity(t *testing.T) {
	small := ec2.Model{Type: ec2.Type{Name: "small", VCPU: 2}, Speed: 1, Weight: 1, Price: billing.Dollars(0.10)}
	large := ec2.Model{Type: ec2.Type{Name: "large", VCPU: 8}, Speed: 1.5, Weight: 4, Price: billing.Dollars(0.32)}
	plain := &Config{}
	plain.Template.Model = small
	mixed := &Config{}
	mixed.Template.Model, mixed.Template.Mixed = small, []ec2.Model{small, large}
	mixed.Group.Mixed = &asg.Mixed{OnDemandPercent: 100}
	cheapest := &Config{Template: mixed.Template}
	cheapest.Group.Mixed = &asg.Mixed{OnDemandPercent: 100, OnDemand: asg.OnDemandLowestPrice}
	spot := &Config{Template: mixed.Template, Group: mixed.Group}
	spot.Template.Spot = &ec2.Spot{}
	unweighted := &Config{}
	unweighted.Template.Model = small
	unweighted.Template.Weight = 0
	for name, row := range map[string]struct {
		cfg             *Config
		types           string
		work, instances float64
	}{
		"one type":               {plain, "small", 2, 1},
		"without weights":        {unweighted, "small", 2, 1},
		"the first in the list":  {mixed, "small", 2, 1},
		"the cheapest of a unit": {cheapest, "large", 1.5 * 8 / 4, 0.25},
		"all where some is Spot": {spot, "small large", (2 + 3.0) / 2, (1 + 0.25) / 2},
	} {
		var names []string
		for _, m := range row.cfg.Typical() {
			names = append(names, m.Type.Name)
		}
		if got := strings.Join(names, " "); got != row.types {
			t.Errorf("%s: %s, want %s", name, got, row.types)
		}
		if w, n := row.cfg.UnitWork(), row.cfg.UnitInstances(); math.Abs(w-row.work) > 1e-12 || math.Abs(n-row.instances) > 1e-12 {
			t.Errorf("%s: %v of work, %v instances; want %v, %v", name, w, n, row.work, row.instances)
		}
	}
	four := &Config{}
	four.Template.Weight = 4
	for units, want := range map[int]int{0: 0, 1: 1, 4: 1, 5: 2, 8: 2} {
		if got := four.InstancesOf(units); got != want || unweighted.InstancesOf(units) != units {
			t.Errorf("%d units are %d instances of four, want %d; and %d of one", units, got, want, unweighted.InstancesOf(units))
		}
	}
}

// What the prices are is said: the list and its day, one's own, a discount.
func TestTheBasisOfTheBill(t *testing.T) {
	c := &Config{}
	if got := c.BillBasis(); !strings.HasPrefix(got, "on demand, "+ec2.PricesRegion) || !strings.HasSuffix(got, ec2.PricesDate) {
		t.Error(got)
	}
	c.Template.OwnPrice, c.Bill.Discount = true, 0.125
	if got := c.BillBasis(); got != "own price, less 12.5 %" {
		t.Error(got)
	}
}

// An instance left when it began to drain, not when it was gone, and not if a warm pool
// had it back.
func TestWhenAnInstanceLeft(t *testing.T) {
	at := func(changes ...StateChange) des.Time { return (&Instance{Changes: changes}).LeftAt() }
	if got := at(StateChange{1, Ready}, StateChange{5, Draining}, StateChange{7, Terminating}, StateChange{9, Gone}); got != 5 {
		t.Errorf("%d, want 5", got)
	}
	if got := at(StateChange{1, Ready}, StateChange{5, Draining}, StateChange{7, WarmedStopped}, StateChange{9, Terminating}); got != 9 {
		t.Errorf("back in between: %d, want 9", got)
	}
	if got := at(StateChange{1, Ready}, StateChange{5, Draining}, StateChange{7, WarmedStopped}); got != des.Never {
		t.Errorf("back for good: %d", got)
	}
	c := &serving.InstanceCounters{}
	c.Ended[serving.OK], c.Ended[serving.TimedOut], c.Ended[serving.Refused] = 100, 5, 2
	if got := Lost(c); got != 7 {
		t.Errorf("%d lost, want 5 + 2", got)
	}
}
