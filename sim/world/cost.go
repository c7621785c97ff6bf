package world

import (
	"fmt"
	"math"

	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// monthHours is the length of a month in cost figures.
const monthHours = 730

// bill prices the window.
func (w *world) bill(rows []Row) ([]billing.Line, int64, float64) {
	used := w.used()
	window := w.end.Sub(des.Time(w.cfg.WarmUp))
	hours := int64(math.Ceil(window.Hours() - 1e-9))
	requests := make([]uint64, hours)
	for _, r := range rows {
		if r.At >= des.Time(w.cfg.WarmUp) {
			requests[min(int64(r.At.Sub(des.Time(w.cfg.WarmUp))/des.Hour), hours-1)] += r.Offered
		}
	}
	lcu := 0.0
	for _, n := range requests {
		lcu += w.cfg.Bill.LCUs(float64(n) / 3600)
	}
	usage := billing.Usage{Instances: used, Hours: hours, Requests: requests, Pool: w.cfg.Group.WarmPool != nil, Stored: w.stored()}
	lines := w.cfg.Bill.Bill(usage)
	w.rests = w.restsOn(usage)
	return lines, used.seconds(), lcu
}

func (w *world) cost(lines []billing.Line, good uint64, rows []Row, lcu float64) Cost {
	hours := w.end.Sub(des.Time(w.cfg.WarmUp)).Hours()
	c := Cost{
		EC2:          billing.Total(lines, billing.EC2).Float(),
		LoadBalancer: billing.Total(lines, billing.LoadBalancer).Float(),
		Monitoring:   billing.Total(lines, billing.Monitoring).Float(),
		Storage:      billing.Total(lines, billing.Storage).Float(),
		LCUHours:     lcu,
		PriceHour:    w.cfg.Bill.Seconds(3600, w.cfg.Template.Price).Float(),
		PriceSource:  w.cfg.BillBasis(),
		NotIncluded:  notIncluded(w.cfg),
		RestsOn:      w.rests,
	}
	c.Total = c.EC2 + c.LoadBalancer + c.Monitoring + c.Storage
	c.PerDay, c.EC2PerDay = c.Total/hours*24, c.EC2/hours*24
	c.PerMonth, c.MonthBasis = w.month(c.Total, hours, rows)
	c.EC2PerMonth, _ = w.month(c.EC2, hours, rows)
	if good > 0 {
		v := c.Total / float64(good) * 1e6
		c.PerMillionGood = &v
	}
	return c
}

// notIncluded lists what no line of the bill covers.
func notIncluded(c *Config) []string {
	out := billing.NotIncluded()
	if c.Group.WarmPool != nil {
		out[0] += " in service"
	}
	return out
}

// BillBasis says what the prices are: of which list and day, or the user's own.
func (c *Config) BillBasis() string {
	basis := fmt.Sprintf("on demand, %s, Linux, %s", ec2.PricesRegion, ec2.PricesDate)
	if c.Template.OwnPrice {
		basis = "own price"
	}
	if d := c.Bill.Discount; d > 0 {
		basis += fmt.Sprintf(", less %.3g %%", 100*d)
	}
	return basis
}

// month extrapolates the window's cost: whole weeks are scaled; else complete
// local weekdays and weekend days are weighted 5:2; else nothing is claimed.
func (w *world) month(total, hours float64, rows []Row) (*float64, string) {
	week := 7 * 24.0
	if weeks := math.Round(hours / week); weeks >= 1 && math.Abs(hours-weeks*week) < 1e-6 {
		v := total / hours * monthHours
		return &v, fmt.Sprintf("%.0f whole weeks, scaled to %d h", weeks, monthHours)
	}
	share := map[int64]float64{} // EC2 dollars a complete local day
	span := map[int64]des.Duration{}
	before, ec2Total := 0.0, 0.0
	for i, r := range rows {
		if r.At < des.Time(w.cfg.WarmUp) {
			continue
		}
		day := w.cfg.Calendar.Local(r.At).Day
		share[day] += r.Cost - before
		before = r.Cost
		end := w.end
		if i+1 < len(rows) {
			end = rows[i+1].At
		}
		span[day] += end.Sub(r.At)
		ec2Total = r.Cost
	}
	var weekday, weekend mean
	for day := w.cfg.Calendar.Local(0).Day; day <= w.cfg.Calendar.Local(w.end-1).Day; day++ {
		start, end := w.cfg.Calendar.At(day, 0), w.cfg.Calendar.At(day, 86400)
		if span[day] != end.Sub(start) {
			continue
		}
		if wd := (day + 4) % 7; wd == 0 || wd == 6 {
			weekend.add(share[day])
		} else {
			weekday.add(share[day])
		}
	}
	if weekday.n == 0 || weekend.n == 0 || ec2Total == 0 {
		return nil, "no month is claimed: the window holds no complete weekday and weekend day"
	}
	// What is not EC2 is spread over time alike.
	daily := (5*weekday.value()+2*weekend.value())/7 + (total-ec2Total)/hours*24
	v := daily / 24 * monthHours
	return &v, fmt.Sprintf("%s and %s weighted 5:2, %d h", days(weekday.n, "weekday"), days(weekend.n, "weekend day"), monthHours)
}

func days(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// savings compares the EC2 cost with fixed fleets: every baseline, and the two
// that are estimated from what was needed.
func (w *world) savings(cost float64, met bool, rows []Row) []Saving {
	var out []Saving
	seconds := int64(w.end.Sub(des.Time(w.cfg.WarmUp)) / des.Second)
	add := func(name string, n int, estimate bool) {
		base := w.cfg.Bill.Seconds(int64(n)*seconds, w.cfg.Template.Price).Float()
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
	for _, b := range w.cfg.Baseline {
		add(b.Name, b.Instances, false)
	}
	if w.fleet.Market != nil {
		out = append(out, w.allOnDemand(cost, met))
	}
	slo, target := 0, 0
	for _, r := range rows {
		if r.At >= des.Time(w.cfg.WarmUp) {
			if r.NeededSLO < 0 {
				return out // no fleet is known to hold the SLO
			}
			slo, target = max(slo, r.NeededSLO), max(target, r.NeededTarget)
		}
	}
	zones := len(w.cfg.Group.Zones) - w.cfg.Group.Later
	headroom := max(slo, target)
	for headroom-(headroom+zones-1)/zones < slo && zones > 1 {
		headroom++
	}
	add("fixed_same_headroom_estimate", w.cfg.instancesOf(headroom), true)
	add("fixed_minimum_estimate", w.cfg.instancesOf(slo), true)
	return out
}
