package scaling

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Watched is what a policy asks of CloudWatch when it is attached.
type Watched struct {
	Metrics []Custom
	Alarms  []string // the user's
	Makes   bool     // alarms of its own
}

// Any reports whether there is anything.
func (w *Watched) Any() bool { return len(w.Metrics)+len(w.Alarms) > 0 }

// Watches returns what a policy asks for.
func Watches(p Policy) Watched {
	var l listener
	p.Attach(&l)
	return l.heard
}

// listener is a host that only notes what it is asked for.
type listener struct{ heard Watched }

func (l *listener) Group() string { return "" }

func (l *listener) Series(c Custom) *cloudwatch.Series {
	l.heard.Metrics = append(l.heard.Metrics, c)
	return &cloudwatch.Series{Period: c.Period}
}

func (l *listener) Make(w *cloudwatch.Watch) *cloudwatch.Watch {
	l.heard.Makes = true
	return w
}

func (l *listener) Alarm(name string) *cloudwatch.Watch {
	l.heard.Alarms = append(l.heard.Alarms, name)
	return &cloudwatch.Watch{Name: name, Series: &cloudwatch.Series{}}
}

func (l *listener) Gather(_, _, _ des.Duration) Readings { return nil }

func (l *listener) Local(des.Time) Clock { return Clock{} }

func (l *listener) Forecast(*Predictive) {}

func (l *listener) Cool(des.Duration) {}
