// Package form reads strict files of settings: TOML in, values with their place out,
// every problem at once with file, line, column and a remedy. It knows the file, not
// what it is about: which keys there are is a [Schema], made from tables of [Key].
//
//	text ──Parse──▶ tree of Node ──Merge, Set, Without──▶ tree of a variant ──Reader──▶ values
//
// A [Reader] reads a tree by the schema: each value is the user's or the key's default,
// is checked against its range, and is noted with where it comes from; [Reader.CheckKeys]
// finds every key that the schema does not have and guesses what was meant. Quantities
// carry their unit (quantity.go).
//
// Open schema.go first, then reader.go.
package form
