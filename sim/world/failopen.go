package world

import "asgsim/sim/record"

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
		o := record.FailOpen{From: f.From, To: to, Counts: f.Counts}
		if f.Zone >= 0 {
			o.Zone = w.cfg.Group.Zones[f.Zone]
		}
		out = append(out, o)
	}
	return out
}
