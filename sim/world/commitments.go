package world

import (
	"asgsim/sim/billing"
	"asgsim/sim/des"
)

// CommitmentCost is what one commitment cost in the window.
type CommitmentCost struct {
	Name     string  `json:"name"`
	Kind     string  `json:"kind"`
	Hours    float64 `json:"hours"` // in force
	USD      float64 `json:"usd"`   // charged, used or not
	Used     float64 `json:"used"`  // share of what it could cover
	CoversUS float64 `json:"covers_usd"`
	Until    string  `json:"until,omitempty"` // RFC 3339; empty: beyond the run, unsaid
}

// clockHours splits the window at whole clock hours and fills in what used says
// was used between two seconds of the run.
func (w *world) clockHours(used func(from, to int64) int64) []billing.Hour {
	second := int64(des.Second)
	var out []billing.Hour
	end := int64(w.end) / second
	for from := int64(w.cfg.WarmUp) / second; from < end; {
		into := (w.cfg.Calendar.Start + from) % 3600
		if into < 0 {
			into += 3600
		}
		to := min(end, from+3600-into)
		out = append(out, billing.Hour{From: from, To: to, Used: used(from, to)})
		from = to
	}
	return out
}

// usedHours is the window's on-demand usage by clock hour.
func (w *world) usedHours() []billing.Hour {
	hours := w.clockHours(func(int64, int64) int64 { return 0 })
	for _, i := range w.fleet.Instances {
		if i.Spot {
			continue // commitments are for usage on demand
		}
		for _, r := range i.Runs() {
			from, to := w.billed(r)
			for k := range hours {
				if a, b := max(from, hours[k].From), min(to, hours[k].To); a < b {
					hours[k].Used += b - a
				}
			}
		}
	}
	return hours
}

// fixedCash is the EC2 cost in cash of n instances throughout.
func (w *world) fixedCash(n int) billing.USD {
	c := &w.cfg.Bill
	var seconds int64
	hours := w.clockHours(func(from, to int64) int64 { seconds += int64(n) * (to - from); return int64(n) * (to - from) })
	price := w.cfg.Template.Price
	return c.Seconds(seconds, price) + billing.Total(c.CommitmentLines(c.Settle(w.cfg.Commitments, hours, price), price), billing.Commitments)
}

// commit applies the commitments: their lines go onto the bill, cash into the
// cost and beside every saving.
func (w *world) commit(r *Result) {
	if len(w.cfg.Commitments) == 0 {
		return
	}
	s, c := &r.Summary, &w.cfg.Bill
	price := w.cfg.Template.Price
	settled := c.Settle(w.cfg.Commitments, w.usedHours(), price)
	ec2 := billing.Total(r.Bill, billing.EC2)
	r.Bill = append(r.Bill, c.CommitmentLines(settled, price)...)
	cash := ec2 + billing.Total(r.Bill, billing.Commitments)
	v := cash.Float()
	s.Cost.EC2Cash = &v
	for i := range settled {
		x := &settled[i]
		k := CommitmentCost{Name: x.Name, Kind: x.Kind.String(), Hours: float64(x.Seconds) / 3600, USD: x.Charged.Float(), CoversUS: c.Seconds(x.Covered, price).Float()}
		if x.Possible > 0 {
			k.Used = float64(x.Covered) / float64(x.Possible)
		}
		if x.Until < billing.Open {
			k.Until = w.cfg.Calendar.RFC3339(des.Time(x.Until) * des.Time(des.Second))
		}
		s.Cost.Commitments = append(s.Cost.Commitments, k)
	}
	for i := range s.Savings {
		saved := (w.fixedCash(s.Savings[i].Instances) - cash).Float()
		s.Savings[i].CashUSD = &saved
	}
}
