package queueing

import "math"

// MG1 is the queue with Poisson arrivals, one server and any law of service.
type MG1 struct {
	Lambda float64
	Mean   float64 // of the service time
	SCV    float64 // of the service time: variance / mean^2
}

// Rho is the utilization.
func (q MG1) Rho() float64 { return q.Lambda * q.Mean }

// Wq is the mean time in the queue, first come first served (Pollaczek, Khinchine).
func (q MG1) Wq() float64 {
	rho := q.Rho()
	if rho >= 1 {
		return math.Inf(1)
	}
	return rho * q.Mean * (1 + q.SCV) / (2 * (1 - rho))
}

// W is the mean time in the system, first come first served.
func (q MG1) W() float64 { return q.Wq() + q.Mean }

// Lq is the mean number in the queue, first come first served.
func (q MG1) Lq() float64 { return q.Lambda * q.Wq() }

// SharedW is the mean time in the system under processor sharing, whatever the
// law of service.
func (q MG1) SharedW() float64 { return q.SharedWOf(q.Mean) }

// SharedWOf is the mean time in the system of a request of the given size under
// processor sharing.
func (q MG1) SharedWOf(size float64) float64 {
	if q.Rho() >= 1 {
		return math.Inf(1)
	}
	return size / (1 - q.Rho())
}

// SharedVar is the variance of the time in the system under processor sharing,
// for exponential service only (Coffman, Muntz and Trotter, JACM 17(1), 1970).
func (q MG1) SharedVar() float64 {
	rho := q.Rho()
	if rho >= 1 {
		return math.Inf(1)
	}
	return q.Mean * q.Mean * (2 + rho) / ((2 - rho) * (1 - rho) * (1 - rho))
}
