package world

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
)

// hpa drives the group as a Kubernetes autoscaler does, on its own tick.
type hpa struct {
	world     *world
	policy    *scaling.KubernetesHPA
	memory    scaling.HPAMemory
	last      map[*ec2.Instance]uint64 // CPU used until the last sync
	lastSync  des.Time
	outs, ins int
}

func newHPA(w *world) *hpa {
	if w.cfg.HPA == nil {
		return nil
	}
	h := &hpa{world: w, policy: w.cfg.HPA, last: map[*ec2.Instance]uint64{}}
	w.kernel.At(des.Time(h.policy.SyncPeriod), des.Decide, h.sync)
	return h
}

// pods reads the CPU of the group's instances since the last sync. One that is
// launching is pending. In its CPU initialization period (5 minutes in Kubernetes)
// a pod counts as soon as a whole sample was taken while it was ready: here, when
// it has been up since the last sync.
func (h *hpa) pods(now des.Time) []scaling.Pod {
	w, t := h.world, &h.world.cfg.Template
	next := map[*ec2.Instance]uint64{}
	var out []scaling.Pod
	request := int64(1000 * t.Type.VCPU)
	for _, m := range w.group.Active() {
		i := m.Instance
		p := scaling.Pod{Request: request, Pending: m.Phase != asg.PhaseInService || i.State != ec2.Running}
		if !p.Pending {
			var c serving.InstanceCounters
			w.plane.ReadInstance(i.Plane, &c)
			before, seen := h.last[i]
			next[i] = c.CPUNanos
			p.Known = seen
			p.Ready = i.Up && !m.Unhealthy
			p.Past = i.UpAt <= h.lastSync
			if seen {
				p.Usage = int64(math.Round(1000 * float64(c.CPUNanos-before) / float64(now.Sub(h.lastSync))))
			}
		}
		out = append(out, p)
	}
	h.last, h.lastSync = next, now
	return out
}

// sync asks the autoscaler and does what it says.
func (h *hpa) sync() {
	w := h.world
	now := w.kernel.Now()
	w.kernel.At(now.Add(h.policy.SyncPeriod), des.Decide, h.sync)
	pods := h.pods(now)
	s := w.policies.bare()
	if s.Desired == 0 {
		return // switched off, as replicas 0 is in Kubernetes
	}
	d := h.policy.Decide(now, &s, pods, &h.memory)
	result := s.Desired
	if d.Side == scaling.Out || d.Side == scaling.In {
		result = d.Want
	}
	h.note(now, &s, d, result, pods)
	if result == s.Desired {
		return
	}
	if d.Side == scaling.Out {
		h.outs++
	} else {
		h.ins++
	}
	w.group.SetDesired(result, "the Kubernetes autoscaler "+h.policy.Name+" ("+d.Why+")")
}

// note keeps a sync: every change, and where all evaluations are kept, the others.
func (h *hpa) note(now des.Time, s *scaling.Snapshot, d scaling.Decision, result int, pods []scaling.Pod) {
	if result == s.Desired && !h.world.cfg.Explain {
		return
	}
	row := Decision{At: now, Policy: h.policy.Name, Metric: math.NaN(), Alarm: "sync", Want: -1, Desired: s.Desired, Result: result,
		Why: d.Why, Blocking: d.Block.String(), Won: result != s.Desired, Until: des.Never}
	used, asked := int64(0), int64(0)
	for _, p := range pods {
		if p.Known {
			used, asked = used+p.Usage, asked+p.Request
		}
	}
	if asked > 0 {
		row.Metric = 100 * float64(used) / float64(asked)
	}
	if result != s.Desired {
		row.Want = result
	}
	h.world.policies.decisions = append(h.world.policies.decisions, row)
}

// idle names the autoscaler if it never changed anything.
func (h *hpa) idle() []Inactive {
	if h == nil || h.outs+h.ins > 0 {
		return nil
	}
	return []Inactive{{"policy " + h.policy.Name, "its arithmetic never asked for another number of replicas"}}
}
