package serving

import (
	"slices"
)

// busy reports whether an order for an instance touches traffic.
func (s *Sampled) busy(id ID) bool {
	return int(id) < len(s.routed) && id >= 0 && s.routed[id] || s.on(id).outstanding > 0
}

// touch prepares for an order for an instance.
func (s *Sampled) touch(id ID) {
	s.catchUp()
	if s.busy(id) {
		s.disturb()
	}
}

// SetMode implements Plane.
func (s *Sampled) SetMode(id ID, m Mode) {
	s.touch(id)
	s.EventPlane.SetMode(id, m)
}

// SetSpeed implements Plane.
func (s *Sampled) SetSpeed(id ID, speed, cpuShare float64) {
	if i := s.on(id); speed != i.speed || cpuShare != i.cpuShare {
		s.touch(id)
	}
	s.EventPlane.SetSpeed(id, speed, cpuShare)
}

// Cut implements Plane.
func (s *Sampled) Cut(id ID, r Reason) {
	s.touch(id)
	s.EventPlane.Cut(id, r)
}

// Remove implements Plane.
func (s *Sampled) Remove(id ID) {
	s.touch(id)
	s.EventPlane.Remove(id)
}

// Watch implements Plane.
func (s *Sampled) Watch(id ID) {
	s.touch(id)
	s.EventPlane.Watch(id)
}

// Route implements Plane. A table that says what the last one said is no news.
func (s *Sampled) Route(r Routing) {
	if sameTable(s.table, r) {
		s.catchUp()
		s.EventPlane.Route(r)
		return
	}
	s.disturb()
	s.table = Routing{Algorithm: r.Algorithm, Nodes: slices.Clone(r.Nodes)}
	clear(s.routed)
	for k := range s.table.Nodes {
		n := &s.table.Nodes[k]
		n.Targets = slices.Clone(n.Targets)
		for _, t := range n.Targets {
			for int(t.ID) >= len(s.routed) {
				s.routed = append(s.routed, false)
			}
			s.routed[t.ID] = s.routed[t.ID] || t.Weight > 0
		}
	}
	s.EventPlane.Route(r)
}

func sameTable(a, b Routing) bool {
	return a.Algorithm == b.Algorithm && slices.EqualFunc(a.Nodes, b.Nodes, func(x, y Node) bool {
		return x.Share == y.Share && slices.Equal(x.Targets, y.Targets)
	})
}

// Probe implements Plane. In skipped time an instance that serves answers well and at
// once, as it did in the stretch; the work counts.
func (s *Sampled) Probe(id ID, work float64) Token {
	i := s.on(id)
	if s.state != skipping || i.mode.Kind != Serving {
		return s.EventPlane.Probe(id, work)
	}
	slot := s.newAttempt()
	a := &s.slab[slot]
	*a = attempt{inst: id, seq: s.nextSeq(), flags: probe}
	i.probes++
	i.didWork(nanos(work))
	s.probeDone(a, slot, true)
	token := Token(ref(a.seq, slot))
	s.release(a, slot)
	return token
}

// Forget implements Plane. A health check that a serving instance did not answer in time
// is no calm.
func (s *Sampled) Forget(t Token) {
	r := uint64(t)
	if slot := int(uint32(r)); slot < len(s.slab) && s.live(r) {
		if a := &s.slab[slot]; a.flags&(probe|forgotten) == probe && s.inst[a.inst].mode.Kind == Serving {
			s.disturb()
		}
	}
	s.EventPlane.Forget(t)
}

// Read implements Plane.
func (s *Sampled) Read(c *Counters) {
	s.catchUp()
	s.EventPlane.Read(c)
}

// ReadInstance implements Plane.
func (s *Sampled) ReadInstance(id ID, c *InstanceCounters) {
	s.catchUp()
	s.EventPlane.ReadInstance(id, c)
}

// Cohorts implements Plane.
func (s *Sampled) Cohorts() []Cohort {
	s.catchUp()
	return s.EventPlane.Cohorts()
}

// TakePeriod implements Plane.
func (s *Sampled) TakePeriod(into *Latencies) {
	s.catchUp()
	s.EventPlane.TakePeriod(into)
	into.Served.Merge(s.standin.carry.Served)
	into.Target.Merge(s.standin.carry.Target)
	s.standin.carry.Served.Reset()
	s.standin.carry.Target.Reset()
}

// Skipped returns how many requests were not served but drawn.
func (s *Sampled) Skipped() uint64 { return s.tally.skipped }

// Reused returns how many of them belong to minutes without a stretch of their own: they
// are as in the minutes of the same regime before.
func (s *Sampled) Reused() uint64 { return s.tally.reused }

// Behind returns, by minute, how many requests the outcomes of those that were skipped
// rest on; 0 where none was.
func (s *Sampled) Behind() []uint32 { return s.tally.behind }

// Groups is how many groups of stretches the errors rest on; 0 where nothing was skipped.
func (s *Sampled) Groups() int { return min(s.tally.dealt, groups) }

// BadError is the standard error, by sampling, of the number of requests of the window
// that failed or were slow.
func (s *Sampled) BadError() float64 {
	s.pools.settle()
	return s.tally.badError()
}

// QuantileError is that of the p-quantile of the window's latencies, in seconds.
func (s *Sampled) QuantileError(p float64) float64 {
	s.pools.settle()
	return s.tally.quantileError(s.total.Served, p)
}
