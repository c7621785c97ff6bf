package scenarios

import (
	"context"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/billing"
	"asgsim/sim/ec2"
	"asgsim/sim/world"
)

func runShipped(t *testing.T, name, variant string) *account.Result {
	t.Helper()
	c := loadShipped(t, name, Options{Only: only(variant)}).Configs[0]
	r, err := world.Run(context.Background(), &c.World, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Violations) > 0 {
		t.Errorf("%s %s breaks the audit: %v", name, variant, r.Violations)
	}
	return r
}

// What the comments of burstable.toml tell is what happens.
func TestBurstableStory(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a shipped scenario")
	}
	standard, unlimited, m5 := runShipped(t, "burstable", "standard"), runShipped(t, "burstable", "unlimited"), runShipped(t, "burstable", "m5")
	s := &standard.Summary
	if s.SLO.Met || s.Capacity.InService.Max > 4 || s.Capacity.InService.Min != 2 || s.Capacity.ScaleOuts != 0 {
		t.Errorf("standard: %+v, %+v", s.SLO, s.Capacity)
	}
	if cpu := standard.Rows[10*60].CPU; cpu < 0.195 || cpu > 0.205 {
		t.Errorf("CloudWatch shows a CPU of %v after ten hours", cpu)
	}
	if first := s.Lateness; s.WorstMinute == nil || s.WorstMinute.AtS < 4.5*3600 || len(first) > 0 && first[0].FromS < 0 {
		t.Errorf("trouble begins after some five hours: %+v", s.WorstMinute)
	}
	u := &unlimited.Summary
	if !u.SLO.Met || u.Credits.SurplusUSD <= 0 || u.Credits.OwedUSD <= 0 || u.Cost.EC2 >= m5.Summary.Cost.EC2 || !m5.Summary.SLO.Met || m5.Summary.Credits != nil {
		t.Errorf("unlimited: %+v, %+v", u.Credits, u.Cost)
	}
}

func TestCreditSpecification(t *testing.T) {
	for kind, want := range map[string]ec2.CreditMode{"t2.medium": ec2.Standard, "t3.medium": ec2.UnlimitedCredits, "t4g.small": ec2.UnlimitedCredits, "m5.large": ec2.NoCredits} {
		s := loadShipped(t, "fixed-fleet", Options{Sets: []string{"instance.type=" + kind}})
		if got := s.Configs[0].World.Template; got.Credits != want || got.Type.Burstable && got.InitialCredits != 1 {
			t.Errorf("%s is %v by default, want %v: %v", kind, got.Credits, want, got.InitialCredits)
		}
	}
	s := loadShipped(t, "fixed-fleet", Options{Sets: []string{"instance.type=t3.medium", "instance.credit_specification=standard", "instance.initial_credits=10%", "instance.surplus_hours=clock"}})
	if got := s.Configs[0].World.Template; got.Credits != ec2.Standard || got.InitialCredits != 0.1 || !got.ClockHours || len(s.Warnings) == 0 {
		t.Errorf("%+v, %v", got, s.Warnings)
	}
}

// What the comments of savings-plan-trap.toml tell is what happens.
func TestSavingsPlanTrapStory(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a shipped scenario")
	}
	asIs, night, none := runShipped(t, "savings-plan-trap", "as-is"), runShipped(t, "savings-plan-trap", "night-level"), runShipped(t, "savings-plan-trap", "no-plan")
	saving := func(r *account.Result) account.Saving { return r.Summary.Savings[0] }
	if s := saving(asIs); s.Baseline != "fixed" || s.Share < 0.33 || s.Share > 0.40 || *s.CashUSD > 0.005 || *s.CashUSD < -0.005 || !s.Comparable {
		t.Errorf("as is: %+v, $%v in cash", s, *s.CashUSD)
	}
	if s := saving(night); *s.CashUSD < 0.97*s.USD || night.Summary.Cost.Commitments[0].Used < 0.97 {
		t.Errorf("night level: %+v, $%v in cash, %+v", s, *s.CashUSD, night.Summary.Cost.Commitments)
	}
	if s := saving(none); s.CashUSD != nil || none.Summary.Cost.EC2Cash != nil || s.USD != saving(asIs).USD {
		t.Errorf("no plan: %+v", s)
	}
}

func TestCommitmentsAreRead(t *testing.T) {
	s := loadShipped(t, "savings-plan-trap", Options{Sets: []string{"commitment.ri.reserved_instances.count=3", "commitment.ri.reserved_instances.discount=55%"}})
	got := s.Configs[0].World.Commitments
	if len(got) != 2 || got[0].PerHour != billing.Dollars(1.2) || got[0].Discount != 340_000 || got[1].Count != 3 || got[1].Kind != billing.ReservedInstances || got[1].Until != billing.Open {
		t.Errorf("%+v", got)
	}
	// 272 days later it is still winter time, an hour ahead of UTC.
	if want := int64(272 * 86400); got[0].Until != want {
		t.Errorf("until %d, want %d", got[0].Until, want)
	}
	s = loadShipped(t, "savings-plan-trap", Options{Only: only("as-is"), Sets: []string{"commitment.sp-2025.ec2_instance_savings_plan.until=2026-01-01"}})
	if len(s.Warnings) != 1 {
		t.Errorf("a commitment that is over: %v", s.Warnings)
	}
}
