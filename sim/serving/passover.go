package serving

import (
	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// begin begins to skip.
func (d *standin) begin(now des.Time) {
	d.told, d.skipped, d.inside = now, 0, d.window(now) == 1
	d.next = d.next[:0]
	for k := range d.loads {
		at := d.loads[k].next
		if at != des.Never {
			at = at.Add(d.skips.sum)
		}
		d.next = append(d.next, at)
	}
}

// account books what was skipped until now, and returns how many requests: counters,
// latencies, CPU time.
func (d *standin) account(now des.Time) uint64 {
	if d.told >= now {
		return 0
	}
	from := d.told
	d.told = now
	var m moments
	n := d.passOver(now, &m)
	d.outcomes(from, now, n, &m)
	d.skipped += n
	// In flight is as much as in the stretch, and lasts as long.
	area := uint64(d.inFlight * (float64(now-from) / float64(d.lasted)))
	d.client.area += area
	d.client.lasted += area
	return n
}

// land lets the loads go on from here.
func (d *standin) land() {
	for k := range d.loads {
		d.loads[k].come(d.next[k], d.skips.sum)
	}
	d.findArrival()
}

// passOver counts the arrivals before now, and draws anew what the next ones ask for.
func (d *standin) passOver(now des.Time, m *moments) uint64 {
	total := uint64(0)
	for k := range d.loads {
		l := &d.loads[k]
		n, next := l.src.Skip(d.next[k], now, d.chance(skipPurpose, now, uint64(k)))
		d.next[k] = next
		if n == 0 {
			continue
		}
		total += n
		l.rekey(d.seed, uint64(now))
		l.req += n - 1
		c := &d.classes[l.class]
		l.drawWork(c)
		m.n += float64(n)
		m.first += float64(n) * c.meanCPU
		m.second += float64(n) * c.meanCPU * c.meanCPU * (1 + c.scvCPU)
	}
	return total
}

// rekey begins the load's streams anew, so that variants that skip to one instant meet the
// same requests from there on.
func (l *source) rekey(seed, at uint64) {
	l.work = rng.Key(seed, rng.Purpose("work/"+l.name), at)
	l.off = rng.Key(seed, rng.Purpose("wait/"+l.name), at)
	l.route = rng.Key(seed, rng.Purpose("route/"+l.name), at)
}
