// Package scenarios is the scenario file format: TOML in, one [record.Config] a
// variant out, strictly decoded, every problem reported at once with its place
// and its remedy. It also holds the library of shipped scenarios.
//
// A file becomes a tree with positions ([parse]); a variant is an overlay merged
// into that tree; --set comes last; only then is the result decoded and checked.
// Every key of the format is described once, in the key tables (keys_*.go), which
// decoding, `show` and the documentation all read.
//
// Only this package knows TOML and civil time (package time); below it there are
// instants since the start of the run and a [des.Calendar].
//
// Open scenario.go first.
package scenarios
