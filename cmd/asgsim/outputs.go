package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"

	"asgsim/report"
	"asgsim/report/chart"
	"asgsim/sim/account"
)

// outputs writes the files of a run.
type outputs struct {
	disk  disk
	dir   string
	plots []string // further pictures
	plain bool     // no pictures but those
}

// data files, after the pictures.
func (o *outputs) data() []string {
	return []string{"result.json", "timeline.csv", "instances.csv", "activities.json", "metrics.csv"}
}

// files names all files in the order they are told.
func (o *outputs) files() []string {
	var out []string
	if !o.plain {
		for _, name := range chart.Names() {
			out = append(out, filepath.Join(o.dir, name+".png"))
		}
	}
	for _, name := range o.data() {
		out = append(out, filepath.Join(o.dir, name))
	}
	return append(out, o.plots...)
}

// within names files as seen from a folder, so that what is saved there is the same
// in any other.
func within(dir string, files []string) []string {
	out := []string{}
	for _, f := range files {
		if name, err := filepath.Rel(dir, f); err == nil {
			f = filepath.ToSlash(name)
		}
		out = append(out, f)
	}
	return out
}

// prepare finds out before the run what would fail after it.
func (o *outputs) prepare() error {
	for _, p := range o.plots {
		if _, err := chart.FormatOf(p); err != nil {
			return usage(err)
		}
	}
	if err := o.disk.MkdirAll(o.dir); err != nil {
		return fmt.Errorf("cannot make the output folder: %w; --out DIR names another", err)
	}
	f, err := o.disk.CreateTemp(o.dir, ".asgsim.*")
	if err != nil {
		return fmt.Errorf("cannot write to the output folder: %w; --out DIR names another", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("cannot write to the output folder: %w", err)
	}
	return o.disk.Remove(f.Name())
}

// job is one file to write.
type job struct {
	path string
	fill func(io.Writer) error
}

// write writes everything, data first. Interrupted or out of room, it says which
// files are missing; those written are complete.
func (o *outputs) write(ctx context.Context, doc *report.Document, res *account.Result) error {
	jobs, err := o.jobs(doc, res)
	if err != nil {
		return err
	}
	contents := render(ctx, jobs)
	for i, j := range jobs {
		c := <-contents[i]
		if ctx.Err() != nil {
			c.err = errInterrupted
		}
		if c.err == nil {
			c.err = write(o.disk, j.path, func(w io.Writer) error { _, err := w.Write(c.text); return err })
		}
		if c.err != nil {
			var missing []string
			for _, m := range jobs[i:] {
				missing = append(missing, m.path)
			}
			return fmt.Errorf("%w\nnot written: %s", c.err, strings.Join(missing, ", "))
		}
	}
	return nil
}

func (o *outputs) jobs(doc *report.Document, res *account.Result) ([]job, error) {
	data := []func(io.Writer) error{
		func(w io.Writer) error {
			saved := *doc
			saved.Files = within(o.dir, doc.Files)
			return report.WriteResult(w, &saved, res)
		},
		func(w io.Writer) error { return report.WriteTimeline(w, res) },
		func(w io.Writer) error { return report.WriteInstances(w, res) },
		func(w io.Writer) error { return report.WriteActivities(w, res) },
		func(w io.Writer) error { return report.WriteMetrics(w, res) },
	}
	var jobs []job
	for i, name := range o.data() {
		jobs = append(jobs, job{filepath.Join(o.dir, name), data[i]})
	}
	var pictures []chart.Picture
	if !o.plain || len(o.plots) > 0 {
		pictures = chart.Pictures(doc, res)
	}
	if !o.plain {
		for _, p := range pictures {
			jobs = append(jobs, job{filepath.Join(o.dir, p.Name+".png"), func(w io.Writer) error { return p.Encode(w, chart.PNG) }})
		}
	}
	for _, path := range o.plots {
		format, err := chart.FormatOf(path)
		if err != nil {
			return nil, usage(err)
		}
		p := named(pictures, path)
		jobs = append(jobs, job{path, func(w io.Writer) error { return p.Encode(w, format) }})
	}
	return jobs, nil
}

// content is a file's content, ready to be written.
type content struct {
	text []byte
	err  error
}

// render makes the contents of all files on all cores, each delivered to its own
// channel.
func render(ctx context.Context, jobs []job) []chan content {
	out := make([]chan content, len(jobs))
	cores := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, j := range jobs {
		out[i] = make(chan content, 1)
		go func() {
			cores <- struct{}{}
			defer func() { <-cores }()
			if ctx.Err() != nil {
				out[i] <- content{err: errInterrupted}
				return
			}
			var b bytes.Buffer
			err := j.fill(&b)
			out[i] <- content{b.Bytes(), err}
		}()
	}
	return out
}

// named returns the picture a file is named after, else the report.
func named(all []chart.Picture, path string) chart.Picture {
	stem := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	for _, p := range all {
		if p.Name == stem {
			return p
		}
	}
	return all[0]
}
