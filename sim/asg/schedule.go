package asg

import (
	"cmp"
	"fmt"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// Schedule is a scheduled action: at given instants, new bounds or a new desired
// capacity. Package scenarios compiles start, end and recurrence to instants.
type Schedule struct {
	Name string
	At   []des.Time // ascending
	// Ran is when the action ran last before the start, below 0; 0: it had not.
	Ran des.Time
	// Min, Max and Desired are Keep where the action does not name them.
	Min, Max, Desired int
	// Late is the most an action comes late (X-36: uniform between 0 and 10 s).
	Late des.Duration
}

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

// Inherit gives the group what the scheduled actions left it with that ran before
// the start, in their order, beginning with desired; it returns what desired became.
func (g *Group) Inherit(list []Schedule, desired int) (left int, done []Changed) {
	var past []*Schedule
	for i := range list {
		if list[i].Ran < 0 {
			past = append(past, &list[i])
		}
	}
	slices.SortStableFunc(past, func(a, b *Schedule) int { return cmp.Compare(a.Ran, b.Ran) })
	for _, s := range past {
		c := Changed{Name: s.Name, Desired: desired, MinBefore: g.min, MaxBefore: g.max}
		low, high := g.bounds(s.Min, s.Max)
		if low > high {
			continue // refused
		}
		g.bound(low, high)
		if s.Desired != Keep {
			desired = s.Desired
		}
		desired = min(max(desired, low), high)
		c.MinSize, c.MaxSize, c.Result = low, high, desired
		c.Effective = low != c.MinBefore || high != c.MaxBefore
		c.Why = fmt.Sprintf("scheduled action %s had run at %s: min %d, max %d", s.Name, g.clock(s.Ran), low, high)
		done = append(done, c)
	}
	return desired, done
}

// PlanSchedules puts the actions into the kernel, in phase Schedule. done is
// called after each with what it did. However late one comes, the group's actions run
// in their order ("Scheduled scaling", user guide, read 2023-04-27).
func (g *Group) PlanSchedules(list []Schedule, end des.Time, done func(Changed)) {
	type due struct {
		*Schedule
		at, comes des.Time
	}
	var all []due
	for i := range list {
		s := &list[i]
		purpose := rng.Purpose("schedule/" + s.Name)
		for k, at := range s.At {
			draw := rng.Key(g.seed, purpose, uint64(k))
			all = append(all, due{s, at, at.Add(des.Duration(draw.Float64() * float64(s.Late)))})
		}
	}
	slices.SortStableFunc(all, func(a, b due) int { return cmp.Compare(a.at, b.at) })
	latest := des.Time(0)
	for _, d := range all {
		if latest = max(latest, d.comes); latest < end {
			g.kernel.At(latest, des.Schedule, func() { done(g.apply(d.Schedule)) })
		}
	}
}

// apply carries a scheduled action out: minimum and maximum first, then desired
// if given, else the side effects of changed bounds: a minimum above desired
// raises it, a maximum below lowers it (API: UpdateAutoScalingGroup;
// PutScheduledUpdateGroupAction). A desired capacity outside the new bounds is
// clamped to them.
func (g *Group) apply(s *Schedule) Changed {
	c := Changed{At: g.kernel.Now(), Name: s.Name, Desired: g.desired, MinBefore: g.min, MaxBefore: g.max}
	if g.suspended[ScheduledActions] {
		c.MinSize, c.MaxSize, c.Result = g.min, g.max, g.desired
		c.Why = fmt.Sprintf("scheduled action %s was lost: ScheduledActions is suspended", s.Name)
		return c
	}
	low, high := g.bounds(s.Min, s.Max)
	if low > high {
		c.MinSize, c.MaxSize, c.Result = g.min, g.max, g.desired
		c.Why = fmt.Sprintf("scheduled action %s was refused: min %d would be above max %d", s.Name, low, high)
		return c
	}
	g.bound(low, high)
	want := g.desired
	if s.Desired != Keep {
		want = s.Desired
	}
	asked := want
	want = min(max(want, g.min), g.max)
	c.MinSize, c.MaxSize, c.Result = g.min, g.max, want
	c.Effective = want != c.Desired || g.min != c.MinBefore || g.max != c.MaxBefore
	c.Why = fmt.Sprintf("scheduled action %s set min %d, max %d, desired %d", s.Name, g.min, g.max, want)
	if s.Desired != Keep && asked != want {
		c.Why += fmt.Sprintf(" (it asked for %d, outside the bounds)", asked)
	}
	if !c.Effective {
		c.Why = fmt.Sprintf("scheduled action %s changed nothing: min %d, max %d, desired %d were so already", s.Name, g.min, g.max, want)
	}
	if want != g.desired {
		g.SetDesired(want, fmt.Sprintf("scheduled action %s ran", s.Name))
	}
	g.observe()
	return c
}

// RaiseMax raises the maximum to n, as a predictive scaling policy may that is allowed
// to exceed it (API: PutScalingPolicy, MaxCapacityBreachBehavior IncreaseMaxCapacity);
// a lower n changes nothing.
func (g *Group) RaiseMax(n int) {
	if n > g.max {
		g.bound(g.min, n)
		g.observe()
	}
}
