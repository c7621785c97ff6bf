package form

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// span is where a key and its value stand in a file.
type span struct {
	line, col     int // of the key
	atLine, atCol int // of the value
	seq           int // order of first appearance
	inline        bool
}

// sep joins the parts of a path to a map key; TOML keys cannot hold it.
const sep = "\x00"

// scanner finds the places of keys and values in TOML text whose syntax another
// parser has approved. On text it does not understand it stops early: places are
// then missing, never wrong by a crash.
type scanner struct {
	text      string
	i         int
	line, bol int // current line, and the offset of its beginning
	spans     map[string]*span
	arrays    map[string]int // elements of [[arrays of tables]] so far
	depth     int            // of inline tables
	extended  []extension
}

// extension is a key or table written into an inline table from outside, which
// TOML forbids.
type extension struct {
	path      []string
	line, col int
	first     int // line of the inline table
}

// scan returns the places of every key of text by its path, and the inline tables
// that are extended.
func scan(text string) (map[string]*span, []extension) {
	s := &scanner{text: text, line: 1, spans: map[string]*span{}, arrays: map[string]int{}}
	var table []string
	for {
		s.blank(true)
		if s.i >= len(s.text) {
			return s.spans, s.extended
		}
		if s.peek() == '[' {
			t, ok := s.header()
			if !ok {
				return s.spans, s.extended
			}
			table = t
			continue
		}
		if !s.pair(table) {
			return s.spans, s.extended
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
	return s.line, utf8.RuneCountInString(s.text[s.bol:min(s.i, len(s.text))]) + 1
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

// header reads [a.b] or [[a.b]] and returns its path.
func (s *scanner) header() ([]string, bool) {
	s.step()
	array := s.peek() == '['
	if array {
		s.step()
	}
	path, ok := s.key(nil)
	if !ok {
		return nil, false
	}
	for s.peek() == ']' {
		s.step()
	}
	if array {
		name := strings.Join(path, sep)
		path = append(path, strconv.Itoa(s.arrays[name]))
		s.arrays[name]++
	}
	return path, true
}

// key reads a dotted key under table and notes the place of every part that is new.
func (s *scanner) key(table []string) ([]string, bool) {
	path := append([]string(nil), table...)
	for {
		s.blank(false)
		line, col := s.place()
		part, ok := s.part()
		if !ok {
			return nil, false
		}
		path = append(path, part)
		name := strings.Join(path, sep)
		if sp := s.spans[name]; sp != nil && sp.inline && s.depth == 0 {
			s.extended = append(s.extended, extension{path, line, col, sp.atLine})
		}
		if s.spans[name] == nil {
			s.spans[name] = &span{line: line, col: col, atLine: line, atCol: col, seq: len(s.spans)}
		}
		s.blank(false)
		if s.peek() != '.' {
			return path, true
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
func (s *scanner) pair(table []string) bool {
	path, ok := s.key(table)
	if !ok || s.peek() != '=' {
		return false
	}
	s.step()
	s.blank(false)
	return s.value(path)
}

// value reads a value and notes its place.
func (s *scanner) value(path []string) bool {
	name := strings.Join(path, sep)
	sp := s.spans[name]
	if sp == nil {
		sp = &span{seq: len(s.spans)}
		sp.line, sp.col = s.place()
		s.spans[name] = sp
	}
	sp.atLine, sp.atCol = s.place()
	switch s.peek() {
	case '"', '\'':
		return s.quoted()
	case '[':
		return s.array(path)
	case '{':
		sp.inline = true
		return s.table(path)
	}
	from := s.i
	for s.i < len(s.text) && !strings.ContainsRune(",]}\n#", rune(s.peek())) {
		s.i++
	}
	return s.i > from
}

func (s *scanner) array(path []string) bool {
	s.step()
	for k := 0; ; k++ {
		s.blank(true)
		if s.peek() == ']' {
			s.step()
			return true
		}
		if s.i >= len(s.text) || !s.value(append(path[:len(path):len(path)], strconv.Itoa(k))) {
			return false
		}
		s.blank(true)
		if s.peek() == ',' {
			s.step()
		}
	}
}

func (s *scanner) table(path []string) bool {
	s.depth++
	defer func() { s.depth-- }()
	s.step()
	for {
		s.blank(true)
		if s.peek() == '}' {
			s.step()
			return true
		}
		if s.i >= len(s.text) || !s.pair(path) {
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
