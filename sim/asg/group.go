package asg

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/rng"
)

// Group carries decisions out. It is driven by control events only.
type Group struct {
	Desired, Min, Max int
	Members           []*Member // by ordinal, the gone ones too
	Activities        []Activity

	// Launches and Terminations count what was started; Replacements those for
	// health, Scaling those that a change of desired asked for.
	Launches, Terminations, Replacements, Scaling int

	kernel    *des.Kernel
	fleet     *ec2.Fleet
	balancer  *elb.Balancer
	cfg       *Config
	seed      uint64
	purpose   uint64 // of the keyed reconcile delay
	changes   uint64
	reconcile des.Event
	cause     string // of the last change of desired
	active    []*Member
	simple    simple
	clock     func(des.Time) string
	observe   func()
}

// New returns an empty group. clock prints an instant for causes, observe is
// called after every change.
func New(k *des.Kernel, f *ec2.Fleet, b *elb.Balancer, cfg *Config, seed uint64, clock func(des.Time) string, observe func()) *Group {
	return &Group{
		Min: cfg.Min, Max: cfg.Max, kernel: k, fleet: f, balancer: b, cfg: cfg, seed: seed,
		purpose: rng.Purpose("asg/reconcile"), clock: clock, observe: observe,
	}
}

// Start begins the run with n instances. Settled ones are in service, healthy and
// warm, launched at random within the hour before (but at least their warm-up
// ago); a cold group launches them now.
func (g *Group) Start(n int, warmup des.Duration) {
	g.Desired = n
	g.kernel.After(g.cfg.HealthPeriod, des.Health, g.healthTick)
	if g.cfg.Cold {
		g.cause = fmt.Sprintf("At %s the group was created with a desired capacity of %d", g.clock(g.kernel.Now()), n)
		g.kernel.At(g.kernel.Now(), des.Reconcile, g.reconcileNow)
		return
	}
	purpose := rng.Purpose("asg/age")
	for k := range n {
		s := rng.Key(g.seed, purpose, uint64(k))
		age := warmup + des.Duration(s.Float64()*float64(des.Hour))
		zone := g.thinnest()
		i := g.fleet.Adopt(zone, age)
		m := &Member{Instance: i, Phase: PhaseInService, InServiceAt: i.Launched, launch: -1, end: -1}
		g.Members, g.active = append(g.Members, m), append(g.active, m)
		g.balancer.Adopt(i.Plane, zone, i.Ordinal)
	}
	g.observe()
}

// SetDesired changes the desired capacity, which must lie within the bounds, and
// lets the group act after its reconcile delay. why is the first sentence of the
// activities' cause.
func (g *Group) SetDesired(n int, why string) {
	if n < g.Min || n > g.Max {
		panic(fmt.Sprintf("asg: desired %d outside [%d, %d]", n, g.Min, g.Max))
	}
	if n == g.Desired {
		return
	}
	g.cause = fmt.Sprintf("At %s %s changing the desired capacity from %d to %d", g.clock(g.kernel.Now()), why, g.Desired, n)
	g.Desired = n
	if !g.reconcile.Pending() {
		s := rng.Key(g.seed, g.purpose, g.changes)
		g.reconcile = g.kernel.After(des.Seconds(g.cfg.Reconcile.Quantile(s.Open())), des.Reconcile, g.reconcileNow)
	}
	g.changes++
	g.observe()
}

// Actual is the number of instances pending or in service.
func (g *Group) Actual() int { return len(g.active) }

// Active returns the members pending or in service, by ordinal. The slice is the
// group's own.
func (g *Group) Active() []*Member { return g.active }

// InService returns since when each instance in service is, in order of launch,
// and the number of pending ones.
func (g *Group) InService() (since []des.Time, pending int) {
	for _, m := range g.active {
		if m.Phase == PhaseInService {
			since = append(since, m.InServiceAt)
		} else {
			pending++
		}
	}
	return since, pending
}

// reconcileNow launches or terminates what separates actual from desired.
func (g *Group) reconcileNow() {
	for actual := g.Actual(); actual < g.Desired; actual++ {
		g.launch(fmt.Sprintf("%s. At %s an instance was started in response to a difference between desired and actual capacity, increasing the capacity from %d to %d.",
			g.cause, g.clock(g.kernel.Now()), actual, actual+1), false)
		g.Scaling++
	}
	for g.Actual() > g.Desired {
		m := g.surplus()
		if m == nil {
			return // the surplus is still pending; it goes once in service
		}
		actual := g.Actual()
		g.terminate(m, fmt.Sprintf("%s. At %s an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from %d to %d. At %s instance %s was selected for termination.",
			g.cause, g.clock(g.kernel.Now()), actual, actual-1, g.clock(g.kernel.Now()), m.Instance.ID()), "scale in")
		g.Scaling++
	}
}

// thinnest returns the zone with the fewest active instances, the first of them.
func (g *Group) thinnest() int {
	count := g.zones()
	best := 0
	for z, n := range count {
		if n < count[best] {
			best = z
		}
	}
	return best
}

func (g *Group) zones() []int {
	count := make([]int, len(g.cfg.Zones))
	for _, m := range g.active {
		count[m.Instance.Zone]++
	}
	return count
}
