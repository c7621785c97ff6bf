package story

import (
	"fmt"

	"asgsim/report/format"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// unhealthyEnds are the instances that the group terminated for their health without a
// fault: those that never had been healthy, and those that had served.
func (t *teller) unhealthyEnds() (young, served []*record.Instance) {
	for i := range t.r.Instances {
		n := &t.r.Instances[i]
		if n.End.Kind != asg.EndUnhealthy || n.Struck != "" || n.LeftAt() < t.from {
			continue
		}
		if n.FirstGood == des.Never && n.Launched >= 0 {
			young = append(young, n)
		} else {
			served = append(served, n)
		}
	}
	return young, served
}

// spiralled reports whether a death spiral tells of the instances terminated for their
// health.
func (t *teller) spiralled() bool {
	return t.r.Summary.Collapse != nil && len(t.r.Summary.Collapse.Spirals) > 0
}

// overloaded tells of instances replaced for their health though no fault struck them.
func (t *teller) overloaded() []Moment {
	var out []Moment
	young, served := t.unhealthyEnds()
	if n := len(served); n > 0 && !t.spiralled() {
		first, last := t.span(served)
		text := fmt.Sprintf("%s that had served %s terminated for failing health checks, without a fault", format.Instances(n), were(n))
		if row := t.row(first); row != nil && row.CPU > 0 {
			text += fmt.Sprintf(" (CPU %s then)", format.Percent(row.CPU))
		}
		out = append(out, Moment{At: first, Label: "overload", Text: text + t.until(n, last)})
	}
	if n := len(young); n > 0 && !t.spiralled() {
		first, last := t.span(young)
		text := fmt.Sprintf("%s %s terminated for failing health checks before ever serving", format.Plural(n, "new instance"), were(n))
		out = append(out, Moment{At: first, Label: "unhealthy", Text: text + t.until(n, last)})
	}
	return out
}

func (t *teller) until(n int, last des.Time) string {
	if n == 1 {
		return ""
	}
	return ", the last at " + t.clock(last)
}

func were(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// span is when the first and the last of some instances ended.
func (t *teller) span(list []*record.Instance) (first, last des.Time) {
	first = des.Never
	for _, n := range list {
		at := n.LeftAt()
		first, last = min(first, at), max(last, at)
	}
	return first, last
}

// registered is the first new instance to have traffic, and what it waited for.
func (t *teller) registered() []Moment {
	for i := range t.r.Instances {
		n := &t.r.Instances[i]
		if n.FirstGood == des.Never || len(n.Changes) == 0 {
			continue
		}
		if n.Changes[0].State.Pooled() {
			if n.Registered >= t.from {
				return []Moment{{At: n.FirstGood, Label: "register", Text: fmt.Sprintf(
					"an instance of the warm pool is healthy %s after it was registered: traffic starts", format.Duration(n.FirstGood.Sub(n.Registered).Seconds()))}}
			}
			continue
		}
		if n.Launched < t.from || n.Running == des.Never {
			continue
		}
		text := fmt.Sprintf("a new instance %s %s after its launch: %s to run", t.begins(), format.Duration(n.FirstGood.Sub(n.Launched).Seconds()), format.Duration(n.Running.Sub(n.Launched).Seconds()))
		if up := max(n.Up, n.Running); n.Up != des.Never && up <= n.FirstGood {
			text += fmt.Sprintf(", %s to boot", format.Duration(up.Sub(n.Running).Seconds()))
			checked := up
			if n.Registered != des.Never && n.Registered > up && n.Registered <= n.FirstGood {
				checked = n.Registered
				text += fmt.Sprintf(", %s more for launch hooks", format.Duration(checked.Sub(up).Seconds()))
			}
			took := n.FirstGood.Sub(checked)
			if t.r.Config.Queue != nil {
				return []Moment{{At: n.FirstGood, Label: "register", Text: text}}
			}
			text += fmt.Sprintf(", %s until %s", format.Duration(took.Seconds()), t.passed(took))
		}
		if n.LostBooting > 0 {
			text += fmt.Sprintf("; %s on it before that, as the balancer failed open", format.Lost(n.LostBooting))
			if l := t.r.Summary.Collapse.LimitOver(n.Running, n.FirstGood); l != nil {
				text += fmt.Sprintf(" while dependency %s was the bottleneck", l.Dependency)
			}
		}
		return []Moment{{At: n.FirstGood, Label: "register", Text: text}}
	}
	return nil
}

// passed says which health checks a target had to pass, by how long that took: a new
// target needs one, one that was found unhealthy while it booted the whole threshold.
func (t *teller) passed(took des.Duration) string {
	c := &t.r.Config.Balancer.Check
	if c.HealthyThreshold < 2 || took.Seconds() < (float64(c.HealthyThreshold)-1.5)*c.Interval.Seconds() {
		return "its first good health check"
	}
	text := fmt.Sprintf("%d good checks in a row, %s apart (it was found unhealthy while it booted)", c.HealthyThreshold, format.Duration(c.Interval.Seconds()))
	if c.HealthyThreshold > 2 {
		text += fmt.Sprintf("; healthy_threshold = 2 would save %s", format.Duration(float64(c.HealthyThreshold-2)*c.Interval.Seconds()))
	}
	return text
}

// begins says what a new instance does when it begins to serve.
func (t *teller) begins() string {
	if t.r.Config.Queue != nil {
		return "polls the queue"
	}
	return "is healthy"
}
