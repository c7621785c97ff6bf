package world

import (
	"math"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// A plan for the whole baseline: whatever the group saves at list price, nothing
// of it is cash. One for the least it ever runs: all of it is.
func TestCommitmentsTurnSavingsIntoCash(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	plan := func(instances float64) *account.Result {
		cfg := timeline(320, 640, 4)
		cfg.Calendar.Start = 1772449200 + 1234 // hours are the clock's
		cfg.Duration = 3 * des.Hour
		cfg.Baseline = []record.Baseline{{Name: "fixed", Instances: 12}}
		cfg.Commitments = []billing.Commitment{{Name: "sp", Kind: billing.EC2InstanceSavingsPlan,
			PerHour: billing.Dollars(instances * 0.096 * 0.66), Discount: 340_000, Until: billing.Open}}
		return run(t, cfg)
	}
	full, least, none := plan(12), plan(2), plan(0)
	at := func(r *account.Result) (list, cash float64) {
		return r.Summary.Savings[0].USD, *r.Summary.Savings[0].CashUSD
	}
	list, cash := at(full)
	if list < 0.5 || math.Abs(cash) > 1e-3 || math.Abs(*full.Summary.Cost.EC2Cash-3*12*0.096*0.66) > 1e-6 {
		t.Errorf("full: $%v at list price, $%v in cash, %v", list, cash, *full.Summary.Cost.EC2Cash)
	}
	if list, cash = at(least); math.Abs(list-cash) > 1e-3 || least.Summary.Cost.Commitments[0].Used < 0.999 {
		t.Errorf("least: $%v at list price, $%v in cash: %+v", list, cash, least.Summary.Cost.Commitments)
	}
	if list, cash = at(none); math.Abs(list-cash) > 1e-9 || math.Abs(*none.Summary.Cost.EC2Cash-none.Summary.Cost.EC2) > 1e-9 {
		t.Errorf("none: $%v at list price, $%v in cash", list, cash)
	}
	if full.Summary.Cost.EC2 != none.Summary.Cost.EC2 || full.Summary.Cost.Total != none.Summary.Cost.Total {
		t.Error("the list price does not depend on commitments")
	}
	var sum billing.USD
	for _, l := range full.Bill {
		if l.Group == billing.EC2 || l.Group == billing.Commitments {
			sum += l.Amount
		}
	}
	if sum.Float() != *full.Summary.Cost.EC2Cash {
		t.Errorf("the bill adds up to %v, cash is %v", sum, *full.Summary.Cost.EC2Cash)
	}
}

// A plan that ends in the middle of the run is charged and applied until then.
func TestACommitmentEnds(t *testing.T) {
	cfg := timeline(320, 320, 4)
	cfg.Duration = 2 * des.Hour
	cfg.Policies, cfg.Group.Min, cfg.Group.Max = nil, 4, 4
	cfg.Commitments = []billing.Commitment{{Name: "ri", Kind: billing.ReservedInstances, Count: 4, Discount: 500_000, Until: 5400}}
	r := run(t, cfg)
	c := r.Summary.Cost.Commitments[0]
	if c.Hours != 1.5 || math.Abs(c.USD-1.5*4*0.048) > 1e-9 || c.Used < 0.999 || math.Abs(*r.Summary.Cost.EC2Cash-(1.5*4*0.048+0.5*4*0.096)) > 1e-6 {
		t.Errorf("%+v, cash %v", c, *r.Summary.Cost.EC2Cash)
	}
}
