package account

import (
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// usage is what instances used in some stretch of time, by terms: each type of the
// template in order, on demand, and then each as Spot where the group has any.
type usage []billing.InstanceUse

// newUsage returns an empty usage, priced.
func (a *accounts) newUsage() usage {
	models := a.Config.Template.Models()
	var out usage
	for _, spot := range a.options() {
		for _, m := range models {
			out = append(out, billing.InstanceUse{Type: m.Type.Name, Own: m.OwnPrice, Price: m.Price, Spot: spot, SurplusHour: surplusPrice(m)})
		}
	}
	return out
}

// options are the purchase options a group may use: Spot or not.
func (a *accounts) options() []bool {
	if a.market == nil {
		return []bool{false}
	}
	return []bool{false, true}
}

// terms is the index of an instance's terms in a usage.
func (a *accounts) terms(n *record.Instance) int {
	if n.Spot {
		return n.Terms + len(a.models)
	}
	return n.Terms
}

// add takes what another stretch used into the usage.
func (u usage) add(other usage) {
	for k := range u {
		u[k].Seconds += other[k].Seconds
		u[k].Exact += other[k].Exact
		u[k].Free += other[k].Free
		u[k].Surplus += other[k].Surplus
	}
}

// seconds is the billed time of all.
func (u usage) seconds() int64 {
	var n int64
	for k := range u {
		n += u[k].Seconds
	}
	return n
}

// cost is what the usage comes to.
func (u usage) cost(c *billing.Config) billing.USD {
	var sum billing.USD
	for k := range u {
		sum += c.Cost(&u[k])
	}
	return sum
}

// instancesCost is the same without surplus credits.
func (u usage) instancesCost(c *billing.Config) billing.USD {
	var sum billing.USD
	for k := range u {
		sum += c.Running(&u[k])
	}
	return sum
}

// spotCost is what Spot Instances came to.
func (u usage) spotCost(c *billing.Config) billing.USD {
	var sum billing.USD
	for k := range u {
		if u[k].Spot {
			sum += c.Running(&u[k])
		}
	}
	return sum
}

// take adds what an instance used between two seconds.
func (u usage) take(a *accounts, n *record.Instance, from, to int64) {
	x := &u[a.terms(n)]
	switch {
	case n.Free:
		x.Free += to - from
		return
	case n.Spot:
		x.Exact += a.market.PriceSeconds(ec2.Pool{Model: a.models[n.Terms], Zone: n.ZoneIndex, Spot: true}, from, to)
	}
	x.Seconds += to - from
}

// surplus adds the CPU credits charged for from one instant (included) to another.
func (a *accounts) surplus(u usage, from, to des.Time) {
	if a.Credits == nil {
		return
	}
	for _, x := range a.Credits.Charges {
		if x.At >= from && x.At < to {
			u[a.terms(&a.Instances[x.Ordinal])].Surplus += int64(x.Credits)
		}
	}
}

// surplusOf adds the CPU credits charged for one instance in the window.
func (a *accounts) surplusOf(n *record.Instance, u usage) {
	if a.Credits == nil {
		return
	}
	for _, x := range a.Credits.Charges {
		if x.Ordinal == n.Ordinal && x.At >= a.From() && x.At <= a.end {
			u[a.terms(n)].Surplus += int64(x.Credits)
		}
	}
}

// used is the usage of the window.
func (a *accounts) used() usage {
	out := a.newUsage()
	for i := range a.Instances {
		n := &a.Instances[i]
		for k := range n.Runs {
			from, to := a.billed(&n.Runs[k])
			out.take(a, n, from, to)
		}
	}
	a.surplus(out, a.From(), a.end+1)
	return out
}

// usedByRow spreads the usage over the rows.
func (a *accounts) usedByRow(rows []record.Row) []usage {
	out := make([]usage, len(rows))
	for i := range out {
		out[i] = a.newUsage()
		a.surplus(out[i], max(rows[i].At, a.From()), a.upTo(i, rows))
	}
	step := int64(a.Interval / des.Second)
	spread := func(n *record.Instance, from, to int64) {
		for s := from; s < to; {
			row := s / step
			next := min(to, (row+1)*step)
			if row < int64(len(rows)) {
				out[row].take(a, n, s, next)
			}
			s = next
		}
	}
	for i := range a.Instances {
		n := &a.Instances[i]
		for k := range n.Runs {
			from, to := a.billed(&n.Runs[k])
			spread(n, from, to)
		}
	}
	return out
}
