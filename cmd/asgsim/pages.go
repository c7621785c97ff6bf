package main

import (
	"embed"
	"fmt"
	"regexp"
)

// pages are the written help topics, in Markdown; README.md links to them, and their
// commands are executed by the same test as README.md's.
//
//go:embed pages/*.md
var pages embed.FS

// written returns the text of a page for a terminal: pictures are left out.
func written(name string) func() string {
	return func() string {
		text, err := pages.ReadFile("pages/" + name + ".md")
		if err != nil {
			panic(fmt.Sprintf("no page %s: %v", name, err)) // embedded: a test reads every one
		}
		return regexp.MustCompile(`(?m)^!\[[^\n]*\n\n?`).ReplaceAllString(string(text), "")
	}
}
