package world

import (
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// usage is what instances used in some stretch of time, by terms: each type of the
// template in order.
type usage []billing.InstanceUse

// newUsage returns an empty usage, priced.
func (w *world) newUsage() usage {
	models := w.cfg.Template.Models()
	out := make(usage, len(models))
	for k, m := range models {
		out[k] = billing.InstanceUse{Type: m.Type.Name, Own: m.OwnPrice, Price: m.Price, SurplusHour: surplusPrice(m)}
	}
	return out
}

// terms is the index of an instance's terms in a usage.
func (w *world) terms(i *ec2.Instance) int {
	for k, m := range w.cfg.Template.Models() {
		if m == i.Model {
			return k
		}
	}
	panic("world: an instance of no model of the template")
}

// add takes what another stretch used into the usage.
func (u usage) add(other usage) {
	for k := range u {
		u[k].Seconds += other[k].Seconds
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
		sum += c.Seconds(u[k].Seconds, u[k].Price)
	}
	return sum
}

// used is the usage of the window.
func (w *world) used() usage {
	out := w.newUsage()
	for _, i := range w.fleet.Instances {
		for _, r := range i.Runs() {
			from, to := w.billed(r)
			out[w.terms(i)].Seconds += to - from
		}
	}
	for k, m := range w.cfg.Template.Models() {
		out[k].Surplus += w.credits.surplusIn(m, des.Time(w.cfg.WarmUp), w.end+1)
	}
	return out
}

// usedByRow spreads the usage over the rows.
func (w *world) usedByRow(rows []Row) []usage {
	out := make([]usage, len(rows))
	for i := range out {
		out[i] = w.newUsage()
		for k, m := range w.cfg.Template.Models() {
			out[i][k].Surplus += w.credits.surplusIn(m, max(rows[i].At, des.Time(w.cfg.WarmUp)), w.upTo(i, rows))
		}
	}
	step := int64(w.meter.interval / des.Second)
	spread := func(k int, from, to int64) {
		for s := from; s < to; {
			row := s / step
			next := min(to, (row+1)*step)
			if row < int64(len(rows)) {
				out[row][k].Seconds += next - s
			}
			s = next
		}
	}
	for _, i := range w.fleet.Instances {
		for _, r := range i.Runs() {
			from, to := w.billed(r)
			spread(w.terms(i), from, to)
		}
	}
	return out
}
