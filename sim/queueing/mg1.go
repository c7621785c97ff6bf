package queueing

import "math"

// MG1 is the M/G/1 queue: Poisson arrivals at rate Lambda, one server, work of
// the given mean and squared coefficient of variation.
type MG1 struct {
	Lambda, Mean, SCV float64
}

// Rho is the utilization.
func (q MG1) Rho() float64 { return q.Lambda * q.Mean }

// Wq is the mean wait, first come first served (Pollaczek and Khinchine):
// rho E[S] (1 + scv) / (2 (1 - rho)).
func (q MG1) Wq() float64 {
	rho := q.Rho()
	if rho >= 1 {
		return math.Inf(1)
	}
	return rho * q.Mean * (1 + q.SCV) / (2 * (1 - rho))
}

// W is the mean sojourn, first come first served.
func (q MG1) W() float64 { return q.Wq() + q.Mean }

// PSSojourn is the mean sojourn under processor sharing, whatever the law of the
// work: E[S] / (1 - rho).
func (q MG1) PSSojourn() float64 { return q.PSConditional(q.Mean) }

// PSConditional is the mean sojourn under processor sharing of a request that
// brings work x: x / (1 - rho).
func (q MG1) PSConditional(x float64) float64 {
	if q.Rho() >= 1 {
		return math.Inf(1)
	}
	return x / (1 - q.Rho())
}

// PSVarianceMM is the variance of the sojourn under processor sharing when work
// is exponential: E[S]^2 (2 + rho) / ((1 - rho)^2 (2 - rho)) (E. G. Coffman, R. R.
// Muntz, H. Trotter, JACM 17(1), 1970).
func (q MG1) PSVarianceMM() float64 {
	rho := q.Rho()
	return q.Mean * q.Mean * (2 + rho) / ((1 - rho) * (1 - rho) * (2 - rho))
}

// MtGInf is the Mt/G/inf system with arrival rate
// Lambda (1 + Beta sin(2 pi t / Period)).
type MtGInf struct {
	Lambda, Beta, Period float64
	Mean                 float64 // of the service
}

// ExpBusy is the mean number in service at t, long after the start, when service
// is exponential.
func (q MtGInf) ExpBusy(t float64) float64 {
	g := 2 * math.Pi / q.Period
	gs := g * q.Mean
	return q.Lambda * q.Mean * (1 + q.Beta*(math.Sin(g*t)-gs*math.Cos(g*t))/(1+gs*gs))
}

// DetBusy is the same for constant service.
func (q MtGInf) DetBusy(t float64) float64 {
	g := 2 * math.Pi / q.Period
	return q.Lambda * (q.Mean + q.Beta*(math.Cos(g*(t-q.Mean))-math.Cos(g*t))/g)
}
