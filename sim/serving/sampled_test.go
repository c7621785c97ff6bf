package serving

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

// Where a stretch is a whole minute nothing is skipped, and where nothing is skipped a
// sampled plane is the event plane, to every count, whatever it is told to do; a skip of
// zero, on the way for nothing, changes nothing.
func TestSampledWithoutASkipIsTheEventPlane(outer *testing.T) {
	rapid.Check(outer, func(r *rapid.T) {
		t := dice{T: r}
		if rapid.Bool().Draw(r, "wild") {
			s := rng.New(rapid.Uint64().Draw(r, "dice"), "dice")
			t.s = &s
		}
		cfg := drawConfig(t, false)
		cfg.Dependencies = nil // refused
		event := mustNew(outer, cfg)
		whole := mustSample(r, cfg, math.Inf(1))
		hops := mustSample(r, cfg, math.Inf(1))
		s := &script{t: t, planes: []Plane{event, whole, hops}, tokens: make([][]Token, 3)}
		for range t.Int(1, 4, "instances") {
			s.add()
		}
		s.route()
		hop := func(p Plane, from, to des.Time) {
			if p != Plane(hops) || hops.probed() {
				return
			}
			if mid := from + (to-from)/2; mid > hops.clock() {
				hops.Advance(mid)
			}
			hops.skip(hops.clock())
			hops.land()
			hops.exact(hops.clock())
		}
		for range t.Int(1, 30, "orders") {
			s.advance(des.Duration(t.Int(0, 60, "ms"))*ms, hop)
			s.order()
		}
		s.advance(300*ms, hop)
	})
}

// probed reports whether a health check is in progress.
func (s *Sampled) probed() bool {
	for k := range s.slab {
		if a := &s.slab[k]; a.seq != 0 && a.flags&probe != 0 {
			return true
		}
	}
	return false
}

func mustSample(t interface{ Fatal(...any) }, cfg Config, requests float64) *Sampled {
	s, err := NewSampled(cfg, Sampling{Requests: requests})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Requests, attempts, time in flight, work, minutes and latencies are conserved under any
// orders at any instants, amid stretches and skips.
func TestSkipsConserve(t *testing.T) {
	skipped := uint64(0)
	rapid.Check(t, func(r *rapid.T) {
		t := dice{T: r}
		cfg := drawConfig(t, false)
		cfg.Dependencies = nil // refused
		cfg.End = secs(1200)
		plane := mustSample(r, cfg, float64(t.Int(5, 200, "requests")))
		plane.sampling.Known, plane.pools.enough = t.Int(1, 4, "known"), 2
		s := &script{t: t, planes: []Plane{plane}, tokens: make([][]Token, 1)}
		for range t.Int(1, 4, "instances") {
			s.add()
		}
		for id := range s.n {
			plane.SetMode(ID(id), Mode{})
		}
		s.route()
		for range t.Int(1, 12, "orders") {
			s.advance(des.Duration(t.Int(0, 40_000, "ms"))*ms, nil)
			s.order()
			s.account(plane)
		}
		s.advance(6*des.Minute, nil)
		s.account(plane)
		skipped += plane.Skipped()
	})
	if skipped == 0 && !testing.Short() { // then there are few draws
		t.Error("nothing was ever skipped")
	}
}

// account checks the books of a plane.
func (s *script) account(p *Sampled) {
	var c Counters
	p.Read(&c)
	laws(s.t, &c)
	var ended [Reasons]uint64
	routed := uint64(0)
	for id := range s.n {
		var i InstanceCounters
		p.ReadInstance(ID(id), &i)
		lawOfWork(s.t, id, &i)
		routed += i.Routed
		for r, n := range i.Ended {
			ended[r] += n
		}
	}
	ended[NoTarget] = c.AttemptsBy[NoTarget]
	if ended != c.AttemptsBy || routed != c.Routed {
		s.t.Fatalf("attempts by instance: %v, %d routed; in all %v, %d", ended, routed, c.AttemptsBy, c.Routed)
	}
	var sum Totals
	for _, m := range p.Cohorts() {
		sum.Offered += uint64(m.Offered)
		sum.Served += uint64(m.Served)
		sum.Slow += uint64(m.Slow)
		sum.Failed[0] += uint64(m.Failed)
	}
	if sum.Offered != c.All.Offered || sum.Served != c.All.Served || sum.Slow != c.All.Slow || sum.FailedAll() != c.All.FailedAll() {
		s.t.Fatalf("minutes: %+v; in all %+v", sum, c.All)
	}
	var l Latencies
	p.TakePeriod(&l)
	if n := p.Latencies().Served.Count(); n != c.Window.Served {
		s.t.Fatalf("%d latencies of %d served", n, c.Window.Served)
	}
}

// The minutes of a calm fleet vary by chance as those of an exact run do, no more and no
// less, although a tenth of them is served: the number of arrivals is Poisson, and so the
// CPU time of the group in a minute has the variance of a compound Poisson sum, lambda T
// E[S^2], around lambda T E[S]. With 300 minutes the variance of a sample is within 25 %
// of the law's with a probability of 99.8 %, by chi-square.
func TestSampledMinutesVaryAsWholeOnes(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	const rate, mean, minutes, targets = 400.0, 0.005, 300, 4
	end := secs(60 * minutes)
	cfg := Config{Seed: 5, End: end, Slow: 50 * ms, Loads: []workload.Load{{Name: "a", Curve: flat(rate)}}, Classes: []Class{{Name: "c", CPU: workload.Exponential{M: mean}}}}
	for _, a := range Algorithms() {
		p := mustSample(t, cfg, 2000)
		var ids []ID
		for range targets {
			ids = append(ids, p.Add(Spec{VCPU: 1, Workers: Unlimited, Queue: Unlimited, Speed: 1, CPUShare: 1}))
		}
		p.Route(oneNode(a, ids...))
		var offered, cpu moment
		before, busy := uint64(0), uint64(0)
		for m := 1; m <= minutes; m++ {
			p.Advance(secs(float64(60 * m)))
			var c Counters
			p.Read(&c)
			offered.add(float64(c.All.Offered - before))
			before = c.All.Offered
			sum := uint64(0)
			for _, id := range ids {
				var i InstanceCounters
				p.ReadInstance(id, &i)
				sum += i.CPUNanos
			}
			cpu.add(float64(sum-busy) / 1e9)
			busy = sum
		}
		if share := 1 - float64(p.Skipped())/float64(before); share > 0.12 {
			t.Errorf("%v: %.0f %% of the requests were served", a, 100*share)
		}
		const n = rate * 60
		offered.check(t, a.String()+": requests a minute", n, n)
		cpu.check(t, a.String()+": CPU seconds a minute", n*mean, n*2*mean*mean)
	}
}

// moment adds up a sample.
type moment struct{ n, sum, squares float64 }

func (m *moment) add(x float64) { m.n, m.sum, m.squares = m.n+1, m.sum+x, m.squares+x*x }

func (m *moment) check(t *testing.T, what string, mean, variance float64) {
	t.Helper()
	at := m.sum / m.n
	if off := math.Abs(at-mean) / math.Sqrt(variance/m.n); off > 4 {
		t.Errorf("%s: %.5g on average, want %.5g: %.1f deviations", what, at, mean, off)
	}
	if got := (m.squares/m.n - at*at) * m.n / (m.n - 1); math.Abs(got/variance-1) > 0.25 {
		t.Errorf("%s: variance %.4g, want %.4g", what, got, variance)
	}
}

// The sampling error that a run states is the one it has: in an M/M/1 queue, first come
// first served, a request takes longer than t with probability exp(-(mu-lambda) t), so that
// the number of slow requests of many runs must lie around that as far as they say. What
// chance does to an exact run is small beside it: so little is simulated. With 24 runs the
// root mean square of their deviations in standard errors is within 0.6 and 1.45 with a
// probability of 99.8 %, by chi-square.
func TestTheSamplingErrorIsWhatItSays(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	theErrorIsWhatItSays(t, 60, 1, 0.9)
}

// So is that of a run in which two of three minutes rest on others.
func TestTheErrorOfLikeMinutesIsWhatItSays(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	theErrorIsWhatItSays(t, 120, 3, 0.95)
}

func theErrorIsWhatItSays(t *testing.T, minutes float64, known int, skipped float64) {
	t.Helper()
	const rate, mean, slow, runs = 1000.0, 0.0007, 0.010, 24
	want := math.Exp(-(1/mean - rate) * slow)
	squares, sum := 0.0, 0.0
	for seed := range uint64(runs) {
		end := secs(60 * minutes)
		p := mustSample(t, Config{Seed: seed, End: end, Slow: des.Seconds(slow), Loads: []workload.Load{{Name: "a", Curve: flat(rate)}},
			Classes: []Class{{Name: "c", CPU: workload.Exponential{M: mean}}}}, 2500)
		p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 1, Workers: Unlimited, Queue: Unlimited, Discipline: FIFO, Speed: 1, CPUShare: 1})))
		p.sampling.Known = known
		p.Advance(end)
		var c Counters
		p.Read(&c)
		if share := float64(p.Skipped()) / float64(c.All.Offered); share < skipped {
			t.Fatalf("only %.0f %% was skipped", 100*share)
		}
		if share := float64(p.Reused()) / float64(c.All.Offered); known > 1 && math.Abs(share-(minutes-wellKnown)/minutes*float64(known-1)/float64(known)) > 0.02 || known == 1 && share > 0 {
			t.Fatalf("%.0f %% is as in like minutes", 100*share)
		}
		z := (float64(c.All.Slow) - want*float64(c.All.Served)) / p.BadError()
		sum += z
		squares += z * z
	}
	if rms := math.Sqrt(squares / runs); rms < 0.6 || rms > 1.45 {
		t.Errorf("deviations are %.2f standard errors, root mean square", rms)
	}
	if bias := sum / runs * math.Sqrt(runs); math.Abs(bias) > 4 {
		t.Errorf("the slow requests are off by %.1f standard errors of their mean", bias)
	}
}
