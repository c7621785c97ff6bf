package scenarios

import (
	"fmt"
	"math"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
)

// limited: a dependency that cannot carry the peak, whatever the group does; it reports
// whether there is one.
func (a *advisor) limited() bool {
	found := false
	for k := range a.w.Dependencies {
		s := &a.w.Dependencies[k]
		if a.peak < s.Capacity() {
			continue
		}
		found = true
		busy := a.peak * s.Share * s.Work.Mean()
		a.Warn("dependency."+s.Name+".workers", fmt.Sprintf("write %d or more, a smaller share or less work", int(math.Ceil(busy/0.8))),
			"cannot carry the peak: %s at %s x %s of them x %s = %s workers busy, %d there are; more instances do not help",
			perSecond(a.peak), a.cal.Local(a.peakAt).DayClock(), percent(s.Share), des.Seconds(roundTo(s.Work.Mean(), 3)), form.FormatNumber(roundTo(busy, 3)), s.Workers)
	}
	return found
}
