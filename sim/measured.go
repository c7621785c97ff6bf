package sim

import (
	"fmt"
	"math"

	"asgsim/sim/des"
	"asgsim/sim/serving"
	"asgsim/workload"

	"gonum.org/v1/gonum/stat/distuv"
)

// Measured is what a dashboard says about one instance.
type Measured struct {
	VCPU       int
	Rate       float64 // requests per second
	CPU        float64 // CPU utilization, 0 to 1
	P50, P99   float64 // response times in seconds
	Workers    int     // serving.Unlimited
	Discipline serving.Discipline
	Busier     Busier
}

// Fitted is what a request costs, so that one simulated instance shows what was
// measured.
type Fitted struct {
	CPU, Wait workload.Dist // Wait is nil where CPU work alone explains the figures
	P50, P99  float64       // what the simulated instance shows, in seconds
	// What it shows at the busier rate, and how far that is off, relative; 0 without one.
	BusierP50, BusierP99, BusierMiss float64
	// Open is the p99 at 85 % CPU if slow requests wait and if they work, as far as the
	// figures leave it open; both 0 where they do not.
	Open [2]float64
}

// What a fit costs and how near it must come.
const (
	fitSeed      = 1
	fitRequests  = 300_000
	fitRounds    = 12
	fitTolerance = 0.005
	// solveSteps halve the logarithm of a wait's median, and its spread, to 3e-7: a
	// ten-thousandth of the tolerance.
	solveSteps = 26
	// A glance at a tenth of the requests tells the variations of the work that are
	// slower, without any wait, than chance in so few could make them.
	glances, beyond = 10, 1.3
	// fullCPU is the utilization from which on response times depend on how long
	// one looks.
	fullCPU = 0.98
)

// Fit derives the cost of a request from what was measured.
//
// The CPU time is CPU x VCPU / Rate on the mean. What is missing from the response
// times is the wait off the CPU, a lognormal: it is fitted against the response times
// of an instance simulated without wait, and then corrected until one simulated with it
// shows p50 and p99 within half a percent.
//
// Four figures cannot tell whether slow requests are slow because they work or because
// they wait, and that decides how the tail grows with the load: under processor sharing
// work of any size takes 1/(1 - utilization) times as long, a wait always the same. So
// the CPU work is taken to vary as much as the figures allow, which errs to the side of
// more instances; Open says how much is open. A second pair of figures from a busier
// hour decides it, as the number of workers does where they are few. Figures that
// contradict each other are refused with the arithmetic.
func Fit(m Measured) (Fitted, error) {
	if top := math.Max(m.CPU, m.Busier.CPU); top >= fullCPU {
		return Fitted{}, fmt.Errorf("%.3g %% CPU has no steady response time: measure at a lower load", top*100)
	}
	mean, err := m.mean()
	if err != nil {
		return Fitted{}, err
	}
	var fits []tried
	if fits, err = m.fits(mean); err != nil {
		return Fitted{}, err
	}
	if fits, err = m.widest(mean, fits); err != nil {
		return Fitted{}, err
	}
	switch {
	case len(fits) == 0:
		last, _, err := m.instance(workLaw(mean, fitVariations[len(fitVariations)-1]), nil).at(m.Rate, fitRequests, fitSeed)
		if err != nil {
			return Fitted{}, err
		}
		return Fitted{}, m.infeasible(last)
	case m.Busier != (Busier{}):
		return m.fitBusier(mean, fits)
	}
	f := fits[0].fit
	if len(fits) > 1 && m.CPU < splitCPU {
		wait, err := m.atCPU(fits[len(fits)-1].fit, splitCPU)
		if err != nil {
			return Fitted{}, err
		}
		work, err := m.atCPU(f, splitCPU)
		if err != nil {
			return Fitted{}, err
		}
		f.Open = [2]float64{wait.P99, work.P99}
	}
	return f, nil
}

// fitWith fits the wait beside CPU work of a variation; ok is false where none does.
func (m Measured) fitWith(mean, cv float64) (Fitted, bool, error) {
	law := workLaw(mean, cv)
	glance, _, err := m.instance(law, nil).at(m.Rate, fitRequests/glances, fitSeed)
	if err != nil || glance.P50 > beyond*m.P50 || glance.P99 > beyond*m.P99 {
		return Fitted{}, false, err
	}
	bare, sojourn, err := m.instance(law, nil).at(m.Rate, fitRequests, fitSeed)
	if err != nil {
		return Fitted{}, false, err
	}
	if within(bare.P50, m.P50, 0.01) && within(bare.P99, m.P99, 0.01) {
		return Fitted{CPU: law, P50: bare.P50, P99: bare.P99}, true, nil
	}
	if bare.P50 >= m.P50 || bare.P99 >= m.P99 {
		return Fitted{}, false, nil
	}
	return m.fitWait(law, points(sojourn))
}

// instance is the one that was measured, with the given work.
func (m Measured) instance(cpu, wait workload.Dist) Instance {
	return Instance{VCPU: m.VCPU, Speed: 1, Workers: m.Workers, Queue: serving.Unlimited, Discipline: m.Discipline, CPU: cpu, Wait: wait}
}

// infeasible says why no wait explains the figures.
func (m Measured) infeasible(bare CurvePoint) error {
	which, measured, got := "p50", m.P50, bare.P50
	if bare.P50 < m.P50 {
		which, measured, got = "p99", m.P99, bare.P99
	}
	if got >= measured {
		return fmt.Errorf("%.3g %% of %d vCPU at %.6g/s already means %s %s even with nearly equal requests, and %s was measured",
			m.CPU*100, m.VCPU, m.Rate, which, short(got), short(measured))
	}
	return fmt.Errorf("%.3g %% of %d vCPU at %.6g/s means p50 %s and p99 %s without any wait; no wait makes p50 %s and p99 %s of it",
		m.CPU*100, m.VCPU, m.Rate, short(bare.P50), short(bare.P99), short(m.P50), short(m.P99))
}

// short prints seconds with three digits.
func short(s float64) string {
	unit := math.Pow(10, 3-math.Ceil(math.Log10(s)))
	return des.Seconds(math.Round(s*unit) / unit).String()
}

func within(got, want, share float64) bool { return math.Abs(got-want) <= share*want }

// fitWait fits a lognormal wait. ok is false where even a constant wait leaves
// the p99 too high, or the workers do not suffice.
func (m Measured) fitWait(cpu workload.Dist, sojourn [][2]float64) (f Fitted, ok bool, err error) {
	want50, want99 := m.P50, m.P99
	best := math.Inf(1)
	for round := range fitRounds {
		requests := fitRequests
		if round == 0 {
			requests /= 3 // the first corrects the most, and is corrected itself
		}
		mu, sigma, ok := solveWait(sojourn, want50, want99)
		if !ok {
			break
		}
		var wait workload.Dist = workload.Lognormal{Mu: mu, Sigma: sigma}
		if busy := m.Rate * (cpu.Mean() + wait.Mean()); m.Workers != serving.Unlimited && busy >= float64(m.Workers) {
			return Fitted{}, false, fmt.Errorf("%.6g/s x %s in progress = %.3g workers busy, and there are %d",
				m.Rate, short(cpu.Mean()+wait.Mean()), busy, m.Workers)
		}
		p, _, err := m.instance(cpu, wait).at(m.Rate, requests, fitSeed)
		if err != nil {
			return Fitted{}, false, err
		}
		miss := math.Max(math.Abs(p.P50/m.P50-1), math.Abs(p.P99/m.P99-1))
		if round > 0 && miss < best {
			best, f = miss, Fitted{CPU: cpu, Wait: wait, P50: p.P50, P99: p.P99}
		}
		if best <= fitTolerance {
			return f, true, nil
		}
		want50 *= m.P50 / p.P50
		want99 *= m.P99 / p.P99
	}
	return f, best <= 4*fitTolerance, nil
}

// points returns values of the histogram with their shares, denser in the tail.
func points(h *serving.Histogram) [][2]float64 {
	const n = 200
	at := func(i int) float64 {
		u := 1 - float64(i)/n
		return 1 - u*u
	}
	out := make([][2]float64, 0, n)
	for i := range n {
		lo, hi := at(i), at(i+1)
		out = append(out, [2]float64{h.Quantile((lo + hi) / 2), hi - lo})
	}
	return out
}

// solveWait returns the lognormal that, added to the given sojourn times
// independently, has the wanted median and 99th percentile.
func solveWait(sojourn [][2]float64, want50, want99 float64) (mu, sigma float64, ok bool) {
	below := func(t, mu, sigma float64) float64 {
		share := 0.0
		for _, p := range sojourn {
			if left := t - p[0]; left > 0 {
				share += p[1] * distuv.UnitNormal.CDF((math.Log(left)-mu)/sigma)
			}
		}
		return share
	}
	median := func(sigma float64) float64 { // of the wait, so that the whole has the wanted one
		lo, hi := math.Log(want50)-20, math.Log(want50)
		for range solveSteps {
			if mid := (lo + hi) / 2; below(want50, mid, sigma) > 0.5 {
				lo = mid
			} else {
				hi = mid
			}
		}
		return (lo + hi) / 2
	}
	lo, hi := 1e-3, 4.0
	if below(want99, median(lo), lo) < 0.99 || below(want99, median(hi), hi) > 0.99 {
		return 0, 0, false
	}
	for range solveSteps {
		if mid := (lo + hi) / 2; below(want99, median(mid), mid) > 0.99 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return median(hi), hi, true
}
