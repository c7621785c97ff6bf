package series

import (
	"strings"
	"testing"
)

// Of a wrong file only what is certainly a number or a time is quoted: it may hold secrets.
func TestCellsThatAreQuoted(t *testing.T) {
	for text, want := range map[string]string{"": "", "12,5": `: "12,5"`, "2026-01-01T00:00:00Z": `: "2026-01-01T00:00:00Z"`, "password": "", "12a": "",
		strings.Repeat("1", 40): `: "` + strings.Repeat("1", 40) + `"`, strings.Repeat("1", 41): ""} {
		if got := Cell(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
