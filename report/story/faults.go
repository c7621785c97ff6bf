package story

import (
	"fmt"
	"slices"
	"sort"

	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// strike is what one fault did at one time, to one instance or to a zone's.
type strike struct {
	at        des.Time
	fault     string
	kind      string
	instances int
	detected  *float64 // s until the first was found unhealthy; nil: never
	out       *float64 // s until the last was out of the routing; nil: one of them never
	replaced  *float64 // s until the last that was replaced was; nil: none
	fresh     int      // how many were replaced
	over      *float64 // s until the last that was well again by itself was; nil: none
	well      int      // how many were well again
	lost      uint64
	lostOpen  uint64 // after the balancer failed open
	idle      bool   // none of the instances had users
	found     int    // how many were found unhealthy
	open      bool   // the balancer failed open after it
	eased     bool   // anomaly mitigation took its traffic away
	draws     string // what share of the traffic it gets: more, less; empty: its own
}

// strikes are the faults that struck an instance, those of one fault and occurrence
// together, and those that struck none.
func (t *teller) strikes() []Moment {
	var all []strike
	for k := range t.r.Summary.Incidents {
		i := &t.r.Summary.Incidents[k]
		at := began(t.r, i.Fault, t.incidentAt(i))
		if n := slices.IndexFunc(all, func(s strike) bool { return s.fault == i.Fault && s.at == at }); n >= 0 {
			all[n].join(i)
			continue
		}
		s := newStrike(i)
		s.at, s.draws = at, t.draws(i.Fault)
		s.eased = slices.ContainsFunc(t.r.Anomalies, func(a record.Anomaly) bool { return ec2.IDOf(a.Ordinal) == i.Instance && a.To > at })
		s.open = slices.ContainsFunc(t.r.FailOpens, func(f record.FailOpen) bool { return f.To > at })
		all = append(all, s)
	}
	out := lasting(t.r, func(name string, at des.Time) bool {
		return slices.ContainsFunc(all, func(s strike) bool { return s.fault == name && s.at == at })
	})
	for k := range all {
		out = append(out, all[k].moment(t.struck(all[k].fault, all[k].instances)))
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].At < out[j].At })
	return out
}

// incidentAt is the instant of an incident, which its JSON has in seconds.
func (t *teller) incidentAt(i *account.Incident) des.Time {
	for k := range t.r.Faults {
		if f := &t.r.Faults[k]; f.Name == i.Fault && f.At.Seconds() == i.AtS {
			return f.At
		}
	}
	return des.Time(des.Seconds(i.AtS))
}

// newStrike is a strike on one instance.
func newStrike(i *account.Incident) strike {
	return strike{fault: i.Fault, kind: i.Kind, instances: 1, found: one(i.DetectS), detected: i.DetectS, out: i.OutS, replaced: i.ReplaceS, fresh: one(i.ReplaceS),
		over: i.OverS, well: one(i.OverS), lost: i.Lost, lostOpen: i.LostFailOpen, idle: i.Idle}
}

func one(s *float64) int {
	if s == nil {
		return 0
	}
	return 1
}

// join adds the same strike on another instance.
func (s *strike) join(i *account.Incident) {
	s.instances, s.found = s.instances+1, s.found+one(i.DetectS)
	s.lost, s.lostOpen, s.idle = s.lost+i.Lost, s.lostOpen+i.LostFailOpen, s.idle && i.Idle
	if i.DetectS != nil && (s.detected == nil || *i.DetectS < *s.detected) {
		s.detected = i.DetectS
	}
	last := func(have, add *float64) *float64 {
		if have == nil || add != nil && *add > *have {
			return add
		}
		return have
	}
	s.replaced, s.fresh = last(s.replaced, i.ReplaceS), s.fresh+one(i.ReplaceS)
	s.over, s.well = last(s.over, i.OverS), s.well+one(i.OverS)
	if s.out != nil && (i.OutS == nil || *i.OutS > *s.out) {
		s.out = i.OutS
	}
}

// struck says what the fault of a name did to n instances.
func (t *teller) struck(name string, n int) string {
	if f := fault.Named(t.r.Config.Faults, name); f != nil {
		return f.Told(n)
	}
	return fmt.Sprintf("fault %s strikes %s", name, format.Instances(n))
}

// draws is what share of the traffic an instance gets that the fault of a name ails, of a
// balancer that looks at what is outstanding: more, less, or (empty) its own.
func (t *teller) draws(name string) string {
	f := fault.Named(t.r.Config.Faults, name)
	switch {
	case f == nil || t.r.Config.Queue == nil && !t.r.Config.Balancer.Algorithm.Together():
		return ""
	case t.r.Config.Queue != nil && f.About().Kind == "hang":
		return "less" // it asks for none
	case f.About().Hasty:
		return "more"
	case f.About().Tardy:
		return "less"
	}
	return ""
}

// moment tells of a strike.
func (s *strike) moment(text string) Moment {
	m := Moment{At: s.at, Label: "replace", Text: text}
	they, its, fresh, on := "it", "it keeps its share", "a new one serves", "it"
	if s.instances > 1 {
		they, its, fresh, on = "they", "they keep their share", "the last new one serves", "them"
	}
	switch {
	case s.draws != "" && s.instances > 1:
		its = fmt.Sprintf("they draw %s than their share", s.draws)
	case s.draws != "":
		its = fmt.Sprintf("it draws %s than its share", s.draws)
	}
	found := "unhealthy at once"
	if s.detected != nil && *s.detected >= 0.5 {
		found = "unhealthy after " + format.Duration(*s.detected)
	}
	switch {
	case s.idle:
		m.Label = s.kind
		m.Text += ": " + they + " had no requests"
	case s.detected == nil && s.eased:
		m.Label = s.kind
		m.Text += ": no health check notices, but anomaly mitigation takes its traffic away"
	case s.detected == nil:
		m.Label = s.kind
		m.Text += fmt.Sprintf(": nobody notices, %s of the traffic", its)
	case s.replaced != nil && s.fresh < s.instances:
		m.Text += fmt.Sprintf(": %s, %d of %d deregistered, terminated; %s after %s", found, s.fresh, s.instances, fresh, format.Duration(*s.replaced))
	case s.replaced != nil:
		m.Text += fmt.Sprintf(": %s, deregistered, terminated; %s after %s", found, fresh, format.Duration(*s.replaced))
	case s.found > 0 && s.found < s.instances:
		m.Label = s.kind
		m.Text += fmt.Sprintf(": %d of %d found unhealthy, the first after %s; the others keep their share of the traffic; not replaced", s.found, s.instances, format.Duration(*s.detected))
	case s.out == nil && s.open:
		m.Label = s.kind
		m.Text += fmt.Sprintf(": %s, but the balancer fails open and %s of the traffic; not replaced", found, its)
	case s.out == nil:
		m.Label = s.kind
		m.Text += fmt.Sprintf(": %s, but found healthy again and back in the routing; not replaced", found)
	case *s.out >= *s.detected+1:
		m.Label = s.kind
		m.Text += fmt.Sprintf(": %s, out of the routing for good after %s, not replaced", found, format.Duration(*s.out))
	default:
		m.Label = s.kind
		m.Text += fmt.Sprintf(": out of the routing after %s, not replaced", format.Duration(*s.out))
	}
	switch {
	case s.over == nil:
	case s.well < s.instances:
		m.Text += fmt.Sprintf("; %d of %d well again after %s", s.well, s.instances, format.Duration(*s.over))
	default:
		m.Text += fmt.Sprintf("; well again after %s", format.Duration(*s.over))
	}
	m.Text += lostOn(s.lost, on, "") + lostOn(s.lostOpen, on, " when the balancer failed open")
	return m
}

func lostOn(n uint64, on, when string) string {
	if n == 0 {
		return ""
	}
	return "; " + format.Lost(n) + " on " + on + when
}

// failOpen tells of the longest stretch in which the balancer sent requests to targets
// that were not healthy, and how often it did.
func (t *teller) failOpen() []Moment {
	var best *record.FailOpen
	n, total := 0, des.Duration(0)
	for i := range t.r.FailOpens {
		f := &t.r.FailOpens[i]
		if f.To <= t.from {
			continue
		}
		n, total = n+1, total+f.To.Sub(max(f.From, t.from))
		if best == nil || f.To.Sub(f.From) > best.To.Sub(best.From) {
			best = f
		}
	}
	if best == nil {
		return nil
	}
	at := max(best.From, t.from)
	now, fewest, most := best.Targets(at)
	how := fmt.Sprintf("none of %d targets is healthy", now.Registered)
	switch {
	case now.Healthy > 0:
		how = fmt.Sprintf("only %d of %d targets are healthy", now.Healthy, now.Registered)
	case fewest < most:
		how = fmt.Sprintf("none of the targets is healthy, of which there are %d to %d", fewest, most)
	case now.Registered == 1:
		how = "the only target is not healthy"
	}
	text := fmt.Sprintf("%s: %s fails open and sends requests to all of them for %s", how, best.Where(), format.Duration(best.To.Sub(best.From).Seconds()))
	if n > 1 {
		text += fmt.Sprintf("; %d such times, %s together", n, format.Duration(total.Seconds()))
	}
	return []Moment{{At: at, Label: "fail open", Text: text}}
}
