package account

import (
	"fmt"
	"math"

	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// monthHours is the length of a month in cost figures.
const monthHours = 730

// bill prices the window.
func (a *accounts) bill(rows []record.Row) ([]billing.Line, int64, float64) {
	used := a.used()
	window := a.end.Sub(a.From())
	hours := int64(math.Ceil(window.Hours() - 1e-9))
	requests := make([]uint64, hours)
	for _, r := range rows {
		if r.At >= a.From() {
			requests[min(int64(r.At.Sub(a.From())/des.Hour), hours-1)] += r.Offered
		}
	}
	lcu := 0.0
	for _, n := range requests {
		lcu += a.Config.Bill.LCUs(float64(n) / 3600)
	}
	usage := billing.Usage{Instances: used, Hours: hours, Requests: requests, Pool: a.Config.Group.WarmPool != nil, Stored: a.stored()}
	lines := a.Config.Bill.Bill(usage)
	a.rests = a.restsOn(usage)
	return lines, used.seconds(), lcu
}

func (a *accounts) cost(lines []billing.Line, good uint64, rows []record.Row, lcu float64) Cost {
	hours := a.end.Sub(a.From()).Hours()
	c := Cost{
		EC2:          billing.Total(lines, billing.EC2).Float(),
		LoadBalancer: billing.Total(lines, billing.LoadBalancer).Float(),
		Monitoring:   billing.Total(lines, billing.Monitoring).Float(),
		Storage:      billing.Total(lines, billing.Storage).Float(),
		LCUHours:     lcu,
		PriceHour:    a.Config.Bill.Seconds(3600, a.Config.Template.Price).Float(),
		PriceSource:  a.Config.BillBasis(),
		NotIncluded:  notIncluded(a.Config),
		RestsOn:      a.rests,
	}
	c.Total = c.EC2 + c.LoadBalancer + c.Monitoring + c.Storage
	c.PerDay, c.EC2PerDay = c.Total/hours*24, c.EC2/hours*24
	c.PerMonth, c.MonthBasis = a.month(c.Total, hours, rows)
	c.EC2PerMonth, _ = a.month(c.EC2, hours, rows)
	if good > 0 {
		v := c.Total / float64(good) * 1e6
		c.PerMillionGood = &v
	}
	return c
}

// notIncluded lists what no line of the bill covers.
func notIncluded(c *record.Config) []string {
	out := billing.NotIncluded()
	if c.Queue != nil {
		out = append(out, "Amazon SQS requests")
	}
	if c.Group.WarmPool != nil {
		out[0] += " in service"
	}
	return out
}

// month extrapolates the window's cost: whole weeks are scaled; else complete
// local weekdays and weekend days are weighted 5:2; else nothing is claimed.
func (a *accounts) month(total, hours float64, rows []record.Row) (*float64, string) {
	week := 7 * 24.0
	if weeks := math.Round(hours / week); weeks >= 1 && math.Abs(hours-weeks*week) < 1e-6 {
		v := total / hours * monthHours
		return &v, fmt.Sprintf("%.0f whole weeks, scaled to %d h", weeks, monthHours)
	}
	share := map[int64]float64{} // EC2 dollars a complete local day
	span := map[int64]des.Duration{}
	before, ec2Total := 0.0, 0.0
	for i, r := range rows {
		if r.At < a.From() {
			continue
		}
		day := a.Config.Calendar.Local(r.At).Day
		share[day] += r.Cost - before
		before = r.Cost
		end := a.end
		if i+1 < len(rows) {
			end = rows[i+1].At
		}
		span[day] += end.Sub(r.At)
		ec2Total = r.Cost
	}
	var weekday, weekend record.Mean
	for day := a.Config.Calendar.Local(0).Day; day <= a.Config.Calendar.Local(a.end-1).Day; day++ {
		start, end := a.Config.Calendar.At(day, 0), a.Config.Calendar.At(day, 86400)
		if span[day] != end.Sub(start) {
			continue
		}
		if wd := (day + 4) % 7; wd == 0 || wd == 6 {
			weekend.Add(share[day])
		} else {
			weekday.Add(share[day])
		}
	}
	if weekday.N == 0 || weekend.N == 0 || ec2Total == 0 {
		return nil, "no month is claimed: the window holds no complete weekday and weekend day"
	}
	// What is not EC2 is spread over time alike.
	daily := (5*weekday.Value()+2*weekend.Value())/7 + (total-ec2Total)/hours*24
	v := daily / 24 * monthHours
	return &v, fmt.Sprintf("%s and %s weighted 5:2, %d h", days(weekday.N, "weekday"), days(weekend.N, "weekend day"), monthHours)
}

func days(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// savings compares the EC2 cost with fixed fleets: every baseline, and the two
// that are estimated from what was needed.
func (a *accounts) savings(cost float64, met bool, rows []record.Row) []Saving {
	var out []Saving
	seconds := int64(a.end.Sub(a.From()) / des.Second)
	add := func(name string, n int, estimate bool) {
		base := a.Config.Bill.Seconds(int64(n)*seconds, a.Config.Template.Price).Float()
		s := Saving{Baseline: name, Instances: n, Estimate: estimate, BaselineUS: base, USD: base - cost, Comparable: met}
		if base > 0 {
			s.Share = s.USD / base
		}
		if !met {
			s.Reason = "the run misses its own SLO, so a cheaper fleet is no saving"
		} else if estimate {
			s.Comparable, s.Reason = false, "an estimate: nothing says that such a fleet would meet the SLO all day; compare simulates fixed fleets"
		}
		out = append(out, s)
	}
	for _, b := range a.Config.Baseline {
		add(b.Name, b.Instances, false)
	}
	if a.market != nil {
		out = append(out, a.allOnDemand(cost, met))
	}
	slo, target := 0, 0
	for _, r := range rows {
		if r.At >= a.From() {
			if r.NeededSLO < 0 {
				return out // no fleet is known to hold the SLO
			}
			slo, target = max(slo, r.NeededSLO), max(target, r.NeededTarget)
		}
	}
	zones := len(a.Config.Group.Zones) - a.Config.Group.Later
	headroom := max(slo, target)
	for headroom-(headroom+zones-1)/zones < slo && zones > 1 {
		headroom++
	}
	add("fixed_same_headroom_estimate", a.Config.InstancesOf(headroom), true)
	add("fixed_minimum_estimate", a.Config.InstancesOf(slo), true)
	return out
}
