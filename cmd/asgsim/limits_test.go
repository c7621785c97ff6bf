package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// peak is the most memory that a process has had resident, in bytes, as it says while it
// lives; what it is made of starts anew with its program, which the kernel's account at
// its end does not.
func peak(pid int) (bytes float64) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmHWM:" {
			kb, _ := strconv.ParseFloat(f[1], 64)
			return kb * 1024
		}
	}
	return 0
}

// What grows beyond --max-memory, in a run that was taken for a small one, is ended with
// the limit's name before it has taken an eighth more, and what a
// list takes that grows at that moment, which is at most a quarter.
func TestMemoryKeepsItsLimit(t *testing.T) {
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("a second or more, and Linux tells what is resident")
	}
	const limit, list = 64 << 20, 16 << 20
	dir := t.TempDir()
	file(t, dir, "hung.toml", tiny+"[fault.h.hang]\nat = \"0s\"\ncount = 2\n")
	c, msg := program(t, dir, "run", "hung.toml", "--max-memory", "64MiB", "--set", "load.users.constant.rate=20000/s", "--set", "duration=30m", "--set", "request.cpu=0.05ms",
		"--set", "load_balancer.idle_timeout=4000s")
	mustDo(t, c.Start())
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	most := 0.0
	for done := false; !done; {
		select {
		case <-ended:
			done = true
		case <-time.After(2 * time.Millisecond):
			most = max(most, peak(c.Process.Pid))
		}
	}
	if code := c.ProcessState.ExitCode(); code != exitFailed || !strings.Contains(msg.String(), "out of the memory it may use: while simulating it holds 64 MiB; --max-memory allows more") {
		t.Errorf("exit code %d: %s", code, msg)
	}
	if most < 0.9*limit || most > guardSlack*limit+list {
		t.Errorf("it had %s, want %s to %s", memorySize(most), memorySize(0.9*limit), memorySize(guardSlack*limit+list))
	}
}

// A size that is refused says what it must be.
func TestRefusedSizesNameTheirBounds(t *testing.T) {
	for _, c := range []struct{ flag, value, want string }{
		{"--max-memory", "50MiB", "must be 64 MiB or more"},
		{"--max-memory", "1KiB", "must be 64 MiB or more"},
		{"--max-memory", "much", "must be a size, such as 4GiB"},
		{"--max-file-size", "2GiB", "must be a size of at most 1.0 GiB"},
		{"--max-trace-rows", "0", "must be a whole number of 1 to 100000000"},
		{"--max-trace-rows", "1e6", "must be a whole number of 1 to 100000000"},
	} {
		code, _, stderr := callWith(t, machine{disk: &osDisk{}}, "validate", "-", c.flag, c.value)
		if code != exitUsage || !strings.Contains(stderr, fmt.Sprintf("%s %q: %s", c.flag, c.value, c.want)) {
			t.Errorf("%s %s: exit %d, %s", c.flag, c.value, code, stderr)
		}
	}
}

// Requests that are given up and tried again pile up where the server works on: 20 tries
// of each of 300 a second on instances that serve 400 a second leave 5,600 every second,
// which is known before the run.
func TestAStormIsRefusedBeforeTheRun(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	storm := []string{"run", "-", "--out", t.TempDir(), "--set", "load.users.constant.rate=300/s", "--set", "request.cpu=1s", "--set", "request.timeout=500ms",
		"--set", "request.retry.attempts=20", "--set", "auto_scaling_group.min_size=200", "--set", "auto_scaling_group.max_size=200"}
	for _, c := range []struct{ duration, free, want string }{
		// 5,600 x 600 = 3.36 million and those of a second
		{"10m", "1", "needs about 939 MiB of memory (up to 3.4 M requests in progress, 200 instances, 10 minutes), and --max-memory is "},
		// 5,600 x 7,200 = 40 million
		{"2h", "100", "would have about 40.3 M requests in progress at a time, and at most 16.8 M are possible: lower the load"},
	} {
		gib, _ := strconv.ParseFloat(c.free, 64)
		code, _, stderr := callWith(t, machine{disk: &osDisk{}, freeMemory: gib * (1 << 30)}, append(storm, "--set", "duration="+c.duration)...)
		if code != exitUsage || !strings.Contains(stderr, c.want) {
			t.Errorf("%s: exit %d, %s", c.duration, code, stderr)
		}
	}
}

// Too few files are told in our words, before Go's runtime speaks.
func TestTooFewFilesAreTold(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil || runtime.GOOS != "linux" {
		t.Skip("no shell, or no such limit")
	}
	exe, err := os.Executable()
	mustDo(t, err)
	for _, n := range []int{4, 6, 7, 15} {
		c := exec.CommandContext(context.Background(), shell, "-c", fmt.Sprintf("ulimit -n %d; exec %q version", n, filepath.ToSlash(exe))) //nolint:gosec // ourselves
		c.Env = append(os.Environ(), asProgram+"=1")
		var out bytes.Buffer
		c.Stdout, c.Stderr = &out, &out
		_ = c.Run()
		want := fmt.Sprintf("asgsim: only %d files may be open at once (ulimit -n), and asgsim needs 16: raise it\n", n)
		if code := c.ProcessState.ExitCode(); code != exitFailed || out.String() != want {
			t.Errorf("%d files: exit code %d, %s", n, code, out.String())
		}
	}
}
