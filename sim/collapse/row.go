package collapse

import (
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// Resource is what an instance runs out of, or all of them.
type Resource string

// The resources.
const (
	CPU        Resource = "cpu"
	Workers    Resource = "workers"
	Dependency Resource = "dependency" // workers of the busiest
)

// hot is the share of CPU, or of workers, above which requests queue for it.
const hot = 0.95

// scarcest is the resource of which most was in use in a row, and what share; 0 where
// nothing is known.
func scarcest(r *record.Row) (Resource, float64) {
	what, share := CPU, 0.0
	if r.CPU > share {
		share = r.CPU
	}
	if r.Workers > share {
		what, share = Workers, r.Workers
	}
	for k := range r.Dependencies {
		if busy := r.Dependencies[k].Busy; busy > share || busy >= hot {
			what, share = Dependency, max(busy, share)
		}
	}
	return what, share
}

// rowAt is the index of the row that holds an instant.
func rowAt(at des.Time, interval des.Duration, rows []record.Row) int {
	return max(0, min(int(int64(at)/int64(interval)), len(rows)-1))
}

// endOf is when a row ends.
func endOf(r *record.Record, row *record.Row) des.Time { return min(row.At.Add(r.Interval), r.End()) }

// badShare is the share of a row's finished requests that were slow or failed.
func badShare(r *record.Row) float64 {
	return ratio(float64(r.Slow+r.Fail), float64(r.Served+r.Fail))
}

// badAside is the same without those that failed by wrong answers, as the attempts tell:
// a version or a fault makes them, whatever there is to do.
func badAside(r *record.Row) float64 {
	return ratio(float64(r.Slow+r.Fail)-failedBy(r, serving.Error), float64(r.Served+r.Fail))
}

// failedBy is how many of a row's requests failed for a reason, as its attempts tell.
func failedBy(r *record.Row, reason serving.Reason) float64 {
	var failed uint64
	for by, n := range r.Ended {
		if serving.Reason(by) != serving.OK {
			failed += n
		}
	}
	return float64(r.Fail) * ratio(float64(r.Ended[reason]), float64(failed))
}

// turnedAway is the share of a row's finished requests that failed because one of its
// dependencies had no room for them, or kept them waiting for too long.
func turnedAway(r *record.Row, k int) float64 {
	var failed uint64
	for i := range r.Dependencies {
		failed += r.Dependencies[i].Failed
	}
	part := ratio(float64(r.Dependencies[k].Failed), float64(failed))
	return ratio(part*failedBy(r, serving.DependencyFailed), float64(r.Served+r.Fail))
}

// short reports whether a dependency had no worker to spare in a row: all were in use, or
// it alone cost more requests than the SLO allows. One with a short queue turns many away
// long before its workers are busy throughout (Erlang's loss formula).
func short(r *record.Record, row *record.Row, k int) bool {
	return row.Dependencies[k].Busy >= hot || turnedAway(row, k) > 1-r.Config.SLO.Good
}

// within reports whether an instant lies between two, in seconds.
func within(at des.Time, fromS, toS float64) bool {
	return at.Seconds() >= fromS && at.Seconds() < toS
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
