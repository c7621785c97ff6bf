package form

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Bounds of a file. They hold before anything else reads it: what reads it afterwards
// needs memory and time in proportion to them.
const (
	MaxFile   = 4 << 20  // bytes of a file, unless whoever reads it is told otherwise
	MaxLine   = 64 << 10 // bytes of a line
	MaxText   = 64 << 10 // bytes of a text, be it of several lines
	MaxPlain  = 1000     // bytes of a title, a file's name and the like
	MaxDepth  = 32       // arrays and inline tables within each other
	MaxParts  = 16       // of a dotted key
	MaxPath   = 512      // bytes of a key with the names of its tables
	MaxNames  = 128      // names in an array, entries of a table of named things
	MaxValues = 50_000   // keys, tables and elements of arrays
)

// largestWhole says which whole numbers a file may hold.
const largestWhole = "TOML's whole numbers go up to 9223372036854775807"

// bounder counts through TOML text without understanding it.
type bounder struct {
	text      string
	file      string
	i         int
	line, bol int
	from      int // where the key that is being read begins
	table     int // bytes of the name of the table
	key       int // bytes of the last key
	above     []int
	path      int // bytes of the keys in above
	parts     int
	values    int
	header    bool // of a table; at the beginning of a line
}

// withinBounds returns the first bound that text exceeds, nil if it keeps them all.
func withinBounds(text, file string) *Problem {
	b := &bounder{text: text, file: file, line: 1, parts: 1}
	for i, n := 0, 1; i < len(text); n++ {
		end := strings.IndexByte(text[i:], '\n')
		if end < 0 {
			end = len(text) - i
		}
		if end > MaxLine {
			b.line, b.bol, b.i = n, i, i
			return b.over("break it, or move it to a file of its own", "is longer than %d bytes", MaxLine)
		}
		i += end + 1
	}
	for b.i < len(text) {
		if p := b.step(); p != nil {
			return p
		}
	}
	return nil
}

func (b *bounder) over(remedy, format string, args ...any) *Problem {
	col := utf8.RuneCountInString(b.text[b.bol:min(b.i, len(b.text))]) + 1
	return &Problem{Pos: Pos{File: b.file, Line: b.line, Col: col}, Rule: fmt.Sprintf(format, args...), Remedy: remedy}
}

// step moves over one character, comment or text.
func (b *bounder) step() *Problem {
	c := b.text[b.i]
	switch c {
	case '#':
		if end := strings.IndexByte(b.text[b.i:], '\n'); end >= 0 {
			b.i += end
		} else {
			b.i = len(b.text)
		}
		return nil
	case '"', '\'':
		return b.quoted(c)
	case '\n':
		return b.newline()
	case '.':
		if b.parts++; b.parts > MaxParts {
			return b.over("no key of this format is that deep", "has a key of more than %d parts", MaxParts)
		}
	case '=':
		b.key, b.values = b.i-b.from, b.values+1
		b.parts = 1
	case ',':
		b.values++
		b.from, b.parts = b.i+1, 1
	case '[', '{':
		if c == '[' && len(b.above) == 0 && strings.TrimSpace(b.text[b.bol:b.i]) == "" {
			b.header, b.table, b.values = true, 0, b.values+1
		}
		return b.open(c)
	case ']', '}':
		b.shut()
	}
	p := b.counts()
	b.i++
	return p
}

func (b *bounder) counts() *Problem {
	switch {
	case b.values > MaxValues:
		return b.over("split it", "holds more than %d keys and values", MaxValues)
	case b.table+b.path+b.key > MaxPath:
		return b.over("no key of this format is that long", "has a key that, with its tables, is longer than %d bytes", MaxPath)
	}
	return nil
}

// newline ends a line; only then it is known how long the name of a table is.
func (b *bounder) newline() *Problem {
	if b.header {
		b.table = len(strings.TrimSpace(b.text[b.bol:b.i]))
		b.header, b.above, b.path = false, b.above[:0], 0
	}
	if p := b.counts(); p != nil {
		return p
	}
	b.i++
	b.line, b.bol = b.line+1, b.i
	b.from, b.parts, b.key = b.i, 1, 0
	return nil
}

func (b *bounder) open(c byte) *Problem {
	if len(b.above) == MaxDepth {
		return b.over("no value of this format is that deep", "nests arrays and tables more than %d deep", MaxDepth)
	}
	held := 0
	if c == '{' {
		held = b.key
	}
	b.above, b.path = append(b.above, held), b.path+held
	b.i++
	b.from, b.parts, b.key = b.i, 1, 0
	return nil
}

func (b *bounder) shut() {
	if n := len(b.above); n > 0 {
		b.path -= b.above[n-1]
		b.above = b.above[:n-1]
	}
	b.key, b.parts = 0, 1
}

// quoted moves over a text of any of the four kinds.
func (b *bounder) quoted(q byte) *Problem {
	begin, line, bol := b.i, b.line, b.bol
	triple := strings.Repeat(string(q), 3)
	long := strings.HasPrefix(b.text[b.i:], triple)
	b.i++
	if long {
		b.i += 2
	}
	for b.i < len(b.text) {
		c := b.text[b.i]
		switch {
		case c == '\n' && !long:
			return nil // not closed: the parser says so
		case c == '\n':
			b.line, b.bol = b.line+1, b.i+1
		case c == '\\' && q == '"' && b.i+1 < len(b.text) && b.text[b.i+1] != '\n':
			b.i++
		case long && strings.HasPrefix(b.text[b.i:], triple):
			b.i += 3
			return nil
		case c == q && !long:
			b.i++
			return nil
		}
		b.i++
		if b.i-begin > MaxText {
			b.i, b.line, b.bol = begin, line, bol
			return b.over("shorten it, or close its quotes", "has a text of more than %d bytes", MaxText)
		}
	}
	return nil
}
