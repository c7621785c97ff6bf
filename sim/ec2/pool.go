package ec2

import (
	"fmt"

	"asgsim/sim/billing"
)

// Pool is a pool of capacity: the instances of one type in one zone, on demand or
// of what is unused of them ("Spot capacity pool").
type Pool struct {
	Model *Model
	Zone  int
	Spot  bool
}

// Units is how much capacity an instance of the pool counts for.
func (p Pool) Units() int { return max(1, p.Model.Weight) }

// Shortage is what EC2 turns down launches of for a while.
type Shortage struct {
	Zone     int    // AnyZone
	Type     string // empty: any
	SpotOnly bool
}

// AnyZone stands for every zone.
const AnyZone = -1

func (s Shortage) covers(p Pool) bool {
	return (s.Zone == AnyZone || s.Zone == p.Zone) && (s.Type == "" || s.Type == p.Model.Type.Name) && (p.Spot || !s.SpotOnly)
}

// Quota bounds how many vCPUs an account runs ("On-Demand Instance quotas" and
// "Spot Instance quotas", EC2 User Guide, read 2023-05-31); 0: no bound.
type Quota struct{ OnDemand, Spot int }

// Refusal is why EC2 turns a launch down, in the words of the activity; empty if
// it does not. quota says that no other zone would do either.
func (f *Fleet) Refusal(p Pool) (why string, quota bool) {
	limit := f.template.Quota.OnDemand
	if p.Spot {
		limit = f.template.Quota.Spot
	}
	if limit > 0 && f.running(p.Spot)+p.Model.Type.VCPU > limit {
		return fmt.Sprintf("You have requested more vCPU capacity than your current vCPU limit of %d allows for the instance bucket that the specified instance type belongs to.", limit), true
	}
	if f.throttled > 0 {
		return RequestLimitExceeded, true
	}
	for _, s := range f.short {
		if s.covers(p) {
			return f.insufficient(p), false
		}
	}
	if !p.Spot {
		return "", false
	}
	if f.dear(p) {
		return fmt.Sprintf("Your Spot request price of %v is lower than the minimum required Spot request fulfillment price of %v.", f.maximum(p), f.Market.Price(p, f.kernel.Now())), false
	}
	if !f.Market.Available(p, f.kernel.Now()) {
		return f.insufficient(p), false
	}
	return "", false
}

// maximum is what is paid for an instance of a Spot pool at most.
func (f *Fleet) maximum(p Pool) billing.USD {
	return f.template.Spot.MaxPrice * billing.USD(p.Units())
}

// dear reports whether a Spot pool costs more than what is paid.
func (f *Fleet) dear(p Pool) bool {
	return f.template.Spot.MaxPrice > 0 && f.Market.Price(p, f.kernel.Now()) > f.maximum(p)
}

func (f *Fleet) insufficient(p Pool) string {
	if p.Spot {
		return fmt.Sprintf("There is no Spot capacity available that matches your request: %s in %s.", p.Model.Type.Name, f.zones[p.Zone])
	}
	if len(f.template.Mixed) > 0 {
		return fmt.Sprintf("We currently do not have sufficient %s capacity in the Availability Zone you requested (%s).", p.Model.Type.Name, f.zones[p.Zone])
	}
	return fmt.Sprintf("There is not sufficient capacity in the Availability Zone you requested (%s).", f.zones[p.Zone])
}

// running counts the vCPUs that count against a quota.
func (f *Fleet) running(spot bool) int {
	n := 0
	for _, i := range f.Instances {
		if i.Spot == spot && (i.State == Pending || i.State == Running) {
			n += i.Model.Type.VCPU
		}
	}
	return n
}

// RequestLimitExceeded is EC2's word for a call that it throttles.
const RequestLimitExceeded = "Request limit exceeded."

// SetThrottled begins (or ends) a stretch in which EC2's API throttles the calls that
// launch and start instances (error RequestLimitExceeded: "Request throttling for the
// Amazon EC2 API", EC2 Developer Guide, read 2024-11).
func (f *Fleet) SetThrottled(throttled bool) {
	if throttled {
		f.throttled++
	} else {
		f.throttled--
	}
}

// SetShort begins (or ends) an outage in which EC2 turns down launches.
func (f *Fleet) SetShort(s Shortage, short bool) {
	if short {
		f.short = append(f.short, s)
		return
	}
	for k, o := range f.short {
		if o == s {
			f.short = append(f.short[:k:k], f.short[k+1:]...)
			return
		}
	}
}
