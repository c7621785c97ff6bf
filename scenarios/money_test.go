package scenarios

import (
	"context"
	"testing"

	"asgsim/sim/ec2"
	"asgsim/sim/world"
)

func runShipped(t *testing.T, name, variant string) *world.Result {
	t.Helper()
	c := loadShipped(t, name, Options{Variant: variant}).Configs[0]
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
	s := loadShipped(t, "fixed-fleet", Options{Sets: []string{"instance.type=t3.medium", "instance.credit_specification=standard", "instance.initial_credits=10%"}})
	if got := s.Configs[0].World.Template; got.Credits != ec2.Standard || got.InitialCredits != 0.1 {
		t.Errorf("%+v", got)
	}
}
