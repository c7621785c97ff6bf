package form

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// span is where a key and its value stand in a file, with what it holds.
type span struct {
	line, col     int // of the key
	atLine, atCol int // of the value
	seq           int // order of first appearance
	inline        bool
	elements      int              // of an [[array of tables]] so far
	parts         map[string]*span // by key, or by index of an element
}

// at returns the span of a part, nil where there is none.
func (sp *span) at(part string) *span {
	if sp == nil {
		return nil
	}
	return sp.parts[part]
}

// scanner finds the places of keys and values in TOML text whose syntax another
// parser has approved. On text it does not understand it stops early: places are
// then missing, never wrong by a crash.
type scanner struct {
	text      string
	i         int
	line, bol int // current line, and the offset of its beginning
	told, col int // the offset whose column was asked for last, and that column
	root      *span
	count     int // of spans
	depth     int // of inline tables
	extended  []extension
}

// extension is a key or table written into an inline table from outside, which
// TOML forbids.
type extension struct {
	path      []string
	line, col int
	first     int // line of the inline table
}

// scan returns the places of every key of text, and the inline tables that are
// extended.
func scan(text string) (*span, []extension) {
	s := &scanner{text: text, line: 1, col: 1, root: &span{}}
	table, path := s.root, []string(nil)
	for {
		s.blank(true)
		if s.i >= len(s.text) {
			return s.root, s.extended
		}
		var ok bool
		if s.peek() == '[' {
			table, path, ok = s.header()
		} else {
			ok = s.pair(table, path)
		}
		if !ok {
			return s.root, s.extended
		}
	}
}

func (s *scanner) peek() byte {
	if s.i < len(s.text) {
		return s.text[s.i]
	}
	return 0
}

func (s *scanner) place() (line, col int) {
	i := min(s.i, len(s.text))
	if s.told < s.bol || s.told > i {
		s.told, s.col = s.bol, 1
	}
	s.col += utf8.RuneCountInString(s.text[s.told:i])
	s.told = i
	return s.line, s.col
}

// step moves on by one byte and counts lines.
func (s *scanner) step() {
	if s.peek() == '\n' {
		s.line++
		s.bol = s.i + 1
	}
	s.i++
}

// blank skips spaces, and with lines also line ends and comments.
func (s *scanner) blank(lines bool) {
	for s.i < len(s.text) {
		switch c := s.peek(); {
		case c == ' ' || c == '\t':
		case lines && (c == '\n' || c == '\r'):
		case lines && c == '#':
			for s.i < len(s.text) && s.peek() != '\n' {
				s.i++
			}
			continue
		case !lines && c == '\r':
		default:
			return
		}
		s.step()
	}
}

// header reads [a.b] or [[a.b]] and returns its place and path.
func (s *scanner) header() (*span, []string, bool) {
	s.step()
	array := s.peek() == '['
	if array {
		s.step()
	}
	table, path, ok := s.key(s.root, nil)
	if !ok {
		return nil, nil, false
	}
	for s.peek() == ']' {
		s.step()
	}
	if array {
		table.elements++
		table = s.below(table, strconv.Itoa(table.elements-1), table.line, table.col)
	}
	return table, path, true
}

// below returns the span of a part of another one, made where it is new.
func (s *scanner) below(above *span, part string, line, col int) *span {
	sp := above.parts[part]
	if sp == nil {
		sp = &span{line: line, col: col, atLine: line, atCol: col, seq: s.count}
		s.count++
		if above.parts == nil {
			above.parts = map[string]*span{}
		}
		above.parts[part] = sp
	}
	return sp
}

// key reads a dotted key under table and notes the place of every part that is new.
func (s *scanner) key(table *span, path []string) (*span, []string, bool) {
	path = path[:len(path):len(path)]
	for {
		s.blank(false)
		line, col := s.place()
		part, ok := s.part()
		if !ok {
			return nil, nil, false
		}
		path = append(path, part)
		if table.elements > 0 { // the last element is meant
			table = table.at(strconv.Itoa(table.elements - 1))
		}
		table = s.below(table, part, line, col)
		if table.inline && s.depth == 0 {
			s.extended = append(s.extended, extension{path, line, col, table.atLine})
		}
		s.blank(false)
		if s.peek() != '.' {
			return table, path, true
		}
		s.step()
	}
}

// part reads one part of a key: bare or quoted.
func (s *scanner) part() (string, bool) {
	if c := s.peek(); c == '"' || c == '\'' {
		from := s.i
		if !s.quoted() {
			return "", false
		}
		raw := s.text[from:s.i]
		if c == '"' {
			if t, err := strconv.Unquote(raw); err == nil {
				return t, true
			}
		}
		return strings.Trim(raw, `"'`), true
	}
	from := s.i
	for s.i < len(s.text) && !strings.ContainsRune(" \t\r\n=.]#,}", rune(s.peek())) {
		s.i++
	}
	return s.text[from:s.i], s.i > from
}

// pair reads key = value.
func (s *scanner) pair(table *span, path []string) bool {
	sp, path, ok := s.key(table, path)
	if !ok || s.peek() != '=' {
		return false
	}
	s.step()
	s.blank(false)
	return s.value(sp, path)
}

// value reads a value and notes its place.
func (s *scanner) value(sp *span, path []string) bool {
	sp.atLine, sp.atCol = s.place()
	switch s.peek() {
	case '"', '\'':
		return s.quoted()
	case '[':
		return s.array(sp, path)
	case '{':
		sp.inline = true
		return s.table(sp, path)
	}
	from := s.i
	for s.i < len(s.text) && !strings.ContainsRune(",]}\n#", rune(s.peek())) {
		s.i++
	}
	return s.i > from
}

func (s *scanner) array(sp *span, path []string) bool {
	s.step()
	for k := 0; ; k++ {
		s.blank(true)
		if s.peek() == ']' {
			s.step()
			return true
		}
		line, col := s.place()
		if s.i >= len(s.text) || !s.value(s.below(sp, strconv.Itoa(k), line, col), path) {
			return false
		}
		s.blank(true)
		if s.peek() == ',' {
			s.step()
		}
	}
}

func (s *scanner) table(sp *span, path []string) bool {
	s.depth++
	defer func() { s.depth-- }()
	s.step()
	for {
		s.blank(true)
		if s.peek() == '}' {
			s.step()
			return true
		}
		if s.i >= len(s.text) || !s.pair(sp, path) {
			return false
		}
		s.blank(true)
		if s.peek() == ',' {
			s.step()
		}
	}
}

// quoted skips a string of any of the four kinds.
func (s *scanner) quoted() bool {
	q := s.peek()
	triple := strings.Repeat(string(q), 3)
	if strings.HasPrefix(s.text[s.i:], triple) {
		s.i += 3
		for s.i < len(s.text) {
			if q == '"' && s.peek() == '\\' {
				s.step()
				s.step()
				continue
			}
			if strings.HasPrefix(s.text[s.i:], triple) {
				s.i += 3
				for s.peek() == q {
					s.i++
				}
				return true
			}
			s.step()
		}
		return false
	}
	s.step()
	for s.i < len(s.text) && s.peek() != '\n' {
		switch {
		case s.peek() == q:
			s.step()
			return true
		case q == '"' && s.peek() == '\\':
			s.step()
		}
		s.step()
	}
	return false
}
