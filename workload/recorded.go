package workload

import (
	"sort"

	"asgsim/sim/des"
)

// recorded is the curve of a trace. It holds no bins of its own but sums of blocks of
// them: a byte a bin.
type recorded struct {
	bins        Bins
	first, n    int          // the bins from first on, before n, are played
	since, stop des.Time     // silence before and after
	period      des.Duration // 0: played once
	base        des.Time     // where the play begins that is not shifted
	mean        float64      // length of a bin, gaps included, in nanoseconds
	sums        []float64    // sums[k] is the integral over the first k blocks
}

// blockBins is how many bins a block has: so many are added up for an integral that
// begins or ends amid it.
const blockBins = 8

// add sums the blocks up.
func (r *recorded) add() {
	r.sums = make([]float64, 1, max(0, r.n-r.first)/blockBins+2)
	for i := r.first; i < r.n; i += blockBins {
		r.sums = append(r.sums, r.upTo(min(i+blockBins, r.n)))
	}
}

// bin returns a bin as far as it is known.
func (r *recorded) bin(i int) Bin {
	b := r.bins.Bin(i)
	if r.period == 0 {
		b.From = max(b.From, r.since)
	}
	return b
}

// upTo returns the integral over the bins before i.
func (r *recorded) upTo(i int) float64 {
	k := min((i-r.first)/blockBins, len(r.sums)-1)
	sum := r.sums[k]
	for j := r.first + k*blockBins; j < i; j++ {
		b := r.bin(j)
		sum += b.To.Sub(b.From).Seconds() * b.Rate
	}
	return sum
}

// at returns the first bin that ends after t. Bins are mostly of one length, so it looks
// where it should be first.
func (r *recorded) at(t des.Time) int {
	if i := r.guess(t); (i == r.n || r.bins.Bin(i).To > t) && (i == r.first || r.bins.Bin(i-1).To <= t) {
		return i
	}
	return r.first + sort.Search(r.n-r.first, func(i int) bool { return r.bins.Bin(r.first+i).To > t })
}

// guess returns the bin that ends after t where all have one length.
func (r *recorded) guess(t des.Time) int {
	if r.n <= r.first {
		return r.n
	}
	i := int(min(max(float64(t.Sub(r.base))/r.mean, float64(r.first)), float64(r.n-1)))
	if r.bins.Bin(i).To <= t {
		i++
	}
	return i
}

// beginning returns the first bin that begins at t or later.
func (r *recorded) beginning(t des.Time) int {
	return sort.Search(r.n, func(i int) bool { return r.bins.Bin(i).From >= t })
}

// play returns by how much the play is shifted in which t lies, and what t is in the one
// that is not.
func (r *recorded) play(t des.Time) (shift des.Duration, at des.Time) {
	if r.period == 0 {
		return 0, t
	}
	k := t.Sub(r.base) / r.period
	if t < r.base && t.Sub(r.base)%r.period != 0 {
		k--
	}
	return k * r.period, t.Add(-k * r.period)
}

// Since returns the beginning of what is known.
func (r *recorded) Since() des.Time { return r.since }

// Flat reports true.
func (r *recorded) Flat() bool { return true }

// Integral returns the expected number of requests in [from, to).
func (r *recorded) Integral(from, to des.Time) float64 {
	if from, to = max(from, r.since), min(to, r.stop); to <= from {
		return 0
	}
	early, a := r.play(from)
	late, b := r.play(to - 1)
	if early == late {
		return r.once(a, b+1)
	}
	between := float64((late-early)/r.period - 1)
	return r.once(a, r.base.Add(r.period)) + between*r.upTo(r.n) + r.once(r.base, b+1)
}

// once returns the integral over [from, to) of one play.
func (r *recorded) once(from, to des.Time) float64 {
	i, j := r.at(from), r.at(to-1)
	if i == j {
		return r.part(i, from, to)
	}
	return r.part(i, from, to) + (r.upTo(j) - r.upTo(i+1)) + r.part(j, from, to)
}

// part returns the integral over the part of a bin in [from, to).
func (r *recorded) part(i int, from, to des.Time) float64 {
	if i >= r.n {
		return 0
	}
	b := r.bin(i)
	u, v := max(from, b.From), min(to, b.To)
	if v <= u {
		return 0
	}
	return (v.Sub(b.From).Seconds() - u.Sub(b.From).Seconds()) * b.Rate
}

// Stretch returns the bin or the gap that holds t.
func (r *recorded) Stretch(t des.Time) (from, to des.Time) {
	switch {
	case t < r.since:
		return -des.Never, r.since
	case t >= r.stop:
		return max(r.since, r.stop), des.Never
	}
	shift, at := r.play(t)
	i := r.at(at)
	from, to = r.since, r.base.Add(r.period)
	if i > r.first {
		from = r.bins.Bin(i - 1).To.Add(shift)
	}
	if i < r.n {
		b := r.bin(i)
		if to = b.From; at >= b.From {
			from, to = b.From.Add(shift), b.To
		}
	}
	return max(from, r.since), to.Add(shift)
}
