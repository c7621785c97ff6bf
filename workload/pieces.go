package workload

import (
	"math"
	"sort"

	"asgsim/sim/des"
)

// bend is the form of the rate inside a piece.
type bend uint8

const (
	level  bend = iota // constant
	linear             // straight from a to b
	cosine             // half a cosine wave from a to b: flat at both ends
)

// piece is one stretch of a curve: the rate runs from a to b requests per second
// between two instants.
type piece struct {
	from, to des.Time
	bend     bend
	a, b     float64
}

// area returns the integral from u to v seconds after the piece begins.
func (p *piece) area(u, v float64) float64 {
	length := p.to.Sub(p.from).Seconds()
	switch p.bend {
	case linear:
		return (v - u) * (p.a + (p.b-p.a)*(u+v)/(2*length))
	case cosine:
		// sin(v) - sin(u) as a product: no cancellation in short cells.
		half := math.Pi / (2 * length)
		return (v-u)*(p.a+p.b)/2 + (p.a-p.b)*length/math.Pi*math.Cos((u+v)*half)*math.Sin((v-u)*half)
	default:
		return (v - u) * p.a
	}
}

// whole returns the integral over the piece.
func (p *piece) whole() float64 { return p.area(0, p.to.Sub(p.from).Seconds()) }

// pieces is a curve of adjoining pieces, in ascending order. Before the first
// and after the last it holds their outer rates.
type pieces struct {
	list []piece
	sum  []float64 // sum[i] is the integral over list[:i]
}

// newPieces keeps the pieces that have a length, in the list that it is given, and sums
// them up.
func newPieces(list []piece) pieces {
	p := pieces{list: list[:0], sum: make([]float64, 1, len(list)+1)}
	for _, q := range list {
		if q.to <= q.from {
			continue
		}
		p.list = append(p.list, q)
		p.sum = append(p.sum, p.sum[len(p.sum)-1]+q.whole())
	}
	return p
}

// Integral returns the expected number of requests in [from, to).
func (p *pieces) Integral(from, to des.Time) float64 {
	if to <= from || len(p.list) == 0 {
		return 0
	}
	first, last := &p.list[0], &p.list[len(p.list)-1]
	var total float64
	if from < first.from {
		total += first.a * min(to, first.from).Sub(from).Seconds()
		from = first.from
	}
	if to > last.to {
		end := last.b
		if last.bend == level {
			end = last.a
		}
		total += end * to.Sub(max(from, last.to)).Seconds()
		to = last.to
	}
	if to <= from {
		return total
	}
	i, j := p.at(from), p.at(to-1)
	q := &p.list[i]
	if i == j {
		return total + q.area(from.Sub(q.from).Seconds(), to.Sub(q.from).Seconds())
	}
	total += q.area(from.Sub(q.from).Seconds(), q.to.Sub(q.from).Seconds())
	total += p.sum[j] - p.sum[i+1]
	q = &p.list[j]
	return total + q.area(0, to.Sub(q.from).Seconds())
}

// at returns the index of the piece that holds t.
func (p *pieces) at(t des.Time) int {
	return sort.Search(len(p.list), func(i int) bool { return p.list[i].to > t })
}

// Stretch returns the piece that holds t, or what lies before or after all of them.
func (p *pieces) Stretch(t des.Time) (from, to des.Time) {
	switch n, i := len(p.list), p.at(t); {
	case n == 0:
		return -des.Never, des.Never
	case t < p.list[0].from:
		return -des.Never, p.list[0].from
	case i == n:
		return p.list[n-1].to, des.Never
	default:
		return p.list[i].from, p.list[i].to
	}
}

// Flat reports whether every piece is level.
func (p *pieces) Flat() bool {
	for i := range p.list {
		if p.list[i].bend != level && p.list[i].a != p.list[i].b {
			return false
		}
	}
	return true
}
