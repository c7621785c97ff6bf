package ec2

import (
	"math"

	"asgsim/sim/des"
)

// WarmCurve is how an instance's speed rises once its application answers, as code is
// compiled and caches fill: evenly from a share of it, over a time or over requests sent.
// The zero WarmCurve is full speed at once.
type WarmCurve struct {
	From     float64      // share of its speed at first, above 0 and below 1; 0: no curve
	Over     des.Duration // to full speed; 0: over requests
	Requests uint64       // to full speed; 0: over time
}

// In how many steps a speed rises over a time, and how often one that rises over requests
// is looked at.
const (
	warmSteps = 60
	warmLook  = 5 * des.Second
)

// at is the share of its speed that an instance has after a time and so many requests.
func (w *WarmCurve) at(up des.Duration, requests uint64) float64 {
	done := 1.0
	switch {
	case w.From == 0:
	case w.Over > 0:
		done = math.Min(1, float64(up)/float64(w.Over))
	case w.Requests > 0:
		done = math.Min(1, float64(requests)/float64(w.Requests))
	}
	return w.From*(1-done) + done
}

// every is how often the speed changes.
func (w *WarmCurve) every() des.Duration {
	if w.Over > 0 {
		return max(des.Second, w.Over/warmSteps)
	}
	return warmLook
}
