package scaling

import (
	"math"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// AlarmRef is the alarm that triggers a policy.
type AlarmRef struct {
	Name      string
	Above     bool // breaches above its threshold, else below
	Threshold float64
	Unit      string // of the metric, for words
}

// AlarmState is an alarm as a policy sees it.
type AlarmState struct {
	State  cloudwatch.State
	Points []float64 // the real datapoints of its evaluation periods, oldest first
}

// see completes a snapshot with the state of the alarm.
func see(w *cloudwatch.Watch) func(des.Time, *Snapshot) {
	return func(now des.Time, s *Snapshot) { s.Alarm = AlarmState{State: w.State, Points: w.Decided(now)} }
}

// quiet is the smallest fleet of n or more at which an alarm that asks for more stays
// quiet; n where its metric cannot be foretold.
func (a *AlarmRef) quiet(f Foresight, n int) int {
	d, known := f.Definition(a.Name)
	if !known || !a.Above || a.Threshold <= 0 {
		return n
	}
	one, ok := f.One(d.Metric)
	if !ok {
		return n
	}
	if m, _ := d.Metric.Split(); m == cloudwatch.RequestCountPerTarget {
		one *= d.Period.Seconds() / 60
	}
	return max(n, whole(one/a.Threshold))
}

// whole rounds a number of instances up.
func whole(v float64) int { return int(math.Min(math.Ceil(v-1e-9), math.MaxInt32)) }
