package scenarios

import (
	"asgsim/sim"
	"asgsim/workload"
)

// spent is what the variants read so far have used up of the bounds that hold for all
// of them together.
type spent struct {
	hours, steps float64
	runs         int
	looks        int // at loads, for advice
	tides        []tideOf
	changed      map[changed]workload.Curve
	fits         map[sim.Measured]bool
	fit          func(sim.Measured) (sim.Fitted, error)
	simulated    map[string]bool // largest fleets that were held against their peak
	mostFleets   int             // that may be
	formulas     map[string]bool // those found right
	formulaBytes int
	files
}

// files is what was spent on the files that the scenario names.
type files struct {
	left       int64 // bytes that they may still have
	mostRows   int   // that traces may have
	rows       int   // that they had
	played     int   // by loads that do so differently
	curves     map[playing]workload.Curve
	prices     map[string]pricesRead
	catalogues map[string]catalogueRead
}

// newSpent returns a beginning, with what fits figures and how many fleets may be
// simulated for advice.
func newSpent(mostFleets int, fit func(sim.Measured) (sim.Fitted, error)) *spent {
	return &spent{fits: map[sim.Measured]bool{}, fit: fit, simulated: map[string]bool{}, mostFleets: mostFleets, formulas: map[string]bool{}, changed: map[changed]workload.Curve{},
		files: files{mostRows: MaxRows, left: MaxFiles, curves: map[playing]workload.Curve{}, prices: map[string]pricesRead{}, catalogues: map[string]catalogueRead{}}}
}

// raise raises the bounds of those names where more is allowed.
func (s *spent) raise(rows int, files int64) {
	s.mostRows, s.left = max(s.mostRows, rows), max(s.left, files)
}
