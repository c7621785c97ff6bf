package serving

import (
	"math"

	"asgsim/sim/des"
)

// What a stretch may show and still be calm.
const (
	mostFailed   = 0.02  // of the requests
	mostRetried  = 0.01  // attempts that were tried again
	mostOutlived = 0.002 // requests that took longer than the stretch
	deviations   = 5     // by which what is in flight may change
)

// verdict judges the stretch that ends now, and makes it ready to stand for what follows
// if it was calm: as much in flight as when it began but for chance, few failures and
// retries, nothing that takes longer than itself.
func (d *standin) verdict(now des.Time, o *outlook, p *pool) bool {
	x := &d.own
	x.reset()
	d.flush(x)
	var c Counters
	d.Read(&c)
	b := &d.begun.counters
	x.served, x.slow = c.All.Served-b.All.Served, c.All.Slow-b.All.Slow
	x.finished = x.served
	failures, retries := uint64(0), uint64(0)
	for r := range x.failed {
		x.failed[r] = c.All.Failed[r] - b.All.Failed[r]
		failures += x.failed[r]
		if Reason(r) != OK {
			x.retried[r] = c.AttemptsBy[r] - b.AttemptsBy[r] - x.failed[r]
			retries += x.retried[r]
		}
	}
	x.finished += failures
	d.lasted = now.Sub(d.begun.at)
	d.inFlight = float64(c.InFlightNanos - b.InFlightNanos)
	all := float64(x.finished)
	if x.served == 0 || float64(failures) > mostFailed*all || float64(retries) > mostRetried*all {
		return false
	}
	outlived := x.both.CountAbove(d.lasted) + x.late.CountAbove(d.lasted)
	change := math.Abs(float64(c.AttemptsInFlight) - float64(b.AttemptsInFlight))
	if float64(outlived) > mostOutlived*all || change > deviations*o.spread()+10 {
		return false
	}
	r := d.chance(fadePurpose, now, 0)
	p.add(x, &r)
	d.pool, d.again = p, false
	p.shown(d.inFlight / float64(d.lasted))
	d.shares()
	return true
}

// againAs makes ready to stand for a minute as those of a regime were, without a stretch.
func (d *standin) againAs(p *pool) {
	d.pool, d.again = p, true
	d.lasted, d.inFlight = des.Nanosecond, p.flow
	d.targets = d.targets[:0]
	seen := map[ID]bool{}
	for node := range d.table.Nodes {
		for _, t := range d.table.Nodes[node].Targets {
			if seen[t.ID] || t.Weight == 0 {
				continue
			}
			seen[t.ID] = true
			part := p.parts[alike{node, d.inst[t.ID].kind(), t.Weight}]
			part.id = t.ID
			d.targets = append(d.targets, part)
		}
	}
}

// shares says what part of the requests each target takes: those of one kind, weight and
// node the same, as the balancer means it.
func (d *standin) shares() {
	d.targets = d.targets[:0]
	type sum struct {
		n           int
		ok, workers float64
	}
	sums := map[alike]sum{}
	seen := map[ID]bool{}
	var of []alike
	k, total := 0, 0.0
	for node := range d.table.Nodes {
		for _, t := range d.table.Nodes[node].Targets {
			before := &d.begun.targets[k]
			k++
			if seen[t.ID] || t.Weight == 0 {
				continue
			}
			seen[t.ID] = true
			var c InstanceCounters
			d.ReadInstance(t.ID, &c)
			key := alike{node, d.inst[t.ID].kind(), t.Weight}
			served, workers := float64(c.Ended[OK]-before.Ended[OK]), float64(c.WorkerNanos-before.WorkerNanos)/float64(d.lasted)
			g := sums[key]
			sums[key] = sum{g.n + 1, g.ok + served, g.workers + workers}
			of = append(of, key)
			total += served
			d.targets = append(d.targets, stood{id: t.ID, workers: workers})
		}
	}
	for k := range d.targets {
		g := sums[of[k]]
		d.targets[k].share = g.ok / float64(g.n) / total
	}
	d.pool.parts = map[alike]stood{}
	for key, g := range sums {
		d.pool.parts[key] = stood{share: g.ok / float64(g.n) / total, workers: g.workers / float64(g.n)}
	}
}

// mark begins a stretch: what the recorders hold belongs to the time before.
func (d *standin) mark(now des.Time) {
	d.flush(nil)
	b := &d.begun
	b.at, b.targets = now, b.targets[:0]
	d.Read(&b.counters)
	for k := range d.table.Nodes {
		for _, t := range d.table.Nodes[k].Targets {
			var c InstanceCounters
			d.ReadInstance(t.ID, &c)
			b.targets = append(b.targets, c)
		}
	}
}

// flush moves what the recorders hold to the period's latencies and, where asked for, to a
// sample.
func (d *standin) flush(x *sample) {
	for w := range d.latency {
		r := &d.latency[w]
		both := []*Histogram{d.carry.Served, d.carry.Target}
		late, target := []*Histogram{d.carry.Served}, []*Histogram{d.carry.Target}
		if w == 1 {
			both, late, target = append(both, d.total.Served, d.total.Target), append(late, d.total.Served), append(target, d.total.Target)
		}
		if x != nil {
			both, late, target = append(both, x.both), append(late, x.late), append(target, x.target)
		}
		r.both.flush(both...)
		r.served.flush(late...)
		r.target.flush(target...)
	}
}
