package report

import (
	"fmt"
	"math"

	"asgsim/report/format"
	"asgsim/sim/account"
)

// dependency says on a line what a dependency did.
func dependency(d *account.DependencySummary) string {
	line := fmt.Sprintf("on %s: %s of its %s in use, %s in its busiest minute; it carries %s", d.Name, Percent(d.Busy), Plural(d.Workers, "worker"), Percent(d.BusyMaxMinute), format.Rate(math.Floor(d.CarriesPerS)))
	if d.Refused > 0 {
		line += fmt.Sprintf("; %s turned away", Count(d.Refused))
	}
	if d.GaveUp > 0 {
		line += fmt.Sprintf("; %s gave up waiting", Count(d.GaveUp))
	}
	return line
}
