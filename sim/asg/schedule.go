package asg

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// Schedule is a scheduled action: at given instants, new bounds or a new desired
// capacity. Package scenarios compiles start, end and recurrence to instants.
type Schedule struct {
	Name string
	At   []des.Time // ascending
	// Min, Max and Desired are Keep where the action does not name them.
	Min, Max, Desired int
	// Late is the most an action comes late (X-36: uniform between 0 and 10 s).
	Late des.Duration
}

// Keep marks a size that a scheduled action leaves alone.
const Keep = -1

// Changed is what a scheduled action did, for the record.
type Changed struct {
	At                   des.Time
	Name                 string
	Desired, Result      int // before and after
	MinBefore, MaxBefore int
	MinSize, MaxSize     int
	Why                  string
	Effective            bool // it changed anything
}

// PlanSchedules puts the actions into the kernel, in phase Schedule. done is
// called after each with what it did.
func (g *Group) PlanSchedules(list []Schedule, end des.Time, done func(Changed)) {
	for i := range list {
		s := &list[i]
		purpose := rng.Purpose("schedule/" + s.Name)
		for k, at := range s.At {
			draw := rng.Key(g.seed, purpose, uint64(k))
			at = at.Add(des.Duration(draw.Float64() * float64(s.Late)))
			if at < end {
				g.kernel.At(at, des.Schedule, func() { done(g.apply(s)) })
			}
		}
	}
}

// apply carries a scheduled action out: minimum and maximum first, then desired
// if given, else the side effects of changed bounds: a minimum above desired
// raises it, a maximum below lowers it (API: UpdateAutoScalingGroup;
// PutScheduledUpdateGroupAction). A desired capacity outside the new bounds is
// clamped to them.
func (g *Group) apply(s *Schedule) Changed {
	c := Changed{At: g.kernel.Now(), Name: s.Name, Desired: g.Desired, MinBefore: g.Min, MaxBefore: g.Max}
	if g.suspended[ScheduledActions] {
		c.MinSize, c.MaxSize, c.Result = g.Min, g.Max, g.Desired
		c.Why = fmt.Sprintf("scheduled action %s was lost: ScheduledActions is suspended", s.Name)
		return c
	}
	low, high := g.Min, g.Max
	if s.Min != Keep {
		low = s.Min
	}
	if s.Max != Keep {
		high = s.Max
	}
	if low > high {
		c.MinSize, c.MaxSize, c.Result = g.Min, g.Max, g.Desired
		c.Why = fmt.Sprintf("scheduled action %s was refused: min %d would be above max %d", s.Name, low, high)
		return c
	}
	g.Min, g.Max = low, high
	want := g.Desired
	if s.Desired != Keep {
		want = s.Desired
	}
	want = min(max(want, g.Min), g.Max)
	c.MinSize, c.MaxSize, c.Result = g.Min, g.Max, want
	c.Effective = want != c.Desired || g.Min != c.MinBefore || g.Max != c.MaxBefore
	c.Why = fmt.Sprintf("scheduled action %s set min %d, max %d, desired %d", s.Name, g.Min, g.Max, want)
	if want != g.Desired {
		g.SetDesired(want, fmt.Sprintf("scheduled action %s ran", s.Name))
	}
	g.observe()
	return c
}
