package world

import (
	"slices"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// calm is how many unbreached minutes end an incident.
const calm = 5

// incidents tells what every injected fault did.
func (w *world) incidents(rows []Row) []Incident {
	out := make([]Incident, 0, len(w.lives.faults))
	replaced, open := w.replacements(), make([]des.Time, len(w.lives.faults))
	for k, f := range w.lives.faults {
		i := Incident{Fault: f.Name, Kind: f.Kind, AtS: f.At.Seconds(), Instance: ec2.IDOf(f.Ordinal), Idle: f.idle}
		since := func(t des.Time) *float64 {
			if t == des.Never {
				return nil
			}
			v := t.Sub(f.At).Seconds()
			return &v
		}
		i.DetectS = since(w.noticed(f))
		i.ReplaceS = since(replaced[k])
		recovered := w.recovered(f, rows)
		i.RecoverS, i.OutS = since(recovered), since(f.life.outAt)
		i.Lost = lost(w.plane, f.plane) - f.base
		if f.life.backAt != des.Never {
			i.LostFailOpen = i.Lost - (f.life.lostBefore - f.base)
			i.Lost -= i.LostFailOpen
		}
		open[k] = min(recovered, replaced[k])
		out = append(out, i)
	}
	w.charge(out, open, rows)
	return slices.DeleteFunc(out, func(i Incident) bool {
		return i.AtS < w.from().Seconds() && i.RecoverS != nil && i.AtS+*i.RecoverS <= w.from().Seconds()
	})
}

// charge shares the bad requests of every minute among the incidents open in it, the
// remainder to the first of them. open is until when each is.
func (w *world) charge(out []Incident, open []des.Time, rows []Row) {
	for _, r := range rows {
		var in []*Incident
		for k, f := range w.lives.faults {
			if !f.idle && r.At.Add(w.meter.interval) > f.At && r.At < open[k] {
				in = append(in, &out[k])
			}
		}
		if bad := r.Slow + r.Fail; len(in) > 0 && r.At >= w.from() {
			each := bad / uint64(len(in))
			for _, i := range in {
				i.BadRequests += each
			}
			in[0].BadRequests += bad - each*uint64(len(in))
		}
	}
}

// noticed is when the balancer or the group first turned away from a struck instance;
// from one without traffic, when it was given up.
func (w *world) noticed(f *strike) des.Time {
	if end := f.life.member.EndActivity(); f.idle && f.life.unhealthy == des.Never && end >= 0 {
		return w.group.Activities[end].Start
	}
	return f.life.unhealthy
}

// replacements are when, for each fault, an instance launched for the struck one got
// its first traffic: the one launched as it was terminated, else the next that came to
// serve, launched ahead of its termination or after a launch that failed.
func (w *world) replacements() []des.Time {
	out := make([]des.Time, len(w.lives.faults))
	claimed := map[*asg.Member]bool{}
	claim := func(f *strike, fits func(m *asg.Member, terminated des.Time) bool) des.Time {
		end := f.life.member.EndActivity()
		if end < 0 {
			return des.Never
		}
		for _, m := range w.group.Members {
			if m.Replacement && !claimed[m] && fits(m, w.group.Activities[end].Start) {
				if good := w.lives.records[m.Instance.Ordinal].good; good != des.Never {
					claimed[m] = true
					return good
				}
			}
		}
		return des.Never
	}
	for k, f := range w.lives.faults {
		out[k] = claim(f, func(m *asg.Member, terminated des.Time) bool { return m.Called == terminated })
	}
	for k, f := range w.lives.faults {
		if out[k] == des.Never {
			out[k] = claim(f, func(m *asg.Member, _ des.Time) bool { return m.Called > f.At })
		}
	}
	return out
}

// recovered is when, after a fault, as many instances were ready as before (or
// as are desired by then) and five unbreached minutes had begun.
func (w *world) recovered(f *strike, rows []Row) des.Time {
	switch {
	case f.idle:
		return f.At // users had nothing of it
	case f.life.unhealthy == des.Never:
		return des.Never
	}
	for i, r := range rows {
		if r.At < f.At || r.At < f.life.unhealthy || r.States.Ready < min(f.readyAt, r.Desired) {
			continue
		}
		quiet := true
		for k := i; k < min(i+calm, len(rows)); k++ {
			quiet = quiet && !rows[k].Breached
		}
		if quiet {
			return r.At
		}
	}
	return des.Never
}
