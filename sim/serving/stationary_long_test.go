package serving

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/workload"
)

// Requests of an hour that come once a fortnight are simulated for years, not for longer
// than a clock of nanoseconds holds: an idle instance serves all of them within two hours.
func TestRequestsOfHours(t *testing.T) {
	s := Stationary{Instance: Spec{VCPU: 2, Speed: 1, CPUShare: 1, Workers: Unlimited, Queue: Unlimited}, SLO: 2 * des.Hour, IdleTimeout: 3 * des.Hour, Connect: 10 * des.Second,
		Class: Class{Name: "request", CPU: workload.Constant{Value: 3600}, Retry: Retry{Attempts: 1}}, Arrivals: workload.Arrivals{Kind: workload.Poisson}}
	good, err := s.Good(1, 1e-3*s.Top(1))
	if err != nil || good < 0.99 {
		t.Errorf("%v good, %v", good, err)
	}
}
