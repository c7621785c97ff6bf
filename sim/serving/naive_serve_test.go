package serving

import (
	"math"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

func (p *naive) arrive(l *naiveLoad) {
	c := &p.cfg.Classes[l.class]
	cpu, wait := workload.NewSampler(c.CPU), workload.NewSampler(c.Wait)
	a := &naiveAttempt{first: p.now, cpu: nanos(cpu.Draw(&l.work)), wait: nanos(wait.Draw(&l.off)), req: l.req, class: l.class, n: 1}
	l.req++
	u := l.route.Uint64()
	l.next = l.src.Next()
	defer p.earn(l.class)
	p.totals(a.first, func(t *Totals) { t.Offered++; t.InFlight++ })
	p.row(a.first).Offered++
	p.send(a, u)
}

func (p *naive) send(a *naiveAttempt, u uint64) {
	p.seq++
	a.sent, a.seq, a.ring = p.now, p.seq, -1
	p.clients = append(p.clients, a)
	p.c.Attempts++
	i := p.pick(u)
	if i == nil {
		p.failed(a, NoTarget)
		return
	}
	p.c.Routed++
	a.inst = i
	i.count.Routed++
	draw, loss := rng.Key(p.cfg.Seed, errorPurpose, a.req, uint64(a.n)), rng.Key(p.cfg.Seed, lossPurpose, a.req, uint64(a.n))
	switch {
	case i.mode.Kind == Refusing:
		p.c.Unconnected++
		p.failed(a, Refused)
		return
	case i.mode.Kind == Failing && draw.Float64() < i.mode.P:
		p.failed(a, Error)
		return
	case i.mode.Kind == Unreachable:
		p.reorder(i, func() { a.moveTo(&i.connecting) }, +1)
	case i.mode.Kind == Failing && loss.Float64() < i.mode.Lost:
		p.reorder(i, func() { a.moveTo(&i.unanswered) }, +1)
	case i.mode.Kind == Failing && i.mode.Delay > 0:
		p.reorder(i, func() { p.travel(i, a) }, +1)
	default:
		if i.used() >= workersOf(i) && !p.room(i) {
			p.failed(a, QueueFull)
			return
		}
		p.reorder(i, func() { p.accept(i, a) }, +1)
	}
	if d := p.timeout(a.class, i.mode.Kind == Unreachable); d > 0 {
		a.ring, a.deadline = p.ring(d), p.now.Add(d)
	}
}

func (p *naive) travel(i *naiveInst, a *naiveAttempt) {
	a.moveTo(&i.travelling)
	a.leaf, a.finish = p.takeLeaf(), p.now.Add(i.mode.Delay)
}

func (p *naive) arrived(i *naiveInst, a *naiveAttempt) {
	p.giveLeaf(a)
	reason := QueueFull
	switch {
	case i.mode.Kind == Unreachable && !a.gone && !a.forgot:
		a.moveTo(&i.unanswered)
		return
	case i.mode.Kind == Unreachable:
	case i.mode.Kind == Refusing:
		reason = Refused
		if !a.probe && !a.gone {
			p.c.Unconnected++
		}
	case i.used() < workersOf(i) || p.room(i):
		p.accept(i, a)
		return
	}
	if a.probe {
		p.probed(a, false)
	} else if !a.gone {
		p.failed(a, reason)
	}
	p.off(i, a)
}

func workersOf(i *naiveInst) int {
	if i.spec.Workers < 0 {
		return math.MaxInt
	}
	return i.spec.Workers
}

func (p *naive) accept(i *naiveInst, a *naiveAttempt) bool {
	switch {
	case i.used() < workersOf(i):
		p.touch(i)
		p.start(i, a)
		p.plan(i)
	case p.room(i):
		a.came = p.now
		a.moveTo(&i.line)
	default:
		return false
	}
	return true
}

func (p *naive) start(i *naiveInst, a *naiveAttempt) {
	switch {
	case i.shared():
		a.left = int64(a.cpu) << virtualBits
		a.moveTo(&i.cpu)
	case len(i.cpu) < i.spec.VCPU && len(i.cpuLine) == 0:
		p.onVCPU(i, a)
	default:
		a.moveTo(&i.cpuLine)
	}
}

func (p *naive) onVCPU(i *naiveInst, a *naiveAttempt) {
	a.moveTo(&i.cpu)
	a.leaf = p.takeLeaf()
	a.stopped, a.left = i.stalled(), int64(a.cpu)
	if !a.stopped {
		a.finish = p.now.Add(timeFor(a.cpu, i.rate()))
	}
}

func (p *naive) nextOnCPU(i *naiveInst) {
	for !i.shared() && len(i.cpu) < i.spec.VCPU && len(i.cpuLine) > 0 {
		p.onVCPU(i, i.cpuLine[0])
	}
}

func (p *naive) complete(i *naiveInst, a *naiveAttempt) {
	if a == nil || a.where != &i.off {
		p.touch(i)
	}
	if a == nil {
		a = slices.MinFunc(i.cpu, byLeft)
	}
	n, wasOff := len(i.cpu), a.where == &i.off
	p.giveLeaf(a)
	if !wasOff && len(p.deps) > 0 && !a.probe {
		p.ask(i, a, 0)
	} else if !wasOff && a.wait > 0 {
		a.moveTo(&i.off)
		p.takePlace(a)
		a.finish = p.now.Add(a.wait)
	} else {
		p.answered(i, a)
	}
	p.nextOnCPU(i)
	if !wasOff || len(i.cpu) != n {
		p.plan(i)
	}
}

func (p *naive) answered(i *naiveInst, a *naiveAttempt) {
	i.count.Completed += uint64(a.cpu)
	w := 0
	if a.first >= p.cfg.WindowFrom {
		w = 1
	}
	if !a.probe && !a.gone {
		p.target[w] = append(p.target[w], p.now.Sub(a.sent))
	}
	switch {
	case a.probe:
		p.probed(a, true)
	case !a.gone:
		p.ended(a, OK)
		d := p.now.Sub(a.first)
		p.served[w] = append(p.served[w], d)
		p.totals(a.first, func(t *Totals) { t.Served++; t.InFlight-- })
		p.row(a.first).Served++
		if d > p.cfg.Slow {
			p.totals(a.first, func(t *Totals) { t.Slow++ })
			p.row(a.first).Slow++
		}
	}
	p.off(i, a)
	p.admit(i)
}

// off takes an attempt off its instance.
func (p *naive) off(i *naiveInst, a *naiveAttempt) {
	if a.probe {
		a.moveTo(nil)
		return
	}
	p.reorder(i, func() { a.moveTo(nil) }, -1)
	if i.watched && i.outstanding() == 0 {
		i.watched = false
		p.notices = append(p.notices, Notice{Kind: Idle, ID: i.id})
	}
}

func (p *naive) admit(i *naiveInst) {
	if len(i.line) > 0 {
		p.touch(i)
	}
	p.turnAway(i)
	for len(i.line) > 0 && i.used() < workersOf(i) {
		a := i.line[0]
		if i.spec.Admission.Order == NewestFirst {
			a = i.line[len(i.line)-1]
		}
		a.moveTo(nil)
		p.start(i, a)
	}
}

func (p *naive) ended(a *naiveAttempt, r Reason) {
	p.clients = slices.DeleteFunc(p.clients, func(b *naiveAttempt) bool { return a == b })
	p.c.AttemptsBy[r]++
	p.finished += uint64(p.now - a.sent)
	if a.inst != nil {
		a.inst.count.Ended[r]++
	}
}

func (p *naive) failed(a *naiveAttempt, r Reason) {
	p.ended(a, r)
	c := p.cfg.Classes[a.class].Retry
	if a.n < c.Attempts && p.afford(a.class) {
		p.retries++
		p.later = append(p.later, &naiveAttempt{first: a.first, cpu: a.cpu, wait: a.wait, req: a.req, class: a.class, n: a.n + 1,
			seq: p.retries, at: p.now.Add(backoff(&c, p.cfg.Seed, a.req, a.n))})
		return
	}
	p.totals(a.first, func(t *Totals) { t.Failed[r]++; t.InFlight-- })
	p.row(a.first).Failed++
}

// room reports whether somebody can wait, who is turned away for it if somebody is.
func (p *naive) room(i *naiveInst) bool {
	full := func() bool { return !i.frozen() && i.spec.Queue >= 0 && len(i.line) >= i.spec.Queue }
	if full() {
		p.turnAway(i)
	}
	if full() && i.spec.Admission.Full == DropOldest && len(i.line) > 0 {
		p.reject(i, i.line[0])
	}
	return !full()
}

// turnAway rejects those that have waited too long.
func (p *naive) turnAway(i *naiveInst) {
	for long := i.spec.Admission.Longest; long > 0 && len(i.line) > 0 && p.now.Sub(i.line[0].came) > long; {
		p.reject(i, i.line[0])
	}
}

func (p *naive) reject(i *naiveInst, a *naiveAttempt) {
	switch {
	case a.probe:
		p.probed(a, false)
	case !a.gone:
		p.failed(a, QueueFull)
	}
	p.off(i, a)
}

// earn counts a first attempt of a class for its budget, afford spends it.
func (p *naive) earn(class int) {
	b := p.cfg.Classes[class].Retry.Budget
	p.purse[class] = min(p.purse[class]+uint64(b.Share*token+0.5), uint64(b.Burst)*token)
}

func (p *naive) afford(class int) bool {
	switch {
	case p.cfg.Classes[class].Retry.Budget.Share == 0:
	case p.purse[class] < token:
		p.c.Denied++
		return false
	default:
		p.purse[class] -= token
	}
	return true
}

func (p *naive) expire(a *naiveAttempt) {
	reason := TimedOut
	class := &p.cfg.Classes[a.class]
	switch lasted := p.now.Sub(a.sent); {
	case lasted == p.cfg.IdleTimeout, lasted == p.cfg.ConnectTimeout && a.where == &a.inst.connecting:
		reason = GatewayTimeout
		if a.where == &a.inst.connecting {
			p.c.Unconnected++
		}
	case lasted != class.Timeout:
		panic("a timeout of nobody's")
	}
	p.failed(a, reason)
	if a.where != &a.inst.connecting && a.where != &a.inst.unanswered && p.cfg.Classes[a.class].Abandoned == WorkOn {
		a.gone = true
		return
	}
	i := a.inst
	p.touch(i)
	i.count.Lost += uint64(p.executed(a))
	p.giveLeaf(a)
	p.hangUp(a)
	held := a.where != &i.line && a.where != &i.connecting && a.where != &i.unanswered && a.where != &i.travelling
	p.off(i, a)
	p.nextAsked()
	if held {
		p.admit(i)
		p.nextOnCPU(i)
		p.plan(i)
	}
}

func (p *naive) executed(a *naiveAttempt) des.Duration {
	i := a.inst
	switch {
	case a.where == &i.off || a.asks():
		return a.cpu
	case a.where != &i.cpu:
		return 0
	case i.shared():
		return min(a.cpu-des.Duration(max(0, (a.left+1<<(virtualBits-1))>>virtualBits)), a.cpu)
	case a.stopped:
		return max(0, a.cpu-des.Duration(a.left))
	default:
		return max(0, a.cpu-workIn(a.finish.Sub(p.now), i.rate()))
	}
}
