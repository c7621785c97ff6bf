package world

import (
	"slices"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// The places of the parts in wiring.
const wiredMeter, wiredControl = 1, 4

// In whatever order the parts are made, a run is the same: what they schedule at one
// instant has its order by phase.
func TestTheOrderOfTheWiringChangesNothing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("many runs")
	}
	credit := bursting(ec2.Standard, 30*des.Minute)
	credit.WarmUp = 10 * des.Minute
	window := busy()
	window.WarmUp, window.Duration = 20*des.Minute, 40*des.Minute
	pods := busy()
	pods.Duration = 30 * des.Minute
	pods.Policies = []scaling.Policy{&scaling.KubernetesHPA{Name: "pods", Target: 50, SyncPeriod: 15 * des.Second, Tolerance: 0.1, Up: scaling.DefaultUp(), Down: scaling.DefaultDown(), Resolution: 15 * des.Second}}
	coincident := busy() // everything on one full minute
	coincident.Duration, coincident.WarmUp = 40*des.Minute, 20*des.Minute
	coincident.Schedule = []asg.Schedule{{Name: "more", At: []des.Time{s(1200)}, Min: 3, Max: asg.Keep, Desired: 6}}
	coincident.Events = []asg.Event{{Name: "pause", Kind: asg.EventSuspend, At: []des.Time{s(1200)}, Processes: []asg.Process{asg.AlarmNotification}}}
	coincident.Faults = append(coincident.Faults, fault.ZoneOutage{Plan: fault.Plan{Name: "outage", At: []des.Time{s(1200)}, Lasts: 600 * des.Second}, Zone: 1})
	for name, cfg := range map[string]*record.Config{"credits": credit, "window": window, "pods": pods, "one instant": coincident} {
		want := fingerprint(t, run(t, cfg))
		for k, order := range orders(len(wiring())) {
			if slices.Index(order, wiredControl) < slices.Index(order, wiredMeter) || k%13 != 12 {
				continue
			}
			var parts []func(*world)
			for _, part := range order {
				parts = append(parts, wiring()[part])
			}
			r, err := runWired(t.Context(), cfg, 1, parts)
			if err != nil {
				t.Fatal(err)
			}
			if got := fingerprint(t, r); got != want {
				t.Errorf("%s: another result, made in the order %v", name, order)
			}
		}
	}
}

// orders are all orders of the first n numbers.
func orders(n int) [][]int {
	if n == 0 {
		return [][]int{{}}
	}
	var out [][]int
	for _, o := range orders(n - 1) {
		for i := range n {
			out = append(out, slices.Insert(slices.Clone(o), i, n-1))
		}
	}
	return out
}
