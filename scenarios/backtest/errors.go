package backtest

import (
	"math"

	"asgsim/sim/estimate"
)

const (
	hour = 3600.0
	// fewestHour is the share of an hour's bins that must be known for it to be the worst.
	fewestHour = 0.5
	miss       = 0.05 // chance that an interval misses
	rounding   = 1e-4 // to which recorded values are written
)

// spread is the mean of a figure of all runs, with its interval.
func spread(each []float64) Spread {
	i := estimate.Mean(each, miss)
	s := Spread{Value: i.Value, Low: i.Lo, High: i.Hi, each: each}
	if len(each) < 2 {
		s.Low, s.High = math.NaN(), math.NaN()
	}
	return s
}

// size is the spread of what is never below 0, as an error's size is.
func size(each []float64) Spread {
	s := spread(each)
	s.Low = max(0, s.Low)
	return s
}

// errorsOf measures every line.
func errorsOf(lines []Line, binS float64) []Error {
	var out []Error
	for k := range lines {
		l := &lines[k]
		e := Error{Key: l.Key, What: l.What, Share: l.Key == "errors", InBand: math.NaN()}
		merge := max(1, int(math.Round(l.PeriodS/binS)))
		recorded := merged(l.Recorded, merge)
		var mape, bias []float64
		for i, run := range l.each {
			off := e.off(recorded, merged(run, merge))
			m, b, n := means(off)
			mape, bias = append(mape, m), append(bias, b)
			if i == 0 {
				e.Bins = n
				e.Worst = worst(off, float64(merge)*binS)
			}
		}
		if e.Bins == 0 {
			continue
		}
		e.MAPE, e.Bias = size(mape), spread(bias)
		if len(l.each) > 1 {
			e.InBand = inBand(recorded, merged(l.Low, merge), merged(l.High, merge))
		}
		out = append(out, e)
	}
	return out
}

// merged are means of so many bins each, NaN where none is known.
func merged(v []float64, n int) []float64 {
	if n == 1 {
		return v
	}
	var out []float64
	for k := 0; k < len(v); k += n {
		sum, hits := 0.0, 0.0
		for _, x := range v[k:min(k+n, len(v))] {
			if !math.IsNaN(x) {
				sum, hits = sum+x, hits+1
			}
		}
		out = append(out, sum/hits)
	}
	return out
}

// off are the errors of all bins: relative, or of shares the difference; NaN where one of
// the two is not known, or the record is 0.
func (e *Error) off(recorded, run []float64) []float64 {
	out := make([]float64, len(recorded))
	for k := range out {
		switch r := recorded[k]; {
		case e.Share:
			out[k] = run[k] - r
		case r > 0:
			out[k] = run[k]/r - 1
		default:
			out[k] = math.NaN()
		}
	}
	return out
}

// means are the mean absolute error, the mean error, and of how many bins.
func means(off []float64) (abs, mean float64, n int) {
	for _, v := range off {
		if !math.IsNaN(v) {
			abs, mean, n = abs+math.Abs(v), mean+v, n+1
		}
	}
	return abs / float64(n), mean / float64(n), n
}

// worst is the hour with the largest mean absolute error.
func worst(off []float64, binS float64) Worst {
	bins := max(1, int(math.Round(hour/binS)))
	w := Worst{}
	for k := 0; k < len(off); k += max(1, bins/4) {
		part := off[k:min(k+bins, len(off))]
		if abs, _, n := means(part); float64(n) >= fewestHour*float64(bins) && abs > w.MAPE {
			w = Worst{At: float64(k) * binS, MAPE: abs}
		}
	}
	return w
}

// inBand is the share of bins in which the record lies within the runs.
func inBand(recorded, low, high []float64) float64 {
	in, n := 0.0, 0.0
	for k, r := range recorded {
		if math.IsNaN(r) || math.IsNaN(low[k]) {
			continue
		}
		n++
		slack := rounding * math.Abs(r)
		if r >= low[k]-slack && r <= high[k]+slack {
			in++
		}
	}
	return in / n
}
