package world

import (
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/queue"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// record takes down what the run leaves behind. Nothing of the run is looked at
// afterwards.
func (w *world) record() *record.Record {
	latencies := w.plane.Latencies()
	r := &record.Record{
		Config: w.cfg, Seed: w.seed, Interval: w.meter.Interval(), Rows: w.rows(), Capacity: w.lifecycles.capacity, Instances: w.instances(),
		Decisions: w.control.Decisions(), Activities: w.group.Activities, Metrics: w.meter.Published(), Faults: w.injector.Log, Hits: w.hits(),
		Holds: w.group.Holds, FailOpens: w.failOpens(), Anomalies: w.anomalies(), Traffic: w.traffic,
		Group: record.GroupCounts{Began: len(w.group.Members) - w.group.Launches - w.group.Attached, Launched: w.group.Launches, Attached: w.group.Attached,
			Alive: len(w.lifecycles.open), Scaled: w.group.Scaled},
		Requests: record.Requests{Before: w.before, Cohorts: w.plane.Cohorts(), Served: latencies.Served, Target: latencies.Target},
		CPU:      w.meter.CPU(), Credits: w.credits.record(), Blocked: w.control.Blocked(), Forecasts: w.control.Forecasts(),
		Idle: w.control.Idle(), Warnings: w.control.Warnings(), Broken: w.lifecycles.broken, ControlEvents: w.kernel.Fired(),
	}
	w.plane.Read(&r.Requests.Counters)
	r.Requests.DependenciesBefore, r.Requests.Dependencies = w.asked, make([]serving.DependencyCounters, len(w.cfg.Dependencies))
	readDependencies(w.plane, r.Requests.Dependencies)
	if w.cfg.Queue != nil {
		r.Requests.Queue, r.Requests.QueueBefore = new(queue.Counters), &w.waiting
		readQueue(w.plane, r.Requests.Queue)
	}
	if p, ok := w.plane.(*serving.Sampled); ok {
		r.Sampling = sampling(p)
	}
	r.IdleGood = w.idleGood()
	return r
}

// idleGood is what of the only class of requests is good on an idle fleet, where that is
// too little for the SLO; nil otherwise.
func (w *world) idleGood() *float64 {
	n := w.newNeeded()
	if len(w.cfg.Classes) != 1 || n.limits == nil || n.limits.possible() || n.limits.idleGood < 0 {
		return nil
	}
	return &n.limits.idleGood
}

// rows completes what was measured by what can be foretold of each row: the load, what is
// needed, the forecast.
func (w *world) rows() []record.Row {
	rows := w.meter.Rows()
	if last := len(rows) - 1; last > 0 && rows[last].At >= w.end {
		rows = rows[:last]
	}
	needed := w.newNeeded()
	for i := range rows {
		r := &rows[i]
		end := min(r.At.Add(w.meter.Interval()), w.end)
		expected := 0.0
		for _, l := range w.loads {
			expected += l.Integral(r.At, end)
		}
		r.Expected = expected / end.Sub(r.At).Seconds()
		r.NeededSLO, r.NeededTarget = needed.slo(r.Expected), needed.target(r.At.Add(end.Sub(r.At)/2))
		r.ForecastRate, r.ForecastCapacity = w.control.ForecastAt(r.At)
	}
	return rows
}

// instances are the lives, with what EC2, the group and the plane know of each.
func (w *world) instances() []record.Instance {
	out := make([]record.Instance, len(w.lifecycles.records))
	for k, rec := range w.lifecycles.records {
		i, m := w.fleet.Instances[k], rec.member
		n := rec.Instance
		n.Recommended, n.Noticed, n.Interrupted, n.Free, n.OnEC2 = i.Recommended, i.Noticed, i.Interrupted, i.Free(), i.State == ec2.Running
		n.ZoneIndex, n.Terms, n.Speed = i.Zone, w.model(i), w.fleet.Speed(i)
		n.Good, n.Called, n.Replacement, n.EndActivity = rec.good, m.Called, m.Replacement, m.EndActivity()
		n.Active, n.Left = m.Active(), m.Phase == asg.PhaseGone
		for _, r := range i.Runs() {
			run := record.Run{Run: *r}
			w.plane.ReadInstance(r.Plane, &run.Counters)
			n.Runs = append(n.Runs, run)
		}
		out[k] = n
	}
	for _, g := range w.meter.Readings() {
		runs := out[g.Instance.Ordinal].Runs
		for i := range runs {
			if runs[i].Plane == g.Run.Plane {
				runs[i].Since, runs[i].Busy, runs[i].Ready = g.Since, g.Busy, g.Ready
			}
		}
	}
	return out
}

// model is the index of an instance's type in the template.
func (w *world) model(i *ec2.Instance) int {
	for k, m := range w.fleet.Models() {
		if m == i.Model {
			return k
		}
	}
	panic("world: an instance of no model of the template")
}

// hits are the faults on instances, with what came of them.
func (w *world) hits() []*record.Hit {
	var out []*record.Hit
	for _, f := range w.lifecycles.faults {
		f.settle(w.plane)
		out = append(out, &record.Hit{Injection: f.Injection, ReadyAt: f.readyAt, Idle: f.idle, Base: f.base, Lost: f.lost,
			LostOpen: f.lostOpen, OverAt: f.overAt, Superseded: f.superseded, OutAt: f.outAt, Unhealthy: f.unhealthy})
	}
	return out
}

// from is when the window begins.
func (w *world) from() des.Time { return des.Time(w.cfg.WarmUp) }
