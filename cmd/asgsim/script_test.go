package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"asgsim/sim/world"
)

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" { // signals, memory and exit codes are those of a process
		os.Exit(realMain())
	}
	testscript.Main(m, map[string]func(){"asgsim": func() { os.Exit(realMain()) }})
}

// TestScript runs the command as users do: testdata/script/*.txt. Besides the
// commands of testscript there are `exits` and `process`, which want an exit code.
func TestScript(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	scripts, err := filepath.Glob(filepath.Join(here, "testdata", "script", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() { // those that simulate most
		scripts = slices.DeleteFunc(scripts, func(name string) bool {
			return slices.Contains([]string{"backtest.txt", "calibrate.txt", "compare.txt", "explain.txt", "export.txt", "fidelity.txt", "import.txt", "outputs.txt", "plan.txt", "prices.txt", "run.txt"}, filepath.Base(name))
		})
	}
	testscript.Run(t, testscript.Params{
		Files: scripts,
		Setup: func(e *testscript.Env) error {
			e.Setenv("NO_COLOR", "1")
			e.Setenv("GOGC", "400") // of hundreds of short processes each collects a few megabytes
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("RECORDED", filepath.Join(here, "..", "..", "scenarios", "calibrate", "testdata", "recorded"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "process": process},
	})
}

// oneFolder makes a script's folder that of this process, of which there is one.
var oneFolder sync.Mutex

// exits CODE asgsim ARGS... calls the command in this process, which saves the start of
// hundreds of them, and wants that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want := wanted(ts, neg, args)
	if args[1] != "asgsim" {
		ts.Fatalf("exits calls asgsim, process others")
	}
	oneFolder.Lock()
	defer oneFolder.Unlock()
	before, err := os.Getwd()
	ts.Check(err)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	defer func() { ts.Check(os.Chdir(before)) }()
	home := ts.Getenv("HOME")
	got := run(context.Background(), args[2:], machine{
		stdin: strings.NewReader(""), stdout: ts.Stdout(), stderr: ts.Stderr(), getenv: ts.Getenv, now: time.Now, disk: &osDisk{}, at: &stage{},
		freeMemory: freeMemory(), cacheDir: filepath.Join(home, ".cache"), program: sumOfTests, configDir: cmp.Or(ts.Getenv("XDG_CONFIG_HOME"), filepath.Join(home, ".config")), simulate: world.Run,
	})
	if got != want {
		ts.Fatalf("%s: exit code %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

// process CODE COMMAND ARGS... runs a process of its own, as a shell does, and wants that
// exit code.
func process(ts *testscript.TestScript, neg bool, args []string) {
	want := wanted(ts, neg, args)
	got := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%s: %v", strings.Join(args[1:], " "), err)
	}
	if got != want {
		ts.Fatalf("%s: exit code %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

// wanted is the exit code that a line of a script wants.
func wanted(ts *testscript.TestScript, neg bool, args []string) int {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE asgsim ARGS..., process CODE COMMAND ARGS...")
	}
	code, err := strconv.Atoi(args[0])
	ts.Check(err)
	return code
}
