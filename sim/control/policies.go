package control

import (
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
	ctl       *Controller
	watches   []*cloudwatch.Watch
	runs      []*policyRun
	foreign   *policyRun            // another system's, instead of all others; nil without one
	forecasts []*scaling.Predictive // have the load forecast
	decisions []record.Decision
	blocked   map[blockKey]des.Duration
	keepAll   bool     // keep evaluations that had no opinion
	decides   des.Time // the last instant for which an evaluation is scheduled
}

// policyRun is one policy in the run, with its memory.
type policyRun struct {
	scaling.Attached
	about     scaling.About
	policy    scaling.Policy
	memory    scaling.Memory
	outs, ins int
	alarmed   bool
	failed    failures
	asks      int      // see scaling.Decision
	last      des.Time // it changed the desired capacity; des.Never
	acting    des.Time // end of the datapoint it then acted on
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

func newPolicies(ctl *Controller) *policies {
	p := &policies{ctl: ctl, decides: -1, blocked: map[blockKey]des.Duration{}, keepAll: ctl.cfg.Duration <= 14*des.Day || ctl.cfg.Explain}
	p.attach(ctl.cfg.Policies)
	if len(p.runs) > 0 || refreshWatches(ctl.cfg) {
		for _, b := range p.beats() {
			ctl.kernel.At(des.Time(b.phase), des.Alarm, func() { p.tick(b) })
		}
	}
	return p
}

// attach takes the policies into the run. Alarms come to be in the order in which their
// metrics are listed: those that policies make, the user's, followed or not; then what
// other policies look at.
func (p *policies) attach(all []scaling.Policy) {
	runs := make([]*policyRun, len(all))
	attach := func(makers bool) {
		for i, policy := range all {
			if scaling.Watches(policy).Makes == makers {
				runs[i] = &policyRun{Attached: policy.Attach(p), about: policy.About(), policy: policy, last: des.Never}
			}
		}
	}
	attach(true)
	for i := range p.ctl.cfg.Alarms {
		p.define(&p.ctl.cfg.Alarms[i])
	}
	attach(false)
	for _, r := range runs {
		switch {
		case r.about.System != "":
			p.foreign = r
		case r.High != nil || r.Low != nil || r.Every > 0:
			p.runs = append(p.runs, r)
		case slices.ContainsFunc(p.forecasts, func(f *scaling.Predictive) bool { return scaling.Policy(f) == r.policy }):
		default:
			panic("control: policy " + r.about.Name + " has neither alarms nor a time at which it is asked") // a kind that would never scale
		}
	}
}

// refreshWatches reports whether an instance refresh looks at alarms.
func refreshWatches(c *record.Config) bool {
	return slices.ContainsFunc(c.Events, func(e asg.Event) bool { return e.Refresh != nil && len(e.Refresh.Alarms) > 0 })
}

// bare is a snapshot without metrics.
func (p *policies) bare() scaling.Snapshot {
	ctl := p.ctl
	return scaling.Snapshot{
		Desired: ctl.group.Desired(), Min: ctl.group.Min(), Max: ctl.group.Max(),
		DefaultWarmup: ctl.cfg.Group.Warmup, DefaultCooldown: ctl.cfg.Group.Cooldown, Weighted: ctl.group.Overshoot() > 0,
	}
}

// decide asks every policy, combines and clamps, and keeps all of it.
func (p *policies) decide() {
	ctl := p.ctl
	now := ctl.kernel.Now()
	snapshot := p.bare()
	snapshot.InService, snapshot.Pending = ctl.group.InService()
	sort.Slice(snapshot.InService, func(i, j int) bool { return snapshot.InService[i] < snapshot.InService[j] })
	snapshot.Busy, snapshot.CooldownUntil = ctl.group.Cooling()
	opinions := make([]scaling.Decision, len(p.runs))
	for i, r := range p.runs {
		opinions[i] = p.opinion(r, now, snapshot)
	}
	want, winner := scaling.Combine(opinions)
	result, clamp := snapshot.Desired, scaling.NoBlock
	if winner >= 0 {
		result, clamp = scaling.Clamp(want, ctl.group.Min(), ctl.group.Max())
		if low := min(ctl.predictor.floor(now), snapshot.Desired); result < low {
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
		ctl.group.SetDesiredFor(result, cause, note, r.waited(&snapshot))
		if r.Acted != nil {
			s := p.bare()
			r.Acted(&s)
		}
		r.last = now
		if r.Series != nil {
			point, _ := r.Series.Latest(now)
			r.acting = point.End
		}
	}
}

// opinion is what a policy says now. Alarms do not reach it while AlarmNotification
// is suspended; a policy without alarms calls on the group itself.
func (p *policies) opinion(r *policyRun, now des.Time, s scaling.Snapshot) scaling.Decision {
	due := p.due(r, now)
	switch {
	case r.Every == 0 && p.ctl.group.Suspended(asg.AlarmNotification):
		if !due || !inAlarm(r.High) && !inAlarm(r.Low) {
			return scaling.Decision{Quiet: true}
		}
		return scaling.Decision{Side: scaling.Stay, Block: scaling.BlockSuspended, Why: "the alarm is in ALARM, but AlarmNotification is suspended"}
	case r.Every > 0 && !due:
		return scaling.Decision{Quiet: true}
	}
	d := r.decide(now, &s)
	r.asks = d.Asks
	r.failed.add(now, d.Failed)
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
	if r.Series == nil || r.Every > 0 || r.last == des.Never {
		return false
	}
	point, ok := r.Series.Latest(now)
	return ok && point.End == r.acting
}

// decide completes the snapshot and evaluates the policy.
func (r *policyRun) decide(now des.Time, s *scaling.Snapshot) (d scaling.Decision) {
	if s.Acted = r.last != des.Never; s.Acted {
		s.LastAct = r.last
	}
	if r.See != nil {
		r.See(now, s)
	}
	d, r.memory = r.policy.Decide(now, s, r.memory)
	return d
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
	if r.Every > 0 {
		return fmt.Sprintf("policy %s asked for it", r.about.Name), note + "."
	}
	alarm := r.Low
	if d.Side == scaling.Out && r.High != nil || alarm == nil {
		alarm = r.High
	}
	return fmt.Sprintf("a monitor alarm %s in state ALARM triggered policy %s", alarm.Name, r.about.Name), note + "."
}

// waited is the warm-up that the activities of a policy's launches wait for: that of
// target tracking and step scaling; simple scaling and formulas have none.
func (r *policyRun) waited(s *scaling.Snapshot) des.Duration {
	if !r.Warms {
		return 0
	}
	return scaling.EffectiveWarmup(r.Warmup, s)
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
	low := inAlarm(r.Low) && !inAlarm(r.High)
	if low && block != scaling.NoBlock && result >= desired && now >= p.ctl.from() {
		p.blocked[blockKey{r.about.Name, block}] += tickPeriod
	}
	if d.Side != scaling.Hold {
		r.alarmed = true
	} else if !p.keepAll {
		return
	}
	row := record.Decision{At: now, Policy: r.about.Name, Metric: math.NaN(), Want: -1, Desired: desired, Result: result, Why: d.Why, Block: block,
		Won: won, Until: p.until(now, r, v.snapshot, block), Looks: p.looks(now, r)}
	if r.Series != nil {
		if point, ok := r.Series.Latest(now); ok {
			row.Metric = point.Value
		}
	}
	switch {
	case r.Every > 0:
		row.Source, row.Alarm = record.FromExpression, r.Look
	case inAlarm(r.High):
		row.Alarmed, row.Alarm = scaling.Out, "AlarmHigh in ALARM"
	case low:
		row.Alarmed, row.Alarm = scaling.In, "AlarmLow in ALARM"
	default:
		row.Alarm = quiet(r.High, r.Low)
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
