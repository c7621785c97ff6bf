package sim

import (
	"errors"

	"asgsim/sim/serving"
	"asgsim/workload"
)

// Measured is what a dashboard says about one instance.
type Measured struct {
	VCPU           int
	Rate           float64 // requests per second
	CPU            float64 // CPU utilization, 0 to 1
	P50, P99       float64 // response times in seconds
	Workers, Queue int
	Discipline     serving.Discipline
}

// Fitted is what a request costs, so that one simulated instance shows what was
// measured.
type Fitted struct {
	CPU, Wait workload.Dist // Wait is nil where CPU work alone explains the figures
	P50, P99  float64       // what the simulated instance shows, in seconds
}

// Fit derives the cost of a request from what was measured.
func Fit(m Measured) (Fitted, error) { return Fitted{}, errors.New("not built yet") }
