package world

import (
	"fmt"
	"sort"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// policies evaluates alarms and policies at every alarm tick and hands what they
// agree on to the group.
type policies struct {
	world     *world
	runs      []*policyRun
	decisions []Decision
	blocked   map[blockKey]des.Duration
	keepAll   bool // keep evaluations that had no opinion
}

// policyRun is one policy with its two alarms and its memory.
type policyRun struct {
	policy    *scaling.TargetTracking
	series    *cloudwatch.Series
	high, low *cloudwatch.Watch
	memory    scaling.Memory
	outs, ins int
	alarmed   bool
}

type blockKey struct {
	policy string
	by     scaling.Block
}

// tickPeriod is how often alarms with periods of a minute or more are evaluated,
// and their actions repeated ("Using Amazon CloudWatch alarms", read 2023-05-18).
const tickPeriod = des.Minute

func newPolicies(w *world) *policies {
	p := &policies{world: w, blocked: map[blockKey]des.Duration{}, keepAll: w.cfg.Duration <= 14*des.Day}
	for i := range w.cfg.Tracking {
		t := &w.cfg.Tracking[i]
		series := w.meter.cpu
		if t.Metric == scaling.ALBRequestCountPerTarget {
			series = w.meter.count
		}
		alarm := func(kind string, n int, c cloudwatch.Comparison, threshold float64) *cloudwatch.Watch {
			return &cloudwatch.Watch{
				Name: fmt.Sprintf("TargetTracking-%s-Alarm%s-%s", w.cfg.Group.Name, kind, t.Name), Series: series,
				Period: t.AlarmPeriod, Evaluate: n, Datapoints: n, Comparison: c, Threshold: threshold,
			}
		}
		p.runs = append(p.runs, &policyRun{
			policy: t, series: series,
			high: alarm("High", t.HighPeriods, cloudwatch.GreaterThan, t.HighThreshold()),
			low:  alarm("Low", t.LowPeriods, cloudwatch.LessThan, t.LowThreshold()),
		})
	}
	if len(p.runs) > 0 {
		w.kernel.At(des.Time(w.cfg.Watch.Phase%tickPeriod), des.Alarm, p.tick)
	}
	return p
}

func (p *policies) tick() {
	w := p.world
	now := w.kernel.Now()
	w.kernel.At(now.Add(tickPeriod), des.Alarm, p.tick)
	acting := false
	for _, r := range p.runs {
		r.high.Update(now)
		r.low.Update(now)
		acting = acting || r.high.State == cloudwatch.Alarm || r.low.State == cloudwatch.Alarm
	}
	if acting || p.keepAll {
		w.kernel.At(now, des.Decide, p.decide)
	}
}

// bare is a snapshot without metrics.
func (p *policies) bare() scaling.Snapshot {
	w := p.world
	return scaling.Snapshot{
		Desired: w.group.Desired, Min: w.group.Min, Max: w.group.Max,
		DefaultWarmup: w.cfg.Group.Warmup, DefaultCooldown: w.cfg.Group.Cooldown,
	}
}

// decide asks every policy, combines and clamps, and keeps all of it.
func (p *policies) decide() {
	w := p.world
	now := w.kernel.Now()
	snapshot := p.bare()
	snapshot.InService, snapshot.Pending = w.group.InService()
	sort.Slice(snapshot.InService, func(i, j int) bool { return snapshot.InService[i] < snapshot.InService[j] })
	opinions := make([]scaling.Decision, len(p.runs))
	memories := make([]scaling.Memory, len(p.runs))
	points := make([]cloudwatch.Point, len(p.runs))
	for i, r := range p.runs {
		s := snapshot
		s.High, s.Low = r.high.State, r.low.State
		s.Metric, s.HasMetric = r.series.Latest(now)
		points[i] = s.Metric
		opinions[i], memories[i] = r.policy.Decide(now, &s, r.memory)
	}
	want, winner := scaling.Combine(opinions)
	result, clamp := snapshot.Desired, scaling.NoBlock
	if winner >= 0 {
		result, clamp = scaling.Clamp(want, w.group.Min, w.group.Max)
	}
	for i, r := range p.runs {
		p.note(now, r, opinions[i], points[i], winner == i, snapshot.Desired, result, clamp)
	}
	if winner >= 0 && result != snapshot.Desired {
		r := p.runs[winner]
		r.memory = memories[winner]
		r.count(opinions[winner].Side)
		w.group.SetDesired(result, p.cause(r, opinions[winner], clamp, want))
	}
}

func (r *policyRun) count(s scaling.Side) {
	if s == scaling.Out {
		r.outs++
	} else {
		r.ins++
	}
}

// cause words a change as AWS's activities do, with the arithmetic.
func (p *policies) cause(r *policyRun, d scaling.Decision, clamp scaling.Block, want int) string {
	alarm := r.low
	if d.Side == scaling.Out {
		alarm = r.high
	}
	bound := ""
	if clamp != scaling.NoBlock {
		bound = fmt.Sprintf("; %d wanted, bound by %v", want, clamp)
	}
	return fmt.Sprintf("a monitor alarm %s in state ALARM triggered policy %s (%s%s)", alarm.Name, r.policy.Name, d.Why, bound)
}

// note keeps one policy's evaluation.
func (p *policies) note(now des.Time, r *policyRun, d scaling.Decision, point cloudwatch.Point, won bool, desired, result int, clamp scaling.Block) {
	block := d.Block
	if d.Side == scaling.In && !won && result >= desired {
		block = scaling.BlockOthers
	}
	if won && clamp != scaling.NoBlock {
		block = clamp
	}
	low := r.low.State == cloudwatch.Alarm && r.high.State != cloudwatch.Alarm
	if low && block != scaling.NoBlock && result >= desired {
		p.blocked[blockKey{r.policy.Name, block}] += tickPeriod
	}
	if d.Side != scaling.Hold {
		r.alarmed = true
	} else if !p.keepAll {
		return
	}
	row := Decision{At: now, Policy: r.policy.Name, Metric: point.Value, Want: -1, Desired: desired, Result: result, Why: d.Why, Blocking: block.String()}
	switch {
	case r.high.State == cloudwatch.Alarm:
		row.Alarm = "AlarmHigh in ALARM"
	case low:
		row.Alarm = "AlarmLow in ALARM"
	default:
		row.Alarm = fmt.Sprintf("AlarmHigh %v, AlarmLow %v", r.high.State, r.low.State)
	}
	if d.Side == scaling.Out || d.Side == scaling.In {
		row.Want = d.Want
	}
	p.decisions = append(p.decisions, row)
}
