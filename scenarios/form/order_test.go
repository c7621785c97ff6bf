package form

import (
	"slices"
	"testing"
)

// Keys stand in the order in which the file has them; those that it does not have, as they
// come from a setting, last, by name.
func TestOrderOfKeys(t *testing.T) {
	table := &span{parts: map[string]*span{"zebra": {seq: 1}, "ape": {seq: 2}, "cow": {seq: 0}}}
	if got := order(map[string]any{"ape": 1, "cow": 1, "zebra": 1, "set": 1, "also": 1}, table); !slices.Equal(got, []string{"cow", "zebra", "ape", "also", "set"}) {
		t.Errorf("%q", got)
	}
	if got := order(map[string]any{"b": 1, "a": 1}, nil); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("%q", got)
	}
}
