package control

import (
	"math"
	"testing"

	"asgsim/sim/rng"
)

// A Poisson count has the mean and the variance of its law.
func TestPoisson(t *testing.T) {
	for _, mean := range []float64{0, 0.3, 7, 29, 400} {
		const n = 20_000
		sum, sq := 0.0, 0.0
		for k := range n {
			s := rng.Key(1, 2, uint64(k))
			x := poisson(&s, mean)
			sum, sq = sum+x, sq+x*x
		}
		m := sum / n
		v := sq/n - m*m
		if math.Abs(m-mean) > 5*math.Sqrt((mean+0.01)/n) || math.Abs(v-mean) > 0.05*mean+0.01 {
			t.Errorf("mean %v: %v, variance %v", mean, m, v)
		}
	}
}
