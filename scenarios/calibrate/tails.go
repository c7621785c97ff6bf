package calibrate

import (
	"fmt"
	"math"
)

// tellTails tells the law with its intervals.
func (f *fit) tellTails(v law, ssr float64, on string) {
	x := []float64{math.Log(v.cv), v.mu, math.Log(max(v.sigma, leastSigma))}
	if v.sigma == 0 {
		x = x[:1]
	}
	half := halves(f.latency.groups, x, ssr)
	cv := Finding{What: "variation of CPU work (cv)", Key: "request.cpu", Found: true, Estimate: v.cv, Low: v.cv * math.Exp(-half[0]), High: v.cv * math.Exp(half[0]), On: on, Why: atEdge(v.cv)}
	if cv.Low <= variations[0] {
		cv.Low = 0
	}
	f.res.find(cv)
	if v.sigma == 0 {
		f.res.find(Finding{What: "wait off the CPU", Key: "request.wait", Found: true, Unit: "s", On: on, Why: "none that shows"})
		return
	}
	const z99 = 2.3263
	w, p99 := math.Exp(v.mu), math.Exp(v.mu+z99*v.sigma)
	spread := math.Hypot(half[1], z99*v.sigma*half[2])
	middle := Finding{What: "wait off the CPU, median", Key: "request.wait", Found: true, Estimate: w, Low: w * math.Exp(-half[1]), High: w * math.Exp(half[1]), Unit: "s", On: on}
	tail := Finding{What: "wait off the CPU, p99", Key: "request.wait", Found: true, Estimate: p99, Low: p99 * math.Exp(-spread), High: p99 * math.Exp(spread), Unit: "s", On: on}
	// Beside much longer work a wait shows no more than how the laws of both differ from
	// those that are fitted.
	if short := beside * f.latency.groups[0].tails[0]; w < short {
		middle.Low, middle.High = 0, max(middle.High, short)
		tail.Low, tail.High = 0, max(tail.High, f.latency.groups[0].tails[2])
		middle.Why = "little beside the CPU time: the two are hardly told apart"
	}
	f.res.find(middle)
	f.res.find(tail)
}

// beside is the share of the recorded p50 below which a wait is hardly told from the work.
const beside = 0.15

// atEdge says that a variation is the least or the most that is looked at.
func atEdge(cv float64) string {
	switch {
	case cv <= variations[0]*1.01:
		return fmt.Sprintf("at most %g: less makes no difference that shows", variations[0])
	case cv >= variations[len(variations)-1]*0.99:
		return fmt.Sprintf("at least %g: more is not looked at", variations[len(variations)-1])
	}
	return ""
}
