package serving

import (
	"math/bits"

	"asgsim/sim/rng"
	"asgsim/workload"
)

// limit is the least an event loop can do for the same requests: one winner tree
// of packed keys over worker slots, the next arrival outside it, work drawn when
// service begins, a queue of arrival instants an instance, one histogram. No
// classes, timeouts, retries, modes, speeds, counters by minute or instance,
// notices. It uses the plane's random streams, samplers and ziggurat, and is the
// denominator of the plane's cost.
type limit struct {
	per     int // workers an instance
	n       int
	nodes   []uint64
	start   []uint64 // arrival of what each worker serves
	free    []int32  // stacks of per slots, one an instance
	idle    []int32  // their heights
	queue   []limitQueue
	count   []int32 // outstanding
	perm    []int32
	place   []int32
	ends    []int32
	r, work rng.Stream
	route   rng.Stream
	lasts   uint64 // the next service time, drawn one ahead
	sampler workload.Sampler
	rates   []float64 // requests per ns, second by second, played again
	hist    []uint32
	sum     uint64
	served  uint64
	now     uint64
	next    uint64
	gap     float64 // position in the current second, ns
	second  int
	base    uint64  // its beginning
	mean    float64 // ns from arrival to arrival in it
	shift   uint8   // per is a power of two
}

type limitQueue struct {
	buf        []uint64
	head, tail uint32
}

func newLimit(instances, per int, d workload.Dist, rates []float64) *limit {
	leaves := 1 << bits.Len(uint(instances*per-1))
	l := &limit{per: per, n: instances, nodes: make([]uint64, 2*leaves), start: make([]uint64, instances*per),
		free: make([]int32, instances*per), idle: make([]int32, instances), queue: make([]limitQueue, instances), count: make([]int32, instances),
		perm: make([]int32, instances), place: make([]int32, instances), ends: make([]int32, 1, 4096),
		r: rng.New(1, "arrivals"), work: rng.New(1, "work"), route: rng.New(1, "route"),
		sampler: workload.NewSampler(d), rates: rates, hist: make([]uint32, histBuckets)}
	for i := range l.nodes {
		l.nodes[i] = idle
	}
	l.ends[0] = int32(instances)
	for i := range instances {
		l.perm[i], l.place[i] = int32(i), int32(i)
		l.queue[i].buf = make([]uint64, 16)
		l.idle[i] = int32(per)
		for w := range per {
			l.free[i*per+w] = int32(i*per + per - 1 - w)
		}
	}
	l.mean = 1 / rates[0]
	l.shift = uint8(bits.TrailingZeros(uint(per)))
	l.next = uint64(l.r.Exp() * l.mean)
	l.gap = float64(l.next)
	return l
}

// cross goes on to the second in which the arrival falls.
func (l *limit) cross() {
	for l.gap >= 1e9 {
		rest := (l.gap - 1e9) / l.mean
		l.second++
		l.base += 1e9
		l.mean = 1 / l.rates[l.second%len(l.rates)]
		l.gap = rest * l.mean
	}
}

func (l *limit) set(leaf int32, key uint64) {
	n := l.nodes
	i := uint(len(n)>>1) + uint(leaf)
	n[i] = key
	for i > 1 {
		key = min(key, n[i^1])
		i >>= 1
		n[i] = key
	}
}

func (l *limit) swap(i, at int32) {
	other := l.perm[at]
	l.perm[l.place[i]], l.place[other] = other, l.place[i]
	l.perm[at], l.place[i] = i, at
}

// choose picks a least outstanding instance and counts one more on it.
func (l *limit) choose() int32 {
	k := l.count[l.perm[0]]
	ties := l.ends[k]
	hi, _ := bits.Mul64(l.route.Uint64(), uint64(ties))
	i := l.perm[hi]
	l.ends[k]--
	if int(k)+1 == len(l.ends) {
		l.ends = append(l.ends, int32(l.n))
	}
	l.swap(i, l.ends[k])
	l.count[i]++
	return i
}

// leave counts one less.
func (l *limit) leave(i int32) {
	k := l.count[i]
	first := l.ends[k-1]
	l.ends[k-1]++
	l.swap(i, first)
	l.count[i]--
}

// run serves n requests.
func (l *limit) run(n uint64) {
	now, next, nodes := l.now, l.next, l.nodes
	leaves := uint(len(nodes) >> 1)
	for done := l.served + n; l.served < done; {
		root := nodes[1]
		if at := root >> leafBits; at <= next {
			now = at
			slot := int32(root & (1<<leafBits - 1))
			lasted := now - l.start[slot]
			i := int32(0)
			if l.n > 1 {
				i = slot >> (l.shift & 31)
			}
			key := idle
			if q := &l.queue[i]; q.head != q.tail {
				l.start[slot] = q.buf[q.head&uint32(len(q.buf)-1)]
				q.head++
				key = (now+l.lasts)<<leafBits | uint64(slot)
				l.lasts = uint64(l.sampler.Draw(&l.work) * 1e9)
			} else {
				l.free[i<<(l.shift&31)+l.idle[i]] = slot
				l.idle[i]++
			}
			k := leaves + uint(slot)
			nodes[k] = key
			for k > 1 {
				key = min(key, nodes[k^1])
				k >>= 1
				nodes[k] = key
			}
			if l.n > 1 {
				l.leave(i)
			}
			l.hist[bucketOf(desDuration(lasted))]++
			l.sum += lasted
			l.served++
			continue
		}
		now = next
		i := int32(0)
		if l.n > 1 {
			i = l.choose()
		}
		if h := l.idle[i] - 1; h >= 0 {
			l.idle[i] = h
			slot := l.free[i<<(l.shift&31)+h]
			l.start[slot] = now
			key := (now+l.lasts)<<leafBits | uint64(slot)
			k := leaves + uint(slot)
			nodes[k] = key
			for k > 1 {
				key = min(key, nodes[k^1])
				k >>= 1
				nodes[k] = key
			}
			l.lasts = uint64(l.sampler.Draw(&l.work) * 1e9)
		} else {
			l.queue[i].push(now)
		}
		l.gap += l.r.Exp() * l.mean
		if l.gap >= 1e9 {
			l.cross()
		}
		next = l.base + uint64(l.gap)
	}
	l.now, l.next = now, next
}

func (q *limitQueue) push(at uint64) {
	if int(q.tail-q.head) == len(q.buf) {
		buf := make([]uint64, 2*len(q.buf))
		for k := range q.tail - q.head {
			buf[k] = q.buf[(q.head+k)&uint32(len(q.buf)-1)]
		}
		q.buf, q.head, q.tail = buf, 0, q.tail-q.head
	}
	q.buf[q.tail&uint32(len(q.buf)-1)] = at
	q.tail++
}
