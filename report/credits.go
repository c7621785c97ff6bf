package report

import (
	"fmt"

	"asgsim/sim/account"
)

// credits tells what burstable instances have left and what they cost beyond
// their hours.
func (t *lines) credits(s *account.Summary) {
	c := s.Credits
	if c == nil {
		return
	}
	txt := fmt.Sprintf("CPU credits (%s): %s earned, %s spent, at the least %.0f left on an instance", c.Specification, thousands(int64(c.Earned+0.5)), thousands(int64(c.Spent+0.5)), c.MinBalance)
	if c.SurplusUSD > 0 {
		txt += fmt.Sprintf("; surplus %s, in the figure above", Money(c.SurplusUSD))
	}
	if c.OwedUSD > 0 {
		txt += fmt.Sprintf("; %s more is owed", Money(c.OwedUSD))
	}
	t.wrap("           ", txt)
}
