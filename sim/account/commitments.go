package account

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
func (a *accounts) clockHours(used func(from, to int64) []int64) []billing.Hour {
	second := int64(des.Second)
	var out []billing.Hour
	end := int64(a.end) / second
	for from := int64(a.Config.WarmUp) / second; from < end; {
		into := (a.Config.Calendar.Start + from) % 3600
		if into < 0 {
			into += 3600
		}
		to := min(end, from+3600-into)
		out = append(out, billing.Hour{From: from, To: to, Used: used(from, to)})
		from = to
	}
	return out
}

// rates are the on-demand prices of the group's types.
func (a *accounts) rates() []billing.Rate {
	var out []billing.Rate
	for _, m := range a.models {
		out = append(out, billing.Rate{Type: m.Type.Name, Price: m.Price})
	}
	return out
}

// usedHours is the window's usage by clock hour that commitments may cover: what is
// on demand, or all of it as if it were.
func (a *accounts) usedHours(all bool) []billing.Hour {
	models := len(a.models)
	hours := a.clockHours(func(int64, int64) []int64 { return make([]int64, models) })
	for i := range a.Instances {
		n := &a.Instances[i]
		if n.Spot && !all {
			continue
		}
		for r := range n.Runs {
			from, to := a.billed(&n.Runs[r])
			for k := range hours {
				if lo, hi := max(from, hours[k].From), min(to, hours[k].To); lo < hi {
					hours[k].Used[n.Terms] += hi - lo
				}
			}
		}
	}
	return hours
}

// baselineCash is the EC2 cost in cash of a saving's baseline: its instances, of the
// first type, throughout; or this run's, all on demand.
func (a *accounts) baselineCash(s *Saving) billing.USD {
	c, rates := &a.Config.Bill, a.rates()
	hours := a.usedHours(true)
	if s.Instances > 0 {
		hours = a.clockHours(func(from, to int64) []int64 {
			used := make([]int64, len(rates))
			used[0] = int64(s.Instances) * (to - from)
			return used
		})
	}
	total := make([]int64, len(rates))
	for _, h := range hours {
		for k, n := range h.Used {
			total[k] += n
		}
	}
	cash := billing.Total(c.CommitmentLines(c.Settle(a.Config.Commitments, hours, rates), rates), billing.Commitments)
	for k, n := range total {
		cash += c.Seconds(n, rates[k].Price)
	}
	return cash
}

// commit applies the commitments: their lines go onto the bill, cash into the
// cost and beside every saving.
func (a *accounts) commit(r *Result) {
	if len(a.Config.Commitments) == 0 {
		return
	}
	s, c := &r.Summary, &a.Config.Bill
	rates := a.rates()
	settled := c.Settle(a.Config.Commitments, a.usedHours(false), rates)
	ec2 := billing.Total(r.Bill, billing.EC2)
	r.Bill = append(r.Bill, c.CommitmentLines(settled, rates)...)
	cash := ec2 + billing.Total(r.Bill, billing.Commitments)
	v := cash.Float()
	s.Cost.EC2Cash = &v
	for i := range settled {
		x := &settled[i]
		k := CommitmentCost{Name: x.Name, Kind: x.Kind.String(), Hours: float64(x.Seconds) / 3600, USD: x.Charged.Float(), CoversUS: c.Covers(x, rates).Float()}
		if n := x.Total(); n+x.Idle > 0 {
			k.Used = float64(n) / float64(n+x.Idle)
		}
		if x.Until < billing.Open {
			k.Until = a.Config.Calendar.RFC3339(des.Time(x.Until) * des.Time(des.Second))
		}
		s.Cost.Commitments = append(s.Cost.Commitments, k)
	}
	for i := range s.Savings {
		saved := (a.baselineCash(&s.Savings[i]) - cash).Float()
		s.Savings[i].CashUSD = &saved
	}
}
