package control

import (
	"slices"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// beat is when some alarms are evaluated: at phase, and every so often after it.
type beat struct{ phase, every des.Duration }

// at reports whether now is one of its instants.
func (b beat) at(now des.Time) bool { return now.Sub(des.Time(b.phase))%b.every == 0 }

// add makes an alarm known, and gives it its second of the minute.
func (p *policies) add(a *cloudwatch.Watch) *cloudwatch.Watch {
	cfg := &p.ctl.cfg.Watch
	if a.Phase = cfg.Phase; cfg.Drawn {
		s := rng.Key(p.ctl.seed, rng.Purpose("cloudwatch/phase/"+a.Name))
		a.Phase = des.Duration(s.Float64()*tickPeriod.Seconds()) * des.Second
	}
	p.watches = append(p.watches, a)
	return a
}

// beatOf is when an alarm is evaluated: every minute, every ten seconds where its
// period is shorter than a minute.
func beatOf(a *cloudwatch.Watch) beat {
	if a.Period < tickPeriod {
		return beat{a.Phase % fineTick, fineTick}
	}
	return beat{a.Phase % tickPeriod, tickPeriod}
}

// beats are those of all alarms, and of the policies without, each once.
func (p *policies) beats() []beat {
	var out []beat
	add := func(b beat) {
		if !slices.Contains(out, b) {
			out = append(out, b)
		}
	}
	for _, a := range p.watches {
		add(beatOf(a))
	}
	for _, r := range p.runs {
		if r.Every > 0 {
			add(p.own(r))
		}
	}
	return out
}

// own is when a policy without alarms may be asked.
func (p *policies) own(r *policyRun) beat {
	every := tickPeriod
	if r.Every%tickPeriod != 0 {
		every = fineTick
	}
	return beat{p.ctl.cfg.Watch.Phase % every, every}
}

// due reports whether it is a policy's turn to act: at its own interval; at the second
// of its alarm that is in ALARM, every minute (counted from when it went there, where
// it is a fine one); else, to say that it has no opinion, at that of its first alarm.
func (p *policies) due(r *policyRun, now des.Time) bool {
	if r.Every > 0 {
		return now.Sub(des.Time(p.ctl.cfg.Watch.Phase))%r.Every == 0
	}
	alarmed := false
	for _, a := range [...]*cloudwatch.Watch{r.High, r.Low} {
		if !inAlarm(a) {
			continue
		}
		alarmed = true
		if a.Period < tickPeriod && now.Sub(a.Since)%tickPeriod == 0 || a.Period >= tickPeriod && beatOf(a).at(now) {
			return true
		}
	}
	first := r.High
	if first == nil {
		first = r.Low
	}
	return !alarmed && beat{first.Phase % tickPeriod, tickPeriod}.at(now)
}

// tick evaluates the alarms of a beat, and asks the policies whose turn it is.
func (p *policies) tick(b beat) {
	ctl := p.ctl
	now := ctl.kernel.Now()
	ctl.kernel.At(now.Add(b.every), des.Alarm, func() { p.tick(b) })
	for _, a := range p.watches {
		if beatOf(a) == b {
			a.Update(now)
		}
	}
	ctl.group.WatchRefresh()
	for _, r := range p.runs {
		if p.decides != now && (r.Every > 0 || inAlarm(r.High) || inAlarm(r.Low) || p.keepAll) && p.due(r, now) {
			p.decides = now
			ctl.kernel.At(now, des.Decide, p.decide)
		}
	}
}
