package scaling

import (
	"slices"

	"asgsim/sim/des"
)

// Autoscaler is the autoscaler of another system, for comparison. It drives a
// group alone, on its own clock and by its own metrics; alarms play no part.
type Autoscaler interface {
	PolicyName() string
	System() string // "Kubernetes HPA"
	Goal() string   // what it holds or does: "CPU at 50 %"
}

// Delayed returns the autoscaler with the delay of its metrics multiplied.
func Delayed(a Autoscaler, factor float64) Autoscaler {
	times := func(d des.Duration) des.Duration { return des.Duration(float64(d) * factor) }
	switch p := a.(type) {
	case *KubernetesHPA:
		c := *p
		c.Delay = times(p.Delay)
		return &c
	case *GCPAutoscaler:
		c := *p
		c.Delay = times(p.Delay)
		return &c
	case *AzureAutoscale:
		c := AzureAutoscale{Rules: slices.Clone(p.Rules)}
		for i := range c.Rules {
			c.Rules[i].Delay = times(c.Rules[i].Delay)
		}
		return &c
	}
	return a
}

// VM is what such an autoscaler knows of an instance: what it used on average in
// the newest interval known.
type VM struct {
	Age      des.Duration // since it runs, at the end of the interval
	CPU      float64      // percent of its CPU
	Requests float64      // a second
}

// change makes a capacity a decision, with the reason for staying where it is not
// another one than there is.
func change(want, desired int, block Block, why string) Decision {
	switch {
	case want > desired:
		return Decision{Side: Out, Want: want, Why: why}
	case want < desired:
		return Decision{Side: In, Want: want, Why: why}
	case block != NoBlock:
		return Decision{Side: Stay, Block: block, Why: why}
	}
	return Decision{Side: Hold, Why: why}
}

// forget drops recommendations at or before a time.
func forget(past []Recommendation, before des.Time) []Recommendation {
	for len(past) > 0 && past[0].At <= before {
		past = past[1:]
	}
	return past
}

// highest is the greatest of the recommendations after a time.
func highest(past []Recommendation, after des.Time) int {
	n := 0
	for _, r := range past {
		if r.At > after {
			n = max(n, r.Replicas)
		}
	}
	return n
}
