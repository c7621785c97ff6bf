package sim

import (
	"fmt"
	"math"

	"asgsim/workload"
)

// Busier is a second pair of response times of the same instance, from a busier hour;
// the zero value is none.
type Busier struct {
	Rate     float64 // requests per second
	CPU      float64 // CPU utilization, 0 to 1
	P50, P99 float64 // seconds
}

// The coefficients of variation of the CPU work that a fit tries, from work that
// differs most to nearly equal work.
var fitVariations = [...]float64{4, 3, 2, 1.5, 1, 0.5, 0.25}

// fitBusierRounds is how often the variation between two of them is halved, and
// busierTolerance how near the second pair must come.
const (
	fitBusierRounds = 4
	fitWidestRounds = 3 // of the search for the greatest variation
	busierTolerance = 0.15
	// splitCPU is the utilization at which what the figures leave open is shown.
	splitCPU = 0.85
)

// workLaw is CPU work of a mean and a coefficient of variation.
func workLaw(mean, cv float64) workload.Dist {
	switch {
	case cv == 1:
		return workload.Exponential{M: mean}
	case cv < 1:
		return workload.Gamma{M: mean, CV: cv}
	}
	v := math.Log1p(cv * cv)
	return workload.Lognormal{Mu: math.Log(mean) - v/2, Sigma: math.Sqrt(v)}
}

// fits are the variations that fit, from the greatest to the least. Without a busier
// hour nobody asks for those between the two.
func (m Measured) fits(mean float64) (out []tried, err error) {
	for i, cv := range fitVariations {
		f, ok, err := m.fitWith(mean, cv)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			continue
		}
		out = append(out, tried{cv, f})
		if m.Busier != (Busier{}) {
			continue
		}
		for k := len(fitVariations) - 1; k > i; k-- {
			f, ok, err := m.fitWith(mean, fitVariations[k])
			if err != nil {
				return nil, err
			}
			if ok {
				return append(out, tried{fitVariations[k], f}), nil
			}
		}
		break
	}
	return out, nil
}

// widest adds the fit of nearly the greatest variation that the figures allow, between
// the greatest tried that does and the least that does not.
func (m Measured) widest(mean float64, fits []tried) ([]tried, error) {
	if len(fits) == 0 || fits[0].cv == fitVariations[0] {
		return fits, nil
	}
	hi := fitVariations[0]
	for _, cv := range fitVariations {
		if cv > fits[0].cv {
			hi = cv
		}
	}
	for range fitWidestRounds {
		cv := math.Sqrt(fits[0].cv * hi)
		f, ok, err := m.fitWith(mean, cv)
		if err != nil {
			return nil, err
		}
		if ok {
			fits = append([]tried{{cv, f}}, fits...)
		} else {
			hi = cv
		}
	}
	return fits, nil
}

// mean is the CPU work of a request: that of the busier hour too, where there is one.
func (m Measured) mean() (float64, error) {
	mean := m.CPU * float64(m.VCPU) / m.Rate
	if m.Busier == (Busier{}) {
		return mean, nil
	}
	b := m.Busier.CPU * float64(m.VCPU) / m.Busier.Rate
	if b > 1.2*mean || b < mean/1.2 {
		return 0, fmt.Errorf("a request costs %s of CPU at %.6g/s and %s at %.6g/s: more than a fifth apart, so they are not the same requests on the same instance",
			short(mean), m.Rate, short(b), m.Busier.Rate)
	}
	return (mean + b) / 2, nil
}

// atCPU is the same instance at another utilization.
func (m Measured) atCPU(f Fitted, cpu float64) (CurvePoint, error) {
	p, _, err := m.instance(f.CPU, f.Wait).at(cpu*float64(m.VCPU)/f.CPU.Mean(), fitRequests/2, fitSeed)
	return p, err
}

// fitBusier chooses how the CPU work varies so that the instance shows the second pair
// at the busier rate: between two variations that fit the first pair, one too even, one
// too varied.
func (m Measured) fitBusier(mean float64, fits []tried) (Fitted, error) {
	show := func(t *tried) error {
		p, _, err := m.instance(t.fit.CPU, t.fit.Wait).at(m.Busier.Rate, fitRequests, fitSeed)
		t.fit.BusierP50, t.fit.BusierP99 = p.P50, p.P99
		t.fit.BusierMiss = math.Max(math.Abs(p.P50/m.Busier.P50-1), math.Abs(p.P99/m.Busier.P99-1))
		return err
	}
	best := -1
	for i := range fits {
		if err := show(&fits[i]); err != nil {
			return Fitted{}, err
		}
		if best < 0 || fits[i].fit.BusierMiss < fits[best].fit.BusierMiss {
			best = i
		}
	}
	out := fits[best]
	// Both neighbours: the least miss lies towards one of them.
	for _, other := range []int{best - 1, best + 1} {
		if other < 0 || other >= len(fits) {
			continue
		}
		a, b := fits[best], fits[other]
		for range fitBusierRounds {
			if a.fit.BusierMiss <= fitTolerance*4 {
				break
			}
			mid := tried{cv: math.Sqrt(a.cv * b.cv)}
			f, ok, err := m.fitWith(mean, mid.cv)
			if err != nil {
				return Fitted{}, err
			}
			if !ok {
				break
			}
			mid.fit = f
			if err := show(&mid); err != nil {
				return Fitted{}, err
			}
			if mid.fit.BusierMiss < a.fit.BusierMiss {
				a, b = mid, a
			} else {
				b = mid
			}
		}
		if a.fit.BusierMiss < out.fit.BusierMiss {
			out = a
		}
	}
	if out.fit.BusierMiss > busierTolerance {
		return Fitted{}, fmt.Errorf("no split of work and waiting shows both pairs: fitted to p50 %s and p99 %s at %.6g/s, the nearest has p50 %s and p99 %s at %.6g/s, not %s and %s; limited workers, or another kind of requests in the busier hour, would explain it",
			short(m.P50), short(m.P99), m.Rate, short(out.fit.BusierP50), short(out.fit.BusierP99), m.Busier.Rate, short(m.Busier.P50), short(m.Busier.P99))
	}
	return out.fit, nil
}

// tried is a variation of the CPU work with its fit.
type tried struct {
	cv  float64
	fit Fitted
}
