package report

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Columns is the width the text is wrapped to unless a narrower one is asked for.
const Columns = 100

// leastColumns is the narrowest text that is still one.
const leastColumns = 40

// Fit breaks the lines of a text that are wider than so many columns; 0: none. What goes
// on is set below the second column of a line that has two, else a little further in. A
// word is not broken.
func Fit(text string, columns int) string {
	return fitLines(text, columns, func(line string, width int) string {
		hang := hanging([]rune(line), width)
		return fold(line, width, strings.Repeat(" ", hang), hang)
	})
}

// FitTOML is Fit for a scenario file: comments are broken, or put above what they are
// about, and arrays are broken between their elements; other values stay on their line.
func FitTOML(text string, columns int) string {
	return fitLines(text, columns, func(line string, width int) string {
		if strings.HasPrefix(line, "#") {
			return fold(line, width, "#   ", 2)
		}
		if cut := strings.LastIndex(line, "  # "); cut >= 0 {
			return fold(line[cut+2:], width, "#   ", 2) + "\n" + foldArray(strings.TrimRight(line[:cut], " "), width)
		}
		return foldArray(line, width)
	})
}

// foldArray breaks a key's array between its elements, where TOML takes a new line.
func foldArray(line string, width int) string {
	if visible(line) <= width || !strings.Contains(line, " = [") {
		return line
	}
	var out []string
	begin, cut, depth, quoted := 0, 0, 0, false
	for i, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '[' || r == '{':
			depth++
		case r == ']' || r == '}':
			depth--
		case r == ',' && depth == 1:
			cut = i + 1
		}
		if cut > begin && utf8.RuneCountInString(line[begin:i+1])+4 > width {
			out = append(out, strings.TrimSpace(line[begin:cut]))
			begin = cut
		}
	}
	return strings.Join(append(out, strings.TrimSpace(line[begin:])), "\n    ")
}

func fitLines(text string, columns int, fit func(line string, width int) string) string {
	if columns <= 0 {
		return text
	}
	width := max(columns, leastColumns)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if visible(line) > width {
			lines[i] = fit(line, width)
		}
	}
	return strings.Join(lines, "\n")
}

// hanging is the column below which a line goes on: that of its second part, behind two
// spaces or more, unless that leaves less than half the width.
func hanging(line []rune, width int) int {
	i := 0
	for i < len(line) && line[i] == ' ' {
		i++
	}
	indent := i
	for ; i+2 < len(line) && i < width/2; i++ {
		if line[i] == ' ' && line[i+1] == ' ' && line[i+2] != ' ' {
			return i + 2
		}
	}
	return min(indent+2, width/2)
}

// fold breaks a line at its spaces, but for those before least and before a %; lines
// after the first begin with lead.
func fold(line string, width int, lead string, least int) string {
	var out []string
	rest := []rune(line)
	for len(rest) > width {
		cut := -1
		for i := least; i < len(rest) && (i <= width || cut < 0); i++ {
			if rest[i] == ' ' && rest[i-1] != ' ' && (i+1 == len(rest) || rest[i+1] != '%') {
				cut = i
			}
		}
		if cut <= 0 {
			break
		}
		out = append(out, string(rest[:cut]))
		rest = []rune(lead + strings.TrimLeft(string(rest[cut:]), " "))
		least = utf8.RuneCountInString(lead) + 1
	}
	return strings.Join(append(out, string(rest)), "\n")
}

var escapes = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// visible is how many columns a text takes on a terminal.
func visible(s string) int {
	if strings.Contains(s, "\x1b") {
		s = escapes.ReplaceAllString(s, "")
	}
	return utf8.RuneCountInString(s)
}
