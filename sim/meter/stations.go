package meter

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// stations reads the dependencies for a row, and how much of the instances' queues is full.
type stations struct {
	before []serving.DependencyCounters
	from   des.Time
	queued record.Mean // readings of the share of the queues' places that are taken
}

// close fills what the dependencies and the queues did in a row that ends now.
func (s *stations) close(r *record.Row, all []serving.Dependency, plane serving.Plane, now des.Time) {
	seconds := now.Sub(s.from).Seconds()
	for k := range all {
		if k == len(s.before) {
			s.before = append(s.before, serving.DependencyCounters{})
		}
		var c serving.DependencyCounters
		plane.ReadDependency(k, &c)
		r.Dependencies = append(r.Dependencies, record.DependencyUseOf(&all[k], &s.before[k], &c, seconds))
		s.before[k] = c
	}
	r.Queue = math.NaN()
	if s.queued.N > 0 {
		r.Queue = s.queued.Value()
	}
	s.from, s.queued = now, record.Mean{}
}
