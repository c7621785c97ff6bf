package scaling

import "fmt"

// FormulaError is what is wrong with a formula, and where.
type FormulaError struct {
	At    int // character, from 1
	Text  string
	Given string   // the name that is not known; empty: the text says all
	Known []string // names that would be
}

func (e *FormulaError) Error() string { return fmt.Sprintf("at character %d: %s", e.At, e.Text) }
