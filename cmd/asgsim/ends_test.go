package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"asgsim/report/chart"
	"asgsim/sim/account"
	"asgsim/sim/record"
)

// asProgram makes the test binary the program itself.
const asProgram = "ASGSIM_TEST_AS_PROGRAM"

// program is the command as a process of its own in a folder.
func program(t *testing.T, dir string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe, args...) //nolint:gosec // ourselves
	c.Dir = dir
	c.Env = append(os.Environ(), asProgram+"=1", "XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "HOME="+dir)
	var msg bytes.Buffer
	c.Stderr = &msg
	return c, &msg
}

// file writes a file of a test.
func file(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sluggish are calls that would go on for long in one stretch or another of the
// program: reading, simulating, starting a fleet, injecting faults, trying again,
// drawing, searching.
func sluggish(t *testing.T, dir string) map[string][]string {
	t.Helper()
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o600); err != nil {
		t.Skip(err)
	}
	file(t, dir, "tiny.toml", tiny)
	file(t, dir, "formula.toml", tiny+"[policy.p.expression]\ndesired = \"let a = 1..300; count(a, all(a, # > 0)) > 0 ? desired : 1\"\n")
	file(t, dir, "crash.toml", tiny+"[fault.f.crash]\nmtbf = \"1m\"\n")
	file(t, dir, "trace.toml", strings.Replace(tiny, "[load.users.constant]\nrate", "[load.users.trace]\nfile = \"large.csv\"\nvalues = \"count\"\n#", 1))
	file(t, dir, "large.csv", "t,n\n"+secondsOfTrace(1_000_000))
	long := []string{"--set", "duration=365d"}
	return map[string][]string{
		"a long run":          append([]string{"run", "tiny.toml"}, long...),
		"a pipe without end":  {"run", "-"},
		"a formula":           append([]string{"run", "formula.toml"}, long...),
		"a large fleet":       {"run", "tiny.toml", "--set", "auto_scaling_group.min_size=50000", "--set", "auto_scaling_group.max_size=50000"},
		"a hazard":            append([]string{"run", "crash.toml"}, long...),
		"a storm of retries":  {"run", "tiny.toml", "--set", "request.timeout=1ms", "--set", "request.retry.attempts=20", "--set", "request.retry.backoff=0s", "--set", "load.users.constant.rate=100000/s", "--set", "duration=2h"},
		"a crowd":             {"run", "tiny.toml", "--set", "request.cpu=60s", "--set", "load.users.constant.rate=10000/s", "--set", "duration=10m"},
		"compare":             append([]string{"compare", "day-night"}, "--replications", "1000"),
		"explain":             append([]string{"explain", "tiny.toml", "300d"}, long...),
		"yardsticks":          {"run", "day-night", "--yardsticks"},
		"pictures":            {"run", "day-night"},
		"validate":            {"validate", "day-night", "policies", "spot", "measured-service"},
		"show":                {"show", "day-night"},
		"a large trace":       {"validate", "trace.toml"},
		"list":                {"list"},
		"a named pipe":        {"run", "fifo"},
		"validate a fifo":     {"validate", "fifo"},
		"compare saved pipes": {"compare", "a=fifo", "b=fifo"},
	}
}

// secondsOfTrace are the rows of a trace of so many seconds.
func secondsOfTrace(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d,5\n", i)
	}
	return b.String()
}

// Every stretch of the program ends within a second of the first signal, whichever it
// is and whenever it comes, with the code of an interrupt and no stray file; what had
// ended by then has its own code.
func TestEveryStretchEndsAtASignal(t *testing.T) {
	if testing.Short() {
		t.Skip("processes that are ended at random instants")
	}
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, 2))
	for name, args := range sluggish(t, dir) {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(dir, "out", strings.ReplaceAll(name, " ", "-"))
			if args[0] == "run" {
				args = append(args, "--out", out)
			}
			c, msg := program(t, dir, args...)
			stdin, err := c.StdinPipe() // open, and silent
			if err != nil {
				t.Fatal(err)
			}
			defer stdin.Close()
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(20*time.Millisecond + time.Duration(r.Int64N(int64(200*time.Millisecond))))
			signal := []os.Signal{syscall.SIGINT, syscall.SIGTERM}[r.IntN(2)]
			sent := time.Now()
			_ = c.Process.Signal(signal) // it may have ended
			_ = c.Wait()
			took := time.Since(sent)
			code := c.ProcessState.ExitCode()
			if did := c.ProcessState.UserTime() + c.ProcessState.SystemTime(); code < 0 && did < 60*time.Millisecond { // on a busy machine that may be long after its start
				t.Logf("%v before the program took signals over", signal)
				return
			}
			if code != exitInterrupted && code != exitDone && code != exitUsage || code == exitInterrupted && !strings.Contains(msg.String(), "interrupted") {
				t.Errorf("exit code %d: %s", code, msg)
			}
			// The second is the promise; a machine busy with other tests has the rest.
			if took > 4*time.Second {
				t.Errorf("ended %v after %v", took, signal)
			}
			stray(t, dir)
		})
	}
}

// stray fails the test if temporary files are left anywhere.
func stray(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasPrefix(d.Name(), ".") {
			t.Errorf("%s was left behind", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A second signal ends the program at once.
func TestASecondSignalEndsAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	dir := t.TempDir()
	c, msg := program(t, dir, "run", "-")
	if _, err := c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	_ = c.Process.Signal(syscall.SIGTERM)
	time.Sleep(50 * time.Millisecond)
	_ = c.Process.Signal(syscall.SIGTERM)
	sent := time.Now()
	_ = c.Wait()
	if code := c.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(msg.String(), "interrupted while reading -") {
		t.Errorf("exit code %d: %s", code, msg)
	}
	if took := time.Since(sent); took > patience-100*time.Millisecond {
		t.Errorf("took %v: as long as after one", took)
	}
}

// What is known to need too much is refused before the run, with what it needs.
func TestTooMuchIsRefusedBeforeTheRun(t *testing.T) {
	for _, sets := range [][]string{
		{"--set", "load.users.constant.rate=10000000/s", "--set", "duration=1h"},
		{"--set", "duration=3650d", "--max-memory", "1GiB"},
	} {
		code, stdout, stderr := callWith(t, machine{disk: &osDisk{}, freeMemory: 8 << 30}, append([]string{"run", "-", "--out", t.TempDir()}, sets...)...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, "of memory (up to") || !strings.Contains(stderr, "--max-memory is") {
			t.Errorf("%v: exit code %d: %s%s", sets, code, stdout, stderr)
		}
	}
}

// A long run says so before it begins.
func TestALongRunSaysSo(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, _, stderr := call(ctx, t, &osDisk{}, "run", "-", "--out", t.TempDir(), "--set", "load.users.constant.rate=300/s", "--set", "duration=365d")
	if !strings.Contains(stderr, "note: this takes about ") || !strings.Contains(stderr, " requests in 1 run; Ctrl-C ends it") {
		t.Errorf("%s", stderr)
	}
}

// So does one of which the formulas take long, however few requests there are.
func TestLongFormulasSaySo(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	file := file(t, t.TempDir(), "f.toml", tiny+"[policy.p.expression]\ndesired = \"let a = 1..180; let b = count(a, let x = #; any(a, # == x + 1000)); desired\"\n")
	_, _, stderr := call(ctx, t, &osDisk{}, "run", file, "--out", t.TempDir(), "--set", "load.users.constant.rate=0.01/s", "--set", "duration=300d")
	if !strings.Contains(stderr, "note: this takes about ") || !strings.Contains(stderr, " and 432,000 evaluations of formulas in 1 run; Ctrl-C ends it") {
		t.Errorf("%s", stderr)
	}
}

// A panic is our fault, says so, and says what to send.
func TestAPanicIsOurFault(t *testing.T) {
	boom := func(context.Context, *record.Config, uint64) (*account.Result, error) { panic("a ledger that is off") }
	for verb, args := range map[string][]string{"run": {"run"}, "compare": {"compare", "--replications", "1", "--try", "b: duration=3m"}, "explain": {"explain", "1m"}} {
		args = append(args[:1:1], append([]string{"-"}, args[1:]...)...)
		if verb != "explain" {
			args = append(args, "--out", t.TempDir())
		}
		var out, msg bytes.Buffer
		code := run(t.Context(), append(args, "--seed", "7"), machine{stdin: strings.NewReader(tiny), stdout: &out, stderr: &msg,
			getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{}, simulate: boom, at: &stage{}})
		if code != exitFailed {
			t.Errorf("%s: exit code %d", verb, code)
		}
		for _, want := range []string{"this is a fault of asgsim, not of your file: ", "a ledger that is off", "version   asgsim", "scenario  -, sha256 ", "seed      7", "while     simulating", "at        cmd/asgsim.TestAPanicIsOurFault"} {
			if !strings.Contains(msg.String(), want) {
				t.Errorf("%s: %q is missing:\n%s", verb, want, msg.String())
			}
		}
	}
}

// A destination that cannot be written is found before the run.
func TestDestinationsAreTriedFirst(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"report.png", "pic.svg"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	never := func(context.Context, *record.Config, uint64) (*account.Result, error) {
		t.Error("it ran")
		return nil, errors.New("no")
	}
	for _, args := range [][]string{
		{"run", "-", "--out", dir},
		{"run", "-", "--out", t.TempDir(), "--plot", filepath.Join(dir, "pic.svg")},
		{"run", "-", "--out", t.TempDir(), "--plot", filepath.Join(dir, "missing", "a.png")},
		{"compare", "-", "--try", "b: duration=3m", "--out", t.TempDir(), "--plot", filepath.Join(dir, "missing", "a.png")},
	} {
		var out, msg bytes.Buffer
		code := run(t.Context(), args, machine{stdin: strings.NewReader(tiny), stdout: &out, stderr: &msg,
			getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{}, simulate: never})
		if code != exitFailed || !strings.Contains(msg.String(), "cannot write ") {
			t.Errorf("%v: exit code %d: %s", args, code, msg.String())
		}
	}
}

// brokenAt is a disk on which the file of one name cannot appear once the run is over.
type brokenAt struct {
	osDisk
	name string
}

func (d *brokenAt) Rename(from, to string) error {
	if filepath.Base(to) == d.name {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: syscall.EIO}
	}
	return d.osDisk.Rename(from, to)
}

// Whichever file fails, the figures are printed, the others are written, and the error
// names the one that is missing.
func TestFiguresComeBeforeFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("whole runs")
	}
	data := []string{"result.json", "timeline.csv", "instances.csv", "activities.json", "metrics.csv"}
	pictures := chart.Names()
	all := slices.Clone(data)
	for _, name := range pictures {
		all = append(all, name+".png")
	}
	for _, name := range append(data, pictures[0]+".png", pictures[len(pictures)-1]+".png") {
		dir := t.TempDir()
		args, want := []string{"run", "-", "--out", dir}, all
		if !strings.HasSuffix(name, ".png") {
			args, want = append(args, "--no-pictures"), data
		}
		code, stdout, stderr := call(t.Context(), t, &brokenAt{name: name}, args...)
		if code != exitFailed || !strings.Contains(stdout, "money") || !strings.Contains(stderr, "not written: "+filepath.Join(dir, name)+"\n") {
			t.Errorf("%s: exit code %d: %q, %q", name, code, stdout, stderr)
		}
		if got := len(names(t, dir)); got != len(want)-1 {
			t.Errorf("%s: %d files, want all the others: %v", name, got, names(t, dir))
		}
	}
}

// A pipe in place of a file of the cache is not waited for: the run is made again.
func TestACacheThatIsAPipeIsNotWaitedFor(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	dir := t.TempDir()
	file(t, dir, "tiny.toml", tiny)
	for range 2 {
		c, msg := program(t, dir, "explain", "tiny.toml", "1m")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		late := time.AfterFunc(20*time.Second, func() { _ = c.Process.Kill() })
		if err := c.Wait(); err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
		late.Stop()
		kept, err := filepath.Glob(filepath.Join(dir, "cache", "asgsim", "explained", "*"+explainedEnd))
		if err != nil || len(kept) != 1 {
			t.Fatalf("%v kept, %v", kept, err)
		}
		if err := os.Remove(kept[0]); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(kept[0], 0o600); err != nil {
			t.Skip(err)
		}
	}
}
