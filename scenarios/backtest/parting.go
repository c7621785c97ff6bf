package backtest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asgsim/report/clean"
	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/record"
)

const (
	// parted is the difference from which on record and run part: an instance, or more in
	// large groups.
	parted      = 1.0
	partedShare = 0.1
	// shortest is how long they must differ to be told, in seconds; bridged gaps of
	// agreement do not end a stretch.
	shortest = 600.0
	bridged  = 180.0
	// mostPartings is how many are told, the largest.
	mostPartings = 8
	// aboutMove is how far about the beginning of a stretch what moved is looked for.
	aboutMove = 300.0
)

// stretch is one in which the numbers of instances differ.
type stretch struct {
	from, to int // bins, to beyond the last
	size     float64
	above    bool // the run has more
}

// partings tells where the first run has other numbers of instances than the record, the
// largest first found, in order of time.
func (g *grid) partings(l *Line, run *simulated, acts *Activities, clock func(float64) string) []Parting {
	if l == nil {
		return []Parting{}
	}
	all := g.stretches(l)
	slices.SortStableFunc(all, func(a, b stretch) int {
		switch {
		case a.size > b.size:
			return -1
		case a.size < b.size:
			return 1
		}
		return 0
	})
	all = all[:min(len(all), mostPartings)]
	slices.SortFunc(all, func(a, b stretch) int { return a.from - b.from })
	out := []Parting{}
	for _, s := range all {
		out = append(out, Parting{From: float64(s.from) * g.binS, To: float64(s.to) * g.binS, Text: g.tell(s, l, run, acts, clock)})
	}
	return out
}

// stretches are those long enough to be told.
func (g *grid) stretches(l *Line) []stretch {
	var out []stretch
	var now *stretch
	run := l.each[0]
	for k := range l.Recorded {
		d := run[k] - l.Recorded[k]
		if apart := math.Max(parted, partedShare*l.Recorded[k]) - 0.25; math.IsNaN(d) || math.Abs(d) < apart {
			continue
		}
		if now == nil || float64(k-now.to)*g.binS > bridged || now.above != (d > 0) {
			out = append(out, stretch{from: k, above: d > 0})
			now = &out[len(out)-1]
		}
		now.to, now.size = k+1, now.size+math.Abs(d)
	}
	return slices.DeleteFunc(out, func(s stretch) bool { return float64(s.to-s.from)*g.binS < shortest })
}

// tell says what began a stretch.
func (g *grid) tell(s stretch, l *Line, run *simulated, acts *Activities, clock func(float64) string) string {
	at := float64(s.from) * g.binS
	side := max(1, int(math.Round(aboutMove/g.binS)))
	moved := func(v []float64) (from, to int) {
		return rounded(v, s.from-side, -1), rounded(v, s.from+1, 1)
	}
	r0, r1 := moved(l.Recorded)
	s0, s1 := moved(l.each[0])
	until := clock(float64(s.to) * g.binS)
	if s.to >= g.n {
		until = "the end"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s to %s: ", clock(at), until)
	switch {
	case r1 != r0 && s1 == s0:
		fmt.Fprintf(&b, "the record %s, the simulation stays at %d", scales(r0, r1), s1)
	case r1 == r0 && s1 != s0:
		fmt.Fprintf(&b, "the simulation %s, the record stays at %d", scales(s0, s1), r1)
	case s.from == 0:
		fmt.Fprintf(&b, "the record begins with %d instances, the simulation with %d", r1, s1)
	default:
		fmt.Fprintf(&b, "the record goes from %d to %d instances, the simulation from %d to %d", r0, r1, s0, s1)
	}
	if why := g.recordWhy(at, acts, r1 > r0); r1 != r0 && why != "" {
		fmt.Fprintf(&b, "; the record: %s", why)
	}
	if why := decided(run.res, at, s1 != s0); why != "" {
		fmt.Fprintf(&b, "; the simulation: %s", why)
	}
	if c := g.cpuThen(s.from, run); c != "" {
		b.WriteString("; " + c)
	}
	return clean.Line(b.String())
}

func scales(from, to int) string {
	verb := "scales in"
	if to > from {
		verb = "scales out"
	}
	return fmt.Sprintf("%s (%d to %d)", verb, from, to)
}

// rounded is the nearest known value at or beyond a bin, in a direction.
func rounded(v []float64, k, step int) int {
	k = min(max(k, 0), len(v)-1)
	for i := k; i >= 0 && i < len(v); i += step {
		if !math.IsNaN(v[i]) {
			return int(math.Round(v[i]))
		}
	}
	for _, x := range v {
		if !math.IsNaN(x) {
			return int(math.Round(x))
		}
	}
	return 0
}

// recordWhy is why the record moved, by its activities that were not matched.
func (g *grid) recordWhy(at float64, acts *Activities, launch bool) string {
	if acts == nil {
		return ""
	}
	best, why := aboutMove*2, ""
	for _, a := range acts.Missed {
		if d := math.Abs(a.At - at); a.Launch == launch && d < best {
			best, why = d, a.Why
		}
	}
	return why
}

// decided is what the policies of a run said about an instant: the nearest decision that
// changed the capacity, where it moved, else the last that a policy took.
func decided(res *account.Result, at float64, moved bool) string {
	var best *record.Decision
	for i := range res.Decisions {
		d := &res.Decisions[i]
		t := d.At.Seconds()
		if t > at+aboutMove {
			break
		}
		switch {
		case moved && d.Result != d.Desired && t > at-2*aboutMove:
			best = d
		case !moved && d.Policed() && t > at-4*aboutMove:
			best = d
		}
	}
	if best == nil {
		return ""
	}
	return clean.Short(best.Policy+": "+best.Why, 160)
}

// cpuThen compares the CPU in the quarter of an hour before a bin.
func (g *grid) cpuThen(k int, run *simulated) string {
	from := max(0, k-int(math.Round(900/g.binS)))
	recorded, simulated, n := 0.0, 0.0, 0.0
	for i := from; i < k; i++ {
		r, s := g.bins[i].CPU, run.cpu[i]
		if !math.IsNaN(r) && !math.IsNaN(s) {
			recorded, simulated, n = recorded+r, simulated+s, n+1
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("CPU in the quarter of an hour before: recorded %s, simulated %s", format.Percent(recorded/n), format.Percent(simulated/n))
}
