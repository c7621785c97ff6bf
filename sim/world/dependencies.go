package world

import "asgsim/sim/serving"

// readDependencies reads the counters of all dependencies of a plane.
func readDependencies(p serving.Plane, into []serving.DependencyCounters) {
	for k := range into {
		p.ReadDependency(k, &into[k])
	}
}
