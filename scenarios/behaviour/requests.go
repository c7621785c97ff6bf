package behaviour

import (
	"errors"
	"math"
)

// Requests are the recorded requests a second over time, and how many seconds a value
// stands for: RequestCount, else RequestCountPerTarget times the targets.
func (r *Record) Requests() (rows []Value, period float64, err error) {
	if s := r.Of(RequestCount, Stat{}); s != nil {
		rows, period = s.Rows, s.Period
	} else {
		period = r.Period(RequestsPerTarget)
		bins, err := r.Bins(period)
		if err != nil {
			return nil, 0, err
		}
		for _, b := range bins {
			if !math.IsNaN(b.Rate) {
				rows = append(rows, Value{b.At, b.Rate})
			}
		}
	}
	if len(rows) < 2 {
		return nil, 0, errors.New("the files hold no RequestCount (nor RequestCountPerTarget with the hosts): without the requests nothing can be run")
	}
	return rows, period, nil
}

// First is the first value of a metric at or after a time.
func (r *Record) First(m Metric, at float64) (v float64, ok bool) {
	s := r.Of(m, Stat{})
	if s == nil {
		return 0, false
	}
	for _, row := range s.Rows {
		if row.At+s.Period > at {
			return row.V, true
		}
	}
	return 0, false
}
