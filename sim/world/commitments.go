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
func (w *world) clockHours(used func(from, to int64) []int64) []billing.Hour {
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

// rates are the on-demand prices of the group's types.
func (w *world) rates() []billing.Rate {
	var out []billing.Rate
	for _, m := range w.fleet.Models() {
		out = append(out, billing.Rate{Type: m.Type.Name, Price: m.Price})
	}
	return out
}

// usedHours is the window's usage by clock hour that commitments may cover: what is
// on demand, or all of it as if it were.
func (w *world) usedHours(all bool) []billing.Hour {
	models := len(w.fleet.Models())
	hours := w.clockHours(func(int64, int64) []int64 { return make([]int64, models) })
	for _, i := range w.fleet.Instances {
		if i.Spot && !all {
			continue
		}
		kind := w.terms(i) % models
		for _, r := range i.Runs() {
			from, to := w.billed(r)
			for k := range hours {
				if a, b := max(from, hours[k].From), min(to, hours[k].To); a < b {
					hours[k].Used[kind] += b - a
				}
			}
		}
	}
	return hours
}

// baselineCash is the EC2 cost in cash of a saving's baseline: its instances, of the
// first type, throughout; or this run's, all on demand.
func (w *world) baselineCash(s *Saving) billing.USD {
	c, rates := &w.cfg.Bill, w.rates()
	hours := w.usedHours(true)
	if s.Instances > 0 {
		hours = w.clockHours(func(from, to int64) []int64 {
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
	cash := billing.Total(c.CommitmentLines(c.Settle(w.cfg.Commitments, hours, rates), rates), billing.Commitments)
	for k, n := range total {
		cash += c.Seconds(n, rates[k].Price)
	}
	return cash
}

// commit applies the commitments: their lines go onto the bill, cash into the
// cost and beside every saving.
func (w *world) commit(r *Result) {
	if len(w.cfg.Commitments) == 0 {
		return
	}
	s, c := &r.Summary, &w.cfg.Bill
	rates := w.rates()
	settled := c.Settle(w.cfg.Commitments, w.usedHours(false), rates)
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
			k.Until = w.cfg.Calendar.RFC3339(des.Time(x.Until) * des.Time(des.Second))
		}
		s.Cost.Commitments = append(s.Cost.Commitments, k)
	}
	for i := range s.Savings {
		saved := (w.baselineCash(&s.Savings[i]) - cash).Float()
		s.Savings[i].CashUSD = &saved
	}
}
