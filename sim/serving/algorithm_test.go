package serving

import "testing"

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
		if a.Alone() != (a == WeightedRandom) || a.SlowStarts() != (a == RoundRobin) {
			t.Errorf("%v: alone %v, slow start %v", a, a.Alone(), a.SlowStarts())
		}
	}
}
