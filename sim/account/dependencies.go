package account

import (
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// DependencySummary is what a dependency did in the window.
type DependencySummary struct {
	Name          string  `json:"name"`
	Workers       int     `json:"workers"`
	CarriesPerS   float64 `json:"carries_per_s"` // requests, those that do not ask it included, at its own speed
	Asked         uint64  `json:"asked"`         // attempts
	Answered      uint64  `json:"answered"`
	Refused       uint64  `json:"refused"` // its queue was full
	GaveUp        uint64  `json:"gave_up"` // after its timeout
	HungUp        uint64  `json:"hung_up"` // the instance went, or dropped the request
	Busy          float64 `json:"busy"`    // share of its workers' time in use
	BusyMaxMinute float64 `json:"busy_max_minute"`
	Waiting       float64 `json:"waiting"` // requests that wait for a worker, mean
}

// dependencies sums up the window of a record.
func dependencies(a *record.Record) []DependencySummary {
	var out []DependencySummary
	for k := range a.Config.Dependencies {
		d := &a.Config.Dependencies[k]
		before, now := a.Requests.DependenciesBefore[k], a.Requests.Dependencies[k]
		use := record.DependencyUseOf(d, &before, &now, a.End().Sub(a.From()).Seconds())
		s := DependencySummary{Name: d.Name, Workers: d.Workers, CarriesPerS: d.Capacity(), Busy: use.Busy, Waiting: use.Waiting,
			Asked: now.Asked - before.Asked, Answered: now.Answered - before.Answered, Refused: now.Refused - before.Refused,
			GaveUp: now.GaveUp - before.GaveUp, HungUp: now.HungUp - before.HungUp}
		for i := range a.Rows {
			if r := &a.Rows[i]; r.At >= a.From() && k < len(r.Dependencies) {
				s.BusyMaxMinute = max(s.BusyMaxMinute, r.Dependencies[k].Busy)
			}
		}
		out = append(out, s)
	}
	return out
}

// auditDependencies checks that who asked was answered, failed, hung up or still asks. An
// attempt whose client had left fails at a dependency unseen.
func auditDependencies(all []serving.DependencyCounters, failed uint64, law func(bool, string, string, ...any)) {
	var turned uint64
	for k := range all {
		c := &all[k]
		turned += c.Refused + c.GaveUp
		law(c.Asked == c.Answered+c.Refused+c.GaveUp+c.HungUp+uint64(c.Waiting+c.InUse), "asked = answered + refused + gave up + hung up + waiting + served",
			"dependency %d: %d asked, %d answered, %d refused, %d gave up, %d hung up, %d wait, %d are served", k, c.Asked, c.Answered, c.Refused, c.GaveUp, c.HungUp, c.Waiting, c.InUse)
	}
	law(failed <= turned, "attempts that fail by dependencies are refused or give up there", "%d failed, %d were refused or gave up", failed, turned)
}
