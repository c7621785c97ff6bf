// Package sim is many runs, and what can be said of one instance without a
// group: the cost of a request fitted to what a dashboard shows, and the curve of
// one instance over its load.
//
// Open measured.go first.
package sim
