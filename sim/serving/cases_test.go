package serving

import (
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

const half = des.Second / 2

// The deterministic cases dc-01 to dc-07 by their usual numbers, and dc-08 as the
// order of means that it is.

func TestProcessorSharingOfThreeJobs(t *testing.T) { // dc-01
	cfg := Config{End: secs(20)}
	for _, size := range []float64{1, 2, 3} {
		scripted(&cfg, string(rune('a'+int(size))), at{secs(0.5)}, work(size))
	}
	p := mustNew(t, cfg)
	id := p.Add(Spec{VCPU: 1, Workers: Unlimited, Speed: 1, CPUShare: 1})
	p.Route(oneNode(RoundRobin, id))
	checkTimes(t, departures(p, secs(20), half), 3.5, 5.5, 6.5)
	checkServed(t, p, id, 6*des.Second)
}

func TestProcessorSharingOfAtMostThree(t *testing.T) { // dc-02
	cfg := Config{End: secs(20)}
	for _, size := range []float64{1, 2, 3} {
		scripted(&cfg, string(rune('a'+int(size))), at{secs(0.5)}, work(size))
	}
	scripted(&cfg, "late", at{secs(1.5)}, work(4))
	p := mustNew(t, cfg)
	id := p.Add(Spec{VCPU: 1, Workers: 3, Queue: Unlimited, Speed: 1, CPUShare: 1})
	p.Route(oneNode(RoundRobin, id))
	var c InstanceCounters
	p.Advance(secs(3.5) - 1)
	if p.ReadInstance(id, &c); c.Queued != 1 || c.InFlight != 4 {
		t.Errorf("just before 3.5 s: %+v, want one queued of four", c)
	}
	p.Advance(secs(3.5))
	if p.ReadInstance(id, &c); c.Queued != 0 || c.InFlight != 3 {
		t.Errorf("at 3.5 s: %+v, want the fourth started", c)
	}
	p = mustNew(t, cfg)
	p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 1, Workers: 3, Queue: Unlimited, Speed: 1, CPUShare: 1})))
	checkTimes(t, departures(p, secs(20), half), 3.5, 6.5, 8.5, 10.5)
	checkServed(t, p, 0, 10*des.Second)
}

func TestNoWaitingRoom(t *testing.T) { // dc-03
	cfg := Config{End: secs(200)}
	scripted(&cfg, "jobs", everySecond(1, 100), work(1.5))
	p := mustNew(t, cfg)
	id := p.Add(Spec{VCPU: 1, Workers: 1, Discipline: FIFO, Speed: 1, CPUShare: 1})
	p.Route(oneNode(RoundRobin, id))
	p.Advance(secs(200))
	var c Counters
	if p.Read(&c); c.All.Served != 50 || c.All.Failed[QueueFull] != 50 {
		t.Errorf("%+v, want 50 served and 50 rejected", c.All)
	}
	checkServed(t, p, id, 75*des.Second)
}

func TestDepartureBeforeArrival(t *testing.T) { // dc-04
	for _, d := range []Discipline{FIFO, ProcessorSharing} {
		cfg := Config{End: secs(20)}
		scripted(&cfg, "jobs", everySecond(0, 9), work(1))
		p := mustNew(t, cfg)
		p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 1, Workers: 1, Discipline: d, Speed: 1, CPUShare: 1})))
		p.Advance(secs(20))
		var c Counters
		if p.Read(&c); c.All.Served != 10 {
			t.Errorf("%+v, want all ten served", c.All)
		}
	}
}

func TestCyclicRouter(t *testing.T) { // dc-05
	p := mustNew(t, Config{End: 1})
	for range 4 {
		p.Add(Spec{VCPU: 1, Workers: 1, Speed: 1, CPUShare: 1})
	}
	p.Route(oneNode(RoundRobin, 2, 3, 3))
	var got []ID
	for range 20 {
		got = append(got, p.pick(0))
	}
	if want := []ID{2, 3, 3, 2, 3, 3, 2, 3, 3, 2, 3, 3, 2, 3, 3, 2, 3, 3, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLeastLoadedRouter(t *testing.T) { // dc-06, dc-07
	p := mustNew(t, Config{End: 1, Seed: 3})
	for _, n := range []int32{0, 3, 3, 10} {
		id := p.Add(Spec{VCPU: 1, Workers: Unlimited, Speed: 1, CPUShare: 1})
		p.inst[id].outstanding = n
	}
	draw := func(ids ...ID) (count [4]int) {
		p.Route(oneNode(LeastOutstandingRequests, ids...))
		r := workload.NewSampler(workload.Uniform{High: 1})
		s := rng.New(1, "test")
		for range 1000 {
			count[p.pick(uint64(r.Draw(&s)*(1<<53))<<11)]++
		}
		return count
	}
	if n := draw(1, 2, 3); n[3] != 0 || n[1] < 420 || n[2] < 420 {
		t.Errorf("three targets: %v, want 1 and 2 about evenly", n)
	}
	if n := draw(1, 3); n[1] != 1000 {
		t.Errorf("targets 1 and 3: %v, want always 1", n)
	}
	if n := draw(2, 3); n[2] != 1000 {
		t.Errorf("targets 2 and 3: %v, want always 2", n)
	}
}

func TestShortestQueueBeatsRandom(t *testing.T) { // dc-08
	mean := func(a Algorithm, seed uint64) float64 {
		cfg := Config{End: secs(2000), Seed: seed,
			Loads:   []workload.Load{{Name: "jobs", Curve: flat(3)}},
			Classes: []Class{{CPU: workload.Exponential{M: 0.5}}}}
		p := mustNew(t, cfg)
		for range 2 {
			p.Add(Spec{VCPU: 1, Workers: 1, Queue: Unlimited, Discipline: FIFO, Speed: 1, CPUShare: 1})
		}
		p.Route(oneNode(a, 0, 1))
		p.Advance(cfg.End)
		var l Latencies
		p.TakePeriod(&l)
		return l.Served.Mean() - 0.5
	}
	for seed := range uint64(5) {
		if random, shortest := mean(WeightedRandom, seed), mean(LeastOutstandingRequests, seed); shortest >= 0.6*random {
			t.Errorf("seed %d: mean wait %v with the shortest queue, %v at random", seed, shortest, random)
		}
	}
}

func checkTimes(t *testing.T, got []des.Time, want ...float64) {
	t.Helper()
	var w []des.Time
	for _, s := range want {
		w = append(w, secs(s))
	}
	if !slices.Equal(got, w) {
		t.Errorf("departures at %v, want %v", got, w)
	}
}

// checkServed checks the ledger of an empty instance that has served so much work.
func checkServed(t *testing.T, p Plane, id ID, want des.Duration) {
	t.Helper()
	var c InstanceCounters
	p.ReadInstance(id, &c)
	if c.InFlight != 0 || c.CPUNanos != uint64(want) || c.WorkNanos != uint64(want) || c.Completed != uint64(want) || c.Running != 0 || c.Lost != 0 {
		t.Errorf("%+v, want %v of work done and nothing left", c, want)
	}
}
