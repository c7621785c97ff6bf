package form

import "testing"

// The optimal string alignment distance by hand: an insertion, deletion, substitution or a
// swap of neighbours counts one, and what was swapped is not edited again.
func TestEdits(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"aa", "aa", 0}, {"kitten", "sitting", 3}, {"ab", "ba", 1}, {"abcd", "acbd", 1}, {"ca", "abc", 3},
		{"min_size", "min_sze", 1}, {"min_size", "mni_size", 1}, {"min_size", "max_size", 2}, {"aab", "aba", 1}, {"abab", "baba", 2},
	} {
		if got := edits(row.a, row.b); got != row.want {
			t.Errorf("%q to %q: %d, want %d", row.a, row.b, got, row.want)
		}
	}
}
