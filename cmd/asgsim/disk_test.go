package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"asgsim/report"
	"asgsim/sim/account"
	"asgsim/sim/record"
	"asgsim/sim/world"
)

// smallDisk is a disk with room for so many bytes, and calls after at every
// completed file.
type smallDisk struct {
	osDisk
	room  int
	after func(name string)
}

func (d *smallDisk) CreateTemp(dir, pattern string) (tempFile, error) {
	f, err := os.CreateTemp(dir, pattern)
	return &smallFile{f, d}, err
}

func (d *smallDisk) Rename(from, to string) error {
	err := os.Rename(from, to)
	if d.after != nil {
		d.after(filepath.Base(to))
	}
	return err
}

type smallFile struct {
	*os.File
	disk *smallDisk
}

func (f *smallFile) Write(p []byte) (int, error) {
	n, err := f.File.Write(p[:min(len(p), f.disk.room)])
	f.disk.room -= n
	if err == nil && n < len(p) {
		err = &os.PathError{Op: "write", Path: f.Name(), Err: syscall.ENOSPC}
	}
	return n, err
}

const tiny = `title = "A shop"
duration = "2m"
[load.users.constant]
rate = "20/s"
[request]
cpu = "5ms"
[instance]
type = "c7g.large"
[auto_scaling_group]
min_size = 2
max_size = 2
`

// callWith calls the command on a machine that is like the test's but for what is
// set.
func callWith(t *testing.T, m machine, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, msg bytes.Buffer
	m.stdin, m.stdout, m.stderr = strings.NewReader(tiny), &out, &msg
	m.getenv, m.now, m.simulate = func(string) string { return "" }, time.Now, world.Run
	code = run(t.Context(), args, m)
	return code, out.String(), msg.String()
}

func decoded(t *testing.T, text string) *report.Document {
	t.Helper()
	var doc report.Document
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	return &doc
}

func call(ctx context.Context, t *testing.T, d disk, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, msg bytes.Buffer
	code = run(ctx, args, machine{stdin: strings.NewReader(tiny), stdout: &out, stderr: &msg,
		getenv: func(string) string { return "" }, now: time.Now, disk: d, simulate: world.Run})
	return code, out.String(), msg.String()
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestDiskFull(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	dir := t.TempDir()
	code, stdout, stderr := call(context.Background(), t, &smallDisk{room: 20_000}, "run", "-", "--out", dir)
	if code != exitFailed || !strings.Contains(stdout, "users") || strings.Contains(stdout, "wrote") {
		t.Errorf("exit code %d; the figures come first: stdout %q", code, stdout)
	}
	for _, want := range []string{"no space left on device", "not written: ", "report.png"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("stderr lacks %q: %s", want, stderr)
		}
	}
	for _, name := range names(t, dir) {
		if strings.HasPrefix(name, ".") || name == "report.png" {
			t.Errorf("%s was left behind", name)
		}
		if strings.Contains(stderr[strings.Index(stderr, "not written"):], name) {
			t.Errorf("%s exists but is said not to be written", name)
		}
	}
}

func TestInterruptBetweenFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	dir := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	d := &smallDisk{room: 1 << 30, after: func(name string) {
		if name == "timeline.csv" {
			stop()
		}
	}}
	code, _, stderr := call(ctx, t, d, "run", "-", "--out", dir)
	if code != exitInterrupted || !strings.Contains(stderr, "interrupted\nnot written: ") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
	for _, name := range names(t, dir) {
		if name != "result.json" && name != "timeline.csv" {
			t.Errorf("%s was left behind", name)
		}
	}
}

func TestInterruptDuringTheRun(t *testing.T) {
	dir := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	code, stdout, stderr := call(ctx, t, &osDisk{}, "run", "-", "--out", dir, "--set", "duration=365d")
	if code != exitInterrupted || stdout != "" || !strings.Contains(stderr, "interrupted: nothing was written") {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
	if left := names(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestUnwritableFolder(t *testing.T) {
	code, _, stderr := call(context.Background(), t, &noDisk{}, "run", "-")
	if code != exitFailed || !strings.Contains(stderr, "permission denied; --out DIR names another") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

type noDisk struct{ osDisk }

func (*noDisk) MkdirAll(string) error { return nil }
func (*noDisk) CreateTemp(dir, _ string) (tempFile, error) {
	return nil, &os.PathError{Op: "open", Path: dir, Err: syscall.EACCES}
}

// A failed rename leaves the old file as it was and no temporary one.
func TestWriteKeepsTheOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	boom := errors.New("boom")
	if err := write(&osDisk{}, path, func(w io.Writer) error {
		if _, err := io.WriteString(w, "half of the n"); err != nil {
			return err
		}
		return boom
	}); !errors.Is(err, boom) {
		t.Errorf("error %v", err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "old" {
		t.Errorf("%q, %v", text, err)
	}
	if left := names(t, filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// A broken law of the audit: everything is written and told, and the exit code is 1.
func TestBrokenLaw(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	dir := t.TempDir()
	var out, msg bytes.Buffer
	code := run(context.Background(), []string{"run", "-", "--out", dir, "--seed", "3"}, machine{stdin: strings.NewReader(tiny), stdout: &out, stderr: &msg,
		getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{},
		simulate: func(ctx context.Context, c *record.Config, seed uint64) (*account.Result, error) {
			res, err := world.Run(ctx, c, seed)
			if err == nil {
				res.Violations = append(res.Violations, record.Violation{Law: "requests are conserved", Detail: "offered 12, served 10, failed 1, in flight 0"})
			}
			return res, err
		}})
	if code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	for _, want := range []string{"law of its own audit", "seed 3", "requests are conserved: offered 12, served 10"} {
		if !strings.Contains(msg.String(), want) || !strings.Contains(out.String(), want) {
			t.Errorf("stdout or stderr lacks %q:\n%s\n%s", want, out.String(), msg.String())
		}
	}
	if got := names(t, dir); len(got) != 10 {
		t.Errorf("written: %v", got)
	}
}
