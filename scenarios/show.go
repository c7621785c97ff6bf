package scenarios

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"asgsim/report/clean"
)

// Show prints every effective value of a configuration as TOML, with where it
// came from in a comment. Keys without a value are comments as a whole, so what
// is printed can be loaded again. At the end stands what one instance carries.
func (c *Config) Show(w io.Writer) error {
	if err := c.showValues(w); err != nil {
		return err
	}
	return c.ShowInstance(w)
}

// showValues prints the values alone.
func (c *Config) showValues(w io.Writer) error {
	width := 0
	lines := make([][2]string, 0, len(c.Values))
	table := "\x00"
	for _, v := range c.Values {
		dot := strings.LastIndexByte(v.Key, '.')
		parent, key := "", v.Key
		if dot >= 0 {
			parent, key = v.Key[:dot], v.Key[dot+1:]
		}
		if parent != table {
			if table != "\x00" {
				lines = append(lines, [2]string{})
			}
			if table = parent; parent != "" {
				lines = append(lines, [2]string{"[" + parent + "]"})
			}
		}
		if v.Text == "" {
			lines = append(lines, [2]string{"# " + key, v.From})
			continue
		}
		text := key + " = " + v.Text
		if strings.HasPrefix(v.From, "derived") && !strings.Contains(v.Key, "start") && v.Key != "duration" {
			text = "# " + text
		}
		lines = append(lines, [2]string{text, v.From})
		if n := utf8.RuneCountInString(text); n > width && n <= 64 {
			width = n
		}
	}
	for _, l := range lines {
		text := l[0]
		if l[1] != "" {
			text = fmt.Sprintf("%-*s  # %s", width, text, l[1])
			if strings.HasPrefix(l[0], "# ") && !strings.Contains(l[0], "=") {
				text = fmt.Sprintf("%s: %s", l[0], l[1])
			}
		}
		if _, err := io.WriteString(w, clean.Line(text)+"\n"); err != nil {
			return err
		}
	}
	return nil
}
