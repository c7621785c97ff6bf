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

// maxPastBins bounds the bins that a repeated trace plays before the start; with
// more of them it has no past.
const maxPastBins = 100_000

// recorded is the curve of a trace.
type recorded struct {
	pieces
	since des.Time
}

// Since returns the beginning of what is known.
func (r *recorded) Since() des.Time { return r.since }

// Curve returns the load over a run of the given length, and over its [Past] as
// far as it is recorded: a trace that begins before the start has a history, and
// one that repeats has always been repeating.
func (t Trace) Curve(duration des.Duration) Curve {
	end := des.Time(0).Add(duration)
	since, first := t.since()
	list := []piece{{since - 1, since, level, 0, 0}}
	last := since
	for shift := first; ; shift += t.Repeat {
		for _, b := range t.Bins {
			from, to := max(b.From.Add(shift), since), b.To.Add(shift)
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
	return &recorded{newPieces(list), since}
}

// since returns from when on the trace is known, and by how much it is shifted
// the first time it is played.
func (t Trace) since() (since des.Time, first des.Duration) {
	earliest := des.Time(0).Add(-Past)
	switch {
	case len(t.Bins) == 0:
		return 0, 0
	case t.Repeat > 0 && float64(Past)/float64(t.Repeat)*float64(len(t.Bins)) <= maxPastBins:
		last := t.Bins[len(t.Bins)-1].To
		plays := (last.Sub(earliest) + t.Repeat - 1) / t.Repeat
		return earliest, -plays * t.Repeat
	default:
		return min(0, max(earliest, t.Bins[0].From)), 0
	}
}
