package main

import (
	"fmt"
	"strings"

	"asgsim/report"
	"asgsim/report/clean"
	"asgsim/scenarios"
)

// diffImport prints what an import says otherwise than an earlier one, key by key. What
// import assumes, and what was put in its place since, is left out: no file says it.
func (a *app) diffImport(earlier string, text []byte, open scenarios.Opener) error {
	plain := scenarios.Options{Only: []string{scenarios.Plain}, Unadvised: true}
	was, err := a.load(earlier, plain)
	if err != nil {
		return err
	}
	plain.Prices = a.openPrices
	is, err := scenarios.Load(scenarios.Source{Name: "imported", Text: text}, open, plain)
	if err != nil {
		return err
	}
	var lines []string
	for _, c := range changesOf(&was.Configs[0], &is.Configs[0]) {
		if !ofLoad(c.Key) && !assumedByImport(c.Key) {
			lines = append(lines, report.ChangeLine(c)+"\n")
		}
	}
	if len(lines) == 0 {
		a.say(fmt.Sprintf("nothing has changed since %s\n", clean.Line(earlier)))
		return nil
	}
	a.say(fmt.Sprintf("changed since %s:\n", clean.Line(earlier)))
	a.say(strings.Join(lines, ""))
	return nil
}

// assumedByImport reports whether a key is one that no file of AWS's says.
func assumedByImport(key string) bool {
	return strings.HasPrefix(key, "hook.") && (strings.HasSuffix(key, ".duration") || strings.HasSuffix(key, ".success")) || strings.HasPrefix(key, "instance.memory.")
}
