package asg

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// cloud is an EC2 of which a test says everything: no plane, no draws. An instance runs
// 5 s after its launch, its application is up 15 s later, and it ends within 30 s.
type cloud struct {
	kernel  *des.Kernel
	models  []*ec2.Model
	made    []*ec2.Instance
	short   map[ec2.Pool]bool // has no capacity
	noZone  map[int]bool      // no zone of these has
	quota   bool              // no launch at all
	price   map[string]billing.USD
	score   map[string]float64
	hazard  map[string]float64
	version *ec2.Version
	never   bool // applications do not come up
}

func newCloud(k *des.Kernel, models ...*ec2.Model) *cloud {
	if len(models) == 0 {
		models = []*ec2.Model{model("m5.large", 0, 0.096)}
	}
	return &cloud{
		kernel: k, models: models, short: map[ec2.Pool]bool{}, noZone: map[int]bool{},
		price: map[string]billing.USD{}, score: map[string]float64{}, hazard: map[string]float64{},
	}
}

// model is an instance type of a weight and a price on demand.
func model(name string, weight int, dollars float64) *ec2.Model {
	return &ec2.Model{Type: ec2.Type{Name: name, VCPU: 2}, Speed: 1, Weight: weight, Price: billing.Dollars(dollars)}
}

func (c *cloud) Models() []*ec2.Model { return c.models }
func (c *cloud) Refusal(p ec2.Pool) (string, bool) {
	switch {
	case c.quota:
		return "quota", true
	case c.short[p] || c.noZone[p.Zone]:
		return "no capacity", false
	}
	return "", false
}
func (c *cloud) SpotPrice(p ec2.Pool) billing.USD { return c.price[p.Model.Type.Name] }
func (c *cloud) SpotScore(p ec2.Pool) float64     { return c.score[p.Model.Type.Name] }
func (c *cloud) SpotHazard(p ec2.Pool) float64    { return c.hazard[p.Model.Type.Name] }
func (c *cloud) Version() *ec2.Version            { return c.version }
func (c *cloud) SetVersion(v *ec2.Version)        { c.version = v }
func (c *cloud) Release(i *ec2.Instance)          { i.State = ec2.Released }
func (c *cloud) Recommend(i *ec2.Instance)        { i.Recommended = c.kernel.Now() }
func (c *cloud) Draw(d workload.Dist, _ string, _ *ec2.Instance) des.Duration {
	return des.Seconds(d.Quantile(0.5))
}

func (c *cloud) create(p ec2.Pool, s ec2.State, age des.Duration) *ec2.Instance {
	n := len(c.made)
	i := &ec2.Instance{
		Run: &ec2.Run{Plane: serving.ID(n), RunningAt: des.Never, UpAt: des.Never, StoppedAt: des.Never}, Pool: p, Ordinal: n, Version: c.version, State: s,
		Impaired: des.Never, Launched: c.kernel.Now().Add(-age), TerminatedAt: des.Never, Recommended: des.Never, Noticed: des.Never,
	}
	c.made = append(c.made, i)
	return i
}

func (c *cloud) come(i *ec2.Instance, running, up func(*ec2.Instance)) {
	c.kernel.After(5*des.Second, des.Begin, func() {
		if i.State != ec2.Pending {
			return
		}
		i.State, i.RunningAt = ec2.Running, c.kernel.Now()
		c.kernel.After(15*des.Second, des.Begin, func() {
			if i.State == ec2.Running && !c.never {
				i.Up = true
				up(i)
			}
		})
		running(i)
	})
}

func (c *cloud) Launch(p ec2.Pool, running, up func(*ec2.Instance)) *ec2.Instance {
	i := c.create(p, ec2.Pending, 0)
	c.come(i, running, up)
	return i
}

func (c *cloud) Start(i *ec2.Instance, _, _ workload.Dist, running, up func(*ec2.Instance)) {
	i.State = ec2.Pending
	c.come(i, running, up)
}

func (c *cloud) Stop(i *ec2.Instance, hibernate bool, took workload.Dist, done func()) {
	i.State, i.Up = ec2.Stopping, false
	if hibernate {
		i.State = ec2.Hibernating
	}
	c.kernel.After(des.Seconds(took.Quantile(0.5)), des.Finish, func() {
		if i.State == ec2.Stopping || i.State == ec2.Hibernating {
			i.State = ec2.Stopped
			done()
		}
	})
}

func (c *cloud) Adopt(p ec2.Pool, age des.Duration) *ec2.Instance {
	i := c.create(p, ec2.Running, age)
	i.RunningAt, i.Up = c.kernel.Now(), true
	return i
}

func (c *cloud) AdoptIdle(p ec2.Pool, age des.Duration) *ec2.Instance { return c.Adopt(p, age) }

func (c *cloud) AdoptStopped(p ec2.Pool, age des.Duration) *ec2.Instance {
	return c.create(p, ec2.Stopped, age)
}

func (c *cloud) Terminate(i *ec2.Instance, done func()) {
	i.State = ec2.ShuttingDown
	c.kernel.After(30*des.Second, des.Finish, func() {
		i.State = ec2.Terminated
		done()
	})
}

// scales is a load balancer that drains an instance in the time a test says, and finds
// healthy whom the test does not say otherwise.
type scales struct {
	kernel *des.Kernel
	health map[serving.ID]elb.Health
	known  map[serving.ID]bool
	drain  des.Duration
	away   int // zone that traffic is shifted away from, from 1 on
}

func (s *scales) Shift(zone int) bool {
	if s.away > 0 {
		return false
	}
	s.away = zone + 1
	return true
}

func (s *scales) Unshift() { s.away = 0 }

func newScales(k *des.Kernel) *scales {
	return &scales{kernel: k, health: map[serving.ID]elb.Health{}, known: map[serving.ID]bool{}}
}

func (s *scales) Register(id serving.ID, _, _ int) {
	s.known[id] = true
	if _, said := s.health[id]; !said {
		s.health[id] = elb.Healthy
	}
}
func (s *scales) Adopt(id serving.ID, z, o int) { s.Register(id, z, o) }
func (s *scales) Open()                         {}
func (s *scales) Deregister(id serving.ID, drained func()) {
	s.known[id] = false
	if s.drain == 0 {
		drained()
		return
	}
	s.kernel.After(s.drain, des.Finish, drained)
}
func (s *scales) Health(id serving.ID) (elb.Health, bool) { return s.health[id], s.known[id] }

// hall is a whole group over such an EC2 and balancer.
type hall struct {
	des.Kernel
	*Group
	cloud    *cloud
	balancer *scales
	alarm    map[string]bool
	told     []Happened // of all acts, with how far a refresh came
	changed  bool       // the host was told so since it was last looked at
}

func clock(t des.Time) string { return fmt.Sprintf("%ds", int64(t)/int64(des.Second)) }

// config is a group of up to ten in two zones that acts ten seconds after a change and
// looks at its instances every minute.
func config() *Config {
	return &Config{
		Min: 1, Max: 10, Zones: []string{"a", "b"}, Warmup: -1, Reconcile: workload.Constant{Value: 10}, HealthPeriod: des.Minute, ImpairedWait: 5 * des.Minute, AllBad: 1,
	}
}

func newHall(cfg *Config, n int, models ...*ec2.Model) *hall {
	h := &hall{alarm: map[string]bool{}}
	h.cloud, h.balancer = newCloud(&h.Kernel, models...), newScales(&h.Kernel)
	h.Group = New(&h.Kernel, h.cloud, h.balancer, cfg, 7, Host{Clock: clock, Changed: func() { h.changed = true }, Alarmed: func(name string) bool { return h.alarm[name] }})
	h.Start(n, 0)
	return h
}

// facts are those of the group that its host records: sizes, and each instance's phase
// and health.
func (h *hall) facts() string {
	var b strings.Builder
	fmt.Fprint(&b, h.Min(), h.Max(), h.Desired())
	for _, m := range h.Members {
		fmt.Fprint(&b, " ", m.Phase, m.Unhealthy)
	}
	return b.String()
}

// Step runs the next event, after which the host must have been told of every change:
// what it records between two tellings would be lost.
func (h *hall) Step() bool {
	before := h.facts()
	h.changed = false
	ok := h.Kernel.Step()
	for i := range h.Activities {
		said(h.Activities[i].Cause)
	}
	if now := h.facts(); now != before && !h.changed {
		panic(fmt.Sprintf("at %s the group went from %s to %s and told nobody", clock(h.Kernel.Now()), before, now))
	}
	return ok
}

// said checks that a cause, where the test gives more than a word, is a sentence as AWS writes it: when,
// and what was done.
func said(cause string) {
	if len(cause) > len("why") && (!strings.Contains(cause, "At ") || !strings.HasSuffix(cause, ".") || strings.Contains(cause, "%!")) {
		panic("no cause: " + cause)
	}
}

// to runs everything up to a second, which included.
func (h *hall) to(second int) {
	end := sec(second)
	h.Kernel.At(end, des.Reconcile, func() {})
	for h.Next() <= end {
		h.Step()
	}
}

func sec(n int) des.Time { return des.Time(n) * des.Time(des.Second) }

// counts is how many members are in each of the phases.
func (h *hall) counts(p ...Phase) (out []int) {
	for _, x := range p {
		n := 0
		for _, m := range h.Members {
			if m.Phase == x {
				n++
			}
		}
		out = append(out, n)
	}
	return out
}

// act has somebody do something now, and returns what came of it.
func (h *hall) act(e Event) (out []Happened) {
	e.At = []des.Time{h.Kernel.Now()}
	e.Name = "x"
	h.PlanEvents([]Event{e}, des.Never, func(x Happened) { out, h.told = append(out, x), append(h.told, x) })
	for len(out) == 0 {
		h.Step()
	}
	return out
}

// parts are leaves of a group for the test of one part of it, with a mover that starts
// and ends instances at once.
type parts struct {
	*base
	*size
	*roster
	*History
	*suspensions
	k       des.Kernel
	cloud   *cloud
	zones   *zoneSet
	need    *need
	did     []string   // "launch a", "terminate 3 unhealthy"
	refuse  bool       // launches come to nothing
	pending bool       // launched instances stay pending
	looks   []des.Time // at which the group is to look again
	given   []string   // who was given up
}

func newParts(cfg *Config, desired int, models ...*ec2.Model) *parts {
	p := &parts{}
	p.cloud = newCloud(&p.k, models...)
	p.base = &base{kernel: &p.k, cfg: cfg, seed: 7, clock: clock, observe: func() {}}
	for _, m := range p.cloud.models {
		p.heaviest = max(p.heaviest, m.Weight)
	}
	p.size = &size{desired: desired, min: cfg.Min, max: cfg.Max}
	p.roster, p.History = &roster{}, &History{timer: &p.k, zoneNames: cfg.Zones}
	p.suspensions = &suspensions{history: p.History}
	p.zones = newZoneSet(p.roster, cfg.Zones, cfg.Later)
	p.need = &need{base: p.base, size: p.size, roster: p.roster}
	return p
}

// add puts a member in service into a zone.
func (p *parts) add(pool ec2.Pool) *Member {
	if pool.Model == nil {
		pool.Model = p.cloud.models[0]
	}
	m := &Member{Instance: p.cloud.create(pool, ec2.Running, 0), Phase: PhaseInService, InServiceAt: p.k.Now(), registered: true, ready: true, launch: -1, end: -1}
	p.Members = append(p.Members, m)
	p.join(m)
	return m
}

// fill adds n members, evenly over the zones.
func (p *parts) fill(n int) []*Member {
	var out []*Member
	for range n {
		out = append(out, p.add(ec2.Pool{Zone: p.zones.thinFirst()[0]}))
	}
	return out
}

// wait lets time pass.
func (p *parts) wait(d des.Duration) {
	end := p.k.Now().Add(d)
	p.k.At(end, des.Reconcile, func() {})
	for p.k.Next() <= end {
		p.k.Step()
	}
}

func (p *parts) launch(cause string, zone int) *Member {
	said(cause)
	if p.refuse {
		p.did = append(p.did, "refused")
		return nil
	}
	if zone == anywhere {
		zone = p.zones.thinFirst()[0]
	}
	p.did = append(p.did, "launch "+p.cfg.Zones[zone])
	m := p.add(ec2.Pool{Zone: zone})
	if p.pending {
		m.Phase, m.InServiceAt = PhasePending, des.Never
	}
	return m
}

func (p *parts) terminate(m *Member, cause string, end End) {
	said(cause)
	p.did = append(p.did, fmt.Sprintf("terminate %d %v", m.Instance.Ordinal, end.Kind))
	m.Phase, m.End = PhaseGone, end
	p.leave(m)
}

func (p *parts) again(t des.Time) { p.looks = append(p.looks, t) }

func (p *parts) abandon(m *Member, _ Status, why string) {
	p.given = append(p.given, why)
	m.Phase = PhaseGone
	p.leave(m)
}

// done returns what the mover did since it was asked last, and forgets it.
func (p *parts) done() []string {
	did := p.did
	p.did = nil
	return did
}

func (p *parts) chooser() *chooser {
	return &chooser{base: p.base, size: p.size, zoneSet: p.zones, pools: p.allocator(), version: p.cloud.Version}
}

func (p *parts) allocator() *allocator {
	return &allocator{base: p.base, size: p.size, roster: p.roster, offers: p.cloud}
}

func (p *parts) retries() *retries {
	return &retries{base: p.base, history: p.History, processes: p.suspensions, failing: des.Never, zoneRetry: make([]backoff, len(p.cfg.Zones))}
}

func (p *parts) replacer() *replacer {
	return &replacer{base: p.base, History: p.History, need: p.need, mover: p, again: p.again}
}

func (p *parts) exchanger(r *replacer) *exchanger {
	return &exchanger{base: p.base, History: p.History, suspensions: p.suspensions, need: p.need, mover: p, zones: p.zones, chooser: p.chooser(), replacer: r}
}

func (p *parts) health(b verdicts) *health {
	r := p.replacer()
	return &health{base: p.base, size: p.size, roster: p.roster, suspensions: p.suspensions, retries: p.retries(), balancer: b, replacer: r, exchanger: p.exchanger(r), abandon: p.abandon}
}

// expect fails the test unless something was done in that order.
func expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// ordinals of members.
func ordinals(list []*Member) (out []int) {
	for _, m := range list {
		out = append(out, m.Instance.Ordinal)
	}
	return out
}
