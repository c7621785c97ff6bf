package scenarios

import (
	"fmt"
	"slices"
)

// option is a value that a key may have, by its name in the file.
type option[T any] struct {
	name  string
	value T
}

// enum is the values of an enumeration by their own names, from the first to the last.
func enum[T interface {
	~uint8
	fmt.Stringer
}](last T) []option[T] {
	var all []T
	for v := T(0); v <= last; v++ {
		all = append(all, v)
	}
	return listed(all)
}

// listed are values by their own names.
func listed[T fmt.Stringer](all []T) []option[T] {
	var out []option[T]
	for _, v := range all {
		out = append(out, option[T]{v.String(), v})
	}
	return out
}

// optionNames are those of the options, for Key.Choices.
func optionNames[T any](options []option[T]) []string {
	var out []string
	for _, o := range options {
		out = append(out, o.name)
	}
	return out
}

// choose reads one of the options by its name.
func choose[T any](d *decoder, path string, options []option[T]) (T, bool) {
	var zero T
	i, ok := d.Choice(path)
	if !ok {
		return zero, false
	}
	name := d.Key(path).Choices[i]
	k := slices.IndexFunc(options, func(o option[T]) bool { return o.name == name })
	if k < 0 {
		panic(fmt.Sprintf("scenarios: %s has the choice %s and no value for it", path, name))
	}
	return options[k].value, true
}

// is reads a choice, and reports whether it is the one called name.
func (d *decoder) is(path, name string) bool {
	if !slices.Contains(d.Key(path).Choices, name) {
		panic(fmt.Sprintf("scenarios: %s has no choice %s", path, name))
	}
	i, ok := d.Choice(path)
	return ok && d.Key(path).Choices[i] == name
}
