package world

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
)

// gatherer reads what the instances of the group use at a fixed interval, and
// shows a reading only when those who watch could know it.
type gatherer struct {
	world *world
	every des.Duration
	delay des.Duration // end of an interval to when it is known
	keep  des.Duration // how far back readings are asked for
	last  map[*ec2.Run]serving.InstanceCounters
	at    des.Time     // of the last reading
	sweep []sweep      // ascending
	heard func(*sweep) // of every reading, at once; nil: nobody
}

// sweep is a reading of all instances.
type sweep struct {
	from, to des.Time
	used     []drawn // by ordinal of launch
	at       map[*ec2.Instance]int
}

// drawn is what one instance in the group used in an interval. It ran in the whole
// of it, unless it is new.
type drawn struct {
	instance *ec2.Instance
	cpu      float64 // vCPU-ns
	share    float64 // of its CPU, while it ran
	routed   float64 // requests
	whole    bool    // it ran at the last reading already
	group    bool    // it is pending or in service
}

func newGatherer(w *world, every, delay, keep des.Duration) *gatherer {
	g := &gatherer{world: w, every: every, delay: delay, keep: keep, last: map[*ec2.Run]serving.InstanceCounters{}}
	w.kernel.At(des.Time(every), des.Publish, g.tick)
	return g
}

func (g *gatherer) tick() {
	w := g.world
	now := w.kernel.Now()
	if next := now.Add(g.every); next < w.end {
		w.kernel.At(next, des.Publish, g.tick)
	}
	s := sweep{from: g.at, to: now, at: make(map[*ec2.Instance]int, len(g.last))}
	next := make(map[*ec2.Run]serving.InstanceCounters, len(g.last))
	for _, m := range w.group.Active() {
		i := m.Instance
		if i.State != ec2.Running {
			continue
		}
		cpus := float64(i.Model.Type.VCPU)
		var c serving.InstanceCounters
		w.plane.ReadInstance(i.Plane, &c)
		before, seen := g.last[i.Run]
		next[i.Run] = c
		u := drawn{instance: i, routed: float64(c.Routed - before.Routed), whole: seen, group: m.Phase == asg.PhaseInService}
		begin := max(s.from, i.RunningAt)
		u.cpu = w.cfg.Template.Used(float64(c.CPUNanos-before.CPUNanos), i.Model.Type.VCPU, i.Run, begin, now)
		if now > begin {
			u.share = u.cpu / (cpus * float64(now-begin))
		}
		s.at[i] = len(s.used)
		s.used = append(s.used, u)
	}
	g.last, g.at = next, now
	g.sweep = append(g.sweep, s)
	if g.heard != nil {
		g.heard(&s)
	}
	for g.sweep[0].to < now.Add(-g.keep-g.delay-g.every) {
		g.sweep = g.sweep[1:]
	}
}

// known is the newest reading that is known at now; nil: none.
func (g *gatherer) known(now des.Time) *sweep {
	for i := len(g.sweep) - 1; i >= 0; i-- {
		if g.sweep[i].to.Add(g.delay) <= now {
			return &g.sweep[i]
		}
	}
	return nil
}

// window is the known readings of a stretch that ends with the newest, oldest first.
func (g *gatherer) window(now des.Time, d des.Duration) []sweep {
	last := g.known(now)
	if last == nil {
		return nil
	}
	end := len(g.sweep)
	for g.sweep[end-1].to > last.to {
		end--
	}
	begin := end
	for begin > 0 && g.sweep[begin-1].from >= last.to.Add(-d) {
		begin--
	}
	return g.sweep[begin:end]
}

// of is what an instance used in a reading.
func (s *sweep) of(i *ec2.Instance) (drawn, bool) {
	if s == nil {
		return drawn{}, false
	}
	k, ok := s.at[i]
	if !ok {
		return drawn{}, false
	}
	return s.used[k], true
}

// VMs is the newest reading known as autoscalers of virtual machines see it.
func (g *gatherer) VMs(now des.Time) []scaling.VM {
	s := g.known(now)
	if s == nil {
		return nil
	}
	var out []scaling.VM
	for _, u := range s.used {
		ran := s.to.Sub(max(s.from, u.instance.RunningAt))
		if !u.group || ran <= 0 {
			continue
		}
		out = append(out, scaling.VM{Age: s.to.Sub(u.instance.RunningAt), CPU: 100 * u.share, Requests: u.routed / ran.Seconds()})
	}
	return out
}

// Pods are the group's instances as the metrics server shows them. One that is
// launching is pending. In its CPU initialization period (5 minutes in Kubernetes)
// a pod counts as soon as a whole sample was taken while it was ready: here, when
// it was up at the begin of the newest interval known.
func (g *gatherer) Pods(now des.Time) []scaling.Pod {
	newest := g.known(now)
	var out []scaling.Pod
	for _, m := range g.world.group.Active() {
		i := m.Instance
		p := scaling.Pod{Request: int64(1000 * i.Model.Type.VCPU), Pending: m.Phase != asg.PhaseInService || i.State != ec2.Running}
		if u, ok := newest.of(i); ok && !p.Pending && u.whole {
			p.Known = true
			p.Past = i.UpAt <= newest.from
			p.Usage = int64(math.Round(1000 * u.cpu / float64(newest.to-newest.from)))
		}
		p.Ready = i.Up && !m.Unhealthy
		out = append(out, p)
	}
	return out
}

// Window is what the instances of the group used in the known readings of a stretch.
func (g *gatherer) Window(now des.Time, d des.Duration) [][]scaling.Used {
	bill := &g.world.cfg.Bill
	var out [][]scaling.Used
	for _, s := range g.window(now, d) {
		var used []scaling.Used
		for _, u := range s.used {
			if u.group {
				used = append(used, scaling.Used{CPU: u.share, Requests: u.routed, In: u.routed * bill.RequestBytes, Out: u.routed * bill.ResponseBytes})
			}
		}
		out = append(out, used)
	}
	return out
}
