package account

import (
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// priceRows spreads over the rows what is not EC2 at list price: the load balancer by
// the hour of the window whose requests make its capacity units, monitoring by the
// instances billed, and what commitments change by the clock hour they are settled in.
// Summed over the rows each comes to the figure of the bill.
func (a *accounts) priceRows(rows []record.Row) {
	c, off := &a.Config.Bill, 1-a.Config.Bill.Discount
	from := a.From()
	requests := map[int64]uint64{}
	hour := func(at des.Time) int64 { return int64(at.Sub(from) / des.Hour) }
	for i := range rows {
		if rows[i].At >= from {
			requests[hour(rows[i].At)] += rows[i].Offered
		}
	}
	changes := a.cashChanges()
	for i := range rows {
		r := &rows[i]
		if r.At < from {
			continue
		}
		length := min(r.At.Add(a.Interval), a.end).Sub(r.At)
		end := min(from.Add(des.Duration(hour(r.At)+1)*des.Hour), a.end) // of its hour, whose part counts whole
		part := end.Sub(from.Add(des.Duration(hour(r.At)) * des.Hour)).Hours()
		r.BalancerPerHour = off * (c.BalancerHour.Float() + c.LCUs(float64(requests[hour(r.At)])/3600)*c.LCUHour.Float()) / part
		r.MonitoringPerHour = off * float64(r.BilledS) / length.Seconds() * (c.MonitoringHour + c.FineHour).Float()
		r.CashPerHour = r.CostPerHour + changes.between(int64(r.At/des.Time(des.Second)), int64(r.At.Add(length)/des.Time(des.Second)))/length.Hours()
	}
}

// cashChange is by how many dollars a second cash differs from list price in one clock
// hour.
type cashChange struct {
	from, to int64
	perS     float64
}

type cashChanges []cashChange

// cashChanges settles the commitments hour by hour.
func (a *accounts) cashChanges() cashChanges {
	if len(a.Config.Commitments) == 0 {
		return nil
	}
	c, rates := &a.Config.Bill, a.rates()
	var out cashChanges
	for _, h := range a.usedHours(false) {
		change := billing.Total(c.CommitmentLines(c.Settle(a.Config.Commitments, []billing.Hour{h}, rates), rates), billing.Commitments)
		out = append(out, cashChange{h.From, h.To, change.Float() / float64(h.To-h.From)})
	}
	return out
}

// between is the change in dollars between two seconds of the run.
func (l cashChanges) between(from, to int64) float64 {
	sum := 0.0
	for _, c := range l {
		if a, b := max(from, c.from), min(to, c.to); a < b {
			sum += c.perS * float64(b-a)
		}
	}
	return sum
}
