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

// watch is what the command and the one who obeys signals tell each other.
type watch struct {
	caught <-chan os.Signal
	over   chan struct{} // closed when the command has ended
	told   chan bool     // whether a signal came before
}

func newWatch(caught <-chan os.Signal) *watch {
	return &watch{caught, make(chan struct{}), make(chan bool, 1)}
}

// end reports whether a signal came before the command had ended. No more must come:
// this is where the line is. Who was told to stop before all was done and printed is
// never done, however it has ended; who is told later is.
func (w *watch) end() bool {
	close(w.over)
	return <-w.told
}

// obey ends ctx at the first signal, and the process at the second one or when the
// command has not ended by itself within patience. No half file stays behind.
func (w *watch) obey(cancel context.CancelFunc, at *stage, disk *osDisk, stderr io.Writer) {
	select {
	case <-w.caught:
	case <-w.over:
		w.told <- len(w.caught) > 0
		return
	}
	cancel()
	select {
	case <-w.caught:
	case <-time.After(patience):
	case <-w.over:
		w.told <- true
		return
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
