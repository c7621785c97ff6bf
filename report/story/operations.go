package story

import (
	"fmt"

	"asgsim/report/format"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// acts are the scripted acts and what came of them; a refresh says how many it replaced.
func (t *teller) acts() []Moment {
	var out []Moment
	began := map[string]des.Time{}
	for i := range t.r.Decisions {
		d := &t.r.Decisions[i]
		if d.Source != record.FromEvent {
			continue
		}
		m := Moment{At: d.At, Label: "event", Text: d.Policy + ": " + d.Why}
		switch {
		case d.Refresh == asg.RefreshInProgress:
			began[d.Policy] = d.At
			m.Label, m.Text = "refresh", d.Policy+": the instance refresh begins"
		case d.Refresh.Over():
			from := began[d.Policy]
			m.Label = "refresh"
			m.Text += "; " + t.refreshed(from, d.At)
		case d.Refresh != "":
			m.Label = "refresh"
		case d.Result != d.Desired:
			m.Text = changed(m.Text, d)
		}
		out = append(out, m)
	}
	return out
}

// refreshed says how many of the instances that the group had, in service or pending, as a
// refresh began had been replaced by it as it ended, and how many had gone for another reason:
// scaled in, unhealthy, taken back.
func (t *teller) refreshed(from, to des.Time) string {
	had, replaced, gone := 0, 0, 0
	for i := range t.r.Instances {
		x := &t.r.Instances[i]
		if was, there := stateBefore(x, from); !there || was != record.Pending && !was.InService() {
			continue
		}
		had++
		switch at := x.LeftAt(); {
		case at > to: // des.Never too
		case x.End.Kind == asg.EndRefresh:
			replaced++
		default:
			gone++
		}
	}
	text := fmt.Sprintf("%d of %s replaced", replaced, format.Instances(had))
	if gone > 0 {
		text += fmt.Sprintf(", %d had gone for another reason", gone)
	}
	return text
}

// stateBefore is what an instance was doing just before an instant, if it was there.
func stateBefore(x *record.Instance, at des.Time) (state record.State, there bool) {
	for _, c := range x.Changes {
		if c.At < at {
			state, there = c.State, true
		}
	}
	return state, there
}

// schedules are the scheduled actions that ran.
func (t *teller) schedules() []Moment {
	var out []Moment
	for i := range t.r.Decisions {
		d := &t.r.Decisions[i]
		if d.Source != record.FromSchedule || d.At == 0 {
			continue
		}
		text := fmt.Sprintf("%s: desired stays %d", d.Why, d.Desired)
		if d.Result != d.Desired {
			text = changed(d.Why, d)
		}
		out = append(out, Moment{At: d.At, Label: "schedule", Text: text})
	}
	return out
}

// refused tells of the launches that EC2 turned down, by reason: from the first to the last.
func (t *teller) refused() []Moment {
	type refusals struct {
		n           int
		first, last des.Time
	}
	by, reasons := map[string]*refusals{}, []string{}
	for i := range t.r.Activities {
		a := &t.r.Activities[i]
		if !a.Launch || a.Status != asg.Failed || a.Instance >= 0 || a.Start < t.from {
			continue
		}
		of := by[a.Message]
		if of == nil {
			of = &refusals{first: a.Start}
			by[a.Message], reasons = of, append(reasons, a.Message)
		}
		of.n, of.last = of.n+1, a.Start
	}
	var out []Moment
	for _, why := range reasons {
		of, text := by[why], "EC2 turns down a launch: "+why
		if of.n > 1 {
			text = fmt.Sprintf("EC2 turns down %d launches until %s: %s", of.n, t.clock(of.last), why)
		}
		out = append(out, Moment{At: of.first, Label: "refused", Text: text})
	}
	return out
}

// unanswered is the first time that nobody answered a lifecycle hook.
func (t *teller) unanswered() []Moment {
	var first *asg.Hold
	asked, silent := map[string]int{}, 0
	for i := range t.r.Holds {
		h := &t.r.Holds[i]
		if h.Kind != asg.HookWait || h.From < t.from {
			continue
		}
		asked[h.Name]++
		if h.Until != h.Limit || first != nil && h.Name != first.Name {
			continue
		}
		silent++
		if first == nil {
			first = h
		}
	}
	if first == nil {
		return nil
	}
	then := "the instance is terminated, another is launched"
	for _, h := range t.r.Config.Group.Hooks {
		switch {
		case h.Name == first.Name && h.Continue:
			then = "the instance goes on (CONTINUE)"
		case h.Name == first.Name && !h.Launching:
			then = "the instance is terminated all the same"
		}
	}
	return []Moment{{At: first.Until, Label: "hook", Text: fmt.Sprintf("nobody answered hook %s for %s: %s; %d of %d such waits ended so",
		first.Name, format.Duration(first.Until.Sub(first.From).Seconds()), then, silent, asked[first.Name])}}
}

// poolEmpty is the first time that a warm pool had nothing for a scale-out.
func (t *teller) poolEmpty() []Moment {
	if t.r.Config.Group.WarmPool == nil {
		return nil
	}
	n, first := 0, des.Never
	for i := range t.r.Activities {
		a := &t.r.Activities[i]
		if !a.Launch || a.Pool != asg.NoPool || a.Instance < 0 || a.Start < t.from {
			continue
		}
		if first == des.Never {
			first = a.Start
		}
		if a.Start.Sub(first) < des.Minute {
			n++
		}
	}
	switch n {
	case 0:
		return nil
	case 1:
		return []Moment{{At: first, Label: "pool empty", Text: "the warm pool has nothing ready: an instance is launched cold"}}
	}
	return []Moment{{At: first, Label: "pool empty", Text: fmt.Sprintf("the warm pool has nothing ready: %d instances are launched cold", n)}}
}

// reclaimed is the moment at which EC2 took the most Spot Instances at once.
func (t *teller) reclaimed() []Moment {
	type batch struct{ all, before, notice, cut int }
	at := map[des.Time]*batch{}
	best := des.Never
	for i := range t.r.Instances {
		n := &t.r.Instances[i]
		if !n.Spot || n.Recommended == des.Never || n.Recommended < t.from {
			continue
		}
		b := at[n.Recommended]
		if b == nil {
			b = &batch{}
			at[n.Recommended] = b
		}
		b.all++
		switch n.End.Kind {
		case asg.EndRecommended:
			b.before++
		case asg.EndNoticed:
			b.notice++
		case asg.EndInterrupted:
			b.cut++
		}
		if best == des.Never || b.all > at[best].all || b.all == at[best].all && n.Recommended < best {
			best = n.Recommended
		}
	}
	if best == des.Never {
		return nil
	}
	b := at[best]
	text := "EC2 reclaims a Spot Instance"
	if b.all > 1 {
		text = fmt.Sprintf("EC2 reclaims %d Spot Instances at once", b.all)
	}
	return []Moment{{At: best, Label: "reclaim", Text: fmt.Sprintf("%s: %d replaced before the notice, %d drained at it, %d cut in service", text, b.before, b.notice, b.cut)}}
}

// rebalancedAway is the first time that evening out the zones took away an instance while
// too few others served.
func (t *teller) rebalancedAway() []Moment {
	for i := range t.r.Instances {
		n := &t.r.Instances[i]
		at := n.LeftAt()
		if n.End.Kind != asg.EndRebalance || at < t.from || at == des.Never {
			continue
		}
		after := t.at(at)
		serve := after.States.Ready + after.States.Warming
		if row := t.row(at); serve == 0 || row != nil && row.NeededSLO > serve {
			return []Moment{{At: at, Label: "rebalance", Text: fmt.Sprintf("evening out the zones terminates an instance that served: %d of %s serve then",
				serve, format.Plural(after.States.InService(), t.unit())+" in service")}}
		}
	}
	return nil
}
