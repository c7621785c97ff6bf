package serving

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"testing"
	"time"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

func desDuration(ns uint64) des.Duration { return des.Duration(ns) }

// benchCase is one of the workloads of the performance requirement.
type benchCase struct {
	name           string
	instances, per int
	law            workload.Dist
	curve          workload.Curve
	algorithm      Algorithm
}

func benchCases() []benchCase {
	exp := workload.Exponential{M: 0.1}
	logn, _ := workload.NewLognormalMean(0.1, 1)
	return []benchCase{
		{"W1_1x64", 1, 64, exp, flat(512), RoundRobin},
		{"W2_16x4_LOR", 16, 4, exp, flat(512), LeastOutstandingRequests},
		{"W3_1x64_wave", 1, 64, exp, wave{384, 0.5, 600 * des.Second}, RoundRobin},
		{"100x4_LOR", 100, 4, exp, flat(3200), LeastOutstandingRequests},
		{"1000x4_LOR", 1000, 4, exp, flat(32000), LeastOutstandingRequests},
		{"W2_lognormal", 16, 4, logn, flat(512), LeastOutstandingRequests},
	}
}

// engine drives a plane with everything on: timeouts, probes every 10 s an
// instance, the histogram and every instance's counters taken every minute.
type engine struct {
	p      *EventPlane
	n      int
	probe  int // the next instance to probe
	minute int
	served uint64
	period Latencies
	inst   InstanceCounters
	cpu    uint64
}

func (c benchCase) engine(d Discipline) *engine {
	p, err := New(Config{End: des.Time(1000 * des.Hour), Slow: des.Second, IdleTimeout: des.Minute, ConnectTimeout: 10 * des.Second,
		Loads: []workload.Load{{Name: "load", Curve: c.curve}}, Classes: []Class{{CPU: c.law, Timeout: 10 * des.Second, Retry: Retry{Attempts: 2, Backoff: des.Second}}}})
	if err != nil {
		panic(err)
	}
	var ids []ID
	for range c.instances {
		ids = append(ids, p.Add(Spec{VCPU: c.per, Workers: Unlimited, Queue: Unlimited, Discipline: d, Speed: 1, CPUShare: 1}))
	}
	p.Route(oneNode(c.algorithm, ids...))
	return &engine{p: p, n: c.instances, period: NewLatencies()}
}

// run advances by a stretch of time and returns how many requests were served.
func (e *engine) run(d des.Duration) uint64 {
	end := e.p.now.Add(d)
	for e.p.now < end {
		nextProbe := des.Time(e.probe) * des.Time(10*des.Second) / des.Time(e.n)
		nextMinute := des.Time(e.minute) * des.Time(des.Minute)
		until := min(end, nextProbe, nextMinute)
		if _, n := e.p.Advance(until); n.Kind != None {
			continue
		}
		if until == nextProbe {
			e.p.Probe(ID(e.probe%e.n), 0.001)
			e.probe++
		}
		if until == nextMinute {
			e.minute++
			e.p.TakePeriod(&e.period)
			for id := range e.n {
				e.p.ReadInstance(ID(id), &e.inst)
				e.cpu += e.inst.CPUNanos
			}
		}
	}
	var c Counters
	e.p.Read(&c)
	served := c.All.Served - e.served
	e.served = c.All.Served
	return served
}

// rates of a curve by second, per nanosecond.
func rates(c workload.Curve) []float64 {
	if f, ok := c.(flat); ok {
		return []float64{float64(f) / 1e9}
	}
	var out []float64
	for s := range 600 {
		out = append(out, c.Integral(secs(float64(s)), secs(float64(s+1)))/1e9)
	}
	return out
}

// BenchmarkPlane measures, in turn within each round, the plane (fifo and shared
// CPU), the limit loop, and the parts of which the limit loop cannot do without:
// two draws, two updates of the tree, and routing. The medians over the
// rounds are reported, in nanoseconds a request, and those of their ratios;
// quiet are the least of all rounds, and the ratios of those.
//
//	go test ./sim/serving -run '^$' -bench Plane -benchtime 25x
func BenchmarkPlane(b *testing.B) {
	for _, c := range benchCases() {
		b.Run(c.name, func(b *testing.B) {
			const requests = 200_000
			span := des.Seconds(requests / (c.curve.Integral(0, secs(600)) / 600))
			fifo, ps, lim := c.engine(FIFO), c.engine(ProcessorSharing), newLimit(c.instances, c.per, c.law, rates(c.curve))
			parts := newParts(c)
			fifo.run(span)
			ps.run(span)
			lim.run(requests)
			var tf, tp, tl, tm []float64
			b.ResetTimer()
			for range b.N {
				start := time.Now()
				n := fifo.run(span)
				tf = append(tf, float64(time.Since(start))/float64(n))
				start = time.Now()
				lim.run(requests)
				tl = append(tl, float64(time.Since(start))/requests)
				start = time.Now()
				n = ps.run(span)
				tp = append(tp, float64(time.Since(start))/float64(n))
				start = time.Now()
				parts.run(requests)
				tm = append(tm, float64(time.Since(start))/requests)
			}
			b.ReportMetric(median(tf), "ns/request")
			b.ReportMetric(median(tl), "limit-ns")
			b.ReportMetric(median(tm), "parts-ns")
			b.ReportMetric(paired(tf, tl), "plane/limit")
			b.ReportMetric(slices.Min(tf)/slices.Min(tl), "quiet-plane/limit")
			b.ReportMetric(slices.Min(tl)/slices.Min(tm), "quiet-limit/parts")
			b.ReportMetric(slices.Min(tp)/slices.Min(tf), "quiet-ps/fifo")
			b.ReportMetric(slices.Min(tf), "quiet-ns/request")
			b.ReportMetric(paired(tl, tm), "limit/parts")
			b.ReportMetric(paired(tp, tf), "ps/fifo")
			b.ReportMetric(branches(requests), "branches-ns")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// paired returns the median of the ratios round by round: the machine's speed moves,
// a round is short.
func paired(a, b []float64) float64 {
	ratio := make([]float64, len(a))
	for k := range a {
		ratio[k] = a[k] / b[k]
	}
	return median(ratio)
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return v[len(v)/2]
}

// parts are what no loop can do without, each measured alone: the draw of a gap; the
// hold model of an event set (the winner leaves, another leaf enters a service time
// after the next winner: a draw and two updates, the second behind the first as in
// any loop of events); and for several instances a choice and a leave.
type parts struct {
	l    *limit
	free uint // an idle leaf
	sink uint64
}

func newParts(c benchCase) *parts {
	p := &parts{l: newLimit(c.instances, c.per, c.law, rates(c.curve))}
	for k := range uint(c.instances * c.per * 4 / 5) {
		p.l.begin(k, 0)
		if c.instances > 1 {
			p.l.few.choose(&p.l.route)
		}
	}
	p.free = uint(c.instances*c.per - 1)
	return p
}

func (p *parts) run(n int) {
	l := p.l
	sum := 0.0
	for range n {
		sum += l.gaps.Exp()
	}
	for range n {
		root := l.tree.root()
		leaf := uint(root & (1<<leafBits - 1))
		l.tree.set(leaf, idle)
		l.now = l.tree.root() >> leafBits
		l.begin(p.free, l.now)
		p.free = leaf
	}
	if all := uint(len(l.idle)); all > 1 {
		for k := range n {
			hi, _ := bits.Mul64(uint64(k)*0x9e3779b97f4a7c15, uint64(all))
			i := uint(hi)
			for l.few.outstanding(i) == 0 {
				i = (i + 1) % all
			}
			l.few.less(i)
			p.sink += uint64(l.few.choose(&l.route))
		}
	}
	if p.sink == math.MaxUint64 || sum < 0 {
		panic("never")
	}
}

// branches is the cost, a request, of not knowing whether the next event is an
// arrival or a completion: two branches on a random bit. It is not among the parts,
// but no loop of events is without it.
func branches(n int) float64 {
	r := rng.New(1, "bits")
	var bits [1 << 16]byte
	for k := range bits {
		bits[k] = byte(r.Uint64() & 1)
	}
	var count [2]int
	start := time.Now()
	for k := range 2 * n {
		if bits[k&(1<<16-1)] != 0 {
			count[0] += k
			if count[0] < 0 {
				panic("never")
			}
		} else {
			count[1] ^= k
			if count[1] < 0 {
				panic("never")
			}
		}
	}
	return float64(time.Since(start)) / float64(n)
}

// BenchmarkRecord is the cost of a histogram record.
func BenchmarkRecord(b *testing.B) {
	r := newRecorder()
	s := rng.New(1, "values")
	var v [4096]des.Duration
	for i := range v {
		v[i] = des.Duration(s.Exp() * 1e8)
	}
	for i := 0; b.Loop(); i++ {
		r.record(v[i&4095])
	}
}

// BenchmarkProfile is the plane alone, for the profiler.
func BenchmarkProfile(b *testing.B) {
	for _, c := range benchCases()[:2] {
		for _, d := range []Discipline{FIFO, ProcessorSharing} {
			b.Run(c.name+[]string{"_ps", "_fifo"}[d], func(b *testing.B) {
				e := c.engine(d)
				e.run(des.Minute)
				b.ResetTimer()
				n := e.run(des.Seconds(float64(b.N) / 512))
				b.ReportMetric(float64(b.Elapsed())/float64(n), "ns/request")
			})
		}
	}
}

// BenchmarkGroup is a usual group: 40 instances of two shared vCPUs at 60 %, a lognormal of
// work and a wait of 40 ms behind it, of one length, random or none; routed in turn, so that
// instances go on alone, or to the fewest outstanding. In turn with it goes the limit loop of
// M/M/64, as a measure of the machine's speed.
//
//	go test ./sim/serving -run '^$' -bench Group -benchtime 25x
func BenchmarkGroup(b *testing.B) {
	work, _ := workload.NewLognormal(0.016, 0.95, 0.060)
	waits := []workload.Dist{nil, workload.Constant{Value: 0.04}, workload.Exponential{M: 0.04}}
	for k := range 6 {
		algorithm, wait := Algorithm(k/3), waits[k%3]
		b.Run(fmt.Sprintf("%v/%T", algorithm, wait), func(b *testing.B) {
			const requests, instances = 200_000, 40
			rate := 0.6 * 2 * instances / work.Mean()
			p, err := New(Config{End: des.Time(1000 * des.Hour), Slow: des.Second, IdleTimeout: des.Minute, ConnectTimeout: 10 * des.Second,
				Loads:   []workload.Load{{Name: "shop", Curve: wave{rate, 0.3, des.Hour}}},
				Classes: []Class{{CPU: work, Wait: wait, Timeout: 10 * des.Second}}})
			if err != nil {
				b.Fatal(err)
			}
			var ids []ID
			for range instances {
				ids = append(ids, p.Add(Spec{VCPU: 2, Workers: Unlimited, Queue: Unlimited, Speed: 1, CPUShare: 1}))
			}
			p.Route(oneNode(algorithm, ids...))
			p.Advance(secs(100))
			w1 := benchCases()[0]
			lim := newLimit(w1.instances, w1.per, w1.law, rates(w1.curve))
			period := NewLatencies()
			var before, after Counters
			var tp, tl []float64
			b.ResetTimer()
			for range b.N {
				p.Read(&before)
				start := time.Now()
				p.Advance(p.now.Add(des.Seconds(requests / rate)))
				p.TakePeriod(&period)
				took := time.Since(start)
				p.Read(&after)
				tp = append(tp, float64(took)/float64(after.All.Offered-before.All.Offered))
				start = time.Now()
				lim.run(requests)
				tl = append(tl, float64(time.Since(start))/requests)
			}
			b.ReportMetric(median(tp), "ns/request")
			b.ReportMetric(slices.Min(tp), "quiet-ns/request")
			b.ReportMetric(paired(tp, tl), "group/limit")
			b.ReportMetric(0, "ns/op")
		})
	}
}
