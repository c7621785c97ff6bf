package cloudwatch

import (
	"math"
	"slices"

	"asgsim/sim/des"
)

// State is an alarm's state.
type State uint8

// The states of an alarm.
const (
	InsufficientData State = iota
	OK
	Alarm
)

var stateNames = [...]string{"INSUFFICIENT_DATA", "OK", "ALARM"}

// String returns AWS's name of the state.
func (s State) String() string { return stateNames[s] }

// Missing is how an alarm treats missing data.
type Missing uint8

// The treatments.
const (
	TreatMissing Missing = iota // the default
	TreatIgnore
	TreatBreaching
	TreatNotBreaching
)

// Comparison compares a datapoint with the threshold.
type Comparison uint8

// The comparisons.
const (
	GreaterThan Comparison = iota
	LessThan
	GreaterOrEqual
	LessOrEqual
)

// Above reports whether the comparison breaches above the threshold.
func (c Comparison) Above() bool { return c == GreaterThan || c == GreaterOrEqual }

// Watch is an alarm: its definition and its state.
type Watch struct {
	Name       string
	Series     *Series
	Period     des.Duration
	Evaluate   int // evaluation periods, N
	Datapoints int // datapoints to alarm, M <= N
	Comparison Comparison
	Threshold  float64
	Missing    Missing
	Range      float64 // the evaluation range by the evaluation periods; 0: as EvaluationRange has it

	Phase des.Duration // into the minute at which it is evaluated

	State State
	Since des.Time // of the last change of state
}

// datum is one period of the evaluation range as the alarm sees it.
type datum uint8

const (
	missing datum = iota
	fine
	breaching
)

// Update looks at the datapoints known at now and moves the alarm's state.
// It reports whether the state changed.
func (w *Watch) Update(now des.Time) bool {
	n := w.EvaluationRange()
	data := make([]datum, n) // oldest first
	end := now
	for i := n - 1; i >= 0; i-- {
		start := end.Add(-w.Period)
		if v, ok := w.Series.At(now, start, end); ok {
			data[i] = fine
			if w.breaches(v) {
				data[i] = breaching
			}
		}
		end = start
	}
	next := judge(data, w.Evaluate, w.Datapoints, w.Missing, w.State)
	if next == w.State {
		return false
	}
	w.State, w.Since = next, now
	return true
}

func (w *Watch) breaches(v float64) bool {
	switch w.Comparison {
	case GreaterThan:
		return v > w.Threshold
	case GreaterOrEqual:
		return v >= w.Threshold
	case LessThan:
		return v < w.Threshold
	default:
		return v <= w.Threshold
	}
}

// Decided returns the real datapoints that decide the alarm at now, oldest first:
// the newest of its evaluation range, at most as many as its evaluation periods.
func (w *Watch) Decided(now des.Time) []float64 {
	var out []float64
	end := now
	for range w.EvaluationRange() {
		start := end.Add(-w.Period)
		if v, ok := w.Series.At(now, start, end); ok && len(out) < w.Evaluate {
			out = append(out, v)
		}
		end = start
	}
	slices.Reverse(out)
	return out
}

// EvaluationRange is how many periods CloudWatch looks at: 5 for N = 3 in the
// documentation's tables; for other N it is unpublished and ours.
func (w *Watch) EvaluationRange() int {
	switch n := w.Evaluate; {
	case w.Range > 0 && n != 3:
		return max(n, int(math.Ceil(w.Range*float64(n)-1e-9)))
	case n <= 5:
		return n + 2
	default:
		return (3*n + 1) / 2
	}
}

// judge is the state of an M of N alarm over the evaluation range, oldest
// datapoint first ("Configuring how CloudWatch alarms treat missing data",
// CloudWatch User Guide, AlarmThatSendsEmail, read 2023-05-18):
// if at least N points are real, the latest N decide and the treatment is not
// used; else as few missing ones as possible are filled in.
func judge(data []datum, n, m int, treat Missing, current State) State {
	real, bad, oldestBad := 0, 0, 0
	for i := len(data) - 1; i >= 0 && real < n; i-- {
		switch data[i] {
		case fine:
			real++
		case breaching:
			real++
			bad++
			oldestBad = len(data) - i // its age in periods, the newest being 1
		}
	}
	filled := n - real
	switch {
	case bad >= m:
		return Alarm
	case filled == 0:
		return OK
	case treat == TreatBreaching:
		if bad+filled >= m {
			return Alarm
		}
		return OK
	case treat == TreatNotBreaching:
		return OK
	case real > bad:
		return OK // something is known to be fine
	case real == 0 && treat == TreatMissing:
		return InsufficientData
	case real > 0 && treat == TreatMissing && oldestBad >= m:
		// All that is known breaches and the oldest of it is M periods old: the
		// alarm does not wait for the missing ones.
		return Alarm
	default:
		return current
	}
}
