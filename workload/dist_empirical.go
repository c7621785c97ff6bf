package workload

import (
	"fmt"
	"math"
	"slices"
)

// QuantilePoint says that a share P of the values lie below Value seconds.
type QuantilePoint struct{ P, Value float64 }

// Empirical is the law whose quantile function runs straight from point to point:
// what is known when quantiles are. For a sample of values there is [Resampled].
type Empirical struct {
	points []QuantilePoint
	first  []int32 // by cell of p: the segment in which the cell begins
	mean   float64
	scv    float64
}

// empiricalCells is a power of two; a cell of the table finds the segment of
// nearly every draw at once.
const empiricalCells = 4096

// NewEmpiricalQuantiles returns the law through the given quantiles, from P = 0
// (the least value) to P = 1 (the greatest).
func NewEmpiricalQuantiles(points []QuantilePoint) (*Empirical, error) {
	n := len(points)
	if n < 2 || points[0].P != 0 || points[n-1].P != 1 {
		return nil, fmt.Errorf("an empirical law needs its least value (p0) and its greatest (p100)")
	}
	d := &Empirical{points: slices.Clone(points), first: make([]int32, empiricalCells)}
	var square float64
	for i, q := range points {
		if err := notNegative(fmt.Sprintf("the p%.4g of an empirical law", 100*q.P), q.Value); err != nil {
			return nil, err
		}
		if i == 0 {
			continue
		}
		o := points[i-1]
		if !(q.P > o.P) || q.Value < o.Value {
			return nil, fmt.Errorf("the quantiles of an empirical law must ascend: p%.4g = %v s after p%.4g = %v s", 100*q.P, q.Value, 100*o.P, o.Value)
		}
		w := q.P - o.P
		d.mean += w * (o.Value + q.Value) / 2
		square += w * (o.Value*o.Value + o.Value*q.Value + q.Value*q.Value) / 3
	}
	if d.mean > 0 {
		d.scv = math.Max(0, square/(d.mean*d.mean)-1)
	}
	seg := 0
	for c := range d.first {
		for seg < n-2 && points[seg+1].P <= float64(c)/empiricalCells {
			seg++
		}
		d.first[c] = int32(seg)
	}
	return d, nil
}

// Mean returns the mean in seconds.
func (d *Empirical) Mean() float64 { return d.mean }

// SCV returns the squared coefficient of variation.
func (d *Empirical) SCV() float64 { return d.scv }

// Quantile returns the p-quantile in seconds.
func (d *Empirical) Quantile(p float64) float64 {
	p = math.Min(math.Max(p, 0), 1)
	seg := d.first[min(int(p*empiricalCells), empiricalCells-1)]
	for int(seg) < len(d.points)-2 && d.points[seg+1].P <= p {
		seg++
	}
	a, b := &d.points[seg], &d.points[seg+1]
	return a.Value + (p-a.P)/(b.P-a.P)*(b.Value-a.Value)
}

// String prints a summary of the law: it has no short spelling.
func (d *Empirical) String() string {
	return fmt.Sprintf("{ quantiles = %d points, p50 = %s, p95 = %s, p99 = %s }", len(d.points), text(d.Quantile(0.5)), text(d.Quantile(0.95)), text(d.Quantile(0.99)))
}

func (d *Empirical) sampler() Sampler { return Sampler{kind: drawEmpirical, table: d} }
