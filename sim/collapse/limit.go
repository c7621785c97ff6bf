package collapse

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// Limit is a stretch in which a dependency had no worker to spare and requests were bad
// for it: whatever the instances do, they wait for it, and more of them wait as well.
type Limit struct {
	Dependency string  `json:"dependency"`
	FromS      float64 `json:"from_s"`
	ToS        float64 `json:"to_s"`
	Open       bool    `json:"open"`        // it lasts at the end of the run
	Busy       float64 `json:"busy"`        // share of its workers' time in use
	Waiting    float64 `json:"waiting"`     // requests that wait for a worker, mean
	TurnedAway float64 `json:"turned_away"` // share of the attempts that ask it: its queue was full, or they waited for too long
	BadShare   float64 `json:"bad_share"`
	Expected   float64 `json:"requests_per_s"`  // the most of its minutes
	Carries    float64 `json:"carries_per_s"`   // requests, those that do not ask it included, as slow as it was at the slowest
	Factor     float64 `json:"slowed_by"`       // faults that slow it, then; 1: none
	Fault      string  `json:"fault,omitempty"` // the first of them
	CPU        float64 `json:"cpu"`             // of the instances, mean
	From       int     `json:"instances_from"`  // in service as it began
	Most       int     `json:"instances_most"`  // at the most, in it
	Remedy     string  `json:"remedy"`          // a setting under which it would not have come about, written by those who tell
}

// A limit lasts two minutes at least, in rows that use 95 % of a dependency's workers, or in
// which it turns away more requests than the SLO allows, and that have more bad requests,
// wrong answers aside, than that. It is one that has a
// respite of five minutes at most.
const (
	limitLeast   = 2 * des.Minute
	limitRespite = 5 * des.Minute
)

// limits are those of the window, of one dependency after another.
func limits(r *record.Record, rows []record.Row) []Limit {
	var out []Limit
	for k := range r.Config.Dependencies {
		at := func(row *record.Row) bool {
			return row.At >= r.From() && k < len(row.Dependencies) && short(r, row, k) && badAside(row) > 1-r.Config.SLO.Good
		}
		for i := 0; i < len(rows); i++ {
			if !at(&rows[i]) {
				continue
			}
			last, lasted := i, des.Duration(0)
			for j := i; j < len(rows) && rows[j].At.Sub(endOf(r, &rows[last])) <= limitRespite; j++ {
				if at(&rows[j]) {
					last, lasted = j, lasted+endOf(r, &rows[j]).Sub(rows[j].At)
				}
			}
			if lasted >= limitLeast {
				out = append(out, limit(r, k, rows[i:last+1], last == len(rows)-1))
			}
			i = last
		}
	}
	return out
}

// limit tells of a stretch of rows.
func limit(r *record.Record, k int, rows []record.Row, open bool) Limit {
	d := &r.Config.Dependencies[k]
	last := &rows[len(rows)-1]
	l := Limit{Dependency: d.Name, FromS: rows[0].At.Seconds(), ToS: endOf(r, last).Seconds(), Open: open, Factor: 1, From: rows[0].States.InService()}
	var bad, done, asked, failed uint64
	var cpu record.Mean
	for i := range rows {
		row := &rows[i]
		bad, done = bad+row.Slow+row.Fail, done+row.Served+row.Fail
		l.Busy += row.Dependencies[k].Busy / float64(len(rows))
		asked, failed = asked+row.Dependencies[k].Asked, failed+row.Dependencies[k].Failed
		l.Waiting += row.Dependencies[k].Waiting / float64(len(rows))
		l.Expected = math.Max(l.Expected, row.Expected)
		l.Most = max(l.Most, row.States.InService())
		cpu.Add(row.CPU)
		if factor, by := slowedBy(r, k, row.At, endOf(r, row)); factor > l.Factor {
			l.Factor, l.Fault = factor, by
		}
	}
	l.TurnedAway = ratio(float64(failed), float64(asked))
	l.BadShare, l.Carries = ratio(float64(bad), float64(done)), d.Capacity()/l.Factor
	if cpu.N > 0 {
		l.CPU = cpu.Value()
	}
	return l
}

// slowedBy is how slow faults make a dependency between two instants, and the first that
// does.
func slowedBy(r *record.Record, k int, from, to des.Time) (factor float64, first string) {
	factor = 1
	for _, i := range r.Faults {
		f, ok := fault.Named(r.Config.Faults, i.Name).(fault.DependencySlow)
		if ok && f.Dependency == k && i.Skipped == "" && i.At < to && i.At.Add(f.Lasts) > from {
			if factor *= f.Factor; first == "" {
				first = i.Name
			}
		}
	}
	return factor, first
}

// outrun reports whether the load of a row is more than a dependency carries, and which
// fault, if any, slows that.
func outrun(r *record.Record, row *record.Row) (bool, string) {
	for k := range r.Config.Dependencies {
		factor, by := slowedBy(r, k, row.At, endOf(r, row))
		if row.Expected >= r.Config.Dependencies[k].Capacity()/factor {
			return true, by
		}
	}
	return false, ""
}
