package report

import (
	"fmt"

	"asgsim/report/format"
	"asgsim/sim/account"
)

// terms are those on which instances were had: "on demand", "own price", "on demand
// and Spot".
func terms(c *account.Cost) string {
	basis := priceBasis(c.PriceSource)
	for _, x := range c.Types {
		if x.Option == "spot" {
			return basis + " and Spot"
		}
	}
	return basis
}

// tileTerms is the same where there is little room.
func tileTerms(c *account.Cost) string {
	if t := terms(c); t == priceBasis(c.PriceSource) {
		return t
	}
	return "with Spot"
}

// spot tells what Spot Instances saved and what became of them.
func (t *lines) spot(s *account.Summary) {
	x := s.Spot
	if x == nil {
		return
	}
	txt := fmt.Sprintf("Spot: %s of %s instance-hours for %s (%s on demand)", format.Hours(x.InstanceHours), format.Hours(s.InstanceHours), Money(x.USD), Money(x.OnDemandUSD))
	switch {
	case x.Interruptions == 0 && x.Recommendations == 0:
		txt += "; EC2 took none back"
	default:
		txt += fmt.Sprintf("; %s to be reclaimed: %d replaced before the notice, %d drained at it, %d cut in service",
			Plural(x.Recommendations, "instance"), x.Replaced, x.Drained, x.Unserved)
	}
	if x.FreeHours > 0 {
		txt += fmt.Sprintf("; %s h of first-hour interruptions free", format.Hours(x.FreeHours))
	}
	t.wrap("           ", txt)
}

// types lists what each type and purchase option of a mixed group came to, and the
// Spot pools.
func (t *lines) types(s *account.Summary) {
	var rows [][]string
	for _, x := range s.Cost.Types {
		if x.InstanceHours > 0 || x.Launches > 0 {
			rows = append(rows, []string{x.Type, x.Option, fmt.Sprint(x.Launches), format.Hours(x.InstanceHours), Money(x.PriceHour), Money(x.USD)})
		}
	}
	t.table("instance types", []string{"type", "", "launches", "instance-hours", "price/h", "amount"}, rows, 3, 4, 5, 6)
	if s.Spot == nil {
		return
	}
	rows = nil
	for _, p := range s.Spot.Pools {
		rows = append(rows, []string{p.Type, p.Zone, fmt.Sprint(p.Launches), fmt.Sprint(p.Interruptions), format.Hours(p.InstanceHours)})
	}
	t.table("Spot pools", []string{"type", "zone", "launches", "interruptions", "instance-hours"}, rows, 3, 4, 5)
}
