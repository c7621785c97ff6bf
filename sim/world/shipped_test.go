package world_test

import (
	"testing"

	"asgsim/scenarios"
	"asgsim/sim/des"
	"asgsim/sim/world"
	"asgsim/workload"
)

// The shipped scenarios, each variant made in an order of its own, are the same runs: an
// hour of a twentieth of the requests, with what is scheduled at full hours and in
// between.
func TestTheOrderOfTheWiringChangesNoScenario(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs every shipped scenario twice")
	}
	k := 7
	for _, name := range scenarios.Names() {
		src, err := scenarios.Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := scenarios.Load(src, scenarios.OpenShipped, scenarios.Options{Unadvised: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range s.Configs {
			cfg := c.World
			cfg.Duration, cfg.WarmUp, cfg.NeededUnasked = min(cfg.Duration, des.Hour), min(cfg.WarmUp, 20*des.Minute), true
			for l := range cfg.Loads {
				cfg.Loads[l].Curve = workload.ScaleCurve(cfg.Loads[l].Curve, 0.05)
			}
			want, err := world.Run(t.Context(), &cfg, 1)
			if err != nil {
				t.Fatal(err)
			}
			got, err := world.RunInOrder(t.Context(), &cfg, 1, k)
			if err != nil {
				t.Fatal(err)
			}
			if world.Fingerprint(t, got) != world.Fingerprint(t, want) {
				t.Errorf("%s %s: another result in order %d", name, c.World.Variant, k)
			}
			k += 7
		}
	}
}
