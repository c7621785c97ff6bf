package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/scenarios/behaviour"
)

// recordings are the files that say how a group behaved, as the command line names them.
type recordings struct {
	flag  string // that names them
	files []string
	names []string // LABEL=METRIC
}

// flags adds the flags of a command that reads recordings.
func (r *recordings) flags(f *pflag.FlagSet, flag, does string) {
	r.flag = flag
	f.StringArrayVar(&r.files, flag, nil, does+": metrics of CloudWatch, Prometheus or a CSV, access logs, scaling activities; a file, a folder of them, or - for standard input; may be repeated")
	f.StringArrayVar(&r.names, "name", nil, "which metric a series is that is not known by its label, as LABEL=CPUUtilization, LABEL='TargetResponseTime p99', LABEL=none; may be repeated")
}

// scenarioAmong parts a scenario from the further files that a shell's * put behind it.
func (r *recordings) scenarioAmong(args []string) (scenario string, err error) {
	if len(args) == 0 {
		return "", usagef("needs a scenario: a file, - for standard input, or the name of a shipped one")
	}
	k := max(0, slices.IndexFunc(args, func(arg string) bool { return strings.HasSuffix(arg, ".toml") }))
	r.files = append(r.files, args[:k]...)
	r.files = append(r.files, args[k+1:]...)
	if len(r.files) == 0 {
		return "", usagef("needs --%s FILE: how the group was recorded; asgsim import --print-commands NAME prints how to get the files", r.flag)
	}
	return args[k], nil
}

// mostRecordings bounds the files of a folder.
const mostRecordings = 100_000

// recorded reads all recordings.
func (a *app) recorded(r *recordings) (*behaviour.Record, error) {
	names := map[string]string{}
	for _, text := range r.names {
		k := strings.LastIndexByte(text, '=')
		if k < 1 {
			return nil, usagef("--name %s: must be LABEL=METRIC", clean.Quoted(text))
		}
		names[text[:k]] = text[k+1:]
	}
	rec := behaviour.NewRecord(names)
	files, err := r.all()
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		a.at.set("reading %s", clean.Line(name))
		err := a.readRecording(rec, name)
		if errors.As(err, new(noRecording)) && !slices.Contains(r.files, name) {
			fmt.Fprintf(a.stderr, "note: %s is none of the recordings, and left out\n", clean.Line(name))
			continue
		}
		if errors.As(err, new(noRecording)) {
			return nil, usage(err)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := rec.Done(); err != nil {
		for _, n := range rec.Notes {
			fmt.Fprintf(a.stderr, "note: %s\n", clean.Line(n))
		}
		return nil, usage(err)
	}
	for _, said := range rec.Said {
		fmt.Fprintf(a.stderr, "read %s\n", clean.Line(said))
	}
	for _, n := range rec.Notes {
		fmt.Fprintf(a.stderr, "note: %s\n", clean.Line(n))
	}
	return rec, nil
}

// ofGroup keeps of the activities those of the scenario's group.
func (a *app) ofGroup(rec *behaviour.Record, name string) error {
	all, ok := rec.OfGroup(name)
	switch {
	case !ok:
		return usagef("the scaling activities are of %d groups, %s, and the scenario's auto_scaling_group.name is %s: name one of them, or give the activities of one", len(all), clean.Short(strings.Join(all, ", "), 200), clean.Quoted(name))
	case len(all) > 1:
		fmt.Fprintf(a.stderr, "note: of the activities of %d groups those of %s are taken\n", len(all), clean.Quoted(name))
	}
	return nil
}

// all are the files, with those of folders in the order of their names.
func (r *recordings) all() ([]string, error) {
	var out []string
	for _, arg := range r.files {
		info, err := os.Stat(arg)
		if arg == "-" || err != nil || !info.IsDir() {
			out = append(out, arg)
			continue
		}
		before := len(out)
		err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			switch hidden := strings.HasPrefix(d.Name(), ".") && path != arg; {
			case err != nil:
				return err
			case d.IsDir() && hidden:
				return fs.SkipDir
			case d.Type().IsRegular() && !hidden && maybeRecording(path):
				if out = append(out, path); len(out) > mostRecordings {
					return usagef("%s holds more than %d files", clean.Line(arg), mostRecordings)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(out) == before {
			return nil, usagef("%s is a folder without files", clean.Line(arg))
		}
	}
	return out, nil
}

// maybeRecording reports whether a file of a folder may be a recording, by its name: pictures,
// scripts and scenarios beside them are none.
func maybeRecording(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return slices.Contains([]string{".json", ".csv", ".tsv", ".txt", ".log", ".gz", ".yaml", ".yml", ".jsonl", ".out", ""}, ext)
}

// readRecording reads one file, piece by piece: logs may be larger than memory.
func (a *app) readRecording(rec *behaviour.Record, name string) error {
	shown, from := clean.Line(name), io.NopCloser(a.stdin)
	if name == "-" {
		shown = "stdin"
	} else {
		f, _, err := openNamed(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return usagef("there is no file %s", shown)
		case errors.As(err, new(usageError)):
			return err
		case err != nil:
			return fmt.Errorf("cannot read it: %w", err)
		}
		from = f
	}
	in := bufio.NewReaderSize(from, 4<<10)
	if begin, _ := in.Peek(in.Size()); len(bytes.TrimSpace(begin)) == 0 {
		return errors.Join(usagef("%s: is empty", shown), from.Close())
	}
	file, err := scenarios.Unpacked(both{in, from})
	if err != nil {
		return usagef("%s: %w", shown, err)
	}
	var cut error
	err = rec.Read(filepath.Base(name), stoppable{file, a.ended, &cut})
	switch closed := file.Close(); {
	case cut != nil:
		return cut
	case errors.Is(err, behaviour.ErrNothing):
		return noRecording{usageError{fmt.Errorf("%s: %w", shown, err)}}
	case err != nil:
		return usagef("%s: %w", shown, err)
	default:
		return closed
	}
}

// noRecording is a file that is something else.
type noRecording struct{ usageError }

// both reads from one and closes the other.
type both struct {
	io.Reader
	io.Closer
}
