package asg

import (
	"fmt"
	"strings"

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
	Holds             []Hold

	// Launches and Terminations count what was started; Replacements those for health.
	Launches, Terminations, Replacements int
	// Scaled is when each launch and termination began that a change of desired asked for.
	Scaled               []des.Time
	Refused, Detached    int // launches EC2 turned down; instances that left alive
	Attached             int // instances taken in
	WarmStarts, Returned int // members the warm pool gave, and got back

	// Alarmed, unless nil, reports whether an alarm is in ALARM.
	Alarmed func(name string) bool

	kernel        *des.Kernel
	fleet         *ec2.Fleet
	balancer      *elb.Balancer
	cfg           *Config
	seed          uint64
	purpose       uint64 // of the keyed reconcile delay
	changes       uint64
	reconcile     des.Event
	cause, remark string       // of the last change of desired
	warming       des.Duration // how long its launches count as in progress once in service
	active        []*Member
	pool          []*Member // of the warm pool, with those on their way back
	simple        simple
	suspended     [processes]bool
	suspensions   [processes]int // the holds
	refreshing    *refreshing
	version       *ec2.Version // of the launch template; nil: the first
	owed          int          // replacements that could not be launched yet
	failing       des.Time     // no launch has succeeded since; des.Never
	hookRetry     backoff      // after an abandoned launch
	zoneRetry     []backoff    // after refusals, by zone
	retry         des.Event
	tolerated     int       // units above desired that a launch with weights has left
	lowest        int       // desired, when that was last looked at
	look          des.Event // at instances that are recommended to be rebalanced
	retryTime     des.Time
	busy          bool     // something is being exchanged at this look
	closed        []bool   // by zone: the group does not use it
	uneven        des.Time // the zones are out of balance since; des.Never
	clock         func(des.Time) string
	observe       func()
}

// New returns an empty group. clock prints an instant for causes, observe is
// called after every change.
func New(k *des.Kernel, f *ec2.Fleet, b *elb.Balancer, cfg *Config, seed uint64, clock func(des.Time) string, observe func()) *Group {
	g := &Group{
		Min: cfg.Min, Max: cfg.Max, kernel: k, fleet: f, balancer: b, cfg: cfg, seed: seed,
		purpose: rng.Purpose("asg/reconcile"), clock: clock, observe: observe,
		failing: des.Never, uneven: des.Never, zoneRetry: make([]backoff, len(cfg.Zones)), closed: make([]bool, len(cfg.Zones)),
	}
	for z := len(cfg.Zones) - cfg.Later; z < len(cfg.Zones); z++ {
		g.closed[z] = true
	}
	g.Suspend(cfg.Suspended)
	return g
}

// Start begins the run with n instances. Settled ones are in service, healthy and
// warm, launched at random within the hour before (but at least their warm-up
// ago); a cold group launches them now.
func (g *Group) Start(n int, warmup des.Duration) {
	g.Desired = n
	g.kernel.After(g.firstCheck(), des.Health, g.healthTick)
	if g.cfg.Cold {
		g.cause = fmt.Sprintf("At %s the group was created with a desired capacity of %d", g.clock(g.kernel.Now()), n)
		g.kernel.At(g.kernel.Now(), des.Reconcile, g.reconcileNow)
		return
	}
	purpose := rng.Purpose("asg/age")
	for k := 0; g.missing(); k++ {
		s := rng.Key(g.seed, purpose, uint64(k))
		age := warmup + des.Duration(s.Float64()*float64(des.Hour))
		zone := g.thinFirst()[0]
		pools, _ := g.choices(zone)
		i := g.fleet.Adopt(g.open(pools), age)
		m := &Member{Instance: i, Phase: PhaseInService, InServiceAt: i.Launched, Protected: g.cfg.Protect, registered: true, ready: true, launch: -1, end: -1}
		g.Members, g.active = append(g.Members, m), append(g.active, m)
		g.balancer.Adopt(i.Plane, zone, i.Ordinal)
	}
	g.tolerate()
	g.startPool()
	g.observe()
}

// SetDesired changes the desired capacity, which must lie within the bounds, and
// lets the group act after its reconcile delay. why is the first sentence of the
// activities' cause.
func (g *Group) SetDesired(n int, why string) { g.SetDesiredFor(n, why, "", 0) }

// SetDesiredFor is SetDesired for a policy: with a note of what AWS does not tell, and
// with the warm-up that the activities of its launches wait for.
func (g *Group) SetDesiredFor(n int, why, note string, warmup des.Duration) {
	if n < g.Min || n > g.Max {
		panic(fmt.Sprintf("asg: desired %d outside [%d, %d]", n, g.Min, g.Max))
	}
	if n == g.Desired {
		return
	}
	g.cause = fmt.Sprintf("At %s %s changing the desired capacity from %d to %d", g.clock(g.kernel.Now()), why, g.Desired, n)
	g.remark, g.warming = note, warmup
	g.Desired = n
	if !g.reconcile.Pending() {
		s := rng.Key(g.seed, g.purpose, g.changes)
		g.reconcile = g.kernel.After(des.Seconds(g.cfg.Reconcile.Quantile(s.Open())), des.Reconcile, g.reconcileNow)
	}
	g.changes++
	g.observe()
}

// Actual is the capacity pending or in service, in units.
func (g *Group) Actual() int { return units(g.active) }

// Active returns the members pending or in service, by ordinal. The slice is the
// group's own.
func (g *Group) Active() []*Member { return g.active }

// InService returns since when each unit of capacity in service is, in order of
// launch, and the number of pending ones.
func (g *Group) InService() (since []des.Time, pending int) {
	for _, m := range g.active {
		if m.Phase == PhaseInService {
			for range m.Units() {
				since = append(since, m.InServiceAt)
			}
		} else {
			pending += m.Units()
		}
	}
	return since, pending
}

// counted is the capacity that counts against desired: what was launched ahead of
// what it will take the place of does not yet.
func (g *Group) counted() int { return g.Actual() - g.Extras() }

// Extras is the capacity launched ahead of what it replaces: by so much the group
// may be above desired, and above its maximum.
func (g *Group) Extras() int {
	n := 0
	for _, m := range g.active {
		if m.Extra {
			n += m.Units()
		}
	}
	return n
}

// reconcileNow launches or terminates what separates actual from desired.
func (g *Group) reconcileNow() {
	for g.missing() && g.fill() {
	}
	if !g.missing() {
		g.owed = 0 // desired fell meanwhile
	}
	if g.Desired < g.lowest {
		g.tolerated = 0
	}
	g.lowest = g.Desired
	for g.counted() > g.Desired+g.tolerated && !g.suspended[Terminate] {
		m := g.surplus()
		if m == nil {
			break // the surplus is still pending, or protected
		}
		actual, remark := g.counted(), g.remark
		cause := fmt.Sprintf("%sAt %s an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from %d to %d. At %s instance %s was selected for ",
			g.because(), g.clock(g.kernel.Now()), actual, actual-m.Units(), g.clock(g.kernel.Now()), m.Instance.ID())
		if g.reuses(m) {
			g.giveBack(m, cause+"return to the warm pool.")
			g.Activities[m.launch].Note = remark
		} else {
			g.terminate(m, cause+"termination.", End{Kind: EndScaleIn})
			g.Activities[m.end].Note = remark
		}
	}
	if g.settled() {
		g.cause, g.remark, g.warming = "", "", 0
	}
	g.stock()
}

// because is the reason of the last change of desired, as long as the group is at
// it.
func (g *Group) because() string {
	if g.cause == "" {
		return ""
	}
	g.Scaled = append(g.Scaled, g.kernel.Now())
	return g.cause + ". "
}

// fill launches one of the missing instances, or reports that it cannot now.
func (g *Group) fill() bool {
	at := g.clock(g.kernel.Now())
	if g.owed > 0 {
		m := g.launch(replacementCause(at), anywhere)
		if m != nil {
			m.Replacement = true
			g.owed--
		}
		return m != nil
	}
	scaled, actual := len(g.Scaled), g.counted()
	why := g.because()
	m := g.launchFor(func(p ec2.Pool) string {
		return fmt.Sprintf("%sAt %s an instance was started in response to a difference between desired and actual capacity, increasing the capacity from %d to %d.",
			why, at, actual, actual+p.Units())
	}, anywhere)
	if m == nil {
		g.Scaled = g.Scaled[:scaled]
		return false
	}
	a := &g.Activities[m.launch]
	a.Note = strings.TrimSpace(g.remark + " " + a.Note)
	m.warmup = g.warming
	return true
}

func replacementCause(at string) string {
	return fmt.Sprintf("At %s an instance was launched in response to an unhealthy instance needing to be replaced.", at)
}
