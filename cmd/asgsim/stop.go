package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"
)

// patience is how long the command may take to end by itself after the first signal:
// whatever it is at then, reading, decoding, simulating or drawing, it is over within
// a second.
const patience = 700 * time.Millisecond

// stage is what the command is at, for the one who ends it.
type stage struct{ text atomic.Value }

// set says what the command is at, such as "drawing". A nil stage forgets it.
func (s *stage) set(format string, args ...any) {
	if s != nil {
		s.text.Store(fmt.Sprintf(format, args...))
	}
}

func (s *stage) String() string {
	if s == nil {
		return ""
	}
	text, _ := s.text.Load().(string)
	return text
}

// obey ends ctx at the first signal, and the process at the second one or when the
// command has not ended by itself within patience. No half file stays behind.
func obey(caught <-chan os.Signal, cancel context.CancelFunc, at *stage, disk *osDisk, stderr io.Writer) {
	<-caught
	cancel()
	select {
	case <-caught:
	case <-time.After(patience):
	}
	stray := disk.clear()
	text := at.String()
	if text != "" {
		text = " while " + text
	}
	fmt.Fprintf(stderr, "asgsim: %v%s; files that were complete by then stay\n", errInterrupted, text)
	for _, name := range stray {
		fmt.Fprintf(stderr, "asgsim: could not remove %s\n", name)
	}
	os.Exit(exitInterrupted)
}
