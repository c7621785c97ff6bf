package account

import (
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// calm is how many unbreached minutes end an incident.
const calm = 5

// incidents tells what every injected fault did.
func (a *accounts) incidents(rows []record.Row) []Incident {
	out := make([]Incident, 0, len(a.Hits))
	replaced, open := a.replacements(), make([]des.Time, len(a.Hits))
	for k, f := range a.Hits {
		i := Incident{Fault: f.Name, Kind: f.Kind, AtS: f.At.Seconds(), Instance: ec2.IDOf(f.Ordinal), Idle: f.Idle}
		since := func(t des.Time) *float64 {
			if t == des.Never {
				return nil
			}
			v := t.Sub(f.At).Seconds()
			return &v
		}
		i.DetectS = since(a.noticed(f))
		i.ReplaceS = since(replaced[k])
		recovered := a.recovered(f, rows)
		if f.Idle {
			recovered = a.recoveredIdle(f, replaced[k])
		}
		i.RecoverS, i.OutS = since(recovered), since(f.OutAt)
		if !f.Superseded {
			i.OverS = since(f.OverAt)
		}
		i.Lost, i.LostFailOpen = f.Lost-f.Base-f.LostOpen, f.LostOpen
		open[k] = min(recovered, replaced[k])
		out = append(out, i)
	}
	a.charge(out, open, rows)
	return slices.DeleteFunc(out, func(i Incident) bool {
		return i.AtS < a.From().Seconds() && i.RecoverS != nil && i.AtS+*i.RecoverS <= a.From().Seconds()
	})
}

// charge shares the bad requests of every minute among the incidents open in it, the
// remainder to the first of them. open is until when each is.
func (a *accounts) charge(out []Incident, open []des.Time, rows []record.Row) {
	for _, r := range rows {
		var in []*Incident
		for k, f := range a.Hits {
			if !f.Idle && r.At.Add(a.Interval) > f.At && r.At < open[k] {
				in = append(in, &out[k])
			}
		}
		if bad := r.Slow + r.Fail; len(in) > 0 && r.At >= a.From() {
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
func (a *accounts) noticed(f *record.Hit) des.Time {
	if end := a.Instances[f.Ordinal].EndActivity; f.Idle && f.Unhealthy == des.Never && end >= 0 && a.Activities[end].Start <= f.OverAt {
		return a.Activities[end].Start
	}
	return f.Unhealthy
}

// replacements are when, for each fault, an instance launched for the struck one got
// its first traffic: the one launched as it was terminated, else the next that came to
// serve, launched ahead of its termination or after a launch that failed.
func (a *accounts) replacements() []des.Time {
	out := make([]des.Time, len(a.Hits))
	claimed := map[int]bool{}
	claim := func(f *record.Hit, fits func(n *record.Instance, terminated des.Time) bool) des.Time {
		end := a.Instances[f.Ordinal].EndActivity
		if end < 0 || a.Activities[end].Start > f.OverAt {
			return des.Never
		}
		for k := range a.Instances {
			if n := &a.Instances[k]; n.Replacement && !claimed[k] && fits(n, a.Activities[end].Start) && n.Good != des.Never {
				claimed[k] = true
				return n.Good
			}
		}
		return des.Never
	}
	for k, f := range a.Hits {
		out[k] = claim(f, func(n *record.Instance, terminated des.Time) bool { return n.Called == terminated })
	}
	for k, f := range a.Hits {
		if out[k] == des.Never {
			out[k] = claim(f, func(n *record.Instance, _ des.Time) bool { return n.Called > f.At })
		}
	}
	return out
}

// recoveredIdle is when a fault on an instance without traffic was over: at once, as users had
// nothing of it, but of one that was on its way and was given up when its replacement served.
func (a *accounts) recoveredIdle(f *record.Hit, replaced des.Time) des.Time {
	spare := false
	for _, c := range a.Instances[f.Ordinal].Changes {
		if c.At < f.At {
			spare = c.State.Pooled() || c.State == record.Standby
		}
	}
	if spare || a.noticed(f) == des.Never {
		return f.At
	}
	return replaced
}

// recovered is when, after a fault that was noticed or over, as many instances were ready as before (or
// as are desired by then) and five unbreached minutes had begun.
func (a *accounts) recovered(f *record.Hit, rows []record.Row) des.Time {
	from := min(f.Unhealthy, f.OverAt)
	if from == des.Never {
		return des.Never
	}
	for i, r := range rows {
		if r.At < f.At || r.At < from || r.States.Ready < min(f.ReadyAt, r.Desired) {
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
