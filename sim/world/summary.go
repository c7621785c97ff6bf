package world

import (
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
)

// result gathers everything the run found out, and audits it.
func (w *world) result() *Result {
	rows := w.finishRows()
	r := &Result{
		Config: w.cfg, Seed: w.seed, Rows: rows, Interval: w.meter.interval, Capacity: w.lives.capacity,
		Decisions: w.policies.decisions, Activities: w.group.Activities, Holds: w.group.Holds, Metrics: w.meter.published(), Faults: w.injector.Log, FailOpens: w.failOpens(), Witnesses: w.witnesses,
		Served: w.plane.Latencies().Served,
	}
	var c serving.Counters
	w.plane.Read(&c)
	w.summarize(r, &c)
	r.Instances = w.instances()
	r.Summary.Launch = launchTimes(r.Instances, w.from())
	r.Inactive = w.inactive()
	r.Warnings = w.warnings(r)
	r.Violations = append(w.lives.broken, audit(w.evidence(r, &c))...)
	return r
}

func (w *world) summarize(r *Result, c *serving.Counters) {
	s := &r.Summary
	s.Requests = requests(c, &w.before)
	latencies := w.plane.Latencies()
	s.Latency, s.TargetResponse = latency(latencies.Served), latency(latencies.Target)
	s.LatencyAll = latencyAll(latencies.Served, c.Window.FailedAll())
	s.SLO = w.slo(&c.Window)
	s.Capacity = w.capacity()
	s.CPU = CPUSummary{Mean: ratio(w.meter.inService.busy, w.meter.inService.available), MaxMinute: w.meter.maxMinute, Hottest: w.meter.hottest}
	if t := w.meter.inService; t.workers > 0 {
		v := t.workersBusy / t.workers
		s.Workers = &v
	}
	lines, seconds, lcu := w.bill(r.Rows)
	r.Bill = lines
	s.InstanceHours = float64(seconds) / 3600
	s.Cost = w.cost(lines, s.Requests.Good, r.Rows, lcu)
	s.Savings = w.savings(s.Cost.EC2, s.SLO.Met, r.Rows)
	w.commit(r)
	w.priceRows(r.Rows)
	s.Needed, s.Lateness = w.neededMost(r.Rows), lateness(r.Rows, des.Time(w.cfg.WarmUp), w.meter.interval)
	s.WorstMinute = w.worstMinute(r.Rows)
	s.Faults = w.faultSummary()
	s.Incidents = w.incidents(r.Rows)
	names := w.rival.names()
	for _, run := range w.policies.runs {
		names = append(names, run.name)
	}
	for _, name := range names {
		for by := range blockKinds {
			if d := w.policies.blocked[blockKey{name, blockKinds[by]}]; d > 0 {
				s.Blocked = append(s.Blocked, BlockedScaleIn{name, blockKinds[by].String(), d.Seconds() / 60})
			}
		}
	}
	s.WarmPool = w.warmPool()
	s.Forecasts = w.predictor.summary()
	s.Cost.Types, s.Spot = w.typeCosts(), w.spotSummary()
	s.Credits = w.credits.summary()
	if s.Credits != nil {
		s.Cost.SurplusCredits = s.Credits.SurplusUSD
	}
	s.Engine = Engine{Plane: "exact event plane", Requests: c.All.Offered, Attempts: c.Attempts, ControlEvents: w.kernel.Fired()}
}

// requests counts those of the window; before is what had been counted when it began.
func requests(c, before *serving.Counters) Requests {
	t := &c.Window
	out := Requests{
		Offered: t.Offered, Served: t.Served, Failed: t.FailedAll(), InFlight: t.InFlight, Retries: t.Retries,
		FailedBy: map[string]uint64{}, AttemptsBy: map[string]uint64{}, Slow: t.Slow, Good: t.Served - t.Slow,
	}
	for r := serving.OK; r < serving.Reasons; r++ {
		out.AttemptsBy[r.String()] = c.AttemptsBy[r] - before.AttemptsBy[r]
		if r != serving.OK {
			out.FailedBy[r.String()] = t.Failed[r]
		}
	}
	if done := t.Offered - t.InFlight; done > 0 {
		v := float64(out.Good) / float64(done)
		out.GoodShare = &v
	}
	return out
}

func latency(h *serving.Histogram) Latency {
	if h.Count() == 0 {
		return Latency{}
	}
	at := func(p float64) *float64 { v := h.Quantile(p); return &v }
	mean, top := h.Mean(), h.Max().Seconds()
	return Latency{Mean: &mean, P50: at(0.5), P90: at(0.9), P95: at(0.95), P99: at(0.99), P999: at(0.999), Max: &top}
}

// latencyAll ranks failed requests above every served one.
func latencyAll(h *serving.Histogram, failed uint64) LatencyAll {
	total := h.Count() + failed
	at := func(p float64) *float64 {
		rank := p * float64(total)
		if total == 0 || h.Count() == 0 || rank > float64(h.Count()) {
			return nil
		}
		v := h.Quantile(min(rank/float64(h.Count()), 1))
		return &v
	}
	return LatencyAll{P50: at(0.5), P90: at(0.9), P95: at(0.95), P99: at(0.99), P999: at(0.999)}
}

// slo judges the window.
func (w *world) slo(t *serving.Totals) SLOResult {
	c := &w.cfg.SLO
	out := SLOResult{LatencyS: c.Latency.Seconds(), Good: c.Good}
	minutes := 0
	for k, m := range w.plane.Cohorts() {
		at := des.Time(k) * des.Time(basePeriod)
		if at < des.Time(w.cfg.WarmUp) || at >= w.end {
			continue
		}
		minutes++
		if w.breached(uint64(m.Offered), uint64(m.Served), uint64(m.Slow), uint64(m.Failed)) {
			out.BreachedMinutes++
		}
	}
	out.AllowedMinutes = c.BreachedMinutes * w.end.Sub(des.Time(w.cfg.WarmUp)).Seconds() / 60
	done := t.Offered - t.InFlight
	if done == 0 {
		out.Met = out.BreachedMinutes == 0
		return out
	}
	bad := float64(t.Slow+t.FailedAll()) / float64(done)
	if c.Good < 1 {
		out.ErrorBudgetUsed = bad / (1 - c.Good)
	}
	out.Met = 1-bad >= c.Good && float64(out.BreachedMinutes) <= out.AllowedMinutes
	return out
}

func (w *world) capacity() CapacitySummary {
	g := w.group
	out := CapacitySummary{
		InService: w.overTime(func(c *CapacityChange) int { return c.States.InService() }),
		Desired:   w.overTime(func(c *CapacityChange) int { return c.Desired }),
	}
	if w.weighted() {
		out.Unit = "units"
	}
	out.MinSize = w.overTime(func(c *CapacityChange) int { return c.MinSize }).Min
	out.MaxSize = w.overTime(func(c *CapacityChange) int { return c.MaxSize }).Max
	// Schedules, forecasts and people move the bounds: each instant has its own.
	out.MinutesAtMin = w.minutesIn(func(c *CapacityChange) bool { return c.Desired == c.MinSize })
	out.MinutesAtMax = w.minutesIn(func(c *CapacityChange) bool { return c.Desired == c.MaxSize })
	from := w.from()
	for _, a := range g.Activities {
		if a.Start < from || a.Move || a.Instance < 0 || a.Pool == asg.FromPool {
			continue
		}
		if a.Launch {
			out.Launches++
		} else {
			out.Terminations++
		}
	}
	for _, m := range g.Members {
		if m.End.Kind == asg.EndUnhealthy && g.Activities[m.EndActivity()].Start >= from {
			out.HealthReplacements++
		}
	}
	for _, at := range g.Scaled {
		if at >= from {
			out.ScalingActivities++
		}
	}
	for i := 1; i < len(w.lives.capacity); i++ {
		c, before := &w.lives.capacity[i], &w.lives.capacity[i-1]
		if c.At < from {
			continue
		}
		if c.Desired > before.Desired {
			out.ScaleOuts++
		} else if c.Desired < before.Desired {
			out.ScaleIns++
		}
	}
	return out
}

// instances hands out the lives, completed by what the plane counted.
func (w *world) instances() []Instance {
	out := make([]Instance, len(w.lives.records))
	cpu := map[*ec2.Instance][2]float64{}
	for _, g := range w.meter.every {
		t := cpu[g.instance]
		cpu[g.instance] = [2]float64{t[0] + g.totalBusy, t[1] + g.totalAvail}
	}
	for k, rec := range w.lives.records {
		out[k] = rec.Instance
		i := w.fleet.Instances[k]
		out[k].Recommended = i.Recommended
		out[k].CPU, out[k].CPUS = ratio(cpu[i][0], cpu[i][1]), cpu[i][0]/float64(des.Second)
		used := w.newUsage()
		for _, r := range i.Runs() {
			from, to := w.billed(r)
			if !i.Free() {
				out[k].BilledS += to - from
			}
			var c serving.InstanceCounters
			w.plane.ReadInstance(r.Plane, &c)
			used.take(w, i, from, to)
			out[k].Sent += c.Routed
			out[k].Served += c.Ended[serving.OK]
			out[k].Failed += lost(w.plane, r.Plane)
		}
		w.surplusOf(i, used)
		out[k].USD = used.cost(&w.cfg.Bill).Float()
	}
	return out
}

func (w *world) faultSummary() FaultSummary {
	out := FaultSummary{Asked: w.injector.Asked(w.from()), Injected: map[string]int{}, Skipped: map[string]int{}}
	for _, i := range w.injector.Log {
		if i.At < w.from() {
			continue
		}
		if i.Skipped == "" {
			out.Injected[i.Kind]++
		} else {
			out.Skipped[i.Kind]++
		}
	}
	return out
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
