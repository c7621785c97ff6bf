package account

import (
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
func (a *accounts) termsEvidence() termsEvidence {
	var e termsEvidence
	for _, u := range a.used() {
		e.pricedS += u.Seconds
		e.freeS += u.Free
		if u.Spot {
			e.paid += u.Exact / 3600 / 1e9
			e.limit += float64(u.Seconds) * u.Price.Float() / 3600
		}
	}
	for k := range a.Instances {
		i := &a.Instances[k]
		if i.Spot && a.market == nil {
			e.forbidden++
		}
		if i.Noticed != des.Never && a.end.Sub(i.Noticed) > ec2.NoticeTime {
			e.noticed++
			if i.OnEC2 {
				e.lingering++
			}
		}
		if len(i.Runs) == 0 {
			continue
		}
		began := i.Runs[len(i.Runs)-1].RunningAt
		if i.Launched < 0 {
			began = i.Launched // the run began with it
		}
		if i.Interrupted && i.Ended.Sub(began) < des.Hour {
			for r := range i.Runs {
				from, to := a.billed(&i.Runs[r])
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
