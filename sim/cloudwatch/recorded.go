package cloudwatch

import (
	"sort"

	"asgsim/sim/des"
)

// Recorded is a metric that is replayed: somebody else published it, of something that
// is not simulated, such as the messages of a queue. What the group does changes nothing
// about it, but for PerInstance.
type Recorded struct {
	Metric  Metric       // by the user's name
	Period  des.Duration // of its datapoints, as recorded
	Delay   des.Duration // end of a period to its publication
	Samples Samples
	// PerInstance divides each value by the instances in service at the end of its
	// period, as the expression m1 / m2 over GroupInServiceInstances does.
	PerInstance bool
}

// Samples are recorded datapoints, ascending by their ends.
type Samples interface {
	Len() int
	// Sample is the end of the period of a datapoint, by the run's clock, and its value.
	Sample(i int) (end des.Time, value float64)
}

// At is the newest value recorded by t, else the first after it; false where there is
// none.
func (r *Recorded) At(t des.Time) (float64, bool) {
	n := r.Samples.Len()
	if n == 0 {
		return 0, false
	}
	later := sort.Search(n, func(i int) bool {
		end, _ := r.Samples.Sample(i)
		return end > t
	})
	_, v := r.Samples.Sample(max(later-1, 0))
	return v, true
}

// LeastPeriod is the least period, in whole minutes, that datapoints of the metric have.
func (r *Recorded) LeastPeriod() des.Duration {
	return (max(r.Period, 1) + des.Minute - 1) / des.Minute * des.Minute
}
