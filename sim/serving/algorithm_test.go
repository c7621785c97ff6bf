package serving

import (
	"math"
	"testing"

	"asgsim/workload"
)

// One that is not there is an error, not another one.
func TestAnAlgorithmThatIsNotThereIsRefused(t *testing.T) {
	names := map[string]bool{}
	for _, a := range Algorithms() {
		names[a.String()] = true
	}
	if len(names) != len(routers()) || !names["weighted_random"] { // each has a name of its own
		t.Errorf("algorithms %v", names)
	}
	defer func() {
		if recover() == nil {
			t.Error("a table with an unknown algorithm was taken")
		}
	}()
	p, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	p.Route(Routing{Algorithm: Algorithm(len(Algorithms()))})
}

// Only chance makes targets independent of each other (splitting of a Poisson process),
// and ALB has slow start with round robin only ("Target groups for your Application Load
// Balancers", slow start mode, read 2023-04-06).
func TestWhatAlgorithmsAre(t *testing.T) {
	for _, a := range Algorithms() {
		if a.Independent() != (a == WeightedRandom) || a.SlowStarts() != (a == RoundRobin) {
			t.Errorf("%v: alone %v, slow start %v", a, a.Independent(), a.SlowStarts())
		}
	}
}

// Each ordered pair of different targets has the same part of [0, 1).
func TestPairsOfTargets(t *testing.T) {
	for n := 1; n < 6; n++ {
		seen := map[[2]int]int{}
		const each = 7
		pairs := max(1, n*(n-1))
		for k := range each * pairs {
			a, b := pairOf((float64(k)+0.5)/float64(each*pairs), n)
			if (a == b) != (n == 1) || a < 0 || b < 0 || a >= n || b >= n {
				t.Fatalf("%d and %d of %d", a, b, n)
			}
			seen[[2]int{a, b}]++
		}
		for pair, k := range seen {
			if k != each {
				t.Errorf("of %d the pair %v %d times, want %d", n, pair, k, each)
			}
		}
		if len(seen) != pairs {
			t.Errorf("of %d %d pairs, want %d", n, len(seen), pairs)
		}
	}
}

// Of many servers at 90 % the part with k requests or more is 0.9^(2^k - 1), if each request
// goes to the shorter of two queues (Mitzenmacher 2001; Vvedenskaya, Dobrushin, Karpelevich
// 1996): 2.353 in each on average, where one choice leaves 9. Of a hundred it is a little
// more.
func TestThePowerOfTwoChoices(t *testing.T) {
	const n, rho = 100, 0.9
	end := secs(3000)
	p := mustNew(t, Config{Seed: 3, End: end, Loads: []workload.Load{{Name: "a", Curve: workload.ConstantRate(n * rho)}}, Classes: []Class{{CPU: workload.Exponential{M: 1}}}})
	var ids []ID
	for range n {
		ids = append(ids, p.Add(Spec{VCPU: 1, Workers: Unlimited, Discipline: FIFO, Speed: 1, CPUShare: 1}))
	}
	p.Route(oneNode(PowerOfTwoChoices, ids...))
	var from, to Counters
	p.Advance(end / 5)
	p.Read(&from)
	p.Advance(end)
	p.Read(&to)
	want := 0.0
	for k := 1.0; k < 8; k++ {
		want += math.Pow(rho, math.Exp2(k)-1)
	}
	got := float64(to.InFlightNanos-from.InFlightNanos) / float64(end-end/5) / n
	if math.Abs(got-want) > 0.04*want {
		t.Errorf("%.3f in each on average, want %.3f", got, want)
	}
}
