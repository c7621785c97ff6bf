package chart

import (
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"asgsim/report/clean"
)

// twoLines breaks a text that is wider than width at a space, and shortens what is
// too wide even so.
func twoLines(txt string, sty text.Style, width vg.Length) []string {
	if sty.Width(txt) <= width {
		return []string{txt}
	}
	words := strings.Fields(txt)
	n := len(words) - 1
	for n > 1 && sty.Width(strings.Join(words[:n], " ")) > width {
		n--
	}
	if n < 1 {
		return []string{fit(txt, sty, width)}
	}
	return []string{fit(strings.Join(words[:n], " "), sty, width), fit(strings.Join(words[n:], " "), sty, width)}
}

// widest is how many characters a line of any picture may have at most.
const widest = 300

// fit shortens a text that is wider than width.
func fit(txt string, sty text.Style, width vg.Length) string {
	txt = clean.Short(txt, widest)
	for r := []rune(txt); sty.Width(txt) > width && len(r) > 1; {
		r = r[:len(r)-1]
		txt = string(r) + "…"
	}
	return txt
}
