package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"

	"asgsim/scenarios"
	"asgsim/scenarios/imports"
	"asgsim/scenarios/series"
)

// opened holds the files that an imported scenario names, by the names that it has for them.
type opened map[string][]byte

func (s opened) open(name string) (io.ReadCloser, error) {
	text, ok := s[name]
	if !ok {
		return noFiles(name)
	}
	return io.NopCloser(bytes.NewReader(text)), nil
}

// importedRecordings offers the series of --metrics to the import, for metrics that the
// simulator does not produce.
func (a *app) importedRecordings(i *importing, open opened) error {
	if len(i.recordings.files) == 0 {
		return nil
	}
	files, err := i.recordings.all()
	if err != nil {
		return err
	}
	for _, name := range files {
		if name == "-" {
			continue // a scenario cannot name it
		}
		text, err := a.reach.readNamed(name, scenarios.MaxFiles)
		if err != nil {
			continue // calibration says what is wrong with it
		}
		inside, far := besides(i.out, name)
		for _, s := range seriesOf(text) {
			r := imports.Recorded{Names: []string{s.Name, s.ID}, Stat: s.Stat, File: inside, Far: far}
			for _, column := range slices.Compact([]string{"", s.Name, s.Stat, s.ID}) {
				if column == "" && s.several {
					continue
				}
				if r.Said, err = scenarios.ReadReplayed(filepath.Base(name), io.NopCloser(bytes.NewReader(text)), column); err == nil {
					r.Column = column
					i.o.Recorded = append(i.o.Recorded, r)
					open[inside] = text
					break
				}
			}
		}
	}
	return nil
}

// moreRecordings takes the recordings off the arguments that a shell's * put behind --metrics:
// they are no configuration.
func (a *app) moreRecordings(args []string, r *recordings) (left []string) {
	if len(r.files) == 0 {
		return args
	}
	for _, arg := range args {
		if arg != "-" && a.isRecording(arg) {
			r.files = append(r.files, arg)
		} else {
			left = append(left, arg)
		}
	}
	return left
}

// isRecording reports whether a file says how a group behaved and nothing of how it is
// configured.
func (a *app) isRecording(name string) bool {
	f, _, err := openNamed(name)
	if err != nil {
		return false // import says what is wrong with it
	}
	file, err := scenarios.Unpacked(f)
	if err != nil {
		return false
	}
	defer file.Close() //nolint:errcheck // it was only read
	in := bufio.NewReaderSize(file, 64<<10)
	switch series.KindOf(in) {
	case series.AccessLog, series.LoadTest:
		return true
	case series.JSON:
		var parts map[string]json.RawMessage
		if json.NewDecoder(io.LimitReader(in, series.MaxJSON)).Decode(&parts) != nil {
			return false
		}
		for _, part := range [...]string{"MetricDataResults", "Datapoints", "Activities", "data"} {
			if _, ok := parts[part]; ok {
				return len(parts) <= 4 // beside it stand a token, a label, messages
			}
		}
		return false
	}
	text, err := a.reach.readNamed(name, scenarios.MaxFiles)
	return err == nil && len(seriesOf(text)) > 0
}

// one is a series of a file.
type one struct {
	series.Named
	several bool // it does not stand there alone
}

// seriesOf lists the series of a file; none of one that is no recording of metrics.
func seriesOf(text []byte) []one {
	r, err := scenarios.Unpacked(io.NopCloser(bytes.NewReader(text)))
	if err != nil {
		return nil
	}
	defer r.Close() //nolint:errcheck // it was only read
	in := bufio.NewReaderSize(io.LimitReader(r, series.MaxJSON), 64<<10)
	var all *series.Several
	switch series.KindOf(in) {
	case series.JSON:
		var doc json.RawMessage
		if json.NewDecoder(in).Decode(&doc) == nil {
			all, _, err = series.FromJSON(doc, scenarios.MaxRows)
		}
	case series.Table:
		all, err = series.ReadColumns(in, scenarios.MaxRows)
	}
	if err != nil || all == nil {
		return nil
	}
	var out []one
	for _, s := range all.Series {
		out = append(out, one{s, len(all.Series) > 1})
	}
	return out
}

// besideReplayed are the files of --metrics but for those whose every series is replayed: they
// say nothing of the group.
func (i *importing) besideReplayed(replayed []imports.Recorded) (left []string, err error) {
	files, err := i.recordings.all()
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		inside, _ := besides(i.out, name)
		is := func(r imports.Recorded) bool { return r.File == inside }
		beside := func(r imports.Recorded) bool {
			return is(r) && !slices.ContainsFunc(replayed, func(o imports.Recorded) bool { return is(o) && o.Column == r.Column })
		}
		if !slices.ContainsFunc(i.o.Recorded, is) || slices.ContainsFunc(i.o.Recorded, beside) {
			left = append(left, name)
		}
	}
	return left, nil
}

// farFolder is where a file lies that the scenario names and that is not in its folder or
// below, as the command line has it; empty: there is none.
func (i *importing) farFolder(res *imports.Result) string {
	if i.o.Load != nil && i.o.Load.Far {
		return filepath.Dir(i.load)
	}
	for _, r := range res.Replayed {
		if r.Far {
			return filepath.Join(filepath.Dir(i.out), filepath.Dir(r.File))
		}
	}
	return ""
}
