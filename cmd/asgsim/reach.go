package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"asgsim/report/clean"
	"asgsim/report/format"
	"asgsim/scenarios"
	"asgsim/scenarios/form"
)

// mostFile is how large a file may be, and mostRows how many rows traces may have, at the
// most that flags allow.
const mostFile, mostRows = 1 << 30, 100_000_000

// reach is which files are read: what the command line says of it.
type reach struct {
	allowed []string // folders beside the scenario's own
	largest fileSize // 0: form.MaxFile, maxResult, scenarios.MaxFiles
	rows    rowCount // of traces; 0: scenarios.MaxRows
}

// fileSize is the value of --max-file-size; 0: not given.
type fileSize int64

func (s *fileSize) String() string {
	if *s == 0 {
		return ""
	}
	return memorySize(float64(*s))
}

// Type implements pflag.Value.
func (*fileSize) Type() string { return "size" }

// Set implements pflag.Value.
func (s *fileSize) Set(text string) error {
	v, wrong := form.ParseSize(text)
	if wrong != nil || v < 1 || v > mostFile {
		return fmt.Errorf("must be a size of at most %s", memorySize(mostFile))
	}
	*s = fileSize(v)
	return nil
}

// rowCount is the value of --max-trace-rows; 0: not given.
type rowCount int

func (n *rowCount) String() string {
	if *n == 0 {
		return ""
	}
	return strconv.Itoa(int(*n))
}

// Type implements pflag.Value.
func (*rowCount) Type() string { return "count" }

// Set implements pflag.Value.
func (n *rowCount) Set(text string) error {
	v, err := strconv.Atoi(text)
	if err != nil || v < 1 || v > mostRows {
		return fmt.Errorf("must be a whole number of 1 to %d", mostRows)
	}
	*n = rowCount(v)
	return nil
}

// flags adds the flags of a command that reads scenarios.
func (r *reach) flags(c *cobra.Command) {
	c.Flags().StringArrayVar(&r.allowed, "allow-path", nil, "also read files in this folder that a scenario names; may be repeated (default: only in the scenario's own folder and below)")
	c.Flags().Var(&r.largest, "max-file-size", "the largest scenario, saved result or trace that is read, such as 200MiB (default 4MiB, 128MiB of a result, 96MiB of all traces together)")
	c.Flags().Var(&r.rows, "max-trace-rows", fmt.Sprintf("how many rows all traces of a scenario may have together (default %s)", format.Count(scenarios.MaxRows)))
}

// opener opens the files that a scenario in a folder names: regular files in the folder
// or below, or in a folder that was allowed. No symbolic link leads out of it.
func (r *reach) opener(folder string) scenarios.Opener {
	return func(path string) (io.ReadCloser, error) {
		name := clean.Quoted(path)
		root, inside := folder, path
		if !filepath.IsLocal(path) || leadsOut(folder, path) {
			if root, inside = r.within(folder, path); root == "" {
				return nil, fmt.Errorf("%s is not in the scenario's folder", name)
			}
		}
		f, err := openRegular(root, inside)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("there is no file %s", name)
		case errors.Is(err, fs.ErrPermission):
			return nil, fmt.Errorf("%s may not be read", name)
		case errors.As(err, new(notRegular)):
			return nil, fmt.Errorf("%s is %w", name, err)
		case err != nil:
			return nil, fmt.Errorf("%s cannot be opened: %w", name, bare(err))
		}
		return f, nil
	}
}

// bare is an error without the path that it speaks of, which is told already.
func bare(err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		return of.Err
	}
	return err
}

// leadsOut reports whether a symbolic link on the path leads out of the folder.
func leadsOut(folder, path string) bool {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return false // opening it says so
	}
	defer func() { _ = root.Close() }() // read only
	_, err = root.Stat(path)
	return err != nil && strings.Contains(err.Error(), "escapes")
}

// within finds the allowed folder that a path lies in, and the path in it; an empty
// folder where there is none.
func (r *reach) within(folder, path string) (root, inside string) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	for _, dir := range r.allowed {
		from, to := resolved(dir), resolved(path)
		if rel, err := filepath.Rel(from, to); err == nil && filepath.IsLocal(rel) {
			return from, rel
		}
	}
	return "", ""
}

// resolved is a path without symbolic links as far as it exists, from the root.
func resolved(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// openRegular opens a file within a folder, which must be a regular one: what blocks
// or never ends is not even opened.
func openRegular(folder, path string) (io.ReadCloser, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // the file stays open
	info, err := root.Stat(path)
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, err
	}
	f, err := root.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err = f.Stat(); err == nil {
		err = regular(info)
	}
	switch {
	case err != nil:
	case info.Size() > mostFile:
		err = notRegular{fmt.Sprintf("one larger than %d bytes", mostFile)}
	case info.Size() == 0 && speaks(f):
		err = notRegular{"what the machine tells of itself: it has no size and yet a content"}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	// What grows meanwhile, or has no size and yet a content, is no data but the machine's.
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(f, info.Size()), f}, nil
}

// speaks reports whether there is anything to read.
func speaks(r io.Reader) bool {
	n, _ := r.Read(make([]byte, 1))
	return n > 0
}

// regular says of what is no regular file what it is.
func regular(info fs.FileInfo) error {
	for _, kind := range []struct {
		mode fs.FileMode
		name string
	}{{fs.ModeDir, "a folder"}, {fs.ModeNamedPipe, "a pipe"}, {fs.ModeSocket, "a socket"}, {fs.ModeDevice, "a device"}, {fs.ModeCharDevice, "a device"}} {
		if info.Mode()&kind.mode != 0 {
			return notRegular{kind.name}
		}
	}
	if !info.Mode().IsRegular() {
		return notRegular{"something else"}
	}
	return nil
}

// notRegular is what was named instead of a regular file.
type notRegular struct{ kind string }

func (n notRegular) Error() string { return "not a regular file but " + n.kind }

// readNamed reads a file that the command line names, wherever it is, of at most so many
// bytes unless more are allowed.
func (r *reach) readNamed(path string, most int64) ([]byte, error) {
	f, info, err := openNamed(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	if r.largest > 0 {
		most = int64(r.largest)
	}
	if info.Size() > most {
		return nil, tooLarge(clean.Line(path), most)
	}
	text, err := r.bounded(f, clean.Line(path), most)
	if err == nil && info.Size() == 0 && len(text) > 0 {
		return nil, usagef("%s is not a file on a disk: it has no size and yet a content", clean.Line(path))
	}
	return text, err
}

// openNamed opens a regular file that the command line names, wherever it is, to be read
// piece by piece.
func openNamed(path string) (*os.File, fs.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if err := regular(info); err != nil {
		return nil, nil, usagef("%s is %w; - reads standard input, whatever that is", clean.Line(path), err)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	return f, info, err
}

// bounded reads all of a scenario or saved result, unless it is too large.
func (r *reach) bounded(from io.Reader, name string, most int64) ([]byte, error) {
	if r.largest > 0 {
		most = int64(r.largest)
	}
	text, err := io.ReadAll(io.LimitReader(from, most+1))
	if err == nil && int64(len(text)) > most {
		return nil, tooLarge(name, most)
	}
	return text, err
}

func tooLarge(name string, most int64) error {
	return usagef("%s: is larger than %d bytes; --max-file-size raises the limit", name, most)
}
