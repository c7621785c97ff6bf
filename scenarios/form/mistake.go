package form

import "fmt"

// Mistake says what is wrong with a value and what to write instead.
type Mistake struct{ Rule, Remedy string }

// Wrong returns a mistake; its rule is formatted.
func Wrong(remedy, format string, args ...any) *Mistake {
	return &Mistake{fmt.Sprintf(format, args...), remedy}
}
