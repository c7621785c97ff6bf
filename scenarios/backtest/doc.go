// Package backtest sets simulated days beside the same days as they were recorded: line by
// line, activity by activity, with the errors and the places where the two part.
//
// Open backtest.go first. result.go is what it finds; lines.go puts record and runs into
// the same bins, errors.go measures them, activities.go matches launches and terminations,
// parting.go says in words where they part, gate.go judges, text.go tells.
package backtest
