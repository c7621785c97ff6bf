package main

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/report"
)

// columns is the width that text is to have: what COLUMNS says, else that of the
// terminal; 0 where there is none.
func (a *app) columns() int {
	if n, err := strconv.Atoi(a.getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	return a.width
}

// messageColumns is the width that messages are to have.
func (a *app) messageColumns() int {
	if a.errTerminal || a.getenv("COLUMNS") != "" {
		return a.columns()
	}
	return 0
}

// say prints a text on standard output, no wider than was asked for.
func (a *app) say(text string) {
	_, _ = io.WriteString(a.out, report.Fit(text, a.columns())) // a.out keeps the error
}

// help prints what cobra's own help prints, no wider than was asked for.
func (a *app) help(c *cobra.Command, _ []string) {
	about := c.Long
	if about == "" {
		about = c.Short
	}
	a.say(strings.TrimSpace(about) + "\n\n" + c.UsageString())
}

// messages is standard error, no wider than was asked for.
type messages struct {
	w       io.Writer
	columns int
}

// Write takes whole lines; a line that is drawn over (progress) is passed on as it is.
func (m messages) Write(p []byte) (int, error) {
	text := p
	if !bytes.ContainsRune(p, '\r') {
		text = []byte(report.Fit(string(p), m.columns))
	}
	if _, err := m.w.Write(text); err != nil {
		return 0, err
	}
	return len(p), nil
}
