package scenarios

import (
	"math"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/workload"
)

// tide is how high and how low the load of a configuration goes in its measured window:
// the greatest and the least expected rate (requests per second, all loads, means of a
// minute or longer), and when.
type tide struct {
	peak, trough     float64
	peakAt, troughAt des.Time
}

// tideOf is the tide of a configuration, kept for the variants that have the same loads.
type tideOf struct {
	loads            []workload.Load
	duration, warmUp des.Duration
	tide             tide
}

// maxLooks bounds how many stretches of the load are looked at.
const maxLooks = 20_000

// tideIn looks at the loads of a configuration.
func tideIn(w *record.Config) tide {
	out := tide{trough: math.Inf(1)}
	step := max(des.Minute, minute((w.Duration-w.WarmUp)/maxLooks))
	end := des.Time(0).Add(w.Duration)
	for t := des.Time(0).Add(w.WarmUp); t < end; t = t.Add(step) {
		to := min(t.Add(step), end)
		n := 0.0
		for _, l := range w.Loads {
			n += l.Curve.Integral(t, to)
		}
		r := n / to.Sub(t).Seconds()
		if r > out.peak {
			out.peak, out.peakAt = r, t
		}
		if r < out.trough {
			out.trough, out.troughAt = r, t
		}
	}
	return out
}

// looks returns how many stretches of loads tideIn looks at.
func looks(w *record.Config) int { return min(maxLooks, int(w.Duration/des.Minute)) * len(w.Loads) }

// of reports whether it is the tide of a configuration, too.
func (k *tideOf) of(w *record.Config) bool {
	same := func(a, b workload.Load) bool { return a.Curve == b.Curve }
	return k.duration == w.Duration && k.warmUp == w.WarmUp && slices.EqualFunc(k.loads, w.Loads, same)
}
