package chart

import "math"

// tails are the shares of requests above p50, p90, p99 and p99.9.
func tails() [4]float64 { return [4]float64{0.5, 0.1, 0.01, 0.001} }

// tailCurve is the share of requests slower than x, by the percentiles of a row: straight
// between them in the logarithms of both, and beyond the outer ones. It keeps logarithms,
// because it is asked often.
type tailCurve struct {
	weight float64    // requests
	log    [4]float64 // of the percentiles
	slope  [4]float64 // from the one before; NaN: there is none, the share falls in a step
}

func tailOf(q [4]float64, weight float64) tailCurve {
	t, c := tails(), tailCurve{weight: weight}
	for k, v := range q {
		if c.log[k] = math.Log(v); v <= 0 {
			c.log[k] = math.Inf(-1)
		}
	}
	for k := 1; k < len(q); k++ {
		c.slope[k] = math.Log(t[k]/t[k-1]) / (c.log[k] - c.log[k-1])
		if math.IsNaN(q[k]) || q[k] <= q[k-1] || q[k-1] <= 0 {
			c.slope[k] = math.NaN()
		}
	}
	return c
}

// above is the share slower than x, given as a logarithm.
func (c *tailCurve) above(x float64) float64 {
	k := 1
	for k < 3 && c.log[k] < x {
		k++
	}
	t := tails()
	if math.IsNaN(c.slope[k]) {
		if x > c.log[k-1] {
			return t[k]
		}
		return t[k-1]
	}
	return math.Min(1, t[k-1]*math.Exp(c.slope[k]*(x-c.log[k-1])))
}
