package cloudwatch

import (
	"slices"
	"strings"

	"asgsim/sim/des"
)

// Trouble is what keeps datapoints from being seen while it is in force: those of the
// periods that end meanwhile.
type Trouble struct {
	Name      string
	Namespace string       // of the metrics that have it, AWS/EC2 for example; empty: all
	Delay     des.Duration // beyond the usual one
	Gap       bool         // they are lost: never published
}

// Troubles are those in force. The zero value, and nil, is none.
type Troubles struct{ list []Trouble }

// Add puts one in force.
func (t *Troubles) Add(one Trouble) { t.list = append(t.list, one) }

// Remove ends one.
func (t *Troubles) Remove(one Trouble) {
	if k := slices.Index(t.list, one); k >= 0 {
		t.list = slices.Delete(t.list, k, k+1)
	}
}

// of returns what they do to the metrics of a namespace: the longest delay, and whether
// any of them loses them.
func (t *Troubles) of(namespace string) (delay des.Duration, gap bool) {
	if t == nil {
		return 0, false
	}
	for _, one := range t.list {
		if one.Namespace == "" || one.Namespace == namespace {
			delay, gap = max(delay, one.Delay), gap || one.Gap
		}
	}
	return delay, gap
}

// Namespaces are those of the metrics.
func Namespaces() []string {
	return []string{"AWS/EC2", "AWS/ApplicationELB", "AWS/AutoScaling", "AWS/SQS"}
}

// Namespace is the one in which AWS publishes the metric; empty for one that is replayed,
// whose own nobody asks for.
func (m Metric) Namespace() string {
	m, _ = m.Split()
	_, published := MetricOf(string(m))
	switch {
	case m.SQS():
		return "AWS/SQS"
	case !published:
		return ""
	case m.EC2() || m.Credits():
		return "AWS/EC2"
	case strings.HasPrefix(string(m), "Group") || strings.HasPrefix(string(m), "WarmPool") || strings.HasPrefix(string(m), "PredictiveScaling"):
		return "AWS/AutoScaling"
	}
	return "AWS/ApplicationELB"
}
