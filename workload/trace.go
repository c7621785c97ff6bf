package workload

import "asgsim/sim/des"

// Bin is one recorded stretch of a trace.
type Bin struct {
	From, To des.Time // From before To
	Rate     float64  // requests per second
}

// Trace is recorded load, constant inside each bin. Bins are in ascending order
// and do not overlap; what lies before, between and after them is silence, so
// whoever reads the recording decides about gaps first.
type Trace struct {
	Bins []Bin
	// Repeat is the period after which the bins are played again; 0: once.
	Repeat des.Duration
}

// Curve returns the load over a run of the given length.
func (t Trace) Curve(duration des.Duration) Curve {
	end := des.Time(0).Add(duration)
	var list []piece
	last := des.Time(0)
	for shift := des.Duration(0); ; shift += t.Repeat {
		for _, b := range t.Bins {
			from, to := max(b.From.Add(shift), 0), b.To.Add(shift)
			if to <= from {
				continue
			}
			if from >= end {
				break
			}
			if from > last {
				list = append(list, piece{last, from, level, 0, 0})
			}
			list = append(list, piece{from, to, level, b.Rate, b.Rate})
			last = to
		}
		if t.Repeat <= 0 || len(t.Bins) == 0 || t.Bins[0].From.Add(shift) >= end {
			break
		}
	}
	list = append(list, piece{last, last + 1, level, 0, 0})
	p := newPieces(list)
	return &p
}
