package report

import (
	"fmt"

	"asgsim/report/format"
	"asgsim/sim/asg"
	"asgsim/sim/des"
)

// HealthView is what the health checks of the balancer and the group were doing.
type HealthView struct {
	FailsOpen   bool   `json:"fails_open"`   // the balancer sends requests to targets that are not healthy
	Terminated  int    `json:"terminated"`   // for failing health checks, in the quarter of an hour before
	ByFault     int    `json:"by_fault"`     // of these, struck by a fault
	NeverServed int    `json:"never_served"` // of these, terminated before they were ever healthy
	Text        string `json:"text"`
}

// healthBefore is how far back terminated instances are told of.
const healthBefore = 15 * des.Minute

// checks tells what health checks had to do with the instant; nil: nothing.
func (x *explainer) checks() *HealthView {
	v := &HealthView{}
	for _, f := range x.res.FailOpens {
		if f.From < x.minuteEnd() && f.To > x.at {
			v.FailsOpen = true
			now, _, _ := f.Targets(max(x.at, f.From))
			v.say(fmt.Sprintf("%s fails open since %s: %d of %d targets are healthy, requests go to all", f.Where(), x.clock(f.From), now.Healthy, now.Registered))
		}
	}
	first, last := des.Never, des.Time(0)
	for i := range x.res.Instances {
		n := &x.res.Instances[i]
		at := n.LeftAt()
		if n.End.Kind != asg.EndUnhealthy || at > x.minuteEnd() || at <= x.at.Add(-healthBefore) {
			continue
		}
		first, last = min(first, at), max(last, at)
		v.Terminated++
		switch {
		case n.Struck != "":
			v.ByFault++
		case n.FirstGood == des.Never:
			v.NeverServed++
		}
	}
	if v.Terminated > 0 {
		text := fmt.Sprintf("%s terminated for failing health checks from %s to %s", format.Instances(v.Terminated), x.clock(first), x.clock(last))
		switch served := v.Terminated - v.ByFault - v.NeverServed; {
		case served > 0:
			text += fmt.Sprintf("; %d of them had served, and no fault had struck them: overloaded", served)
		case v.NeverServed > 0:
			text += fmt.Sprintf("; %d of them had never served", v.NeverServed)
		}
		v.say(text)
	}
	if v.Text == "" {
		return nil
	}
	return v
}

func (v *HealthView) say(text string) {
	if v.Text != "" {
		v.Text += "; "
	}
	v.Text += text
}
