package report

import (
	"fmt"
	"math"

	"asgsim/sim"
	"asgsim/sim/account"
	"asgsim/sim/record"
)

// fidelity says of a sampled run what part of it was simulated and how sure the figures
// that decide are; empty of an exact one.
func fidelity(s *account.Summary) string {
	f := s.Fidelity
	if f == nil {
		return ""
	}
	if f.SimulatedShare == 1 {
		return "every request was simulated: no minute was calm enough to let a part of it stand for the rest"
	}
	text := fmt.Sprintf("%s of the requests were simulated and stand for the rest of their minutes", Share(f.SimulatedShare))
	if f.ReusedShare > 0 {
		text += fmt.Sprintf(", %s are in minutes that rest on others of the same regime", Share(f.ReusedShare))
	}
	text += "; all would have shown, with 95 % and the same course of the fleet:"
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
	if f.SimulatedShare == 1 {
		return "sampled, every request simulated"
	}
	text := "sampled, " + Share(f.SimulatedShare) + " simulated"
	if f.ReusedShare > 0 {
		text += ", " + Share(f.ReusedShare) + " as in like minutes"
	}
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

// sampledShares are the parts of the requests of a case that were simulated, and that are
// in minutes that rest on others, over its replications; nil where every run was exact.
func sampledShares(outcomes []*sim.Outcome) (simulated, reused *float64) {
	var served, again record.Mean
	sampled := false
	for _, o := range outcomes {
		if o == nil {
			continue
		}
		f := o.Summary.Fidelity
		if f == nil {
			f = &account.Fidelity{SimulatedShare: 1}
		} else {
			sampled = true
		}
		served.Add(f.SimulatedShare)
		again.Add(f.ReusedShare)
	}
	if !sampled {
		return nil, nil
	}
	x, y := served.Value(), again.Value()
	return &x, &y
}

// sampledPart says what part of the requests of a case was simulated; empty where all were.
func sampledPart(name string, simulated, reused *float64) string {
	if simulated == nil {
		return ""
	}
	text := fmt.Sprintf(", %s of the requests of %s", Share(*simulated), name)
	if reused != nil && *reused > 0 {
		text += fmt.Sprintf(" (%s are in minutes that rest on others of the same regime)", Share(*reused))
	}
	return text
}
