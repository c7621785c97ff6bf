package clean

import (
	"strings"
	"unicode"
)

// Shell returns s as an argument that a shell takes as it is, on one line: what is not
// plainly one word stands in quotes, in which a shell reads nothing.
func Shell(s string) string {
	s = Line(s)
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_./=%+,:@", r) {
			return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
		}
	}
	return s
}
