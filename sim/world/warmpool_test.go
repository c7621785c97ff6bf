package world

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// pooled is a still group of n in one zone with a warm pool: 20 s to running and
// 20 s to boot for a launch, 5 s and 10 s for a start, 30 s to stop.
func pooled(n int, p asg.WarmPool) *record.Config {
	cfg := still(n)
	p.Start, p.Boot, p.Stop, p.Handover = seconds64(5), seconds64(10), seconds64(30), seconds64(2)
	cfg.Group.WarmPool = &p
	cfg.Group.Zones = []string{"a"}
	cfg.Bill.Volume, cfg.Bill.VolumeMonth = 10, 80_000_000
	return cfg
}

func resize(at des.Time, want int) asg.Schedule {
	return asg.Schedule{Name: "to " + string(rune('0'+want)), At: []des.Time{at}, Min: asg.Keep, Max: asg.Keep, Desired: want}
}

func statesOf(i *record.Instance) string {
	var out []string
	for _, c := range i.Changes {
		out = append(out, c.State.String())
	}
	return strings.Join(out, " ")
}

// Scale-out takes what is warmed, launches cold what is missing, and the pool
// shrinks and grows with desired.
func TestScaleOutTakesFromThePool(t *testing.T) {
	cfg := pooled(4, asg.WarmPool{Prepared: 6}) // two members
	cfg.Schedule = []asg.Schedule{resize(t0, 7), resize(s(600), 4)}
	r := run(t, cfg)
	w := r.Summary.WarmPool
	if w.WarmStarts != 2 || w.ColdStarts != 1 || w.Returned != 0 || w.Size.Max != 2 || w.Size.Min != 0 {
		t.Errorf("%+v", w)
	}
	// Called 10 s after the decision: running 5 s later, or 20 s.
	for _, i := range r.Instances[4:6] {
		if i.Running != s(15) || i.Registered != s(15) {
			t.Errorf("warm: running %v, in service %v", i.Running, i.Registered)
		}
	}
	if i := r.Instances[6]; i.Running != s(30) {
		t.Errorf("cold: running %v", i.Running)
	}
	if *w.WarmReadyS >= *w.ColdReadyS {
		t.Errorf("healthy after %v, cold after %v", *w.WarmReadyS, *w.ColdReadyS)
	}
	// Afterwards the pool is built anew: launched, booted, stopped.
	made := 0
	for _, i := range r.Instances[7:] {
		made++
		if got := statesOf(&i); got != "warmed:pending warmed:stopped" || i.BilledS != 60 {
			t.Errorf("%s, billed %d s: 20 s of running are 60 s on the bill", got, i.BilledS)
		}
	}
	if made != 2 {
		t.Errorf("%d instances prepared", made)
	}
	if a := r.Activities[0]; a.Description != "Launching a new EC2 instance from warm pool: "+r.Instances[4].ID || !strings.Contains(a.Cause, "from 4 to 7") {
		t.Errorf("%+v", a)
	}
	if r.Summary.Capacity.Launches != 3 {
		t.Errorf("%d launches: one cold, two for the pool", r.Summary.Capacity.Launches)
	}
	// Two volumes of 10 GiB from the start to t0, and from s(600) on.
	hours := 2 * (s(10).Sub(0).Hours() + r.Config.Duration.Hours() - s(610).Sub(0).Hours())
	if got := w.GiBMonths * 730 / 10; math.Abs(got-hours) > 0.02 {
		t.Errorf("%v volume-hours, want about %v", got, hours)
	}
	if c := r.Summary.Cost; math.Abs(c.Storage-w.GiBMonths*0.08) > 1e-9 || math.Abs(c.Total-c.EC2-c.LoadBalancer-c.Monitoring-c.Storage) > 1e-12 {
		t.Errorf("%+v", c)
	}
}

// TV-56: with reuse an instance comes and goes; every entry into running counts
// for 60 s at least.
func TestTV56ReuseOnScaleIn(t *testing.T) {
	cfg := pooled(2, asg.WarmPool{Prepared: 3, Reuse: true})
	cfg.Group.Reconcile = seconds64(1)
	cfg.Balancer.DeregistrationDelay = 0
	cfg.Schedule = []asg.Schedule{resize(t0, 3), resize(s(10), 2), resize(s(300), 3), resize(s(310), 2)}
	cfg.Group.Termination = []asg.TerminationPolicy{asg.OldestInstance}
	r := run(t, cfg)
	total := int64(0)
	for _, i := range r.Instances {
		total += i.BilledS
		if i.End.Kind != asg.NotEnded {
			t.Errorf("%s: %s, %s", i.ID, i.End, statesOf(&i))
		}
	}
	if w := r.Summary.WarmPool; w.WarmStarts != 2 || w.Returned != 2 || w.ColdStarts != 0 || len(r.Instances) != 3 || len(terminated(r)) != 0 {
		t.Errorf("%+v, %d instances", w, len(r.Instances))
	}
	// Two run at any time, and each exchange lasts some seconds longer.
	if most := 2*int64(r.Config.Duration/des.Second) + 4*60; total > most || total < 2*int64(r.Config.Duration/des.Second) {
		t.Errorf("%d s billed", total)
	}
	i := &ec2.Instance{Run: &ec2.Run{RunningAt: s(0), StoppedAt: s(10)}}
	i.Past = []*ec2.Run{{RunningAt: s(-300), StoppedAt: s(-290)}}
	sum := des.Duration(0)
	for _, x := range i.Runs() {
		from, to, _ := x.Billed(s(1000))
		sum += to.Sub(from)
	}
	if sum != 120*des.Second {
		t.Errorf("twice 10 s: %v, want 120 s", sum)
	}
}

// Launch hooks run on entering the pool and again on leaving it; a terminate hook
// runs on the way back.
func TestHooksOfAPool(t *testing.T) {
	cfg := pooled(2, asg.WarmPool{Min: 1, Prepared: 0, Reuse: true})
	cfg.Group.Cold = true
	cfg.Group.Hooks = []asg.Hook{
		{Name: "setup", Launching: true, Timeout: des.Hour, Took: seconds64(50), Success: 1},
		{Name: "logs", Timeout: des.Hour, Took: seconds64(70), Success: 1},
	}
	cfg.Schedule = []asg.Schedule{resize(t0, 3)}
	r := run(t, cfg)
	i := &r.Instances[2]
	// 20 s to running, 20 s boot, 50 s hook, 30 s to stop; then at 10 s + 5 s running + 50 s hook.
	at := map[record.State]des.Time{}
	for _, c := range i.Changes {
		if _, seen := at[c.State]; !seen {
			at[c.State] = c.At
		}
	}
	if at[record.WarmedPending] != 0 || at[record.WarmedStopped] != des.Time(120*des.Second) || at[record.Pending] != s(10) || at[record.Booting] != s(65) {
		t.Errorf("%s: %v", statesOf(i), i.Changes)
	}
}

// A hibernated member is billed until it sleeps, and its volume holds its memory; a
// running one always, and is there in two seconds.
func TestPoolStates(t *testing.T) {
	at := func(state asg.PoolState) *account.Result {
		cfg := pooled(2, asg.WarmPool{State: state, Min: 1, Prepared: 0})
		cfg.Group.Cold = true
		cfg.Schedule = []asg.Schedule{resize(s(1200), 3)}
		return run(t, cfg)
	}
	billed := func(r *account.Result) int64 {
		stop := int64(des.Duration(s(1215)) / des.Second)
		if r.Config.Group.WarmPool.State == asg.PoolRunning {
			return r.Instances[2].BilledS
		}
		return r.Instances[2].BilledS - (int64(r.Config.Duration/des.Second) - stop)
	}
	stopped, running, hibernated := at(asg.PoolStopped), at(asg.PoolRunning), at(asg.PoolHibernated)
	if got := billed(stopped); got != 60 {
		t.Errorf("stopped: %d s to prepare, want the minimum of 60", got)
	}
	if got := billed(hibernated); got != 60 { // 20 s of boot and 30 s of stopping are 50
		t.Errorf("hibernated: %d s to prepare", got)
	}
	if got := billed(running); got != int64(running.Config.Duration/des.Second)-20 {
		t.Errorf("running: %d s", got)
	}
	if i := running.Instances[2]; i.Registered != s(1212) {
		t.Errorf("in service at %v, want 2 s after the call", i.Registered)
	}
	small, large := stopped.Summary.WarmPool.GiBMonths, hibernated.Summary.WarmPool.GiBMonths
	if want := (10 + stopped.Config.Template.Type.MemoryGiB) / 10; math.Abs(large/small-want) > 0.01 {
		t.Errorf("%v GiB-months, hibernated %v", small, large)
	}
}

// Members do not count in the group's metrics, and nobody checks their health.
func TestPoolIsApart(t *testing.T) {
	cfg := timeline(320, 320, 4)
	cfg.Group.Max = 8
	alone := run(t, cfg)
	p := pooled(4, asg.WarmPool{State: asg.PoolRunning, Prepared: asg.Unlimited}).Group.WarmPool
	cfg = timeline(320, 320, 4)
	cfg.Group.Max, cfg.Group.WarmPool = 8, p
	with := run(t, cfg)
	if a, b := alone.Summary.CPU, with.Summary.CPU; math.Abs(a.Mean-b.Mean) > 1e-9 || len(with.Activities) != len(alone.Activities) {
		t.Errorf("CPU %+v, with a pool %+v", a, b)
	}
	if with.Summary.Cost.EC2 < 1.9*alone.Summary.Cost.EC2 {
		t.Errorf("a running pool of four costs as much as the group: %v and %v", with.Summary.Cost.EC2, alone.Summary.Cost.EC2)
	}
}

// An instance refresh and the maximum lifetime reach the pool after the group.
func TestRefreshReachesThePool(t *testing.T) {
	cfg := pooled(3, asg.WarmPool{Min: 3, Prepared: 0})
	cfg.Events = []asg.Event{{Name: "deploy", Kind: asg.EventRefresh, At: []des.Time{t0}, Refresh: &asg.Refresh{
		Pace: asg.Maintenance{MinHealthy: 0.6, MaxHealthy: 1}, Version: ec2.Version{Speed: 1, Healthy: true},
	}}}
	r := run(t, cfg)
	inService, pool := des.Time(0), des.Never
	for k, i := range r.Instances[:6] {
		if i.End.Kind != asg.EndRefresh {
			t.Errorf("instance %d: %q, %s", k, i.End, statesOf(&i))
			continue
		}
		switch end := i.Changes[len(i.Changes)-1].At; {
		case k < 3:
			inService = max(inService, i.Ended)
		default:
			pool = min(pool, end)
		}
	}
	if pool <= inService {
		t.Errorf("the pool's first went at %v, the group's last at %v", pool, inService)
	}
	if d := r.Decisions[len(r.Decisions)-1]; d.Why != "instance refresh Successful" {
		t.Errorf("%+v", d)
	}
}

// A credit balance outlives a stop, except that of a T2 (E4).
func TestCreditsAcrossAStop(t *testing.T) {
	for kind, want := range map[string]bool{"t3.small": true, "t2.small": false} {
		typ, _ := ec2.Lookup(kind)
		a := ec2.NewAccount(typ.Burst, typ.Burst.Default)
		if a.KeepsBalance() != want {
			t.Errorf("%s keeps its balance: %v", kind, !want)
		}
	}
	cfg := pooled(2, asg.WarmPool{Prepared: 3, Reuse: true})
	cfg.Group.Termination = []asg.TerminationPolicy{asg.OldestInstance}
	cfg.Template.Type, _ = ec2.Lookup("t3.small")
	cfg.Template.Credits, cfg.Template.InitialCredits = ec2.Standard, 1
	cfg.Policies = nil
	cfg.Schedule = []asg.Schedule{resize(t0, 3), resize(s(300), 2), resize(s(900), 3)}
	r := run(t, cfg)
	// One adopted with a full account left, and came back: its balance is not lost.
	if c := r.Summary.Credits; c.MinBalance < 0 || r.Summary.WarmPool.WarmStarts != 2 || c.EndBalance < 200 {
		t.Errorf("%+v, %+v", c, r.Summary.WarmPool)
	}
}

// TV-08, the pool's part: 90 to 120 percent of ten members while they are exchanged.
func TestTV08RefreshOfThePool(t *testing.T) {
	cfg := pooled(10, asg.WarmPool{Min: 10, Prepared: 0})
	cfg.Duration = 2 * des.Hour
	cfg.Events = []asg.Event{{Name: "deploy", Kind: asg.EventRefresh, At: []des.Time{t0}, Refresh: &asg.Refresh{
		Pace: asg.Maintenance{MinHealthy: 0.9, MaxHealthy: 1.2}, Version: ec2.Version{Speed: 1, Healthy: true},
	}}}
	r := run(t, cfg)
	most := 0
	for _, c := range r.Capacity {
		members := c.States.Warmed() + c.States.WarmedPending
		most = max(most, members)
		if c.States.Warmed() < 9 || members > 12 {
			t.Errorf("TV-08: %v: %+v, want 9 to 12 in the pool", c.At, c.States)
		}
	}
	if d := r.Decisions[len(r.Decisions)-1]; d.Why != "instance refresh Successful" || most != 12 {
		t.Errorf("at most %d members; %+v", most, d)
	}
	if end := r.Capacity[len(r.Capacity)-1].States; end.WarmedStopped != 10 || end.Pool() != 10 {
		t.Errorf("ends with %+v", end)
	}
}

// What scale-in returns to a full pool is too many: the default policy says which
// goes.
func TestExcessLeavesThePool(t *testing.T) {
	cfg := pooled(6, asg.WarmPool{Prepared: 4, Reuse: true})
	cfg.Schedule = []asg.Schedule{resize(t0, 5), resize(s(600), 3)}
	r := run(t, cfg)
	w := r.Summary.WarmPool
	gone := 0
	for _, i := range r.Instances {
		if i.End.Kind == asg.EndPoolSurplus {
			gone++
		} else if i.End.Kind != asg.NotEnded {
			t.Errorf("%s: %s", i.ID, i.End)
		}
	}
	// 6 to 5 leaves room for none, 5 to 3 for one.
	if w.Returned != 3 || gone != 2 || r.Capacity[len(r.Capacity)-1].States.WarmedStopped != 1 {
		t.Errorf("%+v, %d terminated", w, gone)
	}
}

// Members of a zone without capacity cannot start; those of others can.
func TestPoolOfADarkZone(t *testing.T) {
	cfg := pooled(2, asg.WarmPool{Min: 2, Prepared: 0})
	cfg.Group.Zones = []string{"a", "b"}
	cfg.Faults = []fault.Fault{fault.ZoneOutage{Plan: fault.Plan{Name: "dark", At: []des.Time{t0}, Lasts: des.Hour}, Zone: 1}}
	cfg.Schedule = []asg.Schedule{resize(s(1), 4)}
	r := run(t, cfg)
	for _, a := range r.Activities {
		if a.Pool == asg.FromPool && a.Zone != "a" {
			t.Errorf("%+v", a)
		}
	}
	if w := r.Summary.WarmPool; w.WarmStarts == 0 || w.ColdStarts == 0 {
		t.Errorf("%+v", w)
	}
}

// A running member that dies costs users nothing, whatever becomes of it.
func TestAMemberThatDiesIsNoIncidentOfUsers(t *testing.T) {
	cfg := pooled(2, asg.WarmPool{State: asg.PoolRunning, Min: 2, Prepared: 0})
	cfg.Group.Zones = []string{"a", "b"}
	cfg.Faults = []fault.Fault{fault.ZoneOutage{Plan: fault.Plan{Name: "dark", At: []des.Time{t0}, Lasts: des.Hour}, Zone: 1}}
	idle := 0
	for _, i := range run(t, cfg).Summary.Incidents {
		if i.DetectS == nil || i.RecoverS == nil {
			t.Errorf("%+v", i)
		} else if *i.RecoverS == 0 && i.Lost == 0 {
			idle++
		}
	}
	if idle != 1 {
		t.Errorf("%d incidents without users, want one", idle)
	}
}

// Members that reach the maximum lifetime are replaced too, one at a time, once
// nobody in service has to be.
func TestLifetimeReachesThePool(t *testing.T) {
	cfg := pooled(2, asg.WarmPool{Min: 2, Prepared: 0})
	cfg.Group.Lifetime, cfg.Duration = 5*des.Hour, 6*des.Hour // the members are an hour old
	r := run(t, cfg)
	var aged []des.Time
	for _, i := range r.Instances[2:4] {
		if i.End.Kind == asg.EndLifetime {
			aged = append(aged, i.Changes[1].At)
		}
	}
	if len(aged) != 2 || aged[0] == aged[1] || aged[0] < des.Time(4*des.Hour) {
		t.Errorf("replaced at %v", aged)
	}
}
