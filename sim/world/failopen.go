package world

import "asgsim/sim/des"

// FailOpen is a stretch in which the balancer sent requests to all its targets, also
// those that are not healthy, because too few were healthy.
type FailOpen struct {
	From, To            des.Time // To is the end of the run if it lasted until then
	Zone                string   // of the balancer's node; empty: all, with cross-zone balancing
	Healthy, Registered int      // targets of the node when it began
}

// failOpens are the balancer's stretches of failing open, within the run and by zone
// name. What begins and ends at one instant, between two steps of the group, sent
// nothing and is left out.
func (w *world) failOpens() []FailOpen {
	var out []FailOpen
	for _, f := range w.balancer.FailOpens {
		to := min(f.To, w.end)
		if to <= f.From {
			continue
		}
		o := FailOpen{From: f.From, To: to, Healthy: f.Healthy, Registered: f.Registered}
		if f.Zone >= 0 {
			o.Zone = w.cfg.Group.Zones[f.Zone]
		}
		out = append(out, o)
	}
	return out
}
