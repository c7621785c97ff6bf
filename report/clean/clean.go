// Package clean makes text that came from outside (titles, names, unknown keys, file
// names, columns of traces) harmless where it is shown: one function a medium. Nothing
// is lost silently: what could move a cursor, recolour a screen, turn a line around or
// hide is written as TOML writes it, "\u001B".
//
// It knows no other package, so that whoever shows something may use it.
package clean

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Line returns s as one line of graphic characters, for terminals and pictures:
// controls, line ends, bidirectional overrides, zero-width and unassigned characters
// are escaped, what is not UTF-8 is U+FFFD.
func Line(s string) string {
	if harmless(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		b.WriteString(shown(r))
	}
	return b.String()
}

// Lines is Line for a text of several lines, whose own line ends stay.
func Lines(s string) string {
	parts := strings.Split(s, "\n")
	for i := range parts {
		parts[i] = Line(parts[i])
	}
	return strings.Join(parts, "\n")
}

// Short is Line of the first most characters of s; what is left out is an ellipsis.
func Short(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return Line(s[:i]) + "…"
		}
		n++
	}
	return Line(s)
}

// Quoted is Short of at most Quote characters, in quotes.
func Quoted(s string) string {
	return `"` + strings.ReplaceAll(Short(s, Quote), `"`, `\"`) + `"`
}

// Quote is how many characters of a foreign text a message quotes at most.
const Quote = 60

// Markdown returns s as Markdown text that is only text: no links, emphasis, code,
// HTML or cells.
func Markdown(s string) string {
	s = Line(s)
	if !strings.ContainsAny(s, "\\`*_[]<>&|~:.") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch c {
		case '<': // before a figure it begins no tag
			if i+1 == len(s) || s[i+1] < '0' || s[i+1] > '9' {
				b.WriteString("&lt;")
				continue
			}
		case '>':
			b.WriteString("&gt;")
			continue
		case '&':
			b.WriteString("&amp;")
			continue
		case '\\', '`', '*', '[', ']', '|', '~':
			b.WriteByte('\\')
		case '_': // inside a word it is only itself
			if i == 0 || i+1 == len(s) || !wordy(s[i-1]) || !wordy(s[i+1]) {
				b.WriteByte('\\')
			}
		case ':': // https://example.org would be a link
			if strings.HasPrefix(s[i:], "://") {
				b.WriteByte('\\')
			}
		case '.': // and www.example.org
			if i >= 3 && strings.EqualFold(s[i-3:i], "www") {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// Code returns s as a span of code in Markdown.
func Code(s string) string {
	return "`" + strings.NewReplacer("`", "'", "|", "¦").Replace(Line(s)) + "`"
}

// Cell returns s as a cell of CSV that no spreadsheet takes for a formula.
func Cell(s string) string {
	s = Line(s)
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, unicode.IsSpace)); strings.ContainsRune("=+-@＝＋－＠", first) && first != utf8.RuneError {
		return "'" + s
	}
	return s
}

// JSON returns encoded JSON in which every character that Line escapes is escaped: the
// same value, and harmless on a terminal.
func JSON(text []byte) []byte {
	if harmless(strings.ReplaceAll(string(text), "\n", "")) {
		return text
	}
	out := make([]byte, 0, len(text)+64)
	for _, r := range string(text) {
		switch {
		case r < utf8.RuneSelf && r != 0x7f || unicode.IsGraphic(r):
			out = utf8.AppendRune(out, r)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}

func harmless(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f {
			return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) }) < 0
		}
	}
	return true
}

// shown is one character as Line writes it.
func shown(r rune) string {
	switch {
	case unicode.IsGraphic(r):
		return string(r)
	case r == '\n':
		return `\n`
	case r == '\t':
		return `\t`
	case r == '\r':
		return `\r`
	case r > 0xffff:
		return fmt.Sprintf(`\U%08X`, r)
	}
	return fmt.Sprintf(`\u%04X`, r)
}

func wordy(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}
