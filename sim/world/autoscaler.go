package world

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// autoscaler drives the group as another system does, on its own tick. Suspended
// processes do not stop it: it sets the desired capacity from outside.
type autoscaler struct {
	world     *world
	policy    scaling.Autoscaler
	every     des.Duration
	gather    *gatherer
	look      string // what it calls an evaluation
	decide    func(now des.Time, s *scaling.Snapshot) opinion
	outs, ins int
}

// opinion is what an autoscaler made of what it saw.
type opinion struct {
	scaling.Decision
	policy string  // whose it is
	metric float64 // NaN without data
}

func newAutoscaler(w *world) *autoscaler {
	a := &autoscaler{world: w, policy: w.cfg.Autoscaler}
	switch p := w.cfg.Autoscaler.(type) {
	case nil:
		return nil
	case *scaling.KubernetesHPA:
		a.kubernetes(p)
	case *scaling.GCPAutoscaler:
		a.google(p)
	case *scaling.AzureAutoscale:
		a.azure(p)
	}
	w.kernel.At(des.Time(a.every), des.Decide, a.tick)
	return a
}

// kubernetes sets up a HorizontalPodAutoscaler. It has the CPU that the metrics
// server computed between its last two looks at the nodes.
func (a *autoscaler) kubernetes(p *scaling.KubernetesHPA) {
	var memory scaling.HPAMemory
	a.every, a.look = p.SyncPeriod, "sync"
	a.gather = newGatherer(a.world, p.Resolution, p.Delay, p.Resolution)
	a.decide = func(now des.Time, s *scaling.Snapshot) opinion {
		if s.Desired == 0 { // switched off, as replicas 0 is in Kubernetes
			return opinion{Decision: scaling.Decision{Why: "replicas are 0: switched off"}, policy: p.Name, metric: math.NaN()}
		}
		pods := a.pods(now)
		return opinion{p.Decide(now, s, pods, &memory), p.Name, utilization(pods)}
	}
}

// pods are the group's instances as the metrics server shows them. One that is
// launching is pending. In its CPU initialization period (5 minutes in Kubernetes)
// a pod counts as soon as a whole sample was taken while it was ready: here, when
// it was up at the begin of the newest interval known.
func (a *autoscaler) pods(now des.Time) []scaling.Pod {
	newest := a.gather.known(now)
	var out []scaling.Pod
	for _, m := range a.world.group.Active() {
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

// utilization is the CPU of the pods with a sample, in percent.
func utilization(pods []scaling.Pod) float64 {
	used, asked := int64(0), int64(0)
	for _, p := range pods {
		if p.Known {
			used, asked = used+p.Usage, asked+p.Request
		}
	}
	if asked == 0 {
		return math.NaN()
	}
	return 100 * float64(used) / float64(asked)
}

// google sets up the autoscaler of a managed instance group.
func (a *autoscaler) google(p *scaling.GCPAutoscaler) {
	var memory scaling.GCPMemory
	a.every, a.look = scaling.GCPPeriod, "recommendation"
	a.gather = newGatherer(a.world, scaling.GCPPeriod, p.Delay, scaling.GCPPeriod)
	if !a.world.cfg.Group.Cold {
		// A settled group has served its load for long.
		memory.Loads = []scaling.Recommendation{{At: 0, Replicas: a.world.settledSize()}}
		memory.Sizes = memory.Loads
	}
	a.decide = func(now des.Time, s *scaling.Snapshot) opinion {
		o := opinion{policy: p.Name, metric: math.NaN()}
		var vms []scaling.VM
		if newest := a.gather.known(now); newest != nil {
			vms = newest.vms()
		}
		var all mean
		for _, v := range vms {
			all.add(v.CPU)
		}
		o.metric, o.Decision = all.value(), p.Decide(now, s, vms, &memory)
		return o
	}
}

// azure sets up an autoscale setting.
func (a *autoscaler) azure(p *scaling.AzureAutoscale) {
	var memory scaling.AzureMemory
	var longest, delay des.Duration
	for i := range p.Rules {
		longest, delay = max(longest, p.Rules[i].Window), max(delay, p.Rules[i].Delay)
	}
	a.every, a.look = scaling.AzurePeriod, "autoscale"
	a.gather = newGatherer(a.world, des.Minute, delay, longest)
	a.decide = func(now des.Time, s *scaling.Snapshot) opinion {
		values := make([]float64, len(p.Rules))
		for i := range p.Rules {
			values[i] = a.azureMetric(now, &p.Rules[i], s.Desired)
		}
		d, rule := p.Decide(now, s, values, &memory)
		return opinion{d, p.Rules[rule].Name, values[rule]}
	}
}

// azureMetric is the value of a rule's metric: the statistic of each time grain of
// the window, summed up; NaN without any grain known.
func (a *autoscaler) azureMetric(now des.Time, r *scaling.AzureRule, count int) float64 {
	var grains, samples []float64
	list := a.gather.window(now, r.Window)
	bill := &a.world.cfg.Bill
	for k := range list {
		requests := 0.0
		for _, u := range list[k].used {
			switch {
			case !u.group:
			case r.Metric == scaling.PercentageCPU:
				samples = append(samples, 100*u.share)
			case r.Metric == scaling.NetworkInTotal:
				samples = append(samples, u.routed*bill.RequestBytes)
			case r.Metric == scaling.NetworkOutTotal:
				samples = append(samples, u.routed*bill.ResponseBytes)
			default:
				requests += u.routed
			}
		}
		if r.Metric == scaling.TotalRequests {
			samples = append(samples, requests)
		}
		if left := len(list) - 1 - k; left%int(r.Grain/des.Minute) == 0 {
			if v := r.Statistic.Of(samples); !math.IsNaN(v) {
				grains = append(grains, v)
			}
			samples = samples[:0]
		}
	}
	v := r.Aggregation.Of(grains)
	if r.PerInstance {
		v /= float64(max(1, count))
	}
	return v
}

// tick asks the autoscaler and does what it says.
func (a *autoscaler) tick() {
	w := a.world
	now := w.kernel.Now()
	w.kernel.At(now.Add(a.every), des.Decide, a.tick)
	s := w.policies.bare()
	o := a.decide(now, &s)
	result := s.Desired
	if o.Side == scaling.Out || o.Side == scaling.In {
		result, _ = scaling.Clamp(o.Want, s.Min, s.Max)
	}
	a.note(now, &s, &o, result)
	if result == s.Desired {
		return
	}
	if result > s.Desired {
		a.outs++
	} else {
		a.ins++
	}
	w.group.SetDesired(result, "the "+a.policy.System()+" "+o.policy+" ("+o.Why+")")
}

// note keeps an evaluation: every change, and where all are kept, the others.
func (a *autoscaler) note(now des.Time, s *scaling.Snapshot, o *opinion, result int) {
	switch o.Block {
	case scaling.BlockStabilization, scaling.BlockControl, scaling.BlockFlapping:
		if now >= a.world.from() {
			a.world.policies.blocked[blockKey{o.policy, o.Block}] += a.every
		}
	}
	if result == s.Desired && !a.world.cfg.Explain {
		return
	}
	row := Decision{At: now, Source: record.FromAutoscaler, Policy: o.policy, Metric: o.metric, Alarm: a.look, Want: -1, Desired: s.Desired, Result: result,
		Why: o.Why, Block: o.Block, Won: result != s.Desired, Until: des.Never}
	if result != s.Desired {
		row.Want = o.Want
	}
	a.world.policies.decisions = append(a.world.policies.decisions, row)
}

// idle names the autoscaler if it never changed anything.
func (a *autoscaler) idle() []Inactive {
	if a == nil || a.outs+a.ins > 0 {
		return nil
	}
	why := "its arithmetic never asked for another number of instances"
	if p, ok := a.policy.(*scaling.GCPAutoscaler); ok && p.Mode == scaling.GCPOff {
		why = "its mode is OFF"
	}
	return []Inactive{{Rule: "policy " + a.policy.PolicyName(), Why: why}}
}

// names are those of the policies that the autoscaler carries out.
func (a *autoscaler) names() []string {
	if a == nil {
		return nil
	}
	if p, ok := a.policy.(*scaling.AzureAutoscale); ok {
		var out []string
		for i := range p.Rules {
			out = append(out, p.Rules[i].Name)
		}
		return out
	}
	return []string{a.policy.PolicyName()}
}

// settledBy is the smallest fleet that an autoscaler leaves alone at the load of the
// start; 0 where that cannot be foretold.
func (w *world) settledBy(a scaling.Autoscaler) int {
	one, _ := w.metricOfOne(cloudwatch.CPUUtilization, 0)
	requests := w.perMinute(0)
	switch p := a.(type) {
	case *scaling.KubernetesHPA:
		return wholeAbove(one / p.Target)
	case *scaling.GCPAutoscaler:
		n := 0
		if p.CPU > 0 {
			n = wholeAbove(one / p.CPU)
		}
		if p.Balancing > 0 {
			n = max(n, wholeAbove(requests/60/(p.Balancing/100*p.MaxRate)))
		}
		return n
	case *scaling.AzureAutoscale:
		n := 0
		for i := range p.Rules {
			r := &p.Rules[i]
			above := r.Operator == scaling.AzureGreaterThan || r.Operator == scaling.AzureGreaterThanOrEqual
			switch {
			case !r.Increase || !above || r.Threshold <= 0:
			case r.Metric == scaling.PercentageCPU && r.Statistic == scaling.AzureAverage:
				n = max(n, wholeAbove(one/r.Threshold))
			case r.Metric == scaling.TotalRequests && r.PerInstance:
				n = max(n, wholeAbove(requests/r.Threshold))
			}
		}
		return n
	}
	return 0
}

// wholeAbove rounds a number of instances up.
func wholeAbove(v float64) int {
	return int(math.Min(math.Ceil(v-1e-9), math.MaxInt32))
}
