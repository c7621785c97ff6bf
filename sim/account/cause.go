package account

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"asgsim/sim/asg"
	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// CauseKind is what the evidence says a bad minute came from.
type CauseKind string

// The causes, in the order in which the evidence is looked at.
const (
	CauseSLO         CauseKind = "slo"          // no fleet meets the SLO: requests miss it even alone
	CauseStuck       CauseKind = "metastable"   // the load is over, and retries or abandoned work keep the fleet busy
	CauseVersion     CauseKind = "version"      // an instance refresh brought a version that answers wrongly
	CauseFault       CauseKind = "fault"        // a fault kept its share of the traffic
	CauseLost        CauseKind = "lost"         // what a fault struck is out of the routing, and missing
	CauseSpiral      CauseKind = "death_spiral" // instances were terminated for checks that overload made late
	CauseDependency  CauseKind = "dependency"   // a dependency had no worker to spare
	CauseRedelivered CauseKind = "redelivered"  // visibility timeouts ended while workers were at the messages
	CauseBacklog     CauseKind = "backlog"      // messages waited in the queue for longer than the SLO allows
	CauseShift       CauseKind = "zonal_shift"  // a zonal shift left too few instances with traffic
	CauseNoTarget    CauseKind = "no_target"    // the balancer had nobody to send requests to
	CauseDrain       CauseKind = "drain"        // requests were cut off as a drain ended
	CauseTerminated  CauseKind = "terminated"   // requests were cut off with no drain under way
	CauseCredits     CauseKind = "cpu_credits"  // instances were out of CPU credits
	CauseRemoved     CauseKind = "removed"      // capacity had just been removed
	CauseMaxSize     CauseKind = "max_size"     // max_size kept the group below what was needed
	CauseStorm       CauseKind = "retry_storm"  // without the retries there would have been enough
	CauseUnhealthy   CauseKind = "unhealthy"    // overloaded targets failed their checks
	CauseSpike       CauseKind = "spike"        // the load peaked within the minute
	CauseShort       CauseKind = "short"        // fewer instances served than were needed
	CauseCold        CauseKind = "cold"         // new instances were not at full speed yet
	CauseWorkers     CauseKind = "workers"      // the workers were in use, the CPU was not
	CauseCPU         CauseKind = "cpu"          // the CPU was in use
	CauseHotInstance CauseKind = "hot_instance" // one instance's CPU was, the others' not
	CauseChance      CauseKind = "chance"       // no more than scatter over so many minutes explains
	CauseUnknown     CauseKind = "unknown"      // none of these
)

// CauseKinds are all of them.
var CauseKinds = [...]CauseKind{CauseSLO, CauseStuck, CauseVersion, CauseFault, CauseLost, CauseSpiral, CauseDependency, CauseRedelivered, CauseBacklog, CauseShift, CauseNoTarget, CauseDrain, CauseTerminated, CauseCredits, CauseRemoved, CauseMaxSize,
	CauseStorm, CauseUnhealthy, CauseSpike, CauseShort, CauseCold, CauseWorkers, CauseCPU, CauseHotInstance, CauseChance, CauseUnknown}

// Cause is why a minute was bad, with the facts that say so; each kind fills its own.
type Cause struct {
	Kind      CauseKind
	Fault     string           // its name
	FaultKind string           // and kind
	Others    []string         // names of further faults whose instances are missing
	Event     string           // name of the instance refresh, or of the zonal shift
	Errors    float64          // share of its requests that a version answers wrongly
	Struck    int              // instances it struck at that time
	Serving   int              // instances (units) in service that the balancer found healthy, at the least
	InService int              // then
	Before    int              // that it found so in the minutes before, at the most
	Needed    int              // for the SLO at the minute's expected rate; -1: not known
	Coming    int              // desired, and not serving yet
	Max       int              // max_size in force
	Unhealthy int              // targets that failed their checks
	End       asg.EndKind      // why most of those left that were removed
	At        des.Time         // when the first of them was
	CPU       float64          // mean of the minute; NaN without
	Workers   float64          // share of workers in use; NaN without
	Peak      float64          // requests a second, of the highest second
	Mean      float64          // requests a second, of the minute
	Share     float64          // of the failures, that the cause explains; of the requests, that are good even alone; of the attempts, that are retries
	Open      bool             // the balancer failed open: requests went to all targets, healthy or not
	Messages  *record.Messages // of the queue, in the minute
	Limit     *collapse.Limit  // of a dependency, then
	HeldBy    []collapse.Hold  // what keeps a metastable state going
}

// lookBack is how far before a bad minute removed capacity is looked for.
const lookBack = 5 * des.Minute

// cause looks at what changed in a bad row and before it.
func (a *accounts) cause(i int, rows []record.Row) Cause {
	r := &rows[i]
	end := min(r.At.Add(a.Interval), a.end)
	c := Cause{Needed: r.NeededSLO, CPU: r.CPU, Workers: r.Workers, Mean: r.Expected, Messages: r.Messages}
	a.capacityAround(&c, r.At, end)
	c.Open = a.failedOpen(r.At, end)
	failed, by := uint64(0), [serving.Reasons]uint64{}
	for _, row := range rows[i:min(i+4, len(rows))] { // what is sent in a minute may fail in a later one
		for reason := serving.NoTarget; reason < serving.Reasons; reason++ {
			by[reason] += row.Ended[reason]
			failed += row.Ended[reason]
		}
	}
	share := func(of serving.Reason) float64 { return ratio(float64(by[of]), float64(failed)) }
	draining := a.drained(r.At.Add(-a.Interval), end.Add(3*a.Interval))
	cut, removed := share(serving.CutOff), a.removed(&c, r.At, end)
	switch {
	case a.hopeless(r):
		c.Kind, c.Share = CauseSLO, *a.IdleGood
	case a.found.StuckAt(r.At) != nil:
		s := a.found.StuckAt(r.At)
		c.Kind, c.HeldBy, c.Share = CauseStuck, s.HeldBy, s.Share
	case a.wrong(&c, r, end):
	case !(2*share(serving.NoTarget) >= 1 && r.Fail >= r.Slow) && a.faulty(&c, r.At, end):
		c.Kind = CauseFault
	case c.Serving < max(c.Needed, 1) && a.missing(&c, r.At, end):
		c.Kind = CauseLost
	case r.Messages != nil && r.Messages.Wasted > r.Messages.Deleted:
		c.Kind = CauseRedelivered
	case r.Messages != nil && (late(a.Config, r) || r.Messages.Most > 0 && (r.Slow > r.Fail || share(serving.Expired) >= 0.5)):
		c.Kind = CauseBacklog
	case a.found.SpiralOver(r.At, end, c.Needed) != nil:
		s := a.found.SpiralOver(r.At, end, c.Needed)
		c.Kind, c.Before, c.Unhealthy = CauseSpiral, s.Before, s.Terminated
	case a.found.LimitAt(r.At) != nil:
		c.Kind, c.Limit = CauseDependency, a.found.LimitAt(r.At)
	case a.shifted(&c, r):
		c.Kind = CauseShift
	case cut >= 0.5 && draining && a.Config.Balancer.DeregistrationDelay > 0:
		c.Kind, c.Share = CauseDrain, cut
	case removed && 5*(c.Before-c.Serving) >= c.Before:
		c.Kind = CauseRemoved
	case a.held(r.At, end) > 0:
		c.Kind, c.Unhealthy = CauseCredits, a.held(r.At, end)
		c.Serving = max(c.Serving, c.Unhealthy)
	case cut >= 0.5:
		c.Kind, c.Share = CauseTerminated, cut
	case c.Serving == 0 && !(c.Open && c.Unhealthy > 0) || share(serving.NoTarget) >= 0.5:
		c.Kind = CauseNoTarget
	case c.Needed > c.Max && c.Serving >= c.Max || c.Needed < 0 && c.Serving >= c.Max && r.CPU > hotCPU:
		c.Kind = CauseMaxSize
	case c.Needed <= c.Serving && a.found.StormAt(r.At) != nil:
		c.Kind, c.Share = CauseStorm, a.found.StormAt(r.At).Share
	case c.Unhealthy > 0 && (c.Serving < c.Needed || r.CPU > hotCPU):
		c.Kind = CauseUnhealthy
	case a.peak(&c, r.At, end) && c.Peak >= spiky*c.Mean:
		c.Kind = CauseSpike
	case c.Needed > c.Serving:
		c.Kind = CauseShort
	case (r.Hottest > hotCPU || r.Workers > hotCPU) && a.cold(r.At, end) > 0:
		c.Kind, c.Struck = CauseCold, a.cold(r.At, end)
	case r.Workers > hotCPU:
		c.Kind = CauseWorkers
	case r.CPU > hotCPU:
		c.Kind = CauseCPU
	case r.Hottest > hotCPU:
		c.Kind = CauseHotInstance
	case a.scatter(i, rows):
		c.Kind = CauseChance
	default:
		c.Kind = CauseUnknown
	}
	return c
}

// hotCPU is the share of CPU, or of workers, above which requests queue for it; spiky
// how often the highest second of a minute has its mean.
const (
	hotCPU = 0.95
	spiky  = 1.5
)

// capacityAround fills what the fleet was at its thinnest between from and to, and at
// its widest in the minutes before.
func (a *accounts) capacityAround(c *Cause, from, to des.Time) {
	c.Serving = math.MaxInt
	h := a.Capacity
	for k := range h {
		until := a.end
		if k+1 < len(h) {
			until = h[k+1].At
		}
		if until > from.Add(-lookBack) && h[k].At < to {
			c.Before = max(c.Before, h[k].States.Healthy())
		}
		if until <= from || h[k].At >= to {
			continue
		}
		c.Max = max(c.Max, h[k].MaxSize)
		c.Unhealthy = max(c.Unhealthy, h[k].States.Unhealthy)
		if n := h[k].States.Healthy(); n < c.Serving {
			c.Serving, c.InService = n, h[k].States.InService()
			c.Coming = max(0, h[k].Desired-n-h[k].States.Unhealthy)
		}
	}
}

// hopeless reports whether requests miss the SLO even alone, and a row has no more bad
// ones than that explains (binomial, one-sided 0.1 %).
func (a *accounts) hopeless(r *record.Row) bool {
	if a.IdleGood == nil {
		return false
	}
	bad, done := float64(r.Slow+r.Fail), float64(r.Served+r.Fail)
	alone := 1 - *a.IdleGood
	return bad > 0 && (alone >= 1 || distuv.Binomial{N: done, P: alone}.Survival(bad-1) >= 0.001)
}

// shifted names the zonal shift in force in a row without which there would have been
// enough instances; Struck counts those in its zone, Before all that were in service.
func (a *accounts) shifted(c *Cause, r *record.Row) bool {
	for _, s := range asg.Shifts(a.Config.Events, a.end) {
		if s.From > r.At || s.To <= r.At {
			continue
		}
		idle, all := 0, r.States.InService()
		for k := range a.Instances {
			if n := &a.Instances[k]; n.ZoneIndex == s.Zone && inServiceAt(n, r.At) {
				idle++
			}
		}
		if c.Needed > all-idle && c.Needed <= all {
			c.Event, c.Struck, c.Before = s.Name, idle, all
			return true
		}
	}
	return false
}

// cold counts the instances in service that had come up and were not at full speed between
// from and to.
func (a *accounts) cold(from, to des.Time) int {
	n := 0
	for k := range a.Instances {
		for _, r := range a.Instances[k].Runs {
			if inServiceAt(&a.Instances[k], from) && r.UpAt < to && r.WarmAt > from && r.StoppedAt > from && a.Config.Template.Warm.From > 0 {
				n++
			}
		}
	}
	return n
}

// inServiceAt reports whether an instance was in service at an instant.
func inServiceAt(n *record.Instance, at des.Time) bool {
	in := false
	for _, c := range n.Changes {
		if c.At <= at {
			in = c.State.InService()
		}
	}
	return in
}

// failedOpen reports whether the balancer sent requests to targets that were not healthy
// between from and to.
func (a *accounts) failedOpen(from, to des.Time) bool {
	return slices.ContainsFunc(a.FailOpens, func(f record.FailOpen) bool { return f.From < to && f.To > from })
}

// wrong names who made half or more of a row's bad requests by wrong answers: a fault that
// answers so, else the last instance refresh to a version that does.
func (a *accounts) wrong(c *Cause, r *record.Row, end des.Time) bool {
	var failed uint64
	for reason := serving.NoTarget; reason < serving.Reasons; reason++ {
		failed += r.Ended[reason]
	}
	if by := float64(r.Fail) * ratio(float64(r.Ended[serving.Error]), float64(failed)); by == 0 || 2*by < float64(r.Slow+r.Fail) {
		return false
	}
	answers := func(f *record.Hit) bool {
		of := fault.Named(a.Config.Faults, f.Name)
		return of != nil && of.About().Hasty
	}
	if a.most(c, func(f *record.Hit) bool { return answers(f) && f.At < end && min(f.OutAt, f.OverAt) >= r.At }) {
		c.Kind = CauseFault
		return true
	}
	for k := range a.Config.Events {
		e := &a.Config.Events[k]
		if e.Kind != asg.EventRefresh || e.Refresh == nil || e.Refresh.Version.Errors == 0 {
			continue
		}
		for _, at := range e.At {
			if at < end && (c.Event == "" || at >= c.At) {
				c.Kind, c.Event, c.At, c.Errors = CauseVersion, e.Name, at, e.Refresh.Version.Errors
			}
		}
	}
	if c.Event != "" {
		return true
	}
	// A version that another replaced for a while may be back.
	if a.most(c, func(f *record.Hit) bool { return answers(f) && f.At < end && f.Superseded }) {
		c.Kind = CauseFault
		return true
	}
	return false
}

// faulty reports whether a fault had its share of the traffic between from and to; of
// several it names the one that lost most.
func (a *accounts) faulty(c *Cause, from, to des.Time) bool {
	return a.most(c, func(f *record.Hit) bool { return f.At < to && min(f.OutAt, f.OverAt) >= from })
}

// most names the fault, of one time, whose hits lost most of those that had requests and
// fit, the first of equals; false without any.
func (a *accounts) most(c *Cause, fits func(f *record.Hit) bool) bool {
	most, found := uint64(0), false
	for _, f := range a.Hits {
		if f.Idle || !fits(f) {
			continue
		}
		lost, struck := uint64(0), 0
		for _, o := range a.Hits {
			if o.Name == f.Name && o.At == f.At {
				lost, struck = lost+o.Lost-o.Base, struck+1
			}
		}
		if !found || lost > most {
			most, found = lost, true
			c.Fault, c.FaultKind, c.Struck = f.Name, f.Kind, struck
		}
	}
	return found
}

// missing counts the instances that faults have struck and that are still in the group,
// out of the routing, or not yet replaced, between from and to; it reports whether they
// are half or more of what is missing, and names the faults, those of most instances first.
func (a *accounts) missing(c *Cause, from, to des.Time) bool {
	replaced, n := a.replacements(), 0
	type toll struct {
		name, kind string
		n          int
	}
	var tolls []toll
	for k, f := range a.Hits {
		left := a.Instances[f.Ordinal].LeftAt()
		if f.Idle || f.At >= to || replaced[k] <= from || min(f.OutAt, left) >= to || f.OverAt <= from && f.OverAt < left {
			continue
		}
		n++
		at := slices.IndexFunc(tolls, func(x toll) bool { return x.name == f.Name })
		if at < 0 {
			at = len(tolls)
			tolls = append(tolls, toll{name: f.Name, kind: f.Kind})
		}
		tolls[at].n++
	}
	if n == 0 || 2*n < c.Needed-c.Serving {
		return false
	}
	slices.SortStableFunc(tolls, func(x, y toll) int { return y.n - x.n })
	c.Fault, c.FaultKind, c.Struck = tolls[0].name, tolls[0].kind, n
	for _, x := range tolls[1:] {
		c.Others = append(c.Others, x.name)
	}
	return true
}

// drained reports whether an instance was drained between from and to.
func (a *accounts) drained(from, to des.Time) bool {
	for _, rec := range a.Instances {
		for k, c := range rec.Changes {
			if c.State == record.Draining && c.At < to && (k+1 == len(rec.Changes) || rec.Changes[k+1].At >= from) {
				return true
			}
		}
	}
	return false
}

// removed says which capacity the group itself took away shortly before to, and why.
func (a *accounts) removed(c *Cause, from, to des.Time) bool {
	var ends [asg.EndKinds]int
	c.At = des.Never
	for i := range a.Instances {
		n := &a.Instances[i]
		if n.EndActivity < 0 {
			continue
		}
		if at := a.Activities[n.EndActivity].Start; at > from.Add(-lookBack) && at < to && n.End.Kind != asg.EndUnhealthy && n.End.Kind != asg.EndLaunchFailed {
			ends[n.End.Kind]++
			c.At = min(c.At, at)
		}
	}
	most := asg.NotEnded
	for k, n := range ends {
		if n > ends[most] {
			most = asg.EndKind(k)
		}
	}
	c.End = most
	return most != asg.NotEnded
}

// peak finds the highest second of the load between from and to.
func (a *accounts) peak(c *Cause, from, to des.Time) bool {
	for t := from; t < to; t = t.Add(des.Second) {
		rate := 0.0
		for _, l := range a.loads {
			rate += l.Integral(t, min(t.Add(des.Second), to))
		}
		c.Peak = max(c.Peak, rate)
	}
	return c.Peak > 0
}

// scatter reports whether the bad requests of a row are no more than chance explains:
// requests are bad independently with the share of the other rows of the window, and
// the highest of so many rows comes that high with a probability of 5 % or more
// (binomial, times the number of rows).
func (a *accounts) scatter(i int, rows []record.Row) bool {
	bad, done, n := 0.0, 0.0, 0
	for k := range rows {
		if rows[k].At >= a.From() && k != i {
			bad += float64(rows[k].Slow + rows[k].Fail)
			done += float64(rows[k].Served + rows[k].Fail)
			n++
		}
	}
	r := &rows[i]
	x, of := float64(r.Slow+r.Fail), float64(r.Served+r.Fail)
	if done == 0 || of == 0 || x == 0 {
		return false
	}
	p := (bad + x) / (done + of)
	tail := distuv.Binomial{N: of, P: p}.Survival(x - 1)
	return tail*float64(n+1) >= 0.05
}
