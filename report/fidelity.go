package report

import (
	"fmt"
	"math"

	"asgsim/sim"
	"asgsim/sim/account"
)

// fidelity says of a sampled run what part of it was simulated and how sure the figures
// that decide are; empty of an exact one.
func fidelity(s *account.Summary) string {
	f := s.Fidelity
	if f == nil {
		return ""
	}
	text := fmt.Sprintf("%s of the requests were simulated and stand for the rest of their minutes; all would have shown, with 95 %%:", Share(f.SimulatedShare))
	if g := f.GoodShare; g != nil {
		text += fmt.Sprintf(" good %s,", either(Share(g[0]), Share(g[1])))
	}
	if p := f.P99; p != nil {
		text += fmt.Sprintf(" p99 %s,", either(Latency(p[0]), Latency(p[1])))
	}
	return text + fmt.Sprintf(" %s breached minutes; EC2's cost is that of this fleet to the second (--fidelity exact: every request)", breachedMinutes(f))
}

// either is an interval in words; one figure where its ends look the same.
func either(lo, hi string) string {
	if lo == hi {
		return lo
	}
	return lo + " to " + hi
}

// Fidelity is the same in a few words, for the foot of a picture; empty of an exact run.
func Fidelity(s *account.Summary) string {
	f := s.Fidelity
	if f == nil {
		return ""
	}
	text := "sampled, " + Share(f.SimulatedShare) + " simulated"
	if g, p := f.GoodShare, f.P99; g != nil && p != nil {
		text += fmt.Sprintf(" (95 %%: good %s, p99 %s, %s breached minutes)", either(Share(g[0]), Share(g[1])), either(Latency(p[0]), Latency(p[1])), breachedMinutes(f))
	}
	return text
}

// breachedMinutes is their interval in words.
func breachedMinutes(f *account.Fidelity) string {
	lo, hi := math.Round(f.BreachedMinutes[0]), math.Round(f.BreachedMinutes[1])
	return either(thousands(int64(lo)), thousands(int64(hi)))
}

// simulatedShare is the part of the requests of a case that was simulated, over its
// replications; nil where every run was exact.
func simulatedShare(outcomes []*sim.Outcome) *float64 {
	sum, n, sampled := 0.0, 0, false
	for _, o := range outcomes {
		if o == nil {
			continue
		}
		n++
		if f := o.Summary.Fidelity; f != nil {
			sum += f.SimulatedShare
			sampled = true
		} else {
			sum++
		}
	}
	if !sampled {
		return nil
	}
	share := sum / float64(n)
	return &share
}
