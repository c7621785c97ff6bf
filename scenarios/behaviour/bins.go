package behaviour

import (
	"fmt"
	"math"
	"slices"
)

// Bin is all that is known of one stretch of time; NaN where nothing is.
type Bin struct {
	At                float64 // Unix seconds, or from the start
	Rate              float64 // requests a second
	PerTarget         float64 // requests a second of one target
	CPU               float64 // 0 to 1, the mean of the instances
	InService         float64
	Desired           float64
	Healthy           float64
	Mean              float64    // TargetResponseTime, seconds
	Tails             [4]float64 // its percentiles, see Percentiles
	Errors            float64    // HTTP 5XX a second, of targets and balancer
	Complete, Changed bool       // InService is known here and around; it is not the same all through
}

// Percentiles are those of TargetResponseTime that are kept.
var Percentiles = [4]float64{50, 90, 95, 99}

// leastBin is the shortest bin that metrics are set side by side in, in seconds.
const leastBin = 60

// mostBins bounds a grid.
const mostBins = 100_000

// Period is the shortest bin in which all of the given metrics that are recorded have
// values, at least a minute.
func (r *Record) Period(of ...Metric) float64 {
	period := float64(leastBin)
	for _, m := range of {
		if s := r.Of(m, Stat{}); s != nil {
			period = max(period, math.Round(s.Period/leastBin)*leastBin)
		}
	}
	return period
}

// Span is the time that the given metrics cover; ok is false where none is recorded.
func (r *Record) Span(of ...Metric) (from, to float64, ok bool) {
	from, to = math.Inf(1), math.Inf(-1)
	for _, m := range of {
		if s := r.Of(m, Stat{}); s != nil && len(s.Rows) > 0 {
			from, to = min(from, s.Rows[0].At), max(to, s.Rows[len(s.Rows)-1].At+s.Period)
		}
	}
	return from, to, to > from
}

// Civil reports whether the record's times say when it was.
func (r *Record) Civil() bool { return !r.relative }

// Bins sets all metrics side by side, in bins of the period in seconds.
func (r *Record) Bins(period float64) ([]Bin, error) {
	from, to, ok := r.Span(RequestCount, RequestsPerTarget, CPUUtilization, TargetResponseTime, InServiceInstances, DesiredCapacity, HealthyHostCount)
	if s := r.Of(TargetResponseTime, Stat{99}); !ok && s != nil {
		from, to, ok = s.Rows[0].At, s.Rows[len(s.Rows)-1].At+s.Period, true
	}
	if !ok {
		return nil, nil
	}
	begin := math.Floor(from/period) * period
	n := int(math.Ceil((to - begin) / period))
	if n > mostBins {
		return nil, fmt.Errorf("the files cover %.0f days, which are %d bins of %g s; at most %d are possible", (to-from)/86400, n, period, mostBins)
	}
	grid := func(m Metric, s Stat) []float64 { return r.Of(m, s).grid(begin, period, n) }
	rate, per, cpu := grid(RequestCount, Stat{}), grid(RequestsPerTarget, Stat{}), grid(CPUUtilization, Stat{})
	in, desired, healthy := grid(InServiceInstances, Stat{}), grid(DesiredCapacity, Stat{}), grid(HealthyHostCount, Stat{})
	average, te, be := grid(TargetResponseTime, Stat{}), grid(TargetErrors, Stat{}), grid(BalancerErrors, Stat{})
	var tails [len(Percentiles)][]float64
	for k, p := range Percentiles {
		tails[k] = grid(TargetResponseTime, Stat{p})
	}
	if r.Of(InServiceInstances, Stat{}) == nil { // the next best
		if in = healthy; r.Of(HealthyHostCount, Stat{}) == nil {
			in = desired
		}
	}
	out := make([]Bin, n)
	for _, codes := range [][]float64{te, be} {
		nothing(codes)
	}
	for k := range out {
		b := &out[k]
		*b = Bin{At: begin + float64(k)*period, Rate: rate[k], PerTarget: per[k], CPU: cpu[k], InService: in[k], Desired: desired[k], Healthy: healthy[k], Mean: average[k]}
		for i := range tails {
			b.Tails[i] = tails[i][k]
		}
		if b.Errors = te[k]; !math.IsNaN(be[k]) {
			b.Errors = be[k]
			if !math.IsNaN(te[k]) {
				b.Errors += te[k]
			}
		}
		serving := b.InService
		if !math.IsNaN(b.Healthy) {
			serving = b.Healthy
		}
		switch {
		case math.IsNaN(b.Rate) && !math.IsNaN(b.PerTarget) && !math.IsNaN(serving):
			b.Rate = b.PerTarget * serving
		case math.IsNaN(b.PerTarget) && !math.IsNaN(b.Rate) && serving > 0:
			b.PerTarget = b.Rate / serving
		}
	}
	for k := range out {
		b := &out[k]
		before, after := &out[max(0, k-1)], &out[min(n-1, k+1)]
		b.Complete = b.InService > 0 && before.InService > 0 && after.InService > 0
		b.Changed = before.InService != b.InService || after.InService != b.InService || b.InService != math.Trunc(b.InService)
	}
	return out, nil
}

// nothing makes zeros of what is missing among codes that were counted at all: CloudWatch
// has no datapoint where none came ("CloudWatch metrics for your Application Load
// Balancer", Elastic Load Balancing user guide, 2026-11-28: reported if nonzero).
func nothing(codes []float64) {
	if !slices.ContainsFunc(codes, func(v float64) bool { return !math.IsNaN(v) }) {
		return
	}
	for k := range codes {
		if math.IsNaN(codes[k]) {
			codes[k] = 0
		}
	}
}

// grid is the mean of the series' values in each bin, NaN where it has none; a value that
// stands for longer than a bin stands for all of them.
func (s *Series) grid(begin, period float64, n int) []float64 {
	out, hits := make([]float64, n), make([]int, n)
	if s != nil {
		for _, r := range s.Rows {
			upto := r.At + s.Period - period/2
			for k := int(math.Floor((r.At - begin) / period)); k < n; k++ {
				out[k] += r.V
				hits[k]++
				if begin+float64(k+1)*period >= upto {
					break
				}
			}
		}
	}
	for k := range out {
		if out[k] /= float64(hits[k]); hits[k] == 0 {
			out[k] = math.NaN()
		}
	}
	return out
}
