package asg

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/rng"
	"asgsim/sim/serving"
)

// EC2 is what the group asks of it.
type EC2 interface {
	starter
	instances
	risks
	versions
	outside
	Version() *ec2.Version
}

// Balancer is what the group asks of the load balancer.
type Balancer interface {
	registry
	verdicts
	Adopt(id serving.ID, zone, ordinal int)
	Open()
	shifts
}

// Host is who runs the group.
type Host struct {
	Clock   func(des.Time) string  // prints an instant, for causes
	Changed func()                 // called after every change
	Alarmed func(name string) bool // whether an alarm is in ALARM; nil: there are none
}

// Group carries decisions out. It is driven by control events only. It keeps what is
// desired, who belongs to it and what it has done, and looks at both when something has
// changed; what is done about one side of it is a part with its own state and a narrow
// view of the others.
type Group struct {
	*base
	*size
	*roster
	*History
	*suspensions

	ec2      EC2
	balancer Balancer

	zones      *zoneSet    // where instances are
	pools      *allocator  // which type and purchase option is next
	retries    *retries    // when a launch is tried again
	placer     *placer     // where one is launched
	need       *need       // how many are missing
	chooser    *chooser    // who leaves
	hooks      *hooks      // lifecycle hooks
	life       *lifecycle  // of an instance
	simple     *simple     // simple scaling's cooldown
	replacer   *replacer   // of the unhealthy
	exchanger  *exchanger  // at the pace of a maintenance policy
	health     *health     // checks
	renewer    *renewer    // maximum instance lifetime
	rebalancer *rebalancer // of zones
	rescuer    *rescuer    // capacity rebalancing
	refresher  *refresher  // instance refresh
	warm       *poolKeeper // warm pool; nil without
	operator   *operator   // what people do by hand

	purpose        uint64 // of the keyed reconcile delay
	changes        uint64
	reconcile      des.Event
	reason, remark string       // of the last change of desired
	warming        des.Duration // how long its launches count as in progress once in service
	retry          des.Event
	retryTime      des.Time
}

// New returns an empty group.
func New(k *des.Kernel, e EC2, b Balancer, cfg *Config, seed uint64, host Host) *Group {
	g := &Group{
		base:    &base{kernel: k, cfg: cfg, seed: seed, clock: host.Clock, observe: host.Changed},
		size:    &size{min: cfg.Min, max: cfg.Max},
		roster:  &roster{},
		History: &History{timer: k, zoneNames: cfg.Zones},
		ec2:     e, balancer: b,
		purpose: rng.Purpose("asg/reconcile"),
	}
	for _, m := range e.Models() {
		g.heaviest = max(g.heaviest, m.Weight)
	}
	g.suspensions = &suspensions{history: g.History}
	g.wire(host.Alarmed)
	g.Suspend(cfg.Suspended)
	return g
}

// wire makes the parts.
func (g *Group) wire(alarmed func(string) bool) {
	g.zones = newZoneSet(g.roster, g.cfg.Zones, g.cfg.Later)
	g.pools = &allocator{base: g.base, size: g.size, roster: g.roster, offers: g.ec2}
	g.retries = &retries{base: g.base, history: g.History, processes: g.suspensions, failing: des.Never, zoneRetry: make([]backoff, len(g.cfg.Zones))}
	g.placer = &placer{base: g.base, History: g.History, zoneSet: g.zones, retries: g.retries, pools: g.pools, again: g.retryAt}
	g.need = &need{base: g.base, size: g.size, roster: g.roster}
	g.chooser = &chooser{base: g.base, size: g.size, zoneSet: g.zones, pools: g.pools, version: g.ec2.Version}
	g.hooks = &hooks{base: g.base, History: g.History}
	g.life = &lifecycle{base: g.base, History: g.History, suspensions: g.suspensions, retries: g.retries, need: g.need, ec2: g.ec2, balancer: g.balancer, hooks: g.hooks, group: g}
	g.simple = &simple{need: g.need}
	g.replacer = &replacer{base: g.base, History: g.History, need: g.need, mover: g, again: g.retryAt}
	g.exchanger = &exchanger{base: g.base, History: g.History, suspensions: g.suspensions, need: g.need, mover: g, zones: g.zones, chooser: g.chooser, replacer: g.replacer}
	g.health = &health{base: g.base, size: g.size, roster: g.roster, suspensions: g.suspensions, retries: g.retries, balancer: g.balancer, replacer: g.replacer, exchanger: g.exchanger, abandon: g.life.abandon}
	g.refresher = &refresher{base: g.base, size: g.size, roster: g.roster, History: g.History, suspensions: g.suspensions, mover: g, exchanger: g.exchanger, chooser: g.chooser, versions: g.ec2, passed: g.health.passed, alarmed: alarmed, abandon: g.life.abandon}
	renewPool := func() {}
	if g.cfg.WarmPool != nil {
		g.warm = &poolKeeper{base: g.base, size: g.size, roster: g.roster, History: g.History, suspensions: g.suspensions, retries: g.retries, ec2: g.ec2, zones: g.zones, placer: g.placer, chooser: g.chooser, life: g.life, hooks: g.hooks, simple: g.simple, refresh: g.refresher, late: g.health.late, reconciles: func() bool { return g.reconcile.Pending() }, again: g.retryAt}
		g.refresher.pool, renewPool = g.warm, g.warm.renew
	}
	g.renewer = &renewer{base: g.base, roster: g.roster, suspensions: g.suspensions, History: g.History, mover: g, health: g.health, exchanger: g.exchanger, replacer: g.replacer, refreshed: g.refresher.inProgress, renewPool: renewPool}
	g.rebalancer = &rebalancer{base: g.base, suspensions: g.suspensions, need: g.need, retries: g.retries, mover: g, zones: g.zones, chooser: g.chooser, exchanger: g.exchanger, uneven: des.Never}
	g.rescuer = &rescuer{base: g.base, suspensions: g.suspensions, need: g.need, mover: g, zones: g.zones, risks: g.ec2, replacer: g.replacer, exchanger: g.exchanger, passed: g.health.passed, refreshed: g.refresher.inProgress}
	g.operator = &operator{base: g.base, size: g.size, roster: g.roster, History: g.History, zones: g.zones, pools: g.pools, life: g.life, ec2: g.ec2, refresh: g.refresher, group: g, shifter: &shifter{g.kernel, g.cfg.Zones, g.observe, g.balancer}}
}

// Start begins the run with n instances. Settled ones are in service, healthy and
// warm, launched at random within the hour before (but at least their warm-up
// ago); a cold group launches them now.
func (g *Group) Start(n int, warmup des.Duration) {
	g.size.set(n)
	g.kernel.After(g.firstLook(), des.Health, g.look)
	if g.cfg.Cold {
		g.reason = fmt.Sprintf("At %s the group was created with a desired capacity of %d", g.at(), n)
		g.kernel.At(g.kernel.Now(), des.Reconcile, g.reconcileNow)
		return
	}
	purpose := rng.Purpose("asg/age")
	for k := 0; g.need.missing(); k++ {
		s := rng.Key(g.seed, purpose, uint64(k))
		age := warmup + des.Duration(s.Float64()*float64(des.Hour))
		zone := g.zones.thinFirst()[0]
		pools, _ := g.pools.choices(zone)
		i := g.ec2.Adopt(g.pools.open(pools), age)
		m := &Member{Instance: i, Phase: PhaseInService, InServiceAt: i.Launched, Protected: g.cfg.Protect, registered: true, ready: true, launch: -1, end: -1}
		g.Members, g.active = append(g.Members, m), append(g.active, m)
		g.balancer.Adopt(i.Plane, zone, i.Ordinal)
	}
	g.balancer.Open()
	g.need.tolerate()
	if g.warm != nil {
		g.warm.start()
	}
	g.observe()
}

// look is the group's periodic look at its instances.
func (g *Group) look() {
	g.kernel.After(g.cfg.HealthPeriod, des.Health, g.look)
	g.exchanger.busy = false
	g.health.check()
	g.renewer.renew()
	g.refresher.step()
	g.rescuer.rescue()
	if !g.exchanger.busy && !g.refresher.inProgress() {
		g.exchanger.settleExtras()
	}
	g.rebalancer.rebalance()
	if g.warm != nil {
		g.warm.check()
	}
	g.refillPool()
}

// firstLook is when the group first looks at its instances.
func (g *Group) firstLook() des.Duration {
	if !g.cfg.HealthDrawn {
		return g.cfg.HealthPeriod + g.cfg.HealthPhase
	}
	s := rng.Key(g.seed, rng.Purpose("asg/health"))
	return 1 + des.Duration(s.Float64()*float64(g.cfg.HealthPeriod))
}
