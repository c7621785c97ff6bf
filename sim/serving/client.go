package serving

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// minuteOf returns the row of the cohorts for a first send.
func minuteOf(t des.Time) int { return int(uint64(t) / uint64(des.Minute)) }

// draw draws the load's next request, one ahead: what it waits for is then not what
// the present one waits for. It comes as much earlier as was skipped.
func (l *source) draw(c *class, skipped des.Duration) {
	l.drawWork(c)
	l.come(l.src.Next(), skipped)
}

// drawWork draws what the next request asks for.
func (l *source) drawWork(c *class) {
	l.req++
	l.u = l.route.Uint64()
	l.cpu = nanos(c.cpu.Draw(&l.work))
	if c.waitVaries {
		l.wait = nanos(c.wait.Draw(&l.off)) ^ c.asks
	}
}

// come sets when the next request comes.
func (l *source) come(at des.Time, skipped des.Duration) {
	if l.next = at; at != des.Never {
		l.next = at.Add(-skipped)
	}
}

// nanos converts seconds to whole nanoseconds.
func nanos(seconds float64) des.Duration {
	return min(des.Duration(seconds*1e9+0.5), maxWork)
}

// turnMinute begins the minute in which now lies.
func (p *EventPlane) turnMinute() {
	p.book()
	m := &p.minute
	sent := p.now.Add(p.skips.sum)
	begun := sent - sent%des.Time(des.Minute)
	m.from = max(begun.Add(-p.skips.sum), p.skips.last)
	m.until = begun.Add(des.Minute - p.skips.sum)
	m.first = &p.latency[p.window(sent)].both
}

// leaveMinute lets every first send count by itself until the next request comes: the
// run's clock is about to be moved.
func (p *EventPlane) leaveMinute() {
	p.book()
	p.minute.leave()
}

// book adds the present minute to its cohort and to the totals.
func (p *EventPlane) book() {
	m := &p.minute
	if m.offered|m.served == 0 {
		return
	}
	sent := m.from.Add(p.skips.sum)
	t, row := &p.counts[p.window(sent)], p.cohort(sent)
	t.Offered += m.offered
	t.Served += m.served
	t.Slow += m.slow
	t.InFlight += m.offered - m.served
	row.Offered += uint32(m.offered)
	row.Served += uint32(m.served)
	row.Slow += uint32(m.slow)
	p.client.by[OK] += m.served
	m.offered, m.served, m.slow = 0, 0, 0
}

// servedLate counts a good answer that the present minute does not: to a request first
// sent before it, or tried more than once.
func (p *EventPlane) servedLate(a *attempt) {
	first := p.skips.at(a.first)
	w, lasted := p.window(first), p.now.Sub(a.first)
	if a.n == 1 {
		p.latency[w].both.record(lasted)
	} else {
		p.latency[w].served.record(lasted)
		p.latency[w].target.record(p.now.Sub(a.sent))
	}
	t, row := &p.counts[w], p.cohort(first)
	p.client.by[OK]++
	t.Served++
	t.InFlight--
	row.Served++
	if lasted > p.slow {
		t.Slow++
		row.Slow++
	}
}

// window returns which counters a first send belongs to.
func (p *EventPlane) window(first des.Time) int {
	if first >= p.windowFrom {
		return 1
	}
	return 0
}

// cohort returns the row of a first send.
func (p *EventPlane) cohort(first des.Time) *Cohort {
	m := minuteOf(first)
	for m >= len(p.cohorts) {
		p.cohorts = append(p.cohorts, Cohort{})
	}
	return &p.cohorts[m]
}

// sends counts one more in flight.
func (k *clientCounters) sends(now des.Time) {
	k.area += k.inFlight * uint64(now-k.changed)
	k.changed = now
	k.inFlight++
	k.lasted -= uint64(now)
}

// ends counts one less.
func (k *clientCounters) ends(now des.Time) {
	k.area += k.inFlight * uint64(now-k.changed)
	k.changed = now
	k.inFlight--
	k.lasted += uint64(now)
}

// fails ends an attempt at once, before the server took it on.
func (p *EventPlane) fails(slot int32, r Reason) {
	a := &p.slab[slot]
	p.clientFailed(a, r)
	p.release(a, slot)
}

// clientEnds books the end of an attempt for its client; i is nil if it had no
// target.
func (p *EventPlane) clientEnds(i *instance, r Reason) {
	p.client.by[r]++
	p.client.ends(p.now)
	if i != nil {
		i.ended[r]++
	}
}

// clientFailed tells the client that the attempt failed: it sends again later, or
// the request has failed.
func (p *EventPlane) clientFailed(a *attempt, r Reason) {
	var i *instance
	if a.inst >= 0 {
		i = &p.inst[a.inst]
	}
	p.clientEnds(i, r)
	c := &p.classes[a.class]
	if a.n < c.attempts && p.affords(a.class) {
		p.retryLater(a, c)
		return
	}
	first := p.skips.at(a.first)
	t := &p.counts[p.window(first)]
	t.Failed[r]++
	t.InFlight--
	p.cohort(first).Failed++
}

// resend sends the first of the retries.
func (p *EventPlane) resend() {
	f := p.retry.pop()
	p.nextRetry = p.retry.first()
	p.refresh()
	slot := p.newAttempt()
	a := &p.slab[slot]
	a.first, a.cpu, a.wait = f.first, f.cpu, f.wait
	a.req, a.class, a.n = f.req, f.class, f.n
	p.counts[p.window(p.skips.at(a.first))].Retries++
	draw := rng.Key(p.seed, routePurpose, f.req, uint64(f.n))
	a.inst = p.pick(draw.Uint64())
	p.send(slot, a, &p.classes[f.class])
}

// affords takes a retry from the budget of a class, if there is one.
func (p *EventPlane) affords(class uint8) bool {
	first := uint64(0)
	for k := range p.loads {
		if l := &p.loads[k]; l.class == class {
			first += l.req - uint64(k)<<40
		}
	}
	if p.classes[class].purse.take(first) {
		return true
	}
	p.client.denied++
	return false
}

// retryLater keeps the request for another attempt after the back-off.
func (p *EventPlane) retryLater(a *attempt, c *class) {
	p.retry.push(future{
		at:    p.now.Add(backoff(&c.retry, p.seed, a.req, int(a.n))),
		first: a.first, cpu: a.cpu, wait: a.wait, req: a.req, class: a.class, n: a.n + 1,
	})
	p.nextRetry = p.retry.first()
	p.refresh()
	p.turned = true
}

// backoff returns the pause after attempt n of a request: the first back-off
// doubled n-1 times, capped, with jitter drawn by request and attempt.
func backoff(r *Retry, seed, req uint64, n int) des.Duration {
	d := float64(r.Backoff) * math.Exp2(float64(n-1))
	if r.Cap > 0 {
		d = min(d, float64(r.Cap))
	}
	// A year is as good as never, and keeps the sum of instants in range.
	d = min(d, float64(365*des.Day))
	if r.Jitter == NoJitter {
		return des.Duration(d)
	}
	draw := rng.Key(seed, jitterPurpose, req, uint64(n))
	if r.Jitter == EqualJitter {
		return des.Duration(d/2 + draw.Float64()*d/2)
	}
	return des.Duration(draw.Float64() * d)
}
