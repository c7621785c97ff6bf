package form

import (
	"fmt"
	"strings"

	"asgsim/report/clean"
)

// Mistake says what is wrong with a value and what to write instead.
type Mistake struct{ Rule, Remedy string }

// Wrong returns a mistake; its rule is formatted. What %q quotes is foreign text: it is
// cut.
func Wrong(remedy, format string, args ...any) *Mistake {
	verb := 0
	for i := 0; i+1 < len(format) && verb < len(args); i++ {
		if format[i] != '%' {
			continue
		}
		i += 1 + len(format[i+1:]) - len(strings.TrimLeft(format[i+1:], "+-# 0.123456789"))
		if i == len(format) || format[i] == '%' {
			continue
		}
		if text, ok := args[verb].(string); ok && format[i] == 'q' {
			args[verb] = foreign(text)
		}
		verb++
	}
	return &Mistake{fmt.Sprintf(format, args...), remedy}
}

// foreign is a text that a message quotes with %q.
type foreign string

// Format writes the text in quotes.
func (f foreign) Format(s fmt.State, _ rune) { fmt.Fprint(s, clean.Quoted(string(f))) }
