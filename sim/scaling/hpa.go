package scaling

import (
	"errors"
	"math"
)

// The arithmetic of the Kubernetes HorizontalPodAutoscaler ("Horizontal Pod
// Autoscaling", kubernetes.io, and pkg/controller/podautoscaler of Kubernetes
// 1.26), for comparison. A pod is an instance here.

// Pod is what the autoscaler knows of one pod.
type Pod struct {
	Usage   int64 // of the metric: thousandths of a CPU, or whatever the metric counts
	Request int64 // what the pod asked for, for utilization
	Known   bool  // a sample of it exists
	Ready   bool
	Past    bool // past the CPU initialization period
	Pending bool // not running yet
	Ignored bool // failed, or being deleted
}

// HPATarget is what the autoscaler holds a metric of pods at.
type HPATarget struct {
	Value       int64   // percent of the request, or the average of a pod
	Utilization bool    // Value is percent of the request
	Tolerance   float64 // no action while the ratio of metric and target is this near to 1
}

// errNoSample is a metric without any sample: nothing is done then.
var errNoSample = errors.New("no pod that counts has a sample of the metric")

// Replicas returns the replicas that hold the target, and the metric as it is:
// percent, or the average of a pod. Pods that are not ready count as idle on the
// way up and not at all on the way down; pods without a sample as idle on the way
// up and as using what they asked for (the target, of an average) on the way down.
// Where that changes the direction, nothing is done.
func (t HPATarget) Replicas(current int, pods []Pod) (replicas int, metric int64, err error) {
	var counted, unready, missing []Pod
	for _, p := range pods {
		switch {
		case p.Ignored:
		case p.Pending:
			unready = append(unready, p)
		case !p.Known:
			missing = append(missing, p)
		case t.Utilization && (!p.Ready || !p.Past):
			unready = append(unready, p)
		default:
			counted = append(counted, p)
		}
	}
	if len(counted) == 0 {
		return current, 0, errNoSample
	}
	ratio, metric := t.ratio(counted)
	waiting := len(unready) > 0 && ratio > 1
	if !waiting && len(missing) == 0 {
		if t.near(ratio) {
			return current, metric, nil
		}
		return ceil(ratio * float64(len(counted))), metric, nil
	}
	if ratio != 1 {
		for _, p := range missing {
			if p.Usage = 0; ratio < 1 {
				p.Usage = t.fallback(p)
			}
			counted = append(counted, p)
		}
	}
	if waiting {
		for _, p := range unready {
			p.Usage = 0
			counted = append(counted, p)
		}
	}
	again, _ := t.ratio(counted)
	if t.near(again) || ratio < 1 && again > 1 || ratio > 1 && again < 1 {
		return current, metric, nil
	}
	replicas = ceil(again * float64(len(counted)))
	if again < 1 && replicas > current || again > 1 && replicas < current {
		return current, metric, nil
	}
	return replicas, metric, nil
}

// ratio is metric over target, and the metric, whole numbers as Kubernetes has them.
func (t HPATarget) ratio(pods []Pod) (float64, int64) {
	var usage, request int64
	for _, p := range pods {
		usage, request = usage+p.Usage, request+p.Request
	}
	metric := usage / int64(len(pods))
	if t.Utilization {
		metric = usage * 100 / max(1, request)
	}
	return float64(metric) / float64(t.Value), metric
}

// fallback is what a pod without a sample is taken to use on the way down.
func (t HPATarget) fallback(p Pod) int64 {
	if t.Utilization {
		return p.Request * max(100, t.Value) / 100
	}
	return t.Value
}

func (t HPATarget) near(ratio float64) bool { return math.Abs(1-ratio) <= t.Tolerance }

// ObjectReplicas returns the replicas for one value of an object or an external
// system: the ratio times the ready pods. Without any replica it is the ratio.
func ObjectReplicas(current, ready int, value, target int64, tolerance float64) int {
	ratio := float64(value) / float64(target)
	switch {
	case current == 0:
		return ceil(ratio)
	case math.Abs(1-ratio) <= tolerance:
		return current
	}
	return ceil(ratio * float64(ready))
}

// PerPodReplicas returns the replicas for a value that is divided by the pods, and
// the value of one.
func PerPodReplicas(current int, value, target int64, tolerance float64) (replicas int, each int64) {
	if current > 0 {
		each = int64(math.Ceil(float64(value) / float64(current)))
		if math.Abs(1-float64(value)/float64(target*int64(current))) <= tolerance {
			return current, each
		}
	}
	return ceil(float64(value) / float64(target)), each
}
