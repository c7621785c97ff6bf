package main

import (
	"context"
	"fmt"
	"time"

	"asgsim/report/clean"
	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/world"
)

// watch runs the world and shows on a terminal how far it is.
func (a *app) watch(ctx context.Context, cfg *record.Config, name string, seed uint64) (*account.Result, error) {
	finished := make(chan struct{})
	idle := make(chan struct{})
	var p world.Progress
	go func() {
		defer close(idle)
		a.progress(name, cfg, &p, finished)
	}()
	res, err := a.simulate(world.Watched(ctx, &p), cfg, seed)
	close(finished)
	<-idle
	switch {
	case err == nil:
		return res, nil
	case ctx.Err() != nil:
		return nil, stopped(ctx)
	}
	return nil, fmt.Errorf("run %s with seed %d: %w", name, seed, err)
}

// progress tells every second on a terminal how far the run is, until finished.
func (a *app) progress(name string, cfg *record.Config, p *world.Progress, finished <-chan struct{}) {
	if !a.errTerminal {
		return
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	began, all := a.now(), world.Expected(cfg, des.Time(cfg.Duration))
	for n := 1; ; n++ {
		select {
		case <-finished:
			if n > 1 {
				fmt.Fprint(a.stderr, "\r\x1b[K")
			}
			return
		case <-tick.C:
			fmt.Fprintf(a.stderr, "\r\x1b[K%s", progressText(name, cfg, p.At(), all, a.now().Sub(began).Seconds()))
		}
	}
}

// progressText says how far a run is after so many seconds: in simulated time, in requests
// a second, and when it will end if it goes on so.
func progressText(name string, cfg *record.Config, at des.Time, all, seconds float64) string {
	text := fmt.Sprintf("simulating %s, %s: %s of %s", clean.Short(name, 30), world.FidelityOf(cfg), clock(des.Duration(at)), clock(cfg.Duration))
	done := world.Expected(cfg, at)
	if done <= 0 || seconds <= 0 {
		return text
	}
	return text + fmt.Sprintf(", %s requests/s, %.0f s to go", format.Count(uint64(done/seconds)), seconds*(all-done)/done)
}

// clock prints a stretch of simulated time to the minute, short ones to the second.
func clock(d des.Duration) string {
	if d >= des.Hour {
		d -= d % des.Minute
	} else {
		d -= d % des.Second
	}
	return d.String()
}
