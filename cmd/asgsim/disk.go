package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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

// osDisk is the machine's file system.
type osDisk struct{}

func (osDisk) MkdirAll(dir string) error                        { return os.MkdirAll(dir, 0o755) }
func (osDisk) CreateTemp(dir, pattern string) (tempFile, error) { return os.CreateTemp(dir, pattern) }
func (osDisk) Rename(from, to string) error                     { return os.Rename(from, to) }
func (osDisk) Remove(name string) error                         { return os.Remove(name) }

// write makes a file appear under its name complete or not at all: content goes
// to a temporary name in the same folder, which is renamed at the end.
func write(d disk, path string, fill func(io.Writer) error) (err error) {
	f, err := d.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
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
