package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/des"
)

// What a scenario file shares with every file of settings, by the names that those who
// load a scenario know.
type (
	// Pos is where something was written: a place in a file, or a --set flag.
	Pos = form.Pos
	// Problem is something wrong, or suspicious, in a scenario.
	Problem = form.Problem
	// Problems is every problem of a scenario, in the order of the file. It is the
	// error that [Load] returns for an invalid scenario.
	Problems = form.Problems
	// Key documents one key of the format.
	Key = form.Key
	// Value is one effective value of a scenario and where it comes from.
	Value = form.Value
)

// Nearest returns the candidate that was probably meant, empty if none is near.
func Nearest(got string, candidates []string) string { return form.Nearest(got, candidates) }

// take reads the value of a key with parse: the user's, else the default. It
// returns false where there is none or it is wrong.
func take[T any](d *decoder, path string, parse func(n *form.Node, k *Key) (T, *form.Mistake)) (T, bool) {
	return form.Take(d.Reader, path, parse)
}

// dur reads a duration.
func (d *decoder) dur(path string) (des.Duration, bool) {
	v, ok := d.Duration(path)
	return des.Duration(v), ok
}

// awsSeconds reads a duration; whole seconds without a unit where AWS has them.
func awsSeconds(n *form.Node, k *Key) (des.Duration, *form.Mistake) {
	v, b := form.Seconds(n, k)
	return des.Duration(v), b
}
