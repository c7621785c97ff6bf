package main

import (
	"context"
	"runtime"

	"asgsim/sim"
	"asgsim/sim/account"
	"asgsim/sim/record"
	"asgsim/sim/rng"
)

// rerun simulates the recorded days, as many runs at a time as there are cores and memory
// for: which run is which depends on neither.
func (a *app) rerun(ctx context.Context, d *days, arg string, o backtesting) ([]*account.Result, error) {
	cfg := &d.scenario.Configs[0].World
	cfg.NeededUnasked = true
	first := d.scenario.Seed
	if o.seeded {
		first = o.seed
	}
	a.id = &identity{arg, d.scenario.SHA256, o.variant, o.sets, first}
	cores := a.atOnce(cfg, o.replications)
	if err := a.enough([]sim.Case{{Name: arg, Config: cfg}}, o.replications, cores); err != nil {
		return nil, err
	}
	a.at.set("simulating")
	type run struct {
		res *account.Result
		err error
	}
	runs := make([]chan run, o.replications)
	free := make(chan struct{}, cores)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // the others of one that fails
	for k := range runs {
		runs[k] = make(chan run, 1)
		go func() {
			free <- struct{}{}
			defer func() { <-free }()
			var r run
			defer func() { runs[k] <- r }()
			defer caught(&r.err)
			if r.err = ctx.Err(); r.err == nil {
				r.res, r.err = a.simulate(ctx, cfg, rng.Replication(first, k))
			}
		}()
	}
	progress := a.counter(o.replications)
	defer progress.clear()
	var out []*account.Result
	for _, waiting := range runs {
		r := <-waiting
		switch {
		case ctx.Err() != nil:
			return nil, stopped(ctx)
		case r.err != nil:
			return nil, r.err
		}
		out = append(out, r.res)
		progress.step()
	}
	return out, nil
}

// atOnce is how many runs of a configuration there are cores and memory for, at least one.
func (a *app) atOnce(cfg *record.Config, runs int) int {
	cores := min(runs, runtime.GOMAXPROCS(0))
	if limit := a.mayUse(); limit > 0 {
		if each := sim.EffortOf(cfg).Bytes; each*float64(cores) > limit {
			cores = int(limit / each)
		}
	}
	return max(1, cores)
}
