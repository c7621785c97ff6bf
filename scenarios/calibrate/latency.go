package calibrate

import (
	"fmt"
	"math"

	"asgsim/scenarios/behaviour"
	"asgsim/scenarios/form"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// tails fits the variation of the work and the wait to the response times.
func (f *fit) tails() error {
	const what, key = "latency beside the CPU", "request.wait"
	used := fitted(f.minutes, hasTails)
	switch {
	case f.record.r.Of(behaviour.TargetResponseTime, behaviour.Stat{Percentile: 99}) == nil || f.record.r.Of(behaviour.TargetResponseTime, behaviour.Stat{Percentile: 50}) == nil:
		f.res.keep(what, key, "p50 and p99 of TargetResponseTime are not both recorded")
		return nil
	case !f.ok:
		f.res.keep(what, key, "without CPU per request it cannot be told from the CPU")
		return nil
	case len(used) < fewest:
		f.res.keep(what, key, fmt.Sprintf("%d minutes have both, and %d are needed%s", len(used), fewest, f.mostUnused()))
		return nil
	}
	l := &f.latency
	l.groups, l.workers = grouped(used), serving.Unlimited
	for k := range l.groups {
		g := &l.groups[k]
		for i, cv := range variations {
			law, err := workload.NewLognormalMean(f.work*f.speed, cv)
			if err != nil {
				return err
			}
			s, err := f.fleet(g.instances, g.each, law, nil, serving.Unlimited)
			if err != nil {
				return err
			}
			if s.served.Count() == 0 {
				f.res.keep(what, key, "a simulated fleet answers nothing at the recorded load")
				return nil
			}
			g.work[i] = atomsOf(s.served)
		}
	}
	best, ssr := l.solve(l.groups, f.ended)
	if f.ended() {
		return f.ctx.Err()
	}
	worst := l.worst(best)
	if worst > suspicious {
		if ok, err := f.limit(best); ok || err != nil {
			return err
		}
	}
	if worst > contradicts {
		f.res.keep(what, key, fmt.Sprintf("the figures contradict each other: the nearest law is off by %s %% at %s requests a second of an instance", form.FormatNumber(round(100*math.Expm1(worst), 2)), form.FormatNumber(round(l.groups[len(l.groups)-1].each, 3))))
		return nil
	}
	l.take(best)
	f.tellTails(best, ssr, f.onMinutes(used))
	return nil
}
