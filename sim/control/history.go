package control

import (
	"fmt"
	"math"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/rng"
	"asgsim/sim/scaling"
	"asgsim/workload"
)

// drawHistory draws the requests of the whole hours before base, oldest first, at
// most fourteen days, and of the part from base to the start. They are Poisson
// counts of what the curves say about the time before the start; nothing is
// simulated. Where a load's curve begins later than that, so does the history.
func (ctl *Controller) drawHistory(base des.Time) (known []float64, partial float64) {
	loads := workload.Realised(ctl.cfg.Loads, ctl.seed)
	since := base.Add(-scaling.HistoryHours * des.Hour)
	for i := range loads {
		since = max(since, workload.Since(loads[i].Curve))
	}
	draw := func(from, to des.Time) float64 {
		total := 0.0
		for i := range loads {
			s := rng.Key(ctl.seed, rng.Purpose("history/"+loads[i].Name), uint64(from))
			total += poisson(&s, loads[i].Curve.Integral(from, to))
		}
		return total
	}
	if partial = math.NaN(); since <= base || base == 0 {
		partial = draw(base, 0)
	}
	for k := scaling.HistoryHours; k >= 1; k-- {
		if from := base.Add(-des.Duration(k) * des.Hour); from >= since {
			known = append(known, draw(from, from.Add(des.Hour)))
		}
	}
	return known, partial
}

// poisson draws a Poisson count: by products of uniforms up to a mean of 30, by
// the normal law, rounded, above.
func poisson(s *rng.Stream, mean float64) float64 {
	if mean > 30 {
		return math.Max(0, math.Round(mean+math.Sqrt(mean)*s.Norm()))
	}
	n, limit := 0.0, math.Exp(-mean)
	for product := s.Open(); product > limit; product *= s.Open() {
		n++
	}
	return n
}

// at returns the forecast for the hour that holds t: requests a second, NaN
// without one, and the capacity that the scaling policy, else the first, makes of
// it, -1 without one.
func (p *predictor) at(t des.Time) (rate float64, capacity int) {
	k := int(t.Sub(p.base) / des.Hour)
	if len(p.policies) == 0 || k >= len(p.hours) || math.IsNaN(p.hours[k].forecast) {
		return math.NaN(), -1
	}
	return p.hours[k].forecast / des.Hour.Seconds(), p.capacity(p.shown(), t)
}

// shown is the policy whose forecast is shown: the one that scales, else the first.
func (p *predictor) shown() *forecaster {
	for _, f := range p.policies {
		if f.Scale {
			return f
		}
	}
	return p.policies[0]
}

// summary says how good the forecasts of the window were.
func (p *predictor) summary() []record.Forecast {
	if last := int(p.ctl.end.Sub(p.base) / des.Hour); len(p.policies) > 0 && p.start(last) == p.ctl.end {
		p.count(last - 1)
	}
	var actual, forecast, naive []float64
	for k, h := range p.hours {
		if p.start(k) >= des.Time(p.ctl.cfg.WarmUp) && !math.IsNaN(h.actual) && !math.IsNaN(h.forecast) {
			actual, forecast, naive = append(actual, h.actual), append(forecast, h.forecast), append(naive, h.naive)
		}
	}
	finite := func(v float64) *float64 {
		if math.IsNaN(v) {
			return nil
		}
		return &v
	}
	var out []record.Forecast
	for _, f := range p.policies {
		s := record.Forecast{
			Policy: f.Name, Mode: f.Mode(), HistoryHours: p.history, Hours: len(actual), Raised: f.raised,
			MAPE: finite(scaling.MAPE(actual, forecast)), NaiveMAPE: finite(scaling.MAPE(actual, naive)),
		}
		for k := range p.hours {
			if at := p.start(k); at.Add(des.Hour) > p.ctl.from() && at < p.ctl.end {
				s.MaxCapacity = max(s.MaxCapacity, p.capacity(f, at))
			}
		}
		out = append(out, s)
	}
	return out
}

// idle lists the predictive policies that never changed anything.
func (p *predictor) idle() []record.Inactive {
	var out []record.Inactive
	for _, f := range p.policies {
		why := "every hour as much was desired already as it forecast"
		switch {
		case f.acted > 0:
			continue
		case !f.Scale:
			why = "its mode is ForecastOnly"
		case len(p.known) < scaling.HistoryLeast:
			why = fmt.Sprintf("it had %d hours of history and needs %d", len(p.known), scaling.HistoryLeast)
		}
		out = append(out, record.Inactive{Rule: "policy " + f.Name, Why: why})
	}
	return out
}

// loadAt is the load that is forecast for the hour that holds t, as the metric of
// the policy shown has it; NaN without a forecast.
func (p *predictor) loadAt(t des.Time) float64 {
	rate, _ := p.at(t)
	if len(p.policies) == 0 {
		return math.NaN()
	}
	return rate * p.shown().each
}
