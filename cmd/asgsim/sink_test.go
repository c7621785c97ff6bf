package main

import (
	"context"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// failing is a standard output that nothing can be written to.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// Where standard output is full the figures are in the files; who has left, as head does,
// is not told so.
func TestFilesAreWrittenWithoutStandardOutput(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
		said string
	}{
		{&os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}, exitFailed, "cannot write to standard output: write /dev/stdout: no space left on device\n"},
		{&os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.EPIPE}, exitUnread, ""},
	} {
		dir := t.TempDir()
		for _, verb := range [][]string{{"run", "-"}, {"run", "-", "--json"}, {"compare", "-", "--replications", "2"}} {
			var msg strings.Builder
			code := run(context.Background(), append(verb, "--out", dir, "--no-pictures"), machine{stdin: strings.NewReader(tiny), stdout: failing{c.err}, stderr: &msg,
				getenv: os.Getenv, now: time.Now, disk: &osDisk{}, simulate: simulated})
			if code != c.code || !strings.HasSuffix(msg.String(), c.said) || c.said == "" && strings.Contains(msg.String(), "standard output") {
				t.Errorf("%v: exit code %d, %q", verb, code, msg.String())
			}
		}
		if got := strings.Join(names(t, dir), " "); got != "activities.json compare.csv compare.json compare.md instances.csv metrics.csv result.json timeline.csv" {
			t.Errorf("written: %s", got)
		}
	}
	if err := (&sink{w: io.Discard}).lost(); err != nil {
		t.Error(err)
	}
}

// A name that a file system takes is taken, and one that it does not take is refused before
// the run: nothing is simulated in vain.
func TestLongNamesOfPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	dir := t.TempDir()
	call := func(name string) (int, string, string) {
		return call(t.Context(), t, &osDisk{}, "run", "-", "-q", "--no-pictures", "--out", dir, "--plot", dir+"/"+name)
	}
	longest := strings.Repeat("p", 251) + ".png"
	if code, _, msg := call(longest); code != exitDone {
		t.Errorf("255 characters: exit code %d, %.200s", code, msg)
	}
	if code, out, msg := call("p" + longest); code != exitFailed || out != "" || !strings.HasSuffix(msg, "…: file name too long\n") {
		t.Errorf("256 characters: exit code %d, %.200s %.300s", code, out, msg)
	}
}

// A seed on the command line is one that a file may hold too.
func TestSeedsOfTheCommandLine(t *testing.T) {
	for text, want := range map[string]int{"9223372036854775807": exitDone, "9223372036854775808": exitUsage, "-1": exitUsage, "x": exitUsage} {
		if code, _, msg := call(t.Context(), t, &osDisk{}, "run", "-", "-q", "--no-pictures", "--out", t.TempDir(), "--seed="+text); code != want || want == exitUsage && !strings.Contains(msg, "--seed") {
			t.Errorf("%s: exit code %d, %s", text, code, msg)
		}
	}
}
