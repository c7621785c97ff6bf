package serving

import (
	"math"

	"asgsim/sim/des"
)

// outlook is what is expected of the rest of a minute, before it is served.
type outlook struct {
	calm   bool
	end    des.Time     // of the minute, or the run
	length des.Duration // of a stretch that shows what there is to see
	settle des.Duration // after an order that touches traffic
	regime uint64
	rate   float64 // requests a second
	rho    float64 // utilization of the CPU: of the busiest target, or of a pool that shares its queue
	queues float64 // that know nothing of each other
	stay   float64 // seconds of a request that finds nobody there
}

// What calm is, and how long a stretch must be.
const (
	busiest     = 0.95 // beyond, queues take too long to relax
	mostWorkers = 0.85 // of the workers in use, if nobody had to share a CPU
	// steady is how far the rate of a part of the minute may be from that of all,
	// beside what the counts of a recorded load do by chance.
	steady      = 0.05
	steadyParts = 6
	// relaxations and stays a stretch spans: its queues begin as the last one left them, so
	// that none of it is lost to filling them, but must follow a load that moves as much
	// faster as is skipped. A fleet of few queues spans more, up to mostRelaxations: all
	// queues together are to show relaxationsInAll.
	relaxations       = 10
	relaxationsInAll  = 100
	mostRelaxations   = 40
	stays             = 8
	settleRelaxations = 20
	settleStays       = 10
	leastSettle       = 2 * des.Second
	leastStretch      = 100 * des.Millisecond
	burstsAStretch    = 20
)

// look looks at the time from now to the end of a minute; a stretch is to have so many
// requests at least.
func look(p *EventPlane, table *Routing, requests float64, now, end des.Time) outlook {
	o := outlook{end: end}
	// The mix of requests, and whether they come evenly.
	var m mix
	o.calm = m.add(p, now, end)
	o.rate = m.requests / end.Sub(now).Seconds()
	if o.rate <= 0 || len(table.Nodes) == 0 {
		return outlook{end: end}
	}
	if !o.fleet(p, table, &m) {
		o.calm = false
	}
	rho := min(o.rho, busiest)
	gap := 1 - math.Sqrt(rho)
	// M/M/1 relaxes like exp(-t (1-sqrt(rho))^2 mu) (Cohen, "The Single Server Queue",
	// 1982); requests of varying work, or in bursts, take longer in proportion.
	relax := m.quick * math.Max(1, (m.burst+m.scv)/2) / (gap * gap)
	o.length = des.Seconds(max(requests/o.rate, min(max(relaxations, relaxationsInAll/o.queues), mostRelaxations)*relax, stays*o.stay, leastStretch.Seconds(), m.cycle))
	o.settle = max(leastSettle, des.Seconds(settleRelaxations*relax+settleStays*o.stay))
	o.regime = regime(p, table, o.rho, m.shares)
	return o
}

// mix is what requests a stretch of time expects.
type mix struct {
	requests float64
	work     float64 // mean, seconds on a vCPU at speed 1
	scv      float64 // of work
	wait     float64 // mean
	burst    float64 // index of dispersion of the arrivals, 1 at least
	cycle    float64 // seconds that show the bursts
	shares   []float64
	quick    float64 // mean seconds on the CPU of a target, divided by its vCPUs
}

// add looks at all loads and reports whether each keeps its rate.
func (m *mix) add(p *EventPlane, now, end des.Time) bool {
	even := true
	second := 0.0
	m.burst = 1
	for k := range p.loads {
		l := &p.loads[k]
		n := l.load.Integral(now, end)
		m.shares = append(m.shares, n)
		m.requests += n
		c := &p.classes[l.class]
		m.work += n * c.meanCPU
		second += n * c.meanCPU * c.meanCPU * (1 + c.scvCPU)
		m.wait += n * c.meanWait
		if n > 0 && l.idc > 1 {
			m.burst = max(m.burst, l.idc)
			m.cycle = max(m.cycle, burstsAStretch*l.cycle.Seconds())
		}
		part := end.Sub(now) / steadyParts
		for i := range des.Duration(steadyParts) {
			is := l.load.Integral(now.Add(i*part), now.Add((i+1)*part))
			should := n / steadyParts
			if math.Abs(is-should) > steady*should+3*math.Sqrt(should)*l.grain {
				even = false
			}
		}
	}
	if m.requests > 0 {
		m.work /= m.requests
		m.wait /= m.requests
		if m.work > 0 {
			m.scv = max(0, second/m.requests/(m.work*m.work)-1)
		}
		for k := range m.shares {
			m.shares[k] /= m.requests
		}
	}
	return even
}

// fleet looks at the targets and reports whether they serve, each below its limits.
func (o *outlook) fleet(p *EventPlane, table *Routing, m *mix) bool {
	total := 0.0
	for k := range table.Nodes {
		total += table.Nodes[k].Share
	}
	calm := true
	together := table.Algorithm.Together()
	for k := range table.Nodes {
		n := &table.Nodes[k]
		if n.Share == 0 {
			continue
		}
		if len(n.Targets) == 0 {
			return false
		}
		rate := o.rate * n.Share / total
		var weights, power, workers float64
		for _, t := range n.Targets {
			weights += t.Weight
		}
		for _, t := range n.Targets {
			i := &p.inst[t.ID]
			if i.mode.Kind != Serving || i.rate <= 0 || i.watched {
				return false
			}
			own := float64(i.vcpu) * i.rate
			share := rate * t.Weight / weights
			stay := m.work/i.rate + m.wait
			o.stay = max(o.stay, stay)
			if i.workers < 1<<30 {
				workers += float64(i.workers)
			} else {
				workers = math.Inf(1)
			}
			if together {
				power += own
				continue
			}
			o.queues++
			o.rho = max(o.rho, share*m.work/own)
			m.quick = max(m.quick, m.work/own)
			calm = calm && share*stay <= mostWorkers*float64(i.workers)
		}
		if together {
			o.queues++
			o.rho = max(o.rho, rate*m.work/power)
			m.quick = max(m.quick, m.work/power) // whoever is free helps
			calm = calm && rate*o.stay <= mostWorkers*workers
		}
	}
	return calm && o.rho <= busiest
}

// spread is the standard deviation of what is in flight: of queues that know nothing of
// each other, as that of M/M/1 (Kleinrock, "Queueing Systems" I, 1975, 3.2: sqrt(rho) / (1
// - rho)), and of those who would be there if nobody waited.
func (o *outlook) spread() float64 {
	return math.Sqrt(2*o.queues*o.rho)/(1-o.rho) + math.Sqrt(2*o.rate*o.stay)
}
