package account

import (
	"asgsim/sim/asg"
	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

func (a *accounts) summarize(r *Result) {
	s, c := &r.Summary, &a.Requests.Counters
	s.Requests = requests(c, &a.Requests.Before)
	if !a.Config.Bill.NoBalancer {
		h := httpOf(c, &a.Requests.Before)
		s.Requests.HTTP = &h
	}
	s.Latency, s.TargetResponse = latency(a.Requests.Served), latency(a.Requests.Target)
	s.LatencyAll = latencyAll(a.Requests.Served, c.Window.FailedAll())
	s.SLO = a.slo(&c.Window)
	s.Capacity = a.capacity()
	s.CPU = CPUSummary{Mean: ratio(a.CPU.Busy, a.CPU.Available), MaxMinute: a.CPU.MaxMinute, Hottest: a.CPU.Hottest}
	if a.CPU.Workers > 0 {
		v := a.CPU.WorkersBusy / a.CPU.Workers
		s.Workers = &v
	}
	lines, seconds, lcu := a.bill(r.Rows)
	r.Bill = lines
	s.InstanceHours = float64(seconds) / 3600
	s.Cost = a.cost(lines, s.Requests.Good, r.Rows, lcu)
	s.Savings = a.savings(s.Cost.EC2, s.SLO.Met, r.Rows)
	a.commit(r)
	a.priceRows(r.Rows)
	s.Needed, s.Lateness = a.neededMost(r.Rows), lateness(r.Rows, a.From(), a.Interval)
	if s.Queue = queued(a.Record, r.Rows); s.Queue == nil { // a backlog is no collapse: nobody waits for an answer
		a.found = collapse.Find(a.Record, r.Rows, func(from, to des.Time) float64 {
			var c Cause
			a.peak(&c, from, to)
			return c.Peak
		})
	}
	s.Collapse = a.found
	s.Dependencies, s.Anomalies = dependencies(a.Record), anomalies(a.Record)
	s.Saturation = collapse.Saturation(a.Record, a.Rows)
	s.WorstMinute = a.worstMinute(r.Rows)
	s.Faults = a.faultSummary()
	s.Incidents = a.incidents(r.Rows)
	for _, b := range a.Blocked {
		s.Blocked = append(s.Blocked, BlockedScaleIn{b.Policy, b.By.String(), b.For.Seconds() / 60})
	}
	s.WarmPool = a.warmPool()
	s.Forecasts = a.Forecasts
	s.Cost.Types, s.Spot = a.typeCosts(), a.spotSummary()
	s.Credits = a.creditSummary()
	if s.Credits != nil {
		s.Cost.SurplusCredits = s.Credits.SurplusUSD
	}
	plane := "exact event plane"
	if s.Fidelity = fidelityOf(a.Record, s.Cost.EC2, s.SLO.BreachedMinutes); s.Fidelity != nil {
		plane = "sampled event plane"
	}
	if s.Queue != nil {
		plane = "queue plane"
	}
	s.Engine = Engine{Plane: plane, Requests: c.All.Offered, Attempts: c.Attempts, ControlEvents: a.ControlEvents}
}

// requests counts those of the window; before is what had been counted when it began.
func requests(c, before *serving.Counters) Requests {
	t := &c.Window
	out := Requests{
		Offered: t.Offered, Served: t.Served, Failed: t.FailedAll(), InFlight: t.InFlight, Retries: t.Retries, Denied: c.Denied - before.Denied,
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

// httpOf counts the attempts that ended in the window by what was answered.
func httpOf(c, before *serving.Counters) record.HTTP {
	ended := c.AttemptsBy
	for r := range ended {
		ended[r] -= before.AttemptsBy[r]
	}
	return record.HTTPOf(&ended, c.Unconnected-before.Unconnected)
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
func (a *accounts) slo(t *serving.Totals) SLOResult {
	c := &a.Config.SLO
	out := SLOResult{LatencyS: c.Latency.Seconds(), Good: c.Good}
	minutes := 0
	for k, m := range a.Requests.Cohorts {
		at := des.Time(k) * des.Time(des.Minute)
		if at < a.From() || at >= a.end {
			continue
		}
		minutes++
		if a.breached(k, &m) {
			out.BreachedMinutes++
		}
	}
	out.AllowedMinutes = c.BreachedMinutes * a.end.Sub(a.From()).Seconds() / 60
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

func (a *accounts) capacity() CapacitySummary {
	out := CapacitySummary{
		InService: a.overTime(func(c *record.CapacityChange) int { return c.States.InService() }),
		Desired:   a.overTime(func(c *record.CapacityChange) int { return c.Desired }),
	}
	if a.weighted() {
		out.Unit = "units"
	}
	out.MinSize = a.overTime(func(c *record.CapacityChange) int { return c.MinSize }).Min
	out.MaxSize = a.overTime(func(c *record.CapacityChange) int { return c.MaxSize }).Max
	// Schedules, forecasts and people move the bounds: each instant has its own.
	out.MinutesAtMin = a.minutesIn(func(c *record.CapacityChange) bool { return c.Desired == c.MinSize })
	out.MinutesAtMax = a.minutesIn(func(c *record.CapacityChange) bool { return c.Desired == c.MaxSize })
	from := a.From()
	for _, x := range a.Activities {
		if x.Start < from || x.Move || x.Instance < 0 || x.Pool == asg.FromPool {
			continue
		}
		if x.Launch {
			out.Launches++
		} else {
			out.Terminations++
		}
	}
	for i := range a.Instances {
		if n := &a.Instances[i]; n.End.Kind == asg.EndUnhealthy && a.Activities[n.EndActivity].Start >= from {
			out.HealthReplacements++
		}
	}
	for _, at := range a.Group.Scaled {
		if at >= from {
			out.ScalingActivities++
		}
	}
	for i := 1; i < len(a.Capacity); i++ {
		c, before := &a.Capacity[i], &a.Capacity[i-1]
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

// completeInstances adds to the lives what the plane counted and what they cost.
func (a *accounts) completeInstances() {
	for k := range a.Instances {
		n := &a.Instances[k]
		used := a.newUsage()
		busy, ready := 0.0, 0.0
		for i := range n.Runs {
			r := &n.Runs[i]
			busy, ready = busy+r.Busy, ready+r.Ready
			from, to := a.billed(r)
			if !n.Free {
				n.BilledS += to - from
			}
			used.take(a, n, from, to)
			n.Sent += r.Counters.Routed
			n.Served += r.Counters.Ended[serving.OK]
			n.Failed += record.Lost(&r.Counters)
		}
		if n.FirstGood == des.Never {
			n.LostBooting = n.Failed
		}
		n.CPU, n.CPUS = ratio(busy, ready), busy/float64(des.Second)
		a.surplusOf(n, used)
		n.USD = used.cost(&a.Config.Bill).Float()
	}
}

func (a *accounts) faultSummary() FaultSummary {
	out := FaultSummary{Asked: fault.Asked(a.Config.Faults, a.Faults, a.From(), a.end), Injected: map[string]int{}, Skipped: map[string]int{}}
	for _, i := range a.Faults {
		if i.At < a.From() {
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
