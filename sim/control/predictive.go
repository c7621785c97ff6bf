package control

import (
	"fmt"
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// refreshHours is how often a forecast is made anew ("How predictive scaling
// works", EC2 Auto Scaling User Guide, read 2023-04-27).
const refreshHours = 6

// predictor forecasts the load of the group and hands it to the predictive
// scaling policies. There is one forecast: the policies differ in what they make
// of it. Hours are those of the clock in UTC; hour 0 is the one that holds the
// start. What is known of an hour is a count of first sends: drawn before the
// start, counted in the run.
type predictor struct {
	ctl      *Controller
	policies []*forecaster
	base     des.Time  // beginning of hour 0, 0 or before
	known    []float64 // requests of whole hours, oldest first, up to now
	history  int       // of those, known at the start
	partial  float64   // requests of hour 0 before the start; NaN: not known
	counted  uint64    // first sends until the last whole hour
	issued   int       // hour that forecast begins with
	forecast []float64
	naive    []float64
	hours    []forecastHour // by hour
}

// forecastHour is what was last forecast for an hour before it was acted on, and
// what came; NaN where there is none. Requests in the hour.
type forecastHour struct {
	forecast, naive, actual float64
}

// forecaster is one policy.
type forecaster struct {
	*scaling.Predictive
	each   float64 // the metric, summed over the group, of one request a second
	acted  int     // hours that raised desired
	raised int     // of those, in the window
}

// newPredictor makes the forecast for the start, and plans the hours.
func newPredictor(ctl *Controller) *predictor {
	p := &predictor{ctl: ctl}
	for _, c := range ctl.policies.forecasts {
		p.policies = append(p.policies, &forecaster{Predictive: c, each: ctl.metricPerRequest(c.Pair, c.Group)})
	}
	if len(p.policies) == 0 {
		return p
	}
	into := ctl.cfg.Calendar.Start % int64(des.Hour/des.Second)
	p.base = -des.Time(into) * des.Time(des.Second)
	p.known, p.partial = ctl.drawHistory(p.base)
	p.history = len(p.known)
	ctl.kernel.At(0, des.Forecast, p.say)
	p.refresh(0)
	p.enter(0)
	p.plan(1)
	return p
}

// metricPerRequest is what one request a second adds to a metric summed over the
// group: percent of an instance's CPU, requests a minute of a target group, or bytes a
// datapoint.
func (ctl *Controller) metricPerRequest(pair scaling.Pair, group string) float64 {
	switch pair {
	case scaling.ALBRequestCount:
		requests := make([]float64, len(ctl.loads))
		for i, load := range ctl.loads {
			requests[i] = load.Integral(0, ctl.end)
		}
		return 60 * ctl.cfg.TargetShare(group, requests) / ctl.cfg.UnitInstances()
	case scaling.ASGNetworkIn:
		return ctl.datapointBytes(ctl.cfg.Bill.RequestBytes) / ctl.cfg.UnitInstances()
	case scaling.ASGNetworkOut:
		return ctl.datapointBytes(ctl.cfg.Bill.ResponseBytes) / ctl.cfg.UnitInstances()
	}
	cpu, total := 0.0, 0.0
	for i, load := range ctl.loads {
		n := load.Integral(0, ctl.end)
		cpu, total = cpu+n*ctl.cfg.Classes[ctl.cfg.Loads[i].Class].CPU.Mean(), total+n
	}
	if total == 0 {
		return 0
	}
	return 100 * cpu / total / ctl.cfg.UnitWork()
}

// start is the beginning of an hour.
func (p *predictor) start(hour int) des.Time {
	return p.base.Add(des.Duration(hour) * des.Hour)
}

// say records at the start what the policies know.
func (p *predictor) say() {
	for _, f := range p.policies {
		why := fmt.Sprintf("predictive scaling policy %s begins with %d hours of history", f.Name, p.history)
		if p.forecast == nil {
			why += fmt.Sprintf(": it needs %d and does nothing until then", scaling.HistoryLeast)
		}
		p.note(f, -1, p.ctl.group.Desired(), scaling.NoBlock, why)
	}
}

// plan lets the boundary before an hour happen, and the hour's capacity be asked
// for a buffer before it.
func (p *predictor) plan(hour int) {
	ctl := p.ctl
	at := p.start(hour)
	p.enter(hour)
	for _, f := range p.policies {
		if when := max(at.Add(-f.Buffer), ctl.kernel.Now()); f.Buffer > 0 && when < ctl.end {
			ctl.kernel.At(when, des.Forecast, func() { p.act(f, hour) })
		}
	}
	if at < ctl.end {
		ctl.kernel.At(at, des.Forecast, func() { p.boundary(hour) })
	}
}

// boundary ends the hour before, and every six hours the forecast is made anew.
func (p *predictor) boundary(hour int) {
	p.count(hour - 1)
	if hour%refreshHours == 0 || p.forecast == nil {
		p.refresh(hour)
	}
	for _, f := range p.policies {
		if f.Buffer == 0 {
			p.act(f, hour)
		}
	}
	p.plan(hour + 1)
}

// count takes the requests of the hour that is over into what is known.
func (p *predictor) count(hour int) {
	offered := p.ctl.host.Offered()
	actual := float64(offered - p.counted)
	p.counted = offered
	if hour == 0 {
		actual += p.partial
	}
	p.hours[hour].actual = actual
	if !math.IsNaN(actual) {
		p.known = append(p.known, actual)
	}
}

// refresh forecasts from an hour on.
func (p *predictor) refresh(hour int) {
	p.issued = hour
	p.forecast = p.policies[0].Model.Forecast(p.known, scaling.HorizonHours)
	p.naive = scaling.SeasonalNaive(p.known, scaling.HorizonHours)
}

// enter keeps what is forecast for an hour now.
func (p *predictor) enter(hour int) {
	h := forecastHour{math.NaN(), math.NaN(), math.NaN()}
	if k := hour - p.issued; k < len(p.forecast) {
		h.forecast, h.naive = p.forecast[k], p.naive[k]
	}
	p.hours = append(p.hours, h)
}

// act asks for the capacity of an hour.
func (p *predictor) act(f *forecaster, hour int) {
	requests := p.hours[hour].forecast
	if math.IsNaN(requests) {
		return
	}
	ctl := p.ctl
	desired := ctl.group.Desired()
	s := ctl.policies.bare()
	s.Load = requests / des.Hour.Seconds() * f.each
	d, _ := f.Decide(ctl.kernel.Now(), &s, nil)
	of := "the hour from " + ctl.cfg.Calendar.RFC3339(p.start(hour))
	if f.Scale && p.suspended() {
		p.note(f, d.Want, desired, scaling.BlockSuspended, fmt.Sprintf("%s for %s, but ScheduledActions is suspended", d.Why, of))
		return
	}
	if !f.Scale {
		p.note(f, d.Want, desired, scaling.BlockForecastOnly, fmt.Sprintf("%s for %s; forecast only", d.Why, of))
		return
	}
	ctl.group.RaiseMax(d.Max)
	result := desired
	if d.Side == scaling.Out {
		result, _ = scaling.Clamp(d.Want, ctl.group.Min(), ctl.group.Max())
	}
	p.note(f, d.Want, result, d.Block, fmt.Sprintf("%s for %s", d.Why, of))
	if result > desired {
		f.acted++
		if ctl.kernel.Now() >= ctl.from() {
			f.raised++
		}
		ctl.group.SetDesired(result, fmt.Sprintf("predictive scaling policy %s scheduled a capacity of %d for %s (%s)", f.Name, d.Want, of, d.Why))
	}
}

// suspended reports whether predictive scaling may not act. AWS names the process
// for the actions that a scaling plan's forecast creates, which ScheduledActions
// stops; it names none for a policy of the group, and the same is taken to hold.
func (p *predictor) suspended() bool { return p.ctl.group.Suspended(asg.ScheduledActions) }

// note keeps what a policy made of an hour.
func (p *predictor) note(f *forecaster, want, result int, block scaling.Block, why string) {
	ctl := p.ctl
	ctl.policies.decisions = append(ctl.policies.decisions, record.Decision{
		At: ctl.kernel.Now(), Policy: f.Name, Metric: math.NaN(), Source: record.FromForecast, Alarm: "forecast", Want: want, Desired: ctl.group.Desired(), Result: result, Why: why,
		Block: block, Won: result != ctl.group.Desired(), Until: des.Never,
	})
}

// floor is the capacity that the scaling policy has asked for at t and that
// dynamic policies do not go below: that of the hour, and from a buffer before it
// that of the next; 0 without one. It may lie above the maximum.
func (p *predictor) floor(t des.Time) int {
	low := 0
	if p.suspended() {
		return low
	}
	for _, f := range p.policies {
		if f.Scale {
			low = max(low, p.capacity(f, t), p.capacity(f, t.Add(f.Buffer)))
		}
	}
	return low
}

// capacity is what a policy makes of the forecast of the hour that holds t.
func (p *predictor) capacity(f *forecaster, t des.Time) int {
	if k := int(t.Sub(p.base) / des.Hour); k < len(p.hours) && !math.IsNaN(p.hours[k].forecast) {
		return f.Capacity(p.hours[k].forecast / des.Hour.Seconds() * f.each)
	}
	return 0
}
