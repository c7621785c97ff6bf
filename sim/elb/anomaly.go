package elb

import (
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// Mitigation is ALB's anomaly mitigation, its automatic target weights: a target with an
// outsized share of errors among three healthy ones or more gets a weight that falls until
// it recovers or is negligible, and rises again gradually ("Application Load Balancer
// increases application availability with Automatic Target Weights", AWS, 2023-11-26;
// "Target groups", ALB guide, read 2023-04 to 2026-11: weighted_random only, and about
// every five seconds). What counts as outsized and by how much weights change AWS does not
// say: the fields are our choices.
type Mitigation struct {
	On     bool
	Ratio  float64      // a target's share of errors, by that of the others together, above which it is anomalous; 3
	Share  float64      // and its least share of errors; 0.05
	Window des.Duration // over which both are taken, whole fives of seconds; 30 s
	Floor  float64      // the least weight; 0.01. It halves, and doubles
}

// lookEvery is how often weights are looked at; mitigates how many healthy targets that
// takes.
const (
	lookEvery = 5 * des.Second
	mitigates = 3
)

// Anomaly is a stretch in which a target had less than its weight.
type Anomaly struct {
	ID             serving.ID
	From, To       des.Time // To is des.Never while it lasts
	Errors, Others float64  // shares of errors as it was found: its own, and of the others together
	Weight         float64  // the least
}

// answers are what a target has ended, and what of it in errors: 5XX of its own, and
// connections that it refused or reset.
type answers struct{ all, errors float64 }

func answersOf(c *serving.InstanceCounters) answers {
	var a answers
	for r, n := range c.Ended {
		a.all += float64(n)
		switch serving.Reason(r) {
		case serving.Error, serving.QueueFull, serving.DependencyFailed, serving.Refused, serving.CutOff:
			a.errors += float64(n)
		}
	}
	return a
}

// past are readings of a target, every lookEvery, of a window and the one before it.
type past []answers

// push takes a reading in and returns what ended within the window.
func (p *past) push(now answers, window des.Duration) answers {
	keep := max(1, int(window/lookEvery))
	*p = append(*p, now)
	if n := len(*p); n > keep+1 {
		*p = (*p)[n-keep-1:]
	}
	first := answers{}
	if len(*p) > keep {
		first = (*p)[0]
	}
	return answers{now.all - first.all, now.errors - first.errors}
}

// share is that of errors; 0 of nothing.
func (a answers) share() float64 {
	if a.all == 0 {
		return 0
	}
	return a.errors / a.all
}

// anomalous reports whether a target's answers stand out of all, its own included.
func (m *Mitigation) anomalous(own, all answers) (is bool, others float64) {
	others = answers{all.all - own.all, all.errors - own.errors}.share()
	return own.share() >= m.Share && own.share() > m.Ratio*others, others
}

// next is the weight after a look.
func (m *Mitigation) next(weight float64, anomalous bool) float64 {
	if anomalous {
		return max(m.Floor, weight/2)
	}
	return min(1, 2*weight)
}
