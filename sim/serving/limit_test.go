package serving

import (
	"math"
	"math/bits"
	"testing"

	"asgsim/sim/rng"
	"asgsim/workload"
)

// limit is the least an event loop can do for the same requests: a winner tree of packed
// keys with a leaf for each worker, the next arrival outside it and drawn one ahead, rates
// constant by the second and inverted, work drawn when service begins, one histogram. No
// classes, timeouts, retries, modes, speeds, counters by minute or instance, notices. It
// has the plane's random streams, ziggurat and histogram, and is what the plane's cost is
// divided by.
type limit struct {
	tree  limitTree
	shift uint     // a worker's leaf is instance << shift + its number
	idle  []uint64 // by instance, a bit a worker
	came  []uint64 // by leaf, when what it serves came
	line  []limitLine
	few   fewest

	gaps, work, route rng.Stream
	mean              float64          // of exponential work, ns; 0: of another law
	law               workload.Sampler // which then is this one

	rates []float64 // arrivals a nanosecond by the second, over and over
	cell  int
	from  uint64  // where the present second begins
	scale float64 // ns an expected arrival in it
	next  uint64
	now   uint64

	hist   []uint32
	sum    uint64
	served uint64
}

func newLimit(instances, per int, d workload.Dist, rates []float64) *limit {
	l := &limit{shift: uint(bits.Len(uint(per - 1))), rates: rates, scale: 1 / rates[0], hist: make([]uint32, histBuckets),
		gaps: rng.New(1, "arrivals"), work: rng.New(1, "work"), route: rng.New(1, "route"), law: workload.NewSampler(d)}
	if x, ok := d.(workload.Exponential); ok {
		l.mean = x.M * 1e9
	}
	l.tree = newLimitTree(instances << l.shift)
	l.came = make([]uint64, instances<<l.shift)
	for range instances {
		l.idle = append(l.idle, 1<<per-1)
		l.line = append(l.line, limitLine{came: make([]uint64, 16)})
	}
	l.few = newFewest(instances)
	l.next = l.arrival()
	return l
}

// run serves n requests.
func (l *limit) run(n uint64) {
	for until := l.served + n; l.served < until; {
		root := l.tree.root()
		if at := root >> leafBits; at <= l.next {
			l.now = at
			l.leave(uint(root & (1<<leafBits - 1)))
			continue
		}
		l.now = l.next
		i := uint(0)
		if len(l.idle) > 1 {
			i = l.few.choose(&l.route)
		}
		if free := l.idle[i]; free != 0 {
			l.idle[i] = free & (free - 1)
			l.begin(i<<(l.shift&31)+uint(bits.TrailingZeros64(free)), l.now)
		} else {
			l.line[i].push(l.now)
		}
		l.next = l.arrival()
	}
}

// leave is the end of service at a worker, who goes on with the first of the line.
func (l *limit) leave(leaf uint) {
	lasted := l.now - l.came[leaf]
	l.hist[bucketOf(desDuration(lasted))]++
	l.sum += lasted
	l.served++
	i := leaf >> (l.shift & 31)
	if len(l.idle) > 1 {
		l.few.less(i)
	}
	if q := &l.line[i]; q.head != q.tail {
		l.begin(leaf, q.pop())
		return
	}
	l.idle[i] |= 1 << (leaf - i<<(l.shift&31))
	l.tree.set(leaf, idle)
}

// begin serves at a worker who came at an instant.
func (l *limit) begin(leaf uint, came uint64) {
	l.came[leaf] = came
	var work uint64
	if l.mean > 0 {
		x, sure := l.work.MostExp()
		if !sure {
			x = l.work.RestExp()
		}
		work = uint64(int64(x * l.mean))
	} else {
		work = uint64(int64(l.law.Draw(&l.work) * 1e9))
	}
	l.tree.set(leaf, (l.now+work)<<leafBits|uint64(leaf))
}

// arrival draws the instant of the next one.
func (l *limit) arrival() uint64 {
	x, sure := l.gaps.MostExp()
	if !sure {
		x = l.gaps.RestExp()
	}
	at := l.next + uint64(int64(x*l.scale))
	for at >= l.from+1e9 && len(l.rates) > 1 {
		// What is left of the gap passes at the rate of the next second.
		left := float64(at-l.from-1e9) / l.scale
		l.from += 1e9
		l.cell = (l.cell + 1) % len(l.rates)
		l.scale = 1 / l.rates[l.cell]
		at = l.from + uint64(left*l.scale)
	}
	return at
}

// limitTree has four players a match, as the plane's (tree.go).
type limitTree struct{ matches [][4]uint64 }

func newLimitTree(leaves int) limitTree {
	n := 4
	for n < leaves {
		n *= 4
	}
	t := limitTree{make([][4]uint64, n/2)}
	for k := range t.matches {
		t.matches[k] = [4]uint64{idle, idle, idle, idle}
	}
	return t
}

func (t *limitTree) root() uint64 { return t.matches[0][1] }

func (t *limitTree) set(leaf uint, key uint64) {
	m := t.matches
	for e := uint(len(m))*2 + leaf; e > 1; {
		k := e & 3
		if e >>= 2; e >= uint(len(m)) {
			return
		}
		match := &m[e]
		match[k] = key
		key = min(key, min(match[k^1], match[k^2], match[k^3]))
	}
	m[0][1] = key
}

// limitLine are the arrivals of those who wait.
type limitLine struct {
	came       []uint64
	head, tail uint
}

func (q *limitLine) pop() uint64 {
	q.head++
	return q.came[(q.head-1)&uint(len(q.came)-1)]
}

func (q *limitLine) push(at uint64) {
	if q.tail-q.head == uint(len(q.came)) {
		came := make([]uint64, 2*len(q.came))
		for k := q.head; k != q.tail; k++ {
			came[k&uint(len(came)-1)] = q.came[k&uint(len(q.came)-1)]
		}
		q.came = came
	}
	q.came[q.tail&uint(len(q.came)-1)] = at
	q.tail++
}

// fewest finds an instance with the fewest outstanding: of few instances by one look at
// all, of many by a permutation in the order of their counts.
type fewest struct {
	packed      [][4]uint32 // outstanding << 16 + instance; none of many instances
	count       []int32
	perm, place []int32
	ends        []int32 // how many have at most so many
}

// mostScanned is how many instances a look at all is quicker for.
const mostScanned = 32

func newFewest(n int) fewest {
	var f fewest
	for k := 0; k < n && n <= mostScanned; k += 4 {
		f.packed = append(f.packed, [4]uint32{^uint32(0), ^uint32(0), ^uint32(0), ^uint32(0)})
	}
	for i := range n {
		if n <= mostScanned {
			f.packed[i/4][i%4] = uint32(i)
		}
		f.count = append(f.count, 0)
		f.perm, f.place = append(f.perm, int32(i)), append(f.place, int32(i))
	}
	f.ends = []int32{int32(n)}
	return f
}

// choose counts one more on an instance with the fewest: the first of them, or any.
func (f *fewest) choose(r *rng.Stream) uint {
	if len(f.packed) > 0 {
		i := uint(least(f.packed) & 0xffff)
		f.packed[i/4][i%4] += 1 << 16
		return i
	}
	k := f.count[f.perm[0]]
	hi, _ := bits.Mul64(r.Uint64(), uint64(f.ends[k]))
	i := f.perm[hi]
	f.ends[k]--
	if int(k)+1 == len(f.ends) {
		f.ends = append(f.ends, int32(len(f.perm)))
	}
	f.swap(i, f.ends[k])
	f.count[i]++
	return uint(i)
}

// least is the least of all, found without a branch on what is compared. It must not be
// inlined: where the result becomes an address, the compiler prefers branches.
//
//go:noinline
func least(packed [][4]uint32) uint32 {
	a, b, c, d := ^uint32(0), ^uint32(0), ^uint32(0), ^uint32(0)
	for k := range packed {
		x, y, z, w := packed[k][0], packed[k][1], packed[k][2], packed[k][3]
		a, b, c, d = min(a, x), min(b, y), min(c, z), min(d, w)
	}
	return min(min(a, b), min(c, d))
}

func (f *fewest) outstanding(i uint) uint32 {
	if len(f.packed) > 0 {
		return f.packed[i/4][i%4] >> 16
	}
	return uint32(f.count[i])
}

// less counts one less.
func (f *fewest) less(i uint) {
	if len(f.packed) > 0 {
		f.packed[i/4][i%4] -= 1 << 16
		return
	}
	k := f.count[i] - 1
	first := f.ends[k]
	f.ends[k]++
	f.swap(int32(i), first)
	f.count[i] = k
}

func (f *fewest) swap(i, at int32) {
	other := f.perm[at]
	f.perm[f.place[i]], f.place[other] = other, f.place[i]
	f.perm[at], f.place[i] = i, at
}

// The limit serves what the plane serves: mean sojourns by theory, M/M/64 at 0.8 (Erlang's
// formula), and 16 stations of 4 behind least outstanding requests between that and a wait
// of 1 ms (none of 10 peers found more than 0.8 ms). A million sojourns with a deviation of
// 0.1 s have a mean good to 0.1 ms, or 0.3 ms where queues make neighbours alike.
func TestLimitServesAll(t *testing.T) {
	for _, c := range benchCases()[:2] {
		l := newLimit(c.instances, c.per, c.law, rates(c.curve))
		l.run(1_000_000)
		if mean := float64(l.sum) / float64(l.served) / 1e6; mean < 100.438-0.5 || mean > 101+0.5 {
			t.Errorf("%s: a mean of %v ms", c.name, mean)
		}
		rate := float64(l.served) / (float64(l.now) / 1e9)
		if math.Abs(rate/512-1) > 0.005 { // 5 standard errors of a Poisson count
			t.Errorf("%s: %v a second, want 512", c.name, rate)
		}
	}
}
