package main

import (
	"errors"
	"fmt"
	"io"
	"syscall"
)

// sink is standard output. What cannot be written there is dropped, and the first error
// remembered: a full disk behind it, or a reader who has gone, keeps no file from being
// written.
type sink struct {
	w   io.Writer
	err error
}

// Write never fails.
func (s *sink) Write(p []byte) (int, error) {
	if s.err == nil {
		_, s.err = s.w.Write(p)
	}
	return len(p), nil
}

// lost says what became of the output, nil where it was written or nobody wants it: who
// has read enough, as head does, need not be told.
func (s *sink) lost() error {
	if s.err == nil || errors.Is(s.err, syscall.EPIPE) {
		return nil
	}
	return fmt.Errorf("cannot write to standard output: %w", s.err)
}
