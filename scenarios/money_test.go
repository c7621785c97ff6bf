package scenarios

import (
	"testing"

	"asgsim/sim/billing"
	"asgsim/sim/ec2"
)

func TestCreditSpecification(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
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
