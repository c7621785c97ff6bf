package queueing

import (
	"math"
	"testing"
)

// For one server the wait with Erlang arrivals and exponential service is known
// exactly: sigma / (mu (1 - sigma)).
func TestErlangArrivalsAgainstOneServer(t *testing.T) {
	worst := 0.0
	for _, rho := range []float64{0.5, 0.7, 0.8, 0.9, 0.95} {
		for _, stages := range []int{1, 2, 4, 16, 1000} {
			q := GMC{Lambda: rho, Mu: 1, C: 1, Stages: stages, SCV: 1}
			s := q.Decay()
			exact := s / (1 - s)
			off := math.Abs(q.Wq()/exact - 1)
			worst = math.Max(worst, off)
			if off > 0.09 {
				t.Errorf("rho %v, %d stages: mean wait %v, exactly %v", rho, stages, q.Wq(), exact)
			}
			if stages == 1 && (math.Abs(s-rho) > 1e-12 || off > 1e-9) {
				t.Errorf("one stage is M/M/1: %v, %v", s, q.Wq())
			}
		}
	}
	t.Logf("at most %.1f %% off", 100*worst)
}
