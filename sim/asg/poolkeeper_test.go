package asg

import (
	"slices"
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// pooledConfig is a group of up to six with a warm pool of stopped instances.
func pooledConfig(state PoolState) *Config {
	cfg := config()
	cfg.Max = 6
	second := workload.Constant{Value: 1}
	cfg.WarmPool = &WarmPool{State: state, Prepared: Unlimited, Handover: second, Start: second, Boot: second, Stop: workload.Constant{Value: 40}}
	return cfg
}

// A settled group's pool is full and prepared, spread over the zones with the group (the
// maximum less desired: TV-12's rule); a cold one fills it once the group has what it wants.
func TestPoolIsFilled(t *testing.T) {
	for state, want := range map[PoolState]ec2.State{PoolStopped: ec2.Stopped, PoolHibernated: ec2.Stopped, PoolRunning: ec2.Running} {
		h := newHall(pooledConfig(state), 2)
		if c := h.Pool(); c != (PoolCount{Members: 4, Size: 4}) {
			t.Errorf("%v: %+v", state, c)
		}
		zones := []int{0, 0}
		for _, m := range h.Members {
			zones[m.Instance.Zone]++
			if m.Phase == PhaseWarmed && (m.Instance.State != want || !h.Pools(m.Instance)) {
				t.Errorf("%v: %v", state, m.Instance.State)
			}
		}
		if !slices.Equal(zones, []int{3, 3}) {
			t.Errorf("%v: %v", state, zones)
		}
	}
	cfg := pooledConfig(PoolStopped)
	cfg.Cold = true
	h := newHall(cfg, 2)
	h.to(20) // booted
	if got := h.counts(PhaseInService, PhaseWarmedPending, PhaseWarmed); !slices.Equal(got, []int{2, 4, 0}) {
		t.Errorf("%v", got)
	}
	if a := h.Activities[2]; a.Pool != IntoPool || a.Status != PreInService || !strings.Contains(a.Cause, "launched into the warm pool, which had 0 of 4") {
		t.Errorf("%+v", a)
	}
	h.to(60) // and stopped 40 s later
	if got := h.counts(PhaseInService, PhaseWarmed); !slices.Equal(got, []int{2, 4}) || h.Activities[2].Status != Successful {
		t.Errorf("%v, %+v", got, h.Activities[2])
	}
	if (newHall(config(), 2).Pool() != PoolCount{}) {
		t.Error("no pool")
	}
}

// The launch hook runs when an instance enters the pool and again when it leaves it
// ("Warm pool instance lifecycle"); one abandoned on the way in is given up, and another
// prepared later.
func TestHooksOfThePool(t *testing.T) {
	cfg := pooledConfig(PoolStopped)
	cfg.Max, cfg.Cold, cfg.Hooks = 2, true, []Hook{hooked(true, 10)}
	cfg.Hooks[0].FromPool = workload.Constant{Value: 3}
	h := newHall(cfg, 1)
	h.to(1000)
	waits := len(h.Holds)
	if waits != 2 || h.counts(PhaseWarmed)[0] != 1 {
		t.Fatalf("%d waits", waits)
	}
	h.SetDesired(2, "why")
	h.to(1000 + 10 + 5 + 3)
	if m := h.Members[1]; m.Phase != PhaseInService || len(h.Holds) != 3 || h.WarmStarts != 1 || h.Holds[2].Until.Sub(h.Holds[2].From) != 3*des.Second {
		t.Errorf("%+v, %+v", m, h.Holds)
	}
	cfg.Hooks = []Hook{{Name: "h", Launching: true, Timeout: des.Minute, Took: workload.Constant{Value: 1}}}
	cfg.Cold = false
	h = newHall(cfg, 1)
	h.warm.discard(h.Members[1], "x", End{Kind: EndPoolSurplus})
	h.warm.refill()
	h.to(20 + 60)
	m := h.Members[2]
	if m.Phase != PhaseWarmedTerminating || m.End.Kind != EndLaunchFailed || h.Activities[m.launch].Status != Cancelled {
		t.Errorf("%+v", m)
	}
	if h.to(20 + 60 + 16); h.Launches != 2 {
		t.Errorf("%d launched", h.Launches)
	}
}

// Scale-out takes a warmed instance before it launches one, of the thin zone first, and
// the pool is filled up again; without capacity to start it a cold one is tried.
func TestScaleOutTakesFromThePool(t *testing.T) {
	for _, state := range []PoolState{PoolStopped, PoolRunning} {
		h := newHall(pooledConfig(state), 2)
		h.SetDesired(3, "why")
		h.to(10)
		if h.WarmStarts != 1 || h.Launches != 0 || h.Pool().Members != 3 {
			t.Errorf("%v: %d from the pool, %d launched, %+v", state, h.WarmStarts, h.Launches, h.Pool())
		}
		a := h.Activities[0]
		if a.Pool != FromPool || !a.Launch || !strings.Contains(a.Cause, "increasing the capacity from 2 to 3") {
			t.Errorf("%+v", a)
		}
		h.to(16)
		if got := h.counts(PhaseInService)[0]; got != 3 || h.Pool() != (PoolCount{Members: 3, Size: 3}) {
			t.Errorf("%v: %d in service, %+v", state, got, h.Pool())
		}
	}
	// Not while launching is put off, nor a broken one.
	h := newHall(pooledConfig(PoolRunning), 2)
	for _, m := range h.pooled {
		m.Instance.State = ec2.Failed
	}
	if m := h.warm.fromPool([]int{0, 1}, because); m != nil {
		t.Errorf("%+v", m)
	}
	h = newHall(pooledConfig(PoolStopped), 2)
	h.cloud.noZone[0], h.cloud.noZone[1] = true, true
	if m := h.warm.fromPool([]int{0, 1}, because); m != nil {
		t.Errorf("%+v", m)
	}
}

// Without reuse scale-in ends the instance and a new one is built for the pool; with it
// the instance goes back: drained, its terminate hook run, stopped.
func TestReuseOnScaleIn(t *testing.T) {
	cfg := pooledConfig(PoolStopped)
	h := newHall(cfg, 3)
	h.SetDesired(2, "why")
	h.to(100)
	if h.Terminations != 1 || h.Launches != 1 || h.Returned != 0 || h.Pool() != (PoolCount{Members: 4, Size: 4}) {
		t.Errorf("%d ended, %d launched, %+v", h.Terminations, h.Launches, h.Pool())
	}
	cfg.WarmPool.Reuse, cfg.Hooks = true, []Hook{hooked(false, 5)}
	h = newHall(cfg, 3)
	h.balancer.drain = 20 * des.Second
	h.SetDesired(2, "why")
	h.to(29)
	if h.Returned != 1 || h.Pool() != (PoolCount{Members: 4, Returning: 1, Size: 4}) || h.Activities[0].Pool != BackToPool || h.Activities[0].Status != WaitingDrain {
		t.Errorf("%d returned, %+v, %+v", h.Returned, h.Pool(), h.Activities[0])
	}
	if h.to(34); h.Activities[0].Status != MidLifecycle {
		t.Errorf("%+v", h.Activities[0])
	}
	h.to(10 + 20 + 5 + 40)
	m := h.Members[h.Activities[0].Instance]
	if m.Phase != PhaseWarmed || m.Instance.State != ec2.Stopped || h.Launches != 0 || h.Terminations != 0 || h.Activities[0].Status != Successful {
		t.Errorf("%+v", m)
	}
}

// A pool that is too large loses members of its fullest zone; one that a raised desired
// made too large waits until the group has what it wants.
func TestPoolIsTooLarge(t *testing.T) {
	h := newHall(pooledConfig(PoolStopped), 2)
	h.act(Event{Kind: EventUpdate, Sizes: Sizes{Keep, 4, Keep}})
	h.to(1)
	if h.Pool() != (PoolCount{Members: 2, Size: 2}) || h.Terminations != 2 {
		t.Errorf("%+v, %d ended", h.Pool(), h.Terminations)
	}
	zones := []int{0, 0}
	for _, m := range h.pooled {
		zones[m.Instance.Zone]++
	}
	if zones[0] != 1 || zones[1] != 1 {
		t.Errorf("%v", zones)
	}
	end := h.Activities[0]
	if end.Pool != InPool || !strings.Contains(end.Cause, "had 4 instances and needed 2") || h.Members[end.Instance].End.Kind != EndPoolSurplus {
		t.Errorf("%+v", end)
	}
	h = newHall(pooledConfig(PoolStopped), 2)
	h.Suspend([]Process{Terminate, Launch})
	h.act(Event{Kind: EventUpdate, Sizes: Sizes{Keep, 4, Keep}})
	if h.to(1); h.Pool().Members != 4 {
		t.Error("Terminate is suspended")
	}
	if h.warm.prepare() {
		t.Error("Launch is suspended")
	}
}

// In the pool only a broken host counts, or an application that never comes up; a member
// of a zone that the group has left goes.
func TestHealthOfThePool(t *testing.T) {
	h := newHall(pooledConfig(PoolRunning), 2)
	broken := h.pooled[0]
	broken.Instance.State = ec2.Failed
	h.Suspend([]Process{Terminate})
	if h.to(60); broken.Phase != PhaseWarmed {
		t.Error("Terminate is suspended")
	}
	h.Resume([]Process{Terminate})
	h.to(120)
	if broken.End.Kind != EndUnhealthy || h.Pool().Members != 4 {
		t.Errorf("%+v", broken)
	}
	h.act(Event{Kind: EventZones, Zones: []int{0}})
	h.to(180)
	for _, m := range h.pooled {
		if m.Instance.Zone != 0 {
			t.Errorf("%+v", m)
		}
	}
	if h.Pool().Members != 4 {
		t.Errorf("%+v", h.Pool())
	}
	for name, set := range map[string]func(h *hall, m *Member){
		"never comes up":    func(h *hall, _ *Member) { h.cloud.never = true },
		"its host breaks":   func(_ *hall, m *Member) { m.Instance.State = ec2.Failed },
		"stopped on return": func(_ *hall, _ *Member) {},
	} {
		cfg := pooledConfig(PoolStopped)
		cfg.Max = 3
		h := newHall(cfg, 2)
		h.warm.discard(h.pooled[0], "x", End{Kind: EndPoolSurplus})
		h.warm.refill()
		m := h.pooled[0]
		set(h, m)
		if name == "stopped on return" {
			m.Instance.State = ec2.Failed
			h.warm.store(m)
		}
		if h.to(3700); m.End.Kind != EndLaunchFailed {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

// The pool's members reach the maximum lifetime, too, and go one at a time.
func TestLifetimeInThePool(t *testing.T) {
	cfg := pooledConfig(PoolStopped)
	cfg.Lifetime = des.Day
	h := newHall(cfg, 2)
	for _, m := range h.pooled {
		m.Instance.Launched = -des.Time(des.Day)
	}
	h.pooled[0].Protected = true
	kept := h.pooled[0]
	h.to(60)
	if h.Replacements != 1 || h.Pool().Members != 4 {
		t.Errorf("%d replaced", h.Replacements)
	}
	if h.to(115); h.Replacements != 1 {
		t.Error("the one before is not prepared yet")
	}
	h.to(1000)
	if h.Replacements != 3 || kept.Phase != PhaseWarmed {
		t.Errorf("%d replaced, the protected one %v", h.Replacements, kept.Phase)
	}
}

// A refresh exchanges the pool after the group, at the same shares of the pool's own size
// (TV-08: a pool of 10 stays between 9 and 12), and takes no old member meanwhile.
func TestRefreshOfThePool(t *testing.T) {
	cfg := pooledConfig(PoolStopped)
	cfg.Max = 12
	h := newHall(cfg, 2)
	r := &Refresh{Pace: pace(0.9, 1.2), Version: ec2.Version{Speed: 2, Healthy: true}}
	h.act(Event{Kind: EventRefresh, Refresh: r})
	if !h.warm.refresh.inProgress() || h.warm.takes(h.pooled[0]) {
		t.Error("an old member is taken")
	}
	fewest, most := 10, 10
	for second := 1; h.refresher.inProgress() && second < 7200; second++ {
		h.to(second)
		warmed := 0
		for _, m := range h.pooled {
			if m.Phase == PhaseWarmed {
				warmed++
			}
		}
		fewest, most = min(fewest, warmed), max(most, len(h.pooled))
	}
	last := h.told[len(h.told)-1]
	if last.Refresh != RefreshSuccessful || fewest != 9 || most != 12 {
		t.Errorf("%+v; between %d warmed and %d", last, fewest, most)
	}
	for _, m := range h.pooled {
		if m.Instance.Version == nil {
			t.Error("an old one is left")
		}
	}
}

// AWS's names of the states.
func TestPoolStates(t *testing.T) {
	for s, want := range map[PoolState]string{PoolStopped: "Stopped", PoolRunning: "Running", PoolHibernated: "Hibernated"} {
		if s.String() != want {
			t.Errorf("%v, want %s", s, want)
		}
	}
}
