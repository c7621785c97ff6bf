package sim

import (
	"testing"

	"asgsim/sim/des"
)

// Workers bound what waits off the CPU: 10 instances x 5 workers serve 50 requests of one
// second a second; of 80 a second 30 stay, for an hour, though the CPUs idle.
func TestWorkersBoundTheEffort(t *testing.T) {
	cfg := heavy(80, 0.01, 0.99, 10, des.Hour)
	if e := EffortOf(cfg); far(e.InFlight, 80) {
		t.Errorf("without a bound %.0f are in flight, want 80 for a second each", e.InFlight)
	}
	cfg.Template.Workers = 5
	if e := EffortOf(cfg); far(e.InFlight, 30*3600+80) {
		t.Errorf("%.0f in flight, want 30 x 3600 + 80", e.InFlight)
	}
}
