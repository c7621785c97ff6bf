package main

import (
	"context"
	"sync"

	"asgsim/sim"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/world"
)

// simulated is world.Run for the tests of documents, shown commands and lessons, which
// speak of the same runs again and again: a run is a function of its configuration and
// seed, so each is simulated once.
func simulated(ctx context.Context, cfg *record.Config, seed uint64) (*account.Result, error) {
	key, err := sim.Fingerprint(cfg, seed)
	if err != nil {
		return world.Run(ctx, cfg, seed)
	}
	if res := kept.get(key); res != nil {
		return res, nil
	}
	res, err := world.Run(ctx, cfg, seed)
	if err == nil && cfg.Duration > des.Hour { // of the short ones there are many, and they cost little
		kept.put(key, res)
	}
	return res, err
}

// explained is simulated for single runs of a document that asks about them afterwards:
// a run that can be explained has the same figures, and serves both.
func explained(ctx context.Context, cfg *record.Config, seed uint64) (*account.Result, error) {
	if cfg.Variant == "" && cfg.Duration > des.Day {
		both := *cfg
		both.Explain = true
		cfg = &both
	}
	return simulated(ctx, cfg, seed)
}

// shelf holds results by the fingerprint of what was run: the first most, which is
// enough for those that are asked for twice and little memory beside comparisons.
type shelf struct {
	mu   sync.Mutex
	most int
	runs map[string]*account.Result
}

// sumOfTests is the sum of the tests' program, which is large, read once.
var sumOfTests = sync.OnceValue(ownSum)

var kept = shelf{most: 60, runs: map[string]*account.Result{}}

func (s *shelf) get(key string) *account.Result {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.runs[key]
}

func (s *shelf) put(key string, res *account.Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.runs) < s.most {
		s.runs[key] = res
	}
}
