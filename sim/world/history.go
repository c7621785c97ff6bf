package world

import "asgsim/sim/des"

// past is how far back the datapoints of a settled start reach.
const past = 4 * des.Hour

// fillHistory gives the alarms of a settled start the datapoints that a fleet of
// n would have shown: a long steady state at the load of the start. Metrics whose
// value cannot be foretold (response times, errors) begin without data; recorded ones have
// what was recorded, whatever the start.
func (w *world) fillHistory(n int) {
	w.meter.Rehearse(past, n)
	if w.cfg.Group.Cold || n == 0 {
		return
	}
	for _, s := range w.meter.Sensors() {
		if w.cfg.Replays(s.Metric) || s.Derive != nil {
			continue
		}
		value := w.control.Shown(s.Metric, s.Series.Period, n)
		for t := des.Time(-past); t < 0; t = t.Add(s.Series.Period) {
			s.Series.PutFor(t, value, n, n)
		}
	}
	for _, s := range w.meter.Sensors() {
		for t := des.Time(-past); t < 0 && s.Derive != nil; t = t.Add(s.Series.Period) {
			s.Derive(t.Add(s.Series.Period))
		}
	}
}
