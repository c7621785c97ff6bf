package world

import "asgsim/sim/des"

// fillHistory gives the alarms of a settled start the datapoints that a fleet of
// n would have shown: a long steady state at the load of the start. Metrics whose
// value cannot be foretold (response times, errors) begin without data.
func (w *world) fillHistory(n int) {
	if w.cfg.Group.Cold || n == 0 {
		return
	}
	const past = 4 * des.Hour
	for _, s := range w.meter.Sensors() {
		value := w.control.Shown(s.Metric, s.Series.Period, n)
		for t := des.Time(-past); t < 0; t = t.Add(s.Series.Period) {
			s.Series.PutFor(t, value, n, n)
		}
	}
}
