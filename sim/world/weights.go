package world

import (
	"fmt"

	"asgsim/sim/record"
)

// checkWeights checks that a group with weights never launches beyond desired by
// more than the largest weight.
func (l *lifecycles) checkWeights(c *record.CapacityChange, extras int) {
	actual := c.States.Pending + c.States.InService() - extras
	most := c.Desired + l.overshoot
	if l.overshoot == 0 || actual <= most || actual <= l.weight {
		l.weight = actual
		return
	}
	l.broken = append(l.broken, record.Violation{Law: "overshoot <= the largest weight", Detail: fmt.Sprintf("%d units pending or in service, desired %d, largest weight %d, at %v", actual, c.Desired, l.overshoot, c.At)})
	l.weight = actual
}
