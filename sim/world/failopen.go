package world

import (
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// failOpens are the balancer's stretches of failing open, within the run and by zone
// name. What begins and ends at one instant, between two steps of the group, sent
// nothing and is left out.
func (w *world) failOpens() []record.FailOpen {
	var out []record.FailOpen
	for _, f := range w.balancer.FailOpens {
		to := min(f.To, w.end)
		if to <= f.From {
			continue
		}
		o := record.FailOpen{From: f.From, To: to, Group: f.Group, Counts: f.Counts}
		if f.Zone >= 0 {
			o.Zone = w.cfg.Group.Zones[f.Zone]
		}
		out = append(out, o)
	}
	return out
}

// anomalies are the balancer's, by instance.
func (w *world) anomalies() []record.Anomaly {
	var out []record.Anomaly
	for _, a := range w.balancer.Anomalies {
		out = append(out, record.Anomaly{Ordinal: w.ordinalOf(a.ID), From: a.From, To: min(a.To, w.end), Errors: a.Errors, Others: a.Others, Weight: a.Weight})
	}
	return out
}

// ordinalOf is the instance of which a target was a run.
func (w *world) ordinalOf(id serving.ID) int {
	for _, i := range w.fleet.Instances {
		for _, r := range i.Runs() {
			if r.Plane == id {
				return i.Ordinal
			}
		}
	}
	panic("world: a target of no instance")
}
