package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"asgsim/report"
	"asgsim/report/chart"
	"asgsim/report/clean"
	"asgsim/sim/account"
	"asgsim/sim/des"
)

// outputs writes the files of a run.
type outputs struct {
	disk  disk
	dir   string
	plots []string     // further pictures
	plain bool         // no pictures but those
	step  des.Duration // of the rows of the timeline and of the metrics; 0: as the run keeps them
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

// prepare finds out before the run what would fail after it: it makes the folder,
// and tries to write where each of the files goes.
func (o *outputs) prepare(files []string) error {
	for _, p := range o.plots {
		if _, err := chart.FormatOf(p); err != nil {
			return usage(err)
		}
	}
	if err := o.disk.MkdirAll(o.dir); err != nil {
		return fmt.Errorf("cannot make the output folder: %w; --out DIR names another", err)
	}
	if err := o.tryFolder(o.dir); err != nil {
		return fmt.Errorf("cannot write to the output folder: %w; --out DIR names another", err)
	}
	for _, p := range o.plots {
		if err := o.tryFolder(filepath.Dir(p)); err != nil {
			return fmt.Errorf("cannot write --plot %s: %w; its folder must be there", p, err)
		}
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err == nil && info.IsDir() {
			return fmt.Errorf("cannot write %s: a folder of that name is in the way", f)
		}
		if err := ignoreMissing(err); err != nil {
			return fmt.Errorf("cannot write %s: %w", clean.Short(f, 80), bare(err))
		}
	}
	return nil
}

// tryFolder writes an empty file to a folder and removes it.
func (o *outputs) tryFolder(dir string) error {
	f, err := o.disk.CreateTemp(dir, ".asgsim.*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), o.disk.Remove(f.Name()))
}

// job is one file to write.
type job struct {
	path string
	fill func(io.Writer) error
}

// write writes everything, data first. What cannot be drawn or written does not keep
// the others from it; interrupted, it goes no further. The error says which files are
// missing; those written are complete.
func (o *outputs) write(ctx context.Context, doc *report.Document, res *account.Result) error {
	jobs := o.jobs(doc, res)
	contents := render(ctx, jobs)
	var missing []string
	var first error
	for i, j := range jobs {
		c := <-contents[i]
		switch {
		case ctx.Err() != nil: // what was written until then stays, and is not missing
			c.err = stopped(ctx)
		case c.err == nil:
			c.err = write(o.disk, j.path, func(w io.Writer) error { _, err := w.Write(c.text); return err })
		}
		if c.err != nil {
			missing = append(missing, j.path)
			if first == nil || ctx.Err() != nil {
				first = c.err
			}
		}
	}
	if first != nil {
		return fmt.Errorf("%w\nnot written: %s", first, strings.Join(missing, ", "))
	}
	return nil
}

func (o *outputs) jobs(doc *report.Document, res *account.Result) []job {
	rows := res
	if o.step > res.Interval {
		rows = report.Coarser(res, o.step, chart.Percentile)
	}
	data := []func(io.Writer) error{
		func(w io.Writer) error {
			saved := *doc
			saved.Files = within(o.dir, doc.Files)
			return report.WriteResult(w, &saved, res)
		},
		func(w io.Writer) error { return report.WriteTimeline(w, rows) },
		func(w io.Writer) error { return report.WriteInstances(w, res) },
		func(w io.Writer) error { return report.WriteActivities(w, res) },
		func(w io.Writer) error { return report.WriteMetrics(w, rows) },
	}
	var jobs []job
	for i, name := range o.data() {
		jobs = append(jobs, job{filepath.Join(o.dir, name), data[i]})
	}
	// One picture serves the files that show it.
	pictures := sync.OnceValues(func() (all []chart.Picture, err error) {
		defer caught(&err)
		return chart.Pictures(doc, res), nil
	})
	draw := func(path, name string, f chart.Format) {
		jobs = append(jobs, job{path, func(w io.Writer) error {
			all, err := pictures()
			if err != nil {
				return err
			}
			p := named(all, name)
			return p.Encode(w, f)
		}})
	}
	if !o.plain {
		for _, name := range chart.Names() {
			draw(filepath.Join(o.dir, name+".png"), name, chart.PNG)
		}
	}
	for _, path := range o.plots {
		format, _ := chart.FormatOf(path) // prepare has looked
		draw(path, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), format)
	}
	return jobs
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
				out[i] <- content{err: stopped(ctx)}
				return
			}
			out[i] <- j.content()
		}()
	}
	return out
}

// content fills a file; a panic is its error.
func (j *job) content() (c content) {
	defer caught(&c.err)
	var b bytes.Buffer
	err := j.fill(&b)
	return content{b.Bytes(), err}
}

// named returns the picture of that name, else the report.
func named(all []chart.Picture, name string) chart.Picture {
	for _, p := range all {
		if p.Name == name {
			return p
		}
	}
	return all[0]
}
