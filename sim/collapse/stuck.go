package collapse

import (
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// Stuck is a metastable state: what overloaded the group is over, the load is one that it
// has the capacity for, and its users still have nothing of it (Bronson, Aghayev,
// Charapko, Zhu: "Metastable Failures in Distributed Systems", HotOS 2021).
type Stuck struct {
	FromS     float64 `json:"from_s"` // the trigger was over
	ToS       float64 `json:"to_s"`
	Open      bool    `json:"open"` // it lasts at the end of the run
	BadShare  float64 `json:"bad_share"`
	Rate      float64 `json:"requests_per_s"`        // expected, mean
	Most      float64 `json:"needed_requests_per_s"` // expected where most is needed; 0: not known
	Serving   int     `json:"up"`                    // instances (units) that were up, at the least; in a spiral those healthy before it
	Needed    int     `json:"needed"`                // for the SLO at Most, the most of its minutes; -1: not known
	Trigger   Trigger `json:"trigger"`
	Fault     string  `json:"fault,omitempty"` // that was the trigger
	HeldBy    []Hold  `json:"held_by"`         // at least one
	Share     float64 `json:"retry_share"`     // of the attempts, that were retries
	Abandoned float64 `json:"timed_out_share"` // of the attempts that ended, whose client or balancer had left
	Remedy    string  `json:"remedy"`          // a setting under which it would not have lasted, written by those who tell
}

// Trigger is what brought a metastable state about.
type Trigger string

// The triggers.
const (
	TriggerLoad     Trigger = "load"     // more than the fleet could serve
	TriggerFault    Trigger = "fault"    // an injected fault
	TriggerCapacity Trigger = "capacity" // the fleet was smaller for a while
)

// Hold is what keeps a metastable state going.
type Hold string

// The holds, in the order in which they are looked at.
const (
	HeldByChecks    Hold = "health_checks"  // instances are terminated as they come
	HeldByRetries   Hold = "retries"        // failed attempts come again
	HeldByAbandoned Hold = "abandoned_work" // servers work for clients that have left
	HeldByBacklog   Hold = "backlog"        // requests from before are still served
)

// A state is metastable when a quarter of the requests are bad, wrong answers aside, for
// five minutes after its trigger, and three quarters of the CPU or of the workers are in
// use, of the fleet or of one instance: a fleet with nothing to do holds nothing up. Retries
// or abandoned work hold it where they are a quarter of the attempts.
const (
	stuckUsed  = 0.75
	stuckShare = 0.25
	stuckLeast = 5 * des.Minute
	holdShare  = 0.25
)

// spiky is how often the highest second of a minute has its mean where it is a peak.
const spiky = 1.5

// course is what metastable states are looked for in.
type course struct {
	*record.Record
	rows    []record.Row
	spirals []Spiral
	peak    func(from, to des.Time) float64
}

// metastable are the states of the window.
func metastable(c *course) []Stuck {
	var out []Stuck
	for i := 0; i < len(c.rows); {
		k := i
		for k < len(c.rows) && badAside(&c.rows[k]) >= stuckShare {
			k++
		}
		if k > i {
			if s := c.stuckIn(i, k); s != nil {
				out = append(out, *s)
			}
		}
		i = max(k, i+1)
	}
	return out
}

// stuckIn looks for the longest part of the bad rows [i, k) that is after a trigger and has
// none itself; nil where there was none, or too little came after it.
func (c *course) stuckIn(i, k int) *Stuck {
	s := Stuck{Needed: -1}
	triggered, from, to := false, i, i // the longest stretch after a trigger
	var last Trigger
	var by string
	for j, begin := max(0, i-1), 0; j < k; j++ { // the trigger may lie in the minute before
		what, fault := c.trigger(j)
		switch {
		case what != "":
			begin, triggered = max(j+1, i), true
			if last == "" || fault != "" {
				last, by = what, fault
			}
		case !triggered:
		case c.rows[j].At < c.From():
			begin = j + 1
		case j+1-begin > to-from:
			from, to = begin, j+1
			s.Trigger, s.Fault = last, by // not one that comes later
		}
	}
	if to == from || endOf(c.Record, &c.rows[to-1]).Sub(c.rows[from].At) < stuckLeast {
		return nil
	}
	k = to
	s.FromS, s.ToS, s.Open = c.rows[from].At.Seconds(), endOf(c.Record, &c.rows[k-1]).Seconds(), k == len(c.rows)
	var bad, done, sent, retries, ended, left uint64
	for j := from; j < k; j++ {
		r := &c.rows[j]
		bad, done = bad+r.Slow+r.Fail, done+r.Served+r.Fail
		sent, retries = sent+r.Sent, retries+r.Retries
		for by, n := range r.Ended {
			ended += n
			if serving.Reason(by) == serving.TimedOut || serving.Reason(by) == serving.GatewayTimeout {
				left += n
			}
		}
		s.Rate += r.Expected
		if r.NeededSLO > s.Needed || r.NeededSLO == s.Needed && r.Expected > s.Most {
			s.Needed, s.Most = r.NeededSLO, r.Expected
		}
		if up := c.usable(r); j == from || up < s.Serving {
			s.Serving = up
		}
	}
	s.Rate /= float64(k - from)
	s.BadShare, s.Share, s.Abandoned = ratio(float64(bad), float64(done)), ratio(float64(retries), float64(sent)), ratio(float64(left), float64(ended))
	s.HeldBy = c.heldBy(&s)
	if s.HeldBy[0] != HeldByChecks && c.used(from, k) < stuckUsed {
		return nil
	}
	return &s
}

// used is the mean share of what was scarcest in the rows [i, k), of the fleet or of one
// instance.
func (c *course) used(i, k int) float64 {
	sum := 0.0
	for j := i; j < k; j++ {
		_, used := scarcest(&c.rows[j])
		if c.rows[j].Hottest > used { // NaN without
			used = c.rows[j].Hottest
		}
		sum += used
	}
	return sum / float64(k-i)
}

// trigger is what overloads the fleet in a row by itself; empty for nothing.
func (c *course) trigger(i int) (Trigger, string) {
	r := &c.rows[i]
	end := endOf(c.Record, r)
	for _, f := range c.Hits {
		if !f.Idle && f.At < end && min(f.OutAt, f.OverAt) >= r.At {
			return TriggerFault, f.Name
		}
	}
	if over, by := outrun(c.Record, r); by != "" {
		return TriggerFault, by
	} else if over {
		return TriggerLoad, ""
	}
	if c.fits(i, c.usable(r)) {
		if c.peak(r.At, end) >= spiky*r.Expected {
			return TriggerLoad, ""
		}
		return "", ""
	}
	for j := max(0, i-int(lookBack/des.Minute)); j < i; j++ {
		if c.fits(i, c.usable(&c.rows[j])) {
			return TriggerCapacity, "" // as many as there were before would do
		}
	}
	return TriggerLoad, ""
}

// usable is the capacity whose application is up in a row and that no fault holds; within a spiral at least what
// was healthy before it and is desired still, as it is the spiral that takes it; so while
// another termination would belong to it.
func (c *course) usable(r *record.Row) int {
	up := r.States.InService() - r.States.Booting - c.struck(r.At)
	for k := range c.spirals {
		if s := &c.spirals[k]; within(r.At, s.FromS, s.ToS+spiralGap.Seconds()) {
			up = max(up, min(s.Before, r.Desired))
		}
	}
	return up
}

// struck counts the instances in the group that a fault has struck and that are not well
// again.
func (c *course) struck(at des.Time) int {
	held := map[int]bool{}
	for _, f := range c.Hits {
		if f.At <= at && at < f.OverAt && f.Ordinal < len(c.Instances) && at < c.Instances[f.Ordinal].LeftAt() {
			held[f.Ordinal] = true
		}
	}
	return len(held)
}

// fits reports whether so many instances can serve the load of a row: as many as the SLO
// needs there, or, where that is not known, as have served as much before.
func (c *course) fits(i, up int) bool {
	r := &c.rows[i]
	if r.NeededSLO >= 0 {
		return up >= r.NeededSLO
	}
	for k := range c.rows[:i] {
		b := &c.rows[k]
		if b.Expected >= r.Expected && b.States.Healthy() <= up && b.Served > 0 && badShare(b) < stuckShare {
			return true
		}
	}
	return false
}

// heldBy is what keeps a metastable state going.
func (c *course) heldBy(s *Stuck) []Hold {
	var out []Hold
	if slices.ContainsFunc(c.spirals, func(x Spiral) bool { return x.FromS < s.ToS && x.ToS > s.FromS }) {
		out = append(out, HeldByChecks)
	}
	if s.Share >= holdShare {
		out = append(out, HeldByRetries)
	}
	worksOn := slices.ContainsFunc(c.Config.Classes, func(x serving.Class) bool { return x.Abandoned == serving.WorkOn })
	if worksOn && s.Abandoned >= holdShare {
		out = append(out, HeldByAbandoned)
	}
	if len(out) == 0 {
		out = append(out, HeldByBacklog)
	}
	return out
}
