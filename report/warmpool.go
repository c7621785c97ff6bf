package report

import (
	"fmt"

	"asgsim/report/format"
	"asgsim/sim/account"
)

// WarmPool says in a sentence what a warm pool did.
func WarmPool(p *account.WarmPoolSummary) string {
	text := fmt.Sprintf("%.1f members %s on average", p.Warmed.Mean, p.PoolState)
	switch all := p.WarmStarts + p.ColdStarts; {
	case all == 0:
		text += "; nothing was launched"
	case p.ColdStarts == 0:
		text += fmt.Sprintf("; it served all %d launches", all)
	default:
		text += fmt.Sprintf("; it served %d of %d launches", p.WarmStarts, all)
	}
	if p.WarmReadyS != nil {
		text += ", healthy after " + span(*p.WarmReadyS)
	}
	if p.ColdReadyS != nil {
		text += fmt.Sprintf(", the others after %s", span(*p.ColdReadyS))
	}
	if p.Returned > 0 {
		text += fmt.Sprintf("; scale-in returned %d", p.Returned)
	}
	if p.InstanceHours >= 0.05 {
		text += fmt.Sprintf("; members ran %s of the instance-hours", format.Hours(p.InstanceHours))
	}
	return text
}

// span prints seconds shortly: "31 s", "4.2 min".
func span(s float64) string {
	if s < 100 {
		return fmt.Sprintf("%.0f s", s)
	}
	return fmt.Sprintf("%.1f min", s/60)
}
