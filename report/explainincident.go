package report

import (
	"cmp"
	"fmt"
	"sort"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// IncidentView tells of one fault second by second.
type IncidentView struct {
	Fault    string `json:"fault"`
	Kind     string `json:"kind"`
	Instance string `json:"instance"`
	Steps    []Step `json:"steps"`
	Lost     uint64 `json:"lost"`
	LostOpen uint64 `json:"lost_fail_open"` // later, when the balancer failed open
	Bad      uint64 `json:"bad_requests"`
}

// Step is something that happened in an incident.
type Step struct {
	Instant
	AfterS float64 `json:"after_s"` // since the fault struck
	Text   string  `json:"text"`
}

// incidents are the faults that struck before the end of the minute of the instant
// and were not over by it.
func (x *explainer) incidents() []IncidentView {
	out := []IncidentView{}
	list := x.res.Summary.Incidents
	for k := range list {
		i := &list[k]
		from := des.Time(des.Seconds(i.AtS))
		if from >= x.minuteEnd() {
			continue
		}
		over := des.Never
		if i.RecoverS != nil {
			over = from.Add(des.Seconds(*i.RecoverS))
		} else if i.ReplaceS != nil {
			over = from.Add(des.Seconds(*i.ReplaceS))
		}
		if x.at <= over {
			out = append(out, x.incident(i, from))
		}
	}
	return out
}

// minuteEnd is the end of the row of the timeline in which the instant lies.
func (x *explainer) minuteEnd() des.Time {
	return (x.at/des.Time(x.res.Interval) + 1) * des.Time(x.res.Interval)
}

// course collects the steps of an incident.
type course struct {
	x     *explainer
	from  des.Time
	steps []Step
}

func (s *course) add(t des.Time, format string, args ...any) {
	if t == des.Never || t < s.from {
		return
	}
	s.steps = append(s.steps, Step{Instant: s.x.instant(t), AfterS: t.Sub(s.from).Seconds(), Text: fmt.Sprintf(format, args...)})
}

func (x *explainer) incident(i *account.Incident, from des.Time) IncidentView {
	v := IncidentView{Fault: i.Fault, Kind: i.Kind, Instance: i.Instance, Lost: i.Lost, LostOpen: i.LostFailOpen, Bad: i.BadRequests}
	s := &course{x: x, from: from}
	says := "fault of kind " + i.Kind
	if f := fault.Named(x.res.Config.Faults, i.Fault); f != nil {
		says = f.Effect()
	}
	s.add(from, "%s strikes %s: %s", i.Fault, i.Instance, says)
	if n := x.instance(i.Instance); n != nil {
		s.struck(n)
		s.replaced(n, i)
	}
	if i.OverS != nil {
		s.add(from.Add(des.Seconds(*i.OverS)), "the fault is over: the instance is well again")
	}
	if i.RecoverS != nil {
		s.add(from.Add(des.Seconds(*i.RecoverS)), "recovered: as many instances are ready as before, and five unbreached minutes begin")
	}
	sort.SliceStable(s.steps, func(a, b int) bool { return s.steps[a].AfterS < s.steps[b].AfterS })
	v.Steps = s.steps
	return v
}

func (x *explainer) instance(id string) *record.Instance {
	for k := range x.res.Instances {
		if x.res.Instances[k].ID == id {
			return &x.res.Instances[k]
		}
	}
	return nil
}

// struck tells what became of the instance itself.
func (s *course) struck(n *record.Instance) {
	unhealthy := des.Never
	for _, c := range n.Changes {
		if c.At >= s.from && c.State >= record.Unhealthy && c.State <= record.Gone {
			unhealthy = c.At
			break
		}
	}
	for _, m := range n.Missed {
		if !unhealthyBefore(n, m.At) {
			s.add(m.At, "health check failed: %d in a row", m.InRow)
		}
	}
	if n.Marked != des.Never && n.Marked >= s.from {
		s.add(n.Marked, "the group marks it Unhealthy")
	}
	for k, c := range n.Changes {
		if c.At < s.from {
			continue
		}
		switch c.State {
		case record.Warming, record.Ready:
			if k > 0 && n.Changes[k-1].State == record.Unhealthy {
				s.add(c.At, "healthy again for the balancer: new requests")
			}
		case record.Unhealthy:
			text := "unhealthy for the balancer: no new requests, unless it fails open"
			if len(s.x.res.Config.Balancer.Others) > 0 {
				text = "unhealthy for one of its target groups: no new requests by that one, unless it fails open; for the group that suffices"
			}
			s.add(c.At, "%s", text)
		case record.Draining:
			if k+1 < len(n.Changes) && n.Changes[k+1].State == record.WarmedPending {
				s.add(c.At, "deregistered: scale-in returns it to the warm pool")
				continue
			}
			s.add(c.At, "deregistered: the group terminates it (%v)%s", n.End, s.cause(n.Ordinal, false))
		case record.Terminating:
			s.add(c.At, "drained: EC2 is told to terminate it")
		case record.WarmedStopped:
			s.add(c.At, "stopped in the warm pool: a start will be on another host")
		case record.Gone:
			s.add(c.At, "terminated")
		}
	}
	eased := false
	for _, a := range s.x.res.Anomalies {
		if a.Ordinal != n.Ordinal || a.To <= s.from {
			continue
		}
		eased = true
		s.add(a.From, "anomaly mitigation begins to take its traffic away: %s of its answers were errors", Percent(a.Errors))
		if a.To < des.Time(s.x.res.Config.Duration) && a.To < n.LeftAt() {
			s.add(a.To, "it has its whole share of the traffic again")
		}
	}
	switch {
	case unhealthy == des.Never && eased:
		s.add(s.from, "no health check notices: it is never found unhealthy")
	case unhealthy == des.Never:
		s.add(s.from, "nobody notices: it is never found unhealthy")
	}
}

// unhealthyBefore reports whether an instance was unhealthy just before an instant.
func unhealthyBefore(n *record.Instance, t des.Time) bool {
	was := false
	for _, c := range n.Changes {
		if c.At < t {
			was = c.State == record.Unhealthy
		}
	}
	return was
}

// replaced tells of the instance launched in its place.
func (s *course) replaced(n *record.Instance, i *account.Incident) {
	end := des.Never
	for k := range s.x.res.Activities {
		if a := &s.x.res.Activities[k]; !a.Launch && a.Instance == n.Ordinal && a.Start >= s.from {
			end = a.Start
		}
	}
	if i.ReplaceS == nil {
		if end == des.Never {
			s.add(s.from, "not replaced: the group keeps it (health checks %s)", s.x.health())
		}
		return
	}
	good := s.from.Add(des.Seconds(*i.ReplaceS))
	var by *record.Instance
	for k := range s.x.res.Instances {
		// Their instants went through seconds as a float and back.
		if c := &s.x.res.Instances[k]; c.Launched >= s.from && c.FirstGood != des.Never && c.FirstGood.Sub(good).Seconds() < 1e-3 && good.Sub(c.FirstGood).Seconds() < 1e-3 {
			by = c
		}
	}
	if by == nil {
		s.add(good, "its replacement serves")
		return
	}
	s.add(by.Launched, "replacement %s launched in zone %s", by.ID, by.Zone)
	s.add(by.Running, "replacement runs and boots")
	if by.Registered != by.Running {
		s.add(by.Registered, "replacement registered and in service")
	}
	s.add(by.FirstGood, "first good health check of the replacement: traffic starts")
	for _, c := range by.Changes {
		if c.State == record.Ready {
			s.add(c.At, "replacement warmed up")
			break
		}
	}
}

func (x *explainer) health() string {
	return cmp.Or(x.res.Config.Group.HealthChecks(), "EC2")
}

// cause quotes the first sentence of the activity that ended an instance.
func (s *course) cause(ordinal int, launch bool) string {
	for k := range s.x.res.Activities {
		if a := &s.x.res.Activities[k]; a.Launch == launch && a.Instance == ordinal && a.Start >= s.from {
			return ": " + a.Cause
		}
	}
	return ""
}
