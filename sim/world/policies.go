package world

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// policies evaluates alarms and policies at every alarm tick and hands what they
// agree on to the group.
type policies struct {
	world     *world
	watches   []*cloudwatch.Watch
	runs      []*policyRun
	decisions []Decision
	blocked   map[blockKey]des.Duration
	keepAll   bool     // keep evaluations that had no opinion
	decides   des.Time // the last instant for which an evaluation is scheduled
}

// policyRun is one policy with its alarms and its memory.
type policyRun struct {
	name      string
	high, low *cloudwatch.Watch // the alarm that asks to scale out, and in; either may be nil
	series    *cloudwatch.Series
	// decide evaluates the policy; acted is called when its decision was applied.
	decide    func(now des.Time, s *scaling.Snapshot) scaling.Decision
	acted     func(now des.Time)
	outs, ins int
	alarmed   bool
	every     des.Duration // of a policy without alarms; 0: alarms trigger it
	failed    failures     // of a formula
	asks      int          // what a formula asks for; 0: nothing

	own, repeat des.Duration // warm-up and spacing of the policy's own; scaling.Unset
	last        des.Time     // it changed the desired capacity; des.Never
	warms       bool         // instances it launches warm up
	acting      des.Time     // end of the datapoint it then acted on
}

type blockKey struct {
	policy string
	by     scaling.Block
}

// tickPeriod is how often alarms with periods of a minute or more are evaluated,
// and their actions repeated ("Using Amazon CloudWatch alarms", read 2023-05-18).
const tickPeriod = des.Minute

// fineTick is how often alarms with periods below a minute are evaluated (same
// page). Their actions too are repeated every minute.
const fineTick = 10 * des.Second

func newPolicies(w *world) *policies {
	p := &policies{world: w, decides: -1, blocked: map[blockKey]des.Duration{}, keepAll: w.cfg.Duration <= 14*des.Day || w.cfg.Explain}
	for i := range w.cfg.Tracking {
		p.track(&w.cfg.Tracking[i])
	}
	for i := range w.cfg.Alarms {
		p.define(&w.cfg.Alarms[i])
	}
	for i := range w.cfg.Steps {
		p.step(&w.cfg.Steps[i])
	}
	for i := range w.cfg.Simple {
		p.simple(&w.cfg.Simple[i])
	}
	for i := range w.cfg.Expressions {
		p.express(&w.cfg.Expressions[i])
	}
	if len(p.runs) > 0 || refreshWatches(w.cfg) {
		for _, b := range p.beats() {
			w.kernel.At(des.Time(b.phase), des.Alarm, func() { p.tick(b) })
		}
	}
	return p
}

// track adds a target tracking policy with the two alarms it makes.
func (p *policies) track(t *scaling.TargetTracking) {
	source := t.Source()
	series := p.world.meter.sensor(source.Metric, source.Statistic, cmp.Or(source.Period, basePeriod))
	alarm := func(kind string, n int, c cloudwatch.Comparison, threshold float64) *cloudwatch.Watch {
		w := &cloudwatch.Watch{
			Name: fmt.Sprintf("TargetTracking-%s-Alarm%s-%s", p.world.cfg.Group.Name, kind, t.Name), Series: series,
			Period: t.AlarmPeriod, Evaluate: n, Datapoints: n, Comparison: c, Threshold: threshold, Range: p.world.cfg.Watch.Range,
		}
		return p.add(w)
	}
	r := &policyRun{
		name: t.Name, series: series, own: t.Warmup, warms: true, repeat: t.Repeat, last: des.Never,
		high: alarm("High", t.HighPeriods, cloudwatch.GreaterThan, t.HighThreshold()),
		low:  alarm("Low", t.LowPeriods, cloudwatch.LessThan, t.LowThreshold()),
	}
	var memory, next scaling.Memory
	r.decide = func(now des.Time, s *scaling.Snapshot) (d scaling.Decision) {
		s.High, s.Low = r.high.State, r.low.State
		s.Metric, s.HasMetric = series.Latest(now)
		d, next = t.Decide(now, s, memory)
		return d
	}
	r.acted = func(des.Time) { memory = next }
	p.runs = append(p.runs, r)
}

// define adds an alarm of the user's.
func (p *policies) define(d *cloudwatch.Definition) {
	p.add(&cloudwatch.Watch{
		Name: d.Name, Series: p.world.meter.sensor(d.Metric, d.Statistic, d.Period), Period: d.Period,
		Evaluate: d.Evaluate, Datapoints: d.Datapoints, Comparison: d.Comparison, Threshold: d.Threshold, Missing: d.Missing, Range: p.world.cfg.Watch.Range,
	})
}

// alarm returns the user's alarm called name, which scenarios has made sure of.
func (p *policies) alarm(name string) *cloudwatch.Watch {
	i := slices.IndexFunc(p.watches, func(w *cloudwatch.Watch) bool { return w.Name == name })
	if i < 0 {
		panic("world: no alarm " + name)
	}
	return p.watches[i]
}

// refreshWatches reports whether an instance refresh looks at alarms.
func refreshWatches(c *Config) bool {
	return slices.ContainsFunc(c.Events, func(e asg.Event) bool { return e.Refresh != nil && len(e.Refresh.Alarms) > 0 })
}

// step adds a step scaling policy.
func (p *policies) step(t *scaling.StepScaling) {
	w := p.alarm(t.Alarm.Name)
	r := &policyRun{name: t.Name, series: w.Series, own: t.Warmup, warms: true, repeat: scaling.Unset, last: des.Never, acted: func(des.Time) {}}
	r.decide = func(now des.Time, s *scaling.Snapshot) scaling.Decision {
		return t.Decide(now, s, scaling.AlarmState{State: w.State, Points: w.Decided(now)})
	}
	r.sided(w, t.Alarm.Above)
	p.runs = append(p.runs, r)
}

// simple adds a simple scaling policy.
func (p *policies) simple(t *scaling.SimpleScaling) {
	w := p.alarm(t.Alarm.Name)
	r := &policyRun{name: t.Name, series: w.Series, own: scaling.Unset, repeat: scaling.Unset, last: des.Never}
	r.decide = func(now des.Time, s *scaling.Snapshot) scaling.Decision {
		return t.Decide(now, s, scaling.AlarmState{State: w.State, Points: w.Decided(now)})
	}
	r.acted = func(des.Time) {
		s := p.bare()
		p.world.group.BeginSimple(t.EffectiveCooldown(&s))
	}
	// An alarm below its threshold may still trigger a policy that adds, and the
	// other way round: what counts is what the adjustment does.
	r.sided(w, t.Amount > 0)
	p.runs = append(p.runs, r)
}

func (r *policyRun) sided(w *cloudwatch.Watch, out bool) {
	if out {
		r.high = w
	} else {
		r.low = w
	}
}

// bare is a snapshot without metrics.
func (p *policies) bare() scaling.Snapshot {
	w := p.world
	return scaling.Snapshot{
		Desired: w.group.Desired, Min: w.group.Min, Max: w.group.Max,
		DefaultWarmup: w.cfg.Group.Warmup, DefaultCooldown: w.cfg.Group.Cooldown, Weighted: w.weighted(),
	}
}

// decide asks every policy, combines and clamps, and keeps all of it.
func (p *policies) decide() {
	w := p.world
	now := w.kernel.Now()
	snapshot := p.bare()
	snapshot.InService, snapshot.Pending = w.group.InService()
	sort.Slice(snapshot.InService, func(i, j int) bool { return snapshot.InService[i] < snapshot.InService[j] })
	snapshot.Busy, snapshot.CooldownUntil = w.group.Cooling()
	opinions := make([]scaling.Decision, len(p.runs))
	for i, r := range p.runs {
		opinions[i] = p.opinion(r, now, snapshot)
	}
	want, winner := scaling.Combine(opinions)
	result, clamp := snapshot.Desired, scaling.NoBlock
	if winner >= 0 {
		result, clamp = scaling.Clamp(want, w.group.Min, w.group.Max)
		if low := min(w.predictor.floor(now), snapshot.Desired); result < low {
			result, clamp = low, scaling.BlockForecast
		}
		if low := min(p.asked(), snapshot.Desired); result < low {
			result, clamp = low, scaling.BlockOthers
		}
	}
	for i, r := range p.runs {
		if opinions[i].Quiet {
			continue
		}
		p.note(r, opinions[i], &verdict{now: now, snapshot: &snapshot, won: winner == i, result: result, clamp: clamp})
	}
	if winner >= 0 && result != snapshot.Desired {
		r := p.runs[winner]
		r.count(opinions[winner].Side)
		cause, note := p.cause(r, opinions[winner], clamp, want)
		w.group.SetDesiredFor(result, cause, note, r.waited(&snapshot))
		r.acted(now)
		r.last = now
		if r.series != nil {
			point, _ := r.series.Latest(now)
			r.acting = point.End
		}
	}
}

// opinion is what a policy says now. Alarms do not reach it while AlarmNotification
// is suspended; a policy without alarms calls on the group itself.
func (p *policies) opinion(r *policyRun, now des.Time, s scaling.Snapshot) scaling.Decision {
	due := p.due(r, now)
	switch {
	case r.every == 0 && p.world.group.Suspended(asg.AlarmNotification):
		if !due || !inAlarm(r.high) && !inAlarm(r.low) {
			return scaling.Decision{Quiet: true}
		}
		return scaling.Decision{Side: scaling.Stay, Block: scaling.BlockSuspended, Why: "the alarm is in ALARM, but AlarmNotification is suspended"}
	case r.every > 0 && !due:
		return scaling.Decision{Quiet: true}
	}
	d := r.decide(now, &s)
	if (d.Side == scaling.Out || d.Side == scaling.In) && r.again(now) {
		d = scaling.Decision{Side: scaling.Stay, Block: scaling.BlockSame, Tracking: d.Tracking, Why: d.Why + "; but that datapoint was acted on already"}
	}
	d.Quiet = !due
	return d
}

// again reports whether a policy with an alarm knows of nothing newer than the
// datapoint on which it acted last. An alarm's action is repeated every minute, a
// datapoint of basic monitoring stays the newest for five: it is not acted on twice.
func (r *policyRun) again(now des.Time) bool {
	if r.series == nil || r.every > 0 || r.last == des.Never {
		return false
	}
	point, ok := r.series.Latest(now)
	return ok && point.End == r.acting
}

// verdict is what became of an evaluation.
type verdict struct {
	now      des.Time
	snapshot *scaling.Snapshot
	won      bool
	result   int
	clamp    scaling.Block
}

func (r *policyRun) count(s scaling.Side) {
	if s == scaling.Out {
		r.outs++
	} else {
		r.ins++
	}
}

// cause words a change as AWS's activities do, and apart from it the arithmetic, which
// AWS does not tell.
func (p *policies) cause(r *policyRun, d scaling.Decision, clamp scaling.Block, want int) (cause, note string) {
	note = d.Why
	if clamp != scaling.NoBlock {
		note += fmt.Sprintf("; %d wanted, bound by %v", want, clamp)
	}
	if r.every > 0 {
		return fmt.Sprintf("policy %s asked for it", r.name), note + "."
	}
	alarm := r.low
	if d.Side == scaling.Out && r.high != nil || alarm == nil {
		alarm = r.high
	}
	return fmt.Sprintf("a monitor alarm %s in state ALARM triggered policy %s", alarm.Name, r.name), note + "."
}

// waited is the warm-up that the activities of a policy's launches wait for: that of
// target tracking and step scaling; simple scaling and formulas have none.
func (r *policyRun) waited(s *scaling.Snapshot) des.Duration {
	if !r.warms {
		return 0
	}
	return r.warmup(s)
}

// note keeps one policy's evaluation.
func (p *policies) note(r *policyRun, d scaling.Decision, v *verdict) {
	now, won, clamp, desired, result := v.now, v.won, v.clamp, v.snapshot.Desired, v.result
	block := d.Block
	if d.Side == scaling.In && !won && result >= desired {
		block = scaling.BlockOthers
	}
	if won && clamp != scaling.NoBlock {
		block = clamp
	}
	low := inAlarm(r.low) && !inAlarm(r.high)
	if low && block != scaling.NoBlock && result >= desired && now >= p.world.from() {
		p.blocked[blockKey{r.name, block}] += tickPeriod
	}
	if d.Side != scaling.Hold {
		r.alarmed = true
	} else if !p.keepAll {
		return
	}
	row := Decision{At: now, Policy: r.name, Metric: math.NaN(), Want: -1, Desired: desired, Result: result, Why: d.Why, Block: block,
		Won: won, Until: p.until(now, r, v.snapshot, block), Looks: p.looks(now, r)}
	if r.series != nil {
		if point, ok := r.series.Latest(now); ok {
			row.Metric = point.Value
		}
	}
	switch {
	case r.every > 0:
		row.Source, row.Alarm = record.FromExpression, "expression"
	case inAlarm(r.high):
		row.Alarmed, row.Alarm = scaling.Out, "AlarmHigh in ALARM"
	case low:
		row.Alarmed, row.Alarm = scaling.In, "AlarmLow in ALARM"
	default:
		row.Alarm = quiet(r.high, r.low)
	}
	if d.Side == scaling.Out || d.Side == scaling.In {
		row.Want = d.Want
	}
	p.decisions = append(p.decisions, row)
}

func inAlarm(w *cloudwatch.Watch) bool { return w != nil && w.State == cloudwatch.Alarm }

// quiet words the states of a policy's alarms when none is in ALARM.
func quiet(high, low *cloudwatch.Watch) string {
	switch {
	case low == nil:
		return fmt.Sprintf("AlarmHigh %v", high.State)
	case high == nil:
		return fmt.Sprintf("AlarmLow %v", low.State)
	}
	return fmt.Sprintf("AlarmHigh %v, AlarmLow %v", high.State, low.State)
}
