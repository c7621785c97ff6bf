package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/scenarios/imports"
)

// importedLoad reads the recording of --load, which becomes the scenario's load.
func (a *app) importedLoad(i *importing, open opened) error {
	name := clean.Line(i.load)
	text, err := a.reach.readNamed(i.load, scenarios.MaxFiles)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return usagef("there is no file %s", name)
	case err != nil:
		return err
	}
	file := io.NopCloser(bytes.NewReader(text))
	rec, err := scenarios.ReadRecorded(filepath.Base(i.load), file, i.column)
	if err != nil {
		return usagef("--load %s: %s", name, strings.Replace(err.Error(), "as column = ", "as --column ", 1))
	}
	inside, far := besides(i.out, i.load)
	i.o.Load = &imports.Load{File: inside, Column: i.column, Rate: rec.Rate, Peak: rec.Peak, Said: rec.Said, Far: far, Gaps: rec.Gaps}
	open[inside] = text
	return nil
}

// besides is a file as a scenario names it, from the scenario's folder (the current one
// where the scenario goes to standard output), and whether it lies outside of that.
func besides(scenario, file string) (path string, far bool) {
	folder := "."
	if scenario != "" && scenario != "-" {
		folder = filepath.Dir(scenario)
	}
	from, err1 := filepath.Abs(folder)
	to, err2 := filepath.Abs(file)
	rel, err3 := filepath.Rel(from, to)
	if errors.Join(err1, err2, err3) != nil {
		return file, true
	}
	return filepath.ToSlash(rel), !filepath.IsLocal(rel)
}
