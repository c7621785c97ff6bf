package serving

import (
	"math"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/queueing"
	"asgsim/workload"
)

// A thousand requests come to an instance that refuses all: with four attempts each there
// are 3,000 retries; a budget allows what was saved up and a share of the requests.
func TestABudgetOfRetries(t *testing.T) {
	for _, x := range []struct {
		budget  Budget
		retries uint64
	}{
		{Budget{}, 3000},
		{Budget{Share: 0.1, Burst: 5}, 5 + 100},
		{Budget{Share: 0.25, Burst: 40}, 40 + 250},
		{Budget{Share: 1, Burst: 1}, 1 + 1000},
	} {
		cfg := Config{End: secs(1100)}
		c := work(0.001)
		c.Retry = Retry{Attempts: 4, Backoff: des.Second / 2, Jitter: NoJitter, Budget: x.budget}
		scripted(&cfg, "jobs", everySecond(1, 1000), c)
		p := mustNew(t, cfg)
		p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 1, Workers: Unlimited, Speed: 1, CPUShare: 1, Mode: Mode{Kind: Refusing}})))
		p.Advance(secs(1100))
		var got Counters
		p.Read(&got)
		// What the last requests earn may come too late to be spent.
		if n := got.All.Retries; n > x.retries || n+1 < x.retries || got.All.FailedAll() != 1000 {
			t.Errorf("%+v: %d retries of %d failed requests, want %d or one less", x.budget, n, got.All.FailedAll(), x.retries)
		}
		// Each that was not granted ended its request, or was never wanted: the fourth attempt's.
		if x.budget.Share == 0 && got.Denied != 0 || x.budget.Share > 0 && (got.Denied == 0 || got.Denied > 1000) {
			t.Errorf("%+v: %d denied", x.budget, got.Denied)
		}
	}
	if _, err := New(Config{Classes: []Class{{CPU: workload.Constant{Value: 1}, Retry: Retry{Budget: Budget{Share: 0.1}}}}}); err == nil {
		t.Error("a budget that holds nothing is accepted")
	}
}

// Half a minute of quiet earns three retries at one in ten, and saves up no more than the
// burst of two: of three requests that fail then, two are retried.
func TestABudgetSavesUpItsBurst(t *testing.T) {
	cfg := Config{End: secs(100)}
	c := work(0.001)
	c.Retry = Retry{Attempts: 2, Jitter: NoJitter, Budget: Budget{Share: 0.1, Burst: 2}}
	scripted(&cfg, "jobs", append(everySecond(1, 30), secs(40), secs(40), secs(40)), c)
	p := mustNew(t, cfg)
	id := p.Add(Spec{VCPU: 1, Workers: 10, Speed: 1, CPUShare: 1})
	p.Route(oneNode(RoundRobin, id))
	p.Advance(secs(40))
	p.SetMode(id, Mode{Kind: Failing, P: 1})
	p.Advance(secs(41))
	var got Counters
	if p.Read(&got); got.All.Retries != 2 || got.Denied != 1 {
		t.Errorf("%d retries, %d denied, want 2 and 1", got.All.Retries, got.Denied)
	}
}

// M/M/2/4 with retrials: who finds no room comes again after a long random time, twice at
// most. Then attempts come nearly independently, and their rate is the fixed point of
// lambda' = lambda (1 + p + p^2) with p = P(blocked | lambda') (Falin and Templeton:
// "Retrial Queues", 1997, chapter 1: the limit of slow retrials).
func TestRetrialsFindTheirFixedPoint(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	const lambda, mu = 18.0, 10.0
	rate, p := lambda, 0.0
	for range 200 {
		p = queueing.MMCK{Lambda: rate, Mu: mu, C: 2, K: 4}.Blocked()
		rate = lambda * (1 + p + p*p)
	}
	s := &study{t: t}
	s.run("M/M/2/4 with retrials", []figure{{name: "blocked", theory: p}, {name: "attempts/s", theory: rate}, {name: "failed requests", theory: p * p * p}}, func(seed uint64) []float64 {
		c := Class{CPU: workload.Exponential{M: 1 / mu}, Retry: Retry{Attempts: 3, Backoff: 40 * des.Second, Jitter: FullJitter}}
		plane, err := New(Config{Seed: seed, End: secs(4000), Classes: []Class{c}, Loads: []workload.Load{{Name: "poisson", Curve: flat(lambda)}}})
		if err != nil {
			t.Error(err)
			return nil
		}
		plane.Route(oneNode(RoundRobin, plane.Add(Spec{VCPU: 2, Workers: 2, Queue: 2, Discipline: FIFO, Speed: 1, CPUShare: 1})))
		plane.Advance(secs(400))
		var from, to Counters
		plane.Read(&from)
		plane.Advance(secs(2400))
		plane.Read(&to)
		sent := float64(to.Attempts - from.Attempts)
		return []float64{float64(to.AttemptsBy[QueueFull]-from.AttemptsBy[QueueFull]) / sent, sent / 2000,
			float64(to.All.FailedAll()-from.All.FailedAll()) / float64(to.All.Offered-from.All.Offered)}
	})
	s.judge(1)
	if math.IsNaN(p) {
		t.Fatal("no fixed point")
	}
}
