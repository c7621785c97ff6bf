package workload

import (
	"fmt"
	"math"
	"slices"
)

// Resampled draws the values of a sample, each as likely as any other, and nothing
// between them: its mean, variance and quantiles are those of what was given (the
// empirical distribution of B. Efron, "Bootstrap Methods", Annals of Statistics 7(1),
// 1979). A curve through the sorted values would lose the mean: through nine of 10 ms
// and one of 1 s it has 65 ms, where they average 109 ms.
type Resampled struct {
	sorted []float64
	mean   float64
	scv    float64
}

// NewEmpirical returns the law that resamples a sample of seconds.
func NewEmpirical(sample []float64) (*Resampled, error) {
	if len(sample) == 0 {
		return nil, fmt.Errorf("an empirical law needs at least one value")
	}
	d := &Resampled{sorted: slices.Clone(sample)}
	n := float64(len(sample))
	for _, v := range sample {
		if err := notNegative("a value of an empirical law", v); err != nil {
			return nil, err
		}
		d.mean += v / n
	}
	for _, v := range sample {
		if d.mean > 0 {
			d.scv += (v/d.mean - 1) * (v/d.mean - 1) / n
		}
	}
	slices.Sort(d.sorted)
	return d, nil
}

// Mean returns the mean in seconds.
func (d *Resampled) Mean() float64 { return d.mean }

// SCV returns the squared coefficient of variation: the variance divides by the
// number of values, as that of a whole law does.
func (d *Resampled) SCV() float64 { return d.scv }

// Quantile returns the p-quantile in seconds: the least value that a share p of the
// sample does not exceed (definition 1 of R. J. Hyndman and Y. Fan, "Sample Quantiles
// in Statistical Packages", The American Statistician 50(4), 1996).
func (d *Resampled) Quantile(p float64) float64 {
	n := len(d.sorted)
	// A p that is k/n up to rounding is the k-th value.
	k := int(math.Ceil(p*float64(n) - 1e-9))
	return d.sorted[min(max(k, 1), n)-1]
}

// String prints the law as the file format writes it, where it is short.
func (d *Resampled) String() string {
	if len(d.sorted) <= 6 {
		out := "{ empirical = ["
		for i, v := range d.sorted {
			if i > 0 {
				out += ", "
			}
			out += text(v)
		}
		return out + "] }"
	}
	return fmt.Sprintf("{ empirical = %d values, mean = %s, p50 = %s, p95 = %s, p99 = %s }", len(d.sorted), text(d.mean), text(d.Quantile(0.5)), text(d.Quantile(0.95)), text(d.Quantile(0.99)))
}

func (d *Resampled) sampler() Sampler { return Sampler{kind: drawResampled, sample: d.sorted} }
