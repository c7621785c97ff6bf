// Package scenarios is the scenario file format: TOML in, one [record.Config] a
// variant out, strictly decoded, every problem reported at once with its place
// and its remedy. It also holds the library of shipped scenarios.
//
// A file becomes a tree with positions (package form, which knows files and no
// simulator); a variant is an overlay merged into that tree; --set comes last; only then
// is the result decoded and checked. Every key of the format is described once, in the
// functions of keys (schema in keys.go lists them), which decoding, `show` and the
// documentation all read.
//
// Civil time (package time) ends here; below there are instants since the start of the
// run and a [des.Calendar].
//
// Open load.go first, then decode.go, which reads a tree table by table: a file a table,
// its keys and its reader together. form.go says what is taken from package form.
package scenarios
