package main

import (
	"context"
	"errors"
	"os"
	"syscall"
	"testing"
	"time"
)

// A signal that comes before the command has ended counts, whether or not anybody had
// the time to obey it; one that comes later does not.
func TestASignalBeforeTheEndCounts(t *testing.T) {
	for _, before := range []int{0, 1} {
		caught := make(chan os.Signal, 2)
		w := newWatch(caught)
		for range before {
			caught <- syscall.SIGTERM
		}
		go w.obey(func() {}, nil, &osDisk{}, os.Stderr) // sees both at once
		if told := w.end(); told != (before > 0) {
			t.Errorf("%d signals before the end: told %v", before, told)
		}
		caught <- syscall.SIGTERM
	}
}

// A file that a scenario names is read no further once the command is told to stop.
func TestReadingStopsWhenTold(t *testing.T) {
	dir := t.TempDir()
	file(t, dir, "large.csv", "t,n\n"+secondsOfTrace(1000))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	a := &app{reach: reach{}, ended: func() error {
		if ctx.Err() != nil {
			return errInterrupted
		}
		return nil
	}}
	var cut error
	f, err := a.until(a.reach.opener(dir), &cut)("large.csv")
	mustDo(t, err)
	defer func() { _ = f.Close() }()
	if _, err = f.Read(make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	cancel()
	if n, err := f.Read(make([]byte, 1000)); n != 0 || !errors.Is(err, errInterrupted) || !errors.Is(cut, errInterrupted) {
		t.Errorf("%d bytes more, %v", n, err)
	}
}

// A command that was told to stop before it had read what it works on has not done its
// work, even where it could still do it in time.
func TestToldInTimeIsNeverDone(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	for _, args := range [][]string{{"validate", "-"}, {"show", "-"}} {
		c, msg := program(t, t.TempDir(), args...)
		stdin, err := c.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(300 * time.Millisecond) // it waits for the scenario by then
		_ = c.Process.Signal(syscall.SIGINT)
		time.Sleep(20 * time.Millisecond)
		_, _ = stdin.Write([]byte(tiny))
		_ = stdin.Close()
		_ = c.Wait()
		if code := c.ProcessState.ExitCode(); code != exitInterrupted {
			t.Errorf("%v: exit code %d: %s", args, code, msg)
		}
	}
}
