package account

import (
	"fmt"
	"slices"

	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// CreditSummary is what burstable instances earned, spent and owed. Balances are
// CPUCreditBalance and CPUSurplusCreditBalance of single instances, in credits.
type CreditSummary struct {
	Specification    string  `json:"specification"`
	BaselinePercent  float64 `json:"baseline_percent"`  // of each vCPU
	MinBalance       float64 `json:"min_balance"`       // lowest of any instance in the window
	MaxSurplus       float64 `json:"max_surplus"`       // highest of any instance
	EndBalance       float64 `json:"end_balance"`       // mean of those running at the end
	Earned           float64 `json:"earned"`            // by all
	Spent            float64 `json:"spent"`             // by all
	ThrottledMinutes float64 `json:"throttled_minutes"` // instance-minutes held down to the baseline
	SurplusUSD       float64 `json:"surplus_usd"`       // charged in the window
	OwedUSD          float64 `json:"owed_usd"`          // due when those running at the end terminate
}

// surplusPrice is that of a vCPU-hour of surplus; 0 where there can be none.
func surplusPrice(m *ec2.Model) billing.USD {
	if m.Credits != ec2.UnlimitedCredits {
		return 0
	}
	return m.Type.Burst.Surplus
}

// creditSummary sums the accounts up; nil for other types.
func (a *accounts) creditSummary() *CreditSummary {
	c := a.Credits
	if c == nil {
		return nil
	}
	first := a.models[slices.IndexFunc(a.models, func(m *ec2.Model) bool { return m.Credits != ec2.NoCredits })]
	s := &CreditSummary{Specification: first.Credits.String(), BaselinePercent: 100 * first.Type.Burst.Baseline,
		MinBalance: c.MinBalance, MaxSurplus: c.MaxSurplus, ThrottledMinutes: c.Throttled.Seconds() / 60, Earned: c.Earned, Spent: c.Spent}
	running := 0
	for i := range c.Accounts {
		if x := &c.Accounts[i]; x.Open {
			running++
			s.EndBalance += x.Left
			s.OwedUSD += a.Config.Bill.Surplus(int64(x.Surplus), surplusPrice(a.models[a.Instances[x.Ordinal].Terms])).Float()
		}
	}
	if running > 0 {
		s.EndBalance /= float64(running)
	}
	charged := a.newUsage()
	a.surplus(charged, a.From(), a.end+1)
	s.SurplusUSD = charged.cost(&a.Config.Bill).Float()
	return s
}

// held counts the instances that were at their baseline at some time between from and
// to.
func (a *accounts) held(from, to des.Time) int {
	n := 0
	if a.Credits == nil {
		return n
	}
	for i := range a.Credits.Accounts {
		x := &a.Credits.Accounts[i]
		if x.StoppedAt > from && slices.ContainsFunc(x.Spells, func(s record.Spell) bool { return s.From < to && s.To > from }) {
			n++
		}
	}
	return n
}

// creditWarnings say when a group lives on what it has saved up, or on credit.
func creditWarnings(s *CreditSummary, kind string, hours float64) []string {
	if s == nil {
		return nil
	}
	var out []string
	switch {
	case s.ThrottledMinutes > 0:
		out = append(out, fmt.Sprintf("out of CPU credits: %.0f instance-minutes at the baseline of %.4g %%, which CloudWatch shows as a CPU of %.4g %% while requests wait",
			s.ThrottledMinutes, s.BaselinePercent, s.BaselinePercent))
	case s.Spent > s.Earned*1.001 && s.EndBalance > 0:
		left := s.EndBalance / max((s.Spent-s.Earned)/hours, 1e-9)
		out = append(out, fmt.Sprintf("the group runs on saved CPU credits: it spent %.0f and earned %.0f; at this pace the %.0f an instance of %s has left are gone within some %.0f hours",
			s.Spent, s.Earned, s.EndBalance, kind, left))
	}
	if s.OwedUSD > 0 {
		out = append(out, fmt.Sprintf("surplus CPU credits worth $%.2f are not charged yet: they are when the instances that run at the end terminate", s.OwedUSD))
	}
	return out
}
