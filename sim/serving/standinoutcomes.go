package serving

import (
	"math"

	"asgsim/sim/des"
	"asgsim/workload"
)

// outcomes draws what became of n requests of skipped time.
func (d *standin) outcomes(from, now des.Time, n uint64, m *moments) {
	if n == 0 {
		d.work(from, now, m)
		return
	}
	x := d.pool
	r := d.chance(drawPurpose, from, 0)
	t, row := &d.counts[d.window(from)], d.cohort(from)
	t.Offered += n
	row.Offered += uint32(n)
	served, rest := n, x.finished
	for k := range x.failed {
		if x.failed[k] == 0 && x.retried[k] == 0 {
			continue
		}
		failed := workload.BinomialCount(served, float64(x.failed[k])/float64(rest), &r)
		served, rest = served-failed, rest-x.failed[k]
		retried := workload.PoissonCount(float64(n)*float64(x.retried[k])/float64(x.finished), &r)
		t.Failed[k] += failed
		t.Retries += retried
		row.Failed += uint32(failed)
		d.client.by[k] += failed + retried
		d.attempts(Reason(k), failed+retried, from)
	}
	slow := workload.BinomialCount(served, float64(x.slow)/float64(x.served), &r)
	t.Served += served
	t.Slow += slow
	row.Served += uint32(served)
	row.Slow += uint32(slow)
	d.client.by[OK] += served
	d.attempts(OK, served, from)
	d.work(from, now, m)
	late := workload.BinomialCount(served, float64(x.late.count)/float64(x.served), &r)
	u := r.Float64()
	both, later := []*Histogram{d.carry.Served, d.carry.Target}, [2][]*Histogram{{d.carry.Served}, {d.carry.Target}}
	if d.inside {
		both = append(both, d.total.Served, d.total.Target)
		later[0], later[1] = append(later[0], d.total.Served), append(later[1], d.total.Target)
	}
	x.both.like(served-late, u, both...)
	x.late.like(late, u, later[0]...)
	x.target.like(late, u, later[1]...)
}

// attempts books attempts that ended on the targets.
func (d *standin) attempts(r Reason, n uint64, from des.Time) {
	if n == 0 || r == NoTarget {
		return
	}
	c := d.chance(splitPurpose, from, uint64(r))
	byChance := d.table.Algorithm.router().byChance()
	left, rest, u, before := n, 1.0, c.Float64(), 0.0
	for k := range d.targets {
		t := &d.targets[k]
		var got uint64
		switch {
		case k == len(d.targets)-1:
			got = left
		case byChance:
			got = workload.BinomialCount(left, t.share/rest, &c)
		default: // in turn, or to whoever has least: as even as whole numbers are
			after := before + t.share*float64(n)
			got = min(left, uint64(math.Floor(after+u)-math.Floor(before+u)))
			before = after
		}
		left, rest = left-got, rest-t.share
		i := &d.inst[t.id]
		i.routed += got
		i.ended[r] += got
		if r == OK || r == TimedOut || r == GatewayTimeout {
			t.worked += got
		}
	}
}

// work books the CPU time of the targets, with the mean and the variance that the sum of
// so many requests has, and that of their workers.
func (d *standin) work(from, now des.Time, m *moments) {
	dt := float64(now - from)
	r := d.chance(splitPurpose, from, uint64(Reasons))
	mean, scv := 0.0, 0.0
	if m.first > 0 {
		mean = m.first / m.n
		scv = max(0, m.second/m.n/(mean*mean)-1)
	}
	for k := range d.targets {
		t := &d.targets[k]
		i := &d.inst[t.id]
		work := 1e9 * workload.SumOf(t.worked, mean, scv, &r)
		i.didWork(des.Duration(min(work, dt*float64(i.vcpu)*i.rate)))
		i.workerArea += uint64(t.workers * dt)
		t.worked = 0
	}
}

// didWork books CPU work that was not simulated.
func (i *instance) didWork(work des.Duration) {
	if i.rate <= 0 {
		return
	}
	i.workBase += uint64(work)
	i.completed += uint64(work)
	i.cpuBase += scaled(uint64(work), i.cpuShare/i.rate)
}
