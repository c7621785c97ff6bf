package series

import (
	"bytes"
	"fmt"
	"io"

	"asgsim/scenarios/form"
)

// lines passes on a table in CSV, and ends with an error where a row is too long: whoever
// reads it holds a row at a time.
type lines struct {
	from   io.Reader
	line   int  // from 0
	length int  // of the row so far, in bytes
	quoted bool // within quotes, where a line's end is a part of the row
}

// Read reads as the underlying reader does.
func (l *lines) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	for rest := p[:n]; len(rest) > 0; {
		i := bytes.IndexAny(rest, "\"\n")
		if i < 0 {
			i = len(rest) - 1
		}
		l.length += i + 1
		switch rest[i] {
		case '"':
			l.quoted = !l.quoted
		case '\n':
			l.line++
			if !l.quoted {
				l.length = 0
			}
		}
		if l.length > form.MaxLine {
			return 0, fmt.Errorf("line %d: is longer than %d bytes", l.line+1, form.MaxLine)
		}
		rest = rest[i+1:]
	}
	return n, err
}

// Lines bounds the rows of a table in CSV to form.MaxLine bytes each.
func Lines(from io.Reader) io.Reader { return &lines{from: from} }
