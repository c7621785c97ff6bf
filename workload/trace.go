package workload

import "asgsim/sim/des"

// Bin is one recorded stretch of a trace.
type Bin struct {
	From, To des.Time // From before To
	Rate     float64  // requests per second
}

// Bins are the recorded stretches of a trace, in ascending order and without overlap.
// They are made when asked for and never change, so that one recording in memory serves
// all that play it.
type Bins interface {
	Len() int
	Bin(i int) Bin
}

// BinList is bins as they are.
type BinList []Bin

// Len returns how many there are.
func (l BinList) Len() int { return len(l) }

// Bin returns one of them.
func (l BinList) Bin(i int) Bin { return l[i] }

// Trace is recorded load, constant inside each bin. What lies before, between and after
// the bins is silence, so whoever reads the recording decides about gaps first.
type Trace struct {
	Bins Bins
	// Repeat is the period after which the bins are played again, at least their span;
	// 0: once.
	Repeat des.Duration
}

// Curve returns the load over a run of the given length, and over its [Past] as
// far as it is recorded: a trace that begins before the start has a history, and
// one that repeats has always been repeating.
func (t Trace) Curve(duration des.Duration) Curve {
	r := &recorded{bins: t.Bins, n: t.Bins.Len(), period: t.Repeat}
	end, earliest := des.Time(0).Add(duration), des.Time(0).Add(-Past)
	if r.n == 0 {
		return r
	}
	r.base = t.Bins.Bin(0).From
	r.mean = float64(t.Bins.Bin(r.n-1).To.Sub(r.base)) / float64(r.n)
	if r.period > 0 {
		r.since = earliest
		last, at := r.play(end - 1)
		r.stop = t.Bins.Bin(r.beginning(at+1) - 1).To.Add(last)
	} else {
		r.since = min(0, max(earliest, r.base))
		r.first = r.at(r.since)
		r.stop = r.since
		if r.n = r.beginning(end); r.n > r.first {
			r.stop = t.Bins.Bin(r.n - 1).To
		}
	}
	r.add()
	return r
}
