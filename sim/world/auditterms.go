package world

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// termsEvidence is what the audit judges about types, prices and Spot.
type termsEvidence struct {
	pricedS int64 // instance-seconds that have a price, by type and purchase option
	freeS   int64 // instance-seconds that cost nothing
	shouldS int64 // of instances that EC2 interrupted in their first hour

	paid, limit float64 // for Spot: dollars, and what the same time costs on demand
	noticed     int     // Spot Instances that got their notice more than two minutes ago
	lingering   int     // of these, still running
	forbidden   int     // Spot Instances of a group that may have none
}

// termsEvidence gathers it from the instances on the one hand, the usage that is
// billed on the other.
func (w *world) termsEvidence() termsEvidence {
	var e termsEvidence
	for _, u := range w.used() {
		e.pricedS += u.Seconds
		e.freeS += u.Free
		if u.Spot {
			e.paid += u.Exact / 3600 / 1e9
			e.limit += float64(u.Seconds) * u.Price.Float() / 3600
		}
	}
	for _, i := range w.fleet.Instances {
		if i.Spot && w.fleet.Market == nil {
			e.forbidden++
		}
		if i.Noticed != des.Never && w.end.Sub(i.Noticed) > ec2.NoticeTime {
			e.noticed++
			if i.State == ec2.Running {
				e.lingering++
			}
		}
		began := i.RunningAt
		if i.Launched < 0 {
			began = i.Launched // the run began with it
		}
		if i.Interrupted && i.StoppedAt.Sub(began) < des.Hour {
			for _, r := range i.Runs() {
				from, to := w.billed(r)
				e.shouldS += to - from
			}
		}
	}
	return e
}

// auditTerms checks that every second of an instance is priced once, on its own
// terms, or free for its reason.
func auditTerms(e *termsEvidence, billedS int64, law func(bool, string, string, ...any)) {
	law(e.pricedS+e.freeS == billedS, "every instance-second is priced or free", "%d s priced, %d s free, %d s of instances", e.pricedS, e.freeS, billedS)
	law(e.freeS == e.shouldS, "free is what EC2 interrupts in its first hour", "%d s free, %d s interrupted so early", e.freeS, e.shouldS)
	law(e.paid <= e.limit*(1+1e-9), "Spot costs at most the price on demand", "$%.6f paid, $%.6f on demand", e.paid, e.limit)
	law(e.lingering == 0, "a Spot Instance is gone two minutes after its notice", "%d of %d still run", e.lingering, e.noticed)
	law(e.forbidden == 0, "no Spot Instance without a Spot market", "%d of them", e.forbidden)
}

// checkWeights checks that a group with weights never launches beyond desired by
// more than the largest weight.
func (l *lives) checkWeights(c *CapacityChange, extras int) {
	actual := c.States.Pending + c.States.InService() - extras
	most := c.Desired + l.overshoot
	if l.overshoot == 0 || actual <= most || actual <= l.weight {
		l.weight = actual
		return
	}
	l.broken = append(l.broken, Violation{"overshoot <= the largest weight", fmt.Sprintf("%d units pending or in service, desired %d, largest weight %d, at %v", actual, c.Desired, l.overshoot, c.At)})
	l.weight = actual
}
