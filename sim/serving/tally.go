package serving

import (
	"math"
)

// groups is into how many random groups the stretches of a run are dealt: the variance of
// a figure follows from how the groups differ (Wolter, "Introduction to Variance
// Estimation", 2nd ed. 2007, chapter 2).
const groups = 20

// tally keeps what tells how sure the figures of a sampled run are.
type tally struct {
	skipped uint64 // requests, in all
	reused  uint64 // of them, in minutes without a stretch
	dealt   int
	behind  []uint32 // by minute, see Behind
	group   [groups]group
	chance  float64 // variance of the bad requests if each stretch were as many tosses
	tossed  uint64  // requests served in all stretches
}

// rest notes that skipped time of a minute rests on so many requests.
func (t *tally) rest(minute int, requests uint64) {
	for len(t.behind) <= minute {
		t.behind = append(t.behind, 0)
	}
	t.behind[minute] = uint32(min(requests, math.MaxUint32))
}

// group is a group of stretches, each counted for what it stood for.
type group struct {
	skipped uint64 // requests that the stretches stood for
	bad     float64
	served  *Histogram
}

func newTally() tally {
	var t tally
	for k := range t.group {
		t.group[k].served = new(Histogram)
	}
	return t
}

// stretch takes a stretch in that stood for so many skipped requests of the window.
func (t *tally) stretch(x *sample, skipped uint64) {
	if skipped == 0 {
		return
	}
	g := &t.group[t.dealt%groups]
	t.dealt++
	factor := float64(skipped) / float64(x.finished)
	share := float64(x.finished-x.served+x.slow) / float64(x.finished)
	t.chance += factor * factor * float64(x.finished) * share * (1 - share)
	t.tossed += x.served
	g.skipped += skipped
	g.bad += factor * float64(x.finished-x.served+x.slow)
	x.both.like(uint64(factor*float64(x.both.count)), 0.5, g.served)
	x.late.like(uint64(factor*float64(x.late.count)), 0.5, g.served)
}

// rests takes in requests of the window that rest on a sample whose regime was not met
// again.
func (t *tally) rests(x *pool) { t.stretch(&x.sample, x.owed) }

// badError is the standard error, by sampling, of the number of requests of the window
// that failed or were slow; 0 where nothing was skipped.
func (t *tally) badError() float64 {
	if t.dealt < 2 {
		return math.Sqrt(t.chance)
	}
	n := min(t.dealt, groups)
	skipped, bad := 0.0, 0.0
	for k := range n {
		skipped += float64(t.group[k].skipped)
		bad += t.group[k].bad
	}
	rate := bad / skipped
	sum := 0.0
	for k := range n {
		d := t.group[k].bad - rate*float64(t.group[k].skipped)
		sum += d * d
	}
	variance := sum * float64(n) / float64(n-1)
	if t.dealt < groups { // few may agree by chance
		variance = max(variance, t.chance)
	}
	return math.Sqrt(variance)
}

// quantileError is the standard error, by sampling, of the p-quantile of all latencies of
// the window, in seconds.
func (t *tally) quantileError(total *Histogram, p float64) float64 {
	if t.dealt == 0 || total.count == 0 {
		return 0
	}
	tosses := 0.0
	if t.dealt < groups {
		d := math.Sqrt(p * (1 - p) / float64(max(t.tossed, 1)))
		tosses = (total.Quantile(min(1, p+d)) - total.Quantile(max(0, p-d))) / 2
	}
	if t.dealt < 2 {
		return tosses
	}
	n := min(t.dealt, groups)
	var all Histogram
	for k := range n {
		all.Merge(t.group[k].served)
	}
	if all.count == 0 {
		return 0
	}
	// What was served counts in every group.
	served := float64(total.count) - float64(all.count)
	scale := math.Max(0, served) / float64(total.count)
	sum, first := 0.0, 0.0
	for k := range n {
		var h Histogram
		h.Merge(t.group[k].served)
		total.like(uint64(scale*float64(total.count)/float64(n)), 0.5, &h)
		q := h.Quantile(p)
		first += q
		sum += q * q
	}
	mean := first / float64(n)
	return max(tosses, math.Sqrt(math.Max(0, sum/float64(n)-mean*mean)/float64(n-1)))
}
