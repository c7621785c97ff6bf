package sim

import (
	"math"

	"asgsim/sim/account"
)

// Values of optional metrics: NaN where a configuration has none.

// ofQueue is a figure of the queue.
func ofQueue(value func(*account.QueueSummary) float64) func(*Outcome) float64 {
	return func(o *Outcome) float64 {
		if q := o.Summary.Queue; q != nil {
			return value(q)
		}
		return math.NaN()
	}
}

// perDay scales a sum over the window as the EC2 cost a day is scaled.
func perDay(o *Outcome, v float64) float64 {
	if c := &o.Summary.Cost; c.EC2 > 0 {
		return v * c.EC2PerDay / c.EC2
	}
	return v
}

func cashPerDay(o *Outcome) float64 {
	if c := o.Summary.Cost.EC2Cash; c != nil {
		return perDay(o, *c)
	}
	return math.NaN()
}

func surplusPerDay(o *Outcome) float64 {
	if c := o.Summary.Credits; c != nil {
		return perDay(o, c.SurplusUSD)
	}
	return math.NaN()
}

func outOfCredits(o *Outcome) float64 {
	if c := o.Summary.Credits; c != nil {
		return c.ThrottledMinutes
	}
	return math.NaN()
}

func storagePerDay(o *Outcome) float64 {
	if o.Summary.WarmPool != nil {
		return perDay(o, o.Summary.Cost.Storage)
	}
	return math.NaN()
}

func poolMembers(o *Outcome) float64 {
	if p := o.Summary.WarmPool; p != nil {
		return p.Size.Mean
	}
	return math.NaN()
}

func coldStarts(o *Outcome) float64 {
	if p := o.Summary.WarmPool; p != nil {
		return float64(p.ColdStarts)
	}
	return math.NaN()
}

func spotShare(o *Outcome) float64 {
	if s := o.Summary.Spot; s != nil && o.Summary.InstanceHours > 0 {
		return s.InstanceHours / o.Summary.InstanceHours
	}
	return math.NaN()
}

func spotInterruptions(o *Outcome) float64 {
	if s := o.Summary.Spot; s != nil {
		return float64(s.Interruptions)
	}
	return math.NaN()
}

// costPerMonth is EC2 at list price by the month rule; NaN where no month is claimed.
func costPerMonth(o *Outcome) float64 {
	if v := o.Summary.Cost.EC2PerMonth; v != nil {
		return *v
	}
	return math.NaN()
}
