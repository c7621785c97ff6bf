package world

import (
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// calm is how many unbreached minutes end an incident.
const calm = 5

// incidents tells what every injected fault did.
func (w *world) incidents(rows []Row) []Incident {
	out := make([]Incident, 0, len(w.lives.faults))
	claimed := map[*asg.Member]bool{}
	for _, f := range w.lives.faults {
		i := Incident{Fault: f.Name, Kind: f.Kind, AtS: f.At.Seconds(), Instance: ec2.IDOf(f.Ordinal)}
		since := func(t des.Time) *float64 {
			if t == des.Never {
				return nil
			}
			v := t.Sub(f.At).Seconds()
			return &v
		}
		i.DetectS = since(f.life.unhealthy)
		i.ReplaceS = since(w.replaced(f, claimed))
		recovered := w.recovered(f, rows)
		i.RecoverS = since(recovered)
		i.Lost = lost(w.plane, f.plane) - f.base
		for _, r := range rows {
			if r.At.Add(w.meter.interval) > f.At && r.At < recovered {
				i.BadRequests += r.Slow + r.Fail
			}
		}
		out = append(out, i)
	}
	return out
}

// replaced is when the instance launched for a struck one got its first traffic.
func (w *world) replaced(f *strike, claimed map[*asg.Member]bool) des.Time {
	end := f.life.member.EndActivity()
	if end < 0 {
		return des.Never
	}
	at := w.group.Activities[end].Start
	for _, m := range w.group.Members {
		if m.Replacement && !claimed[m] && m.Called == at {
			claimed[m] = true
			return w.lives.records[m.Instance.Ordinal].good
		}
	}
	return des.Never
}

// recovered is when, after a fault, as many instances were ready as before (or
// as are desired by then) and five unbreached minutes had begun.
func (w *world) recovered(f *strike, rows []Row) des.Time {
	if f.life.unhealthy == des.Never {
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
