package world

import (
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// usage is what instances used in some stretch of time, by terms: each type of the
// template in order, on demand, and then each as Spot where the group has any.
type usage []billing.InstanceUse

// newUsage returns an empty usage, priced.
func (w *world) newUsage() usage {
	models := w.cfg.Template.Models()
	var out usage
	for _, spot := range w.options() {
		for _, m := range models {
			out = append(out, billing.InstanceUse{Type: m.Type.Name, Own: m.OwnPrice, Price: m.Price, Spot: spot, SurplusHour: surplusPrice(m)})
		}
	}
	return out
}

// options are the purchase options a group may use: Spot or not.
func (w *world) options() []bool {
	if w.fleet.Market == nil {
		return []bool{false}
	}
	return []bool{false, true}
}

// terms is the index of an instance's terms in a usage.
func (w *world) terms(i *ec2.Instance) int {
	models := w.fleet.Models()
	for k, m := range models {
		if m != i.Model {
			continue
		}
		if i.Spot {
			k += len(models)
		}
		return k
	}
	panic("world: an instance of no model of the template")
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
func (u usage) take(w *world, i *ec2.Instance, from, to int64) {
	x := &u[w.terms(i)]
	switch {
	case i.Free():
		x.Free += to - from
		return
	case i.Spot:
		x.Exact += w.fleet.Market.PriceSeconds(i.Pool, from, to)
	}
	x.Seconds += to - from
}

// surplus adds the CPU credits charged for from one instant (included) to another.
func (w *world) surplus(u usage, from, to des.Time) {
	if w.credits == nil {
		return
	}
	for _, x := range w.credits.charges {
		if x.at >= from && x.at < to {
			u[w.terms(x.instance)].Surplus += int64(x.credits)
		}
	}
}

// surplusOf adds the CPU credits charged for one instance in the window.
func (w *world) surplusOf(i *ec2.Instance, u usage) {
	if w.credits == nil {
		return
	}
	for _, x := range w.credits.charges {
		if x.instance == i && x.at >= w.from() && x.at <= w.end {
			u[w.terms(i)].Surplus += int64(x.credits)
		}
	}
}

// used is the usage of the window.
func (w *world) used() usage {
	out := w.newUsage()
	for _, i := range w.fleet.Instances {
		for _, r := range i.Runs() {
			from, to := w.billed(r)
			out.take(w, i, from, to)
		}
	}
	w.surplus(out, des.Time(w.cfg.WarmUp), w.end+1)
	return out
}

// usedByRow spreads the usage over the rows.
func (w *world) usedByRow(rows []Row) []usage {
	out := make([]usage, len(rows))
	for i := range out {
		out[i] = w.newUsage()
		w.surplus(out[i], max(rows[i].At, des.Time(w.cfg.WarmUp)), w.upTo(i, rows))
	}
	step := int64(w.meter.interval / des.Second)
	spread := func(i *ec2.Instance, from, to int64) {
		for s := from; s < to; {
			row := s / step
			next := min(to, (row+1)*step)
			if row < int64(len(rows)) {
				out[row].take(w, i, s, next)
			}
			s = next
		}
	}
	for _, i := range w.fleet.Instances {
		for _, r := range i.Runs() {
			from, to := w.billed(r)
			spread(i, from, to)
		}
	}
	return out
}
