package cloudwatch

import (
	"math"
	"slices"

	"asgsim/sim/des"
)

// Point is one datapoint of a metric: a statistic over one period.
type Point struct {
	Start   des.Time // of the minute it is stamped with
	Known   des.Time // when it is published
	Value   float64
	Samples int // how many samples went into it
	// Capacity is what the value describes, in the group's units: the instances, or
	// targets, that it is an average over; for a metric that is none, those in service
	// and warmed up when its period ended.
	Capacity int
	End      des.Time // of its period
}

// Series is a metric: its datapoints by period.
type Series struct {
	Name      string
	Period    des.Duration
	Delay     des.Duration // end of a period to its publication
	All       bool         // it forgets nothing
	Namespace string       // of its metric
	Troubles  *Troubles    // of CloudWatch; may be nil
	Each      func(Point)  // sees every datapoint that is recorded; may be nil
	points    []Point      // ascending by Start
}

// keep is how long a series remembers: the longest evaluation range of an alarm
// here (a day), and then some.
const keep = 2 * des.Day

// Put records the datapoint of the period that starts at start, which describes as
// much capacity as it has samples.
func (s *Series) Put(start des.Time, value float64, samples int) {
	s.PutFor(start, value, samples, samples)
}

// PutFor records the datapoint of the period that starts at start. A period
// without samples is not recorded: the datapoint is missing; so is one that is lost in a
// gap. A point of a period
// longer than a minute is stamped with its last minute, where the sample behind
// it was taken: that is where an alarm with a one-minute period finds it.
func (s *Series) PutFor(start des.Time, value float64, samples, capacity int) {
	if samples == 0 || math.IsNaN(value) {
		return
	}
	late, gap := s.Troubles.of(s.Namespace)
	if gap {
		return
	}
	end := start.Add(s.Period)
	stamp := max(start, end.Add(-des.Minute))
	s.points = append(s.points, Point{stamp, end.Add(s.Delay + late), value, samples, capacity, end})
	if s.Each != nil {
		s.Each(s.points[len(s.points)-1])
	}
	if oldest := start.Add(-keep); !s.All && len(s.points) > 64 && s.points[len(s.points)/2].Start < oldest {
		s.points = slices.Delete(s.points, 0, len(s.points)/2)
	}
}

// PutKnown records the datapoint of the period that starts at start, published at known.
func (s *Series) PutKnown(start, known des.Time, value float64, capacity int) {
	before := len(s.points)
	s.PutFor(start, value, 1, capacity)
	if len(s.points) > before {
		s.points[len(s.points)-1].Known = known
	}
}

// In returns the newest datapoint that is stamped in [from, to), whenever it is published.
func (s *Series) In(from, to des.Time) (Point, bool) {
	for i := len(s.points) - 1; i >= 0 && s.points[i].Start >= from; i-- {
		if s.points[i].Start < to {
			return s.points[i], true
		}
	}
	return Point{}, false
}

// At returns the average of the datapoints known at now that are stamped in
// [from, to), weighted by their samples, and whether there are any.
func (s *Series) At(now, from, to des.Time) (float64, bool) {
	var sum float64
	n := 0
	for i := len(s.points) - 1; i >= 0 && s.points[i].Start >= from; i-- {
		if p := s.points[i]; p.Start < to && p.Known <= now {
			sum += p.Value * float64(p.Samples)
			n += p.Samples
		}
	}
	return sum / float64(n), n > 0
}

// Latest returns the newest datapoint known at now.
func (s *Series) Latest(now des.Time) (Point, bool) {
	for i := len(s.points) - 1; i >= 0; i-- {
		if s.points[i].Known <= now {
			return s.points[i], true
		}
	}
	return Point{}, false
}

// Recent returns the datapoints known at now of a stretch that ends with the
// newest, oldest first; none if the newest ended longer ago than old.
func (s *Series) Recent(now des.Time, stretch, old des.Duration) []float64 {
	newest, ok := s.Latest(now)
	if !ok || newest.End < now.Add(-old) {
		return nil
	}
	var out []float64
	for i := len(s.points) - 1; i >= 0 && s.points[i].Start > newest.Start.Add(-stretch); i-- {
		if s.points[i].Known <= now {
			out = append(out, s.points[i].Value)
		}
	}
	slices.Reverse(out)
	return out
}

// Points returns the datapoints it remembers, oldest first.
func (s *Series) Points() []Point { return s.points }
