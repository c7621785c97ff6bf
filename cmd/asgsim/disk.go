package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// disk is what writing results needs of a file system.
type disk interface {
	MkdirAll(dir string) error
	CreateTemp(dir, pattern string) (tempFile, error)
	Rename(from, to string) error
	Remove(name string) error
}

// tempFile is a file under construction.
type tempFile interface {
	io.WriteCloser
	Name() string
	Sync() error
}

// osDisk is the machine's file system. It knows the temporary files that exist, so
// that none is left behind when the process ends at once.
type osDisk struct {
	mu    sync.Mutex
	temps map[string]bool
}

// MkdirAll implements disk.
func (*osDisk) MkdirAll(dir string) error { return os.MkdirAll(dir, 0o755) }

// CreateTemp implements disk.
func (d *osDisk) CreateTemp(dir, pattern string) (tempFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f, err := os.CreateTemp(dir, pattern)
	if err != nil {
		return nil, err
	}
	if d.temps == nil {
		d.temps = map[string]bool{}
	}
	d.temps[f.Name()] = true
	return f, nil
}

// Rename implements disk.
func (d *osDisk) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	err := os.Rename(from, to)
	if err == nil {
		delete(d.temps, from)
	}
	return err
}

// Remove implements disk.
func (d *osDisk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.temps, name)
	return os.Remove(name)
}

// clear removes the temporary files, for good: whoever writes from then on waits
// for ever. It returns those that could not be removed.
func (d *osDisk) clear() []string {
	d.mu.Lock()
	var left []string
	for name := range d.temps {
		if ignoreMissing(os.Remove(name)) != nil {
			left = append(left, name)
		}
	}
	return left
}

// write makes a file appear under its name complete or not at all: content goes
// to a temporary name in the same folder, which is renamed at the end.
func write(d disk, path string, fill func(io.Writer) error) (err error) {
	f, err := d.CreateTemp(filepath.Dir(path), ".asgsim.*") // short: the name itself may be as long as there are
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("cannot write %s: %w", path, errors.Join(err, ignoreMissing(d.Remove(f.Name()))))
		}
	}()
	if err := fill(f); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Sync(); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Close(); err != nil {
		return err
	}
	if file, ok := f.(*os.File); ok {
		if err := os.Chmod(file.Name(), 0o644); err != nil { // temporary files are private
			return err
		}
	}
	return d.Rename(f.Name(), path)
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
