package serving

import (
	"sort"

	"asgsim/sim/des"
)

// The plane has a clock of its own, which stands still while the run's clock is moved
// over a stretch of time: whatever is in flight, due or scheduled then keeps its distance
// to now without being touched. Only what is told by the run's clock, arrivals, minutes
// and the window, is translated. Without a skip the two clocks are one.

// skips are the stretches that the plane's clock has not seen.
type skips struct {
	sum  des.Duration // of all: the run's clock is ahead by it
	last des.Time     // instant of the last one on the plane's clock
	list []skip       // ascending
}

// skip is a jump of the run's clock.
type skip struct {
	at     des.Time     // on the plane's clock
	before des.Duration // skipped until then
}

// at translates an instant of the plane's clock to the run's, as it was told then.
func (s *skips) at(t des.Time) des.Time {
	if t >= s.last {
		return t.Add(s.sum)
	}
	return s.before(t)
}

func (s *skips) before(t des.Time) des.Time {
	k := sort.Search(len(s.list), func(k int) bool { return t < s.list[k].at })
	return t.Add(s.list[k].before)
}

// over moves the run's clock on by d, at an instant of the plane's.
func (s *skips) over(d des.Duration, now des.Time) {
	if d == 0 {
		return
	}
	if n := len(s.list); n == 0 || s.list[n-1].at != now {
		s.list = append(s.list, skip{now, s.sum})
	}
	s.last, s.sum = now, s.sum+d
}
