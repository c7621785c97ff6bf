package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" { // signals, memory and exit codes are those of a process
		os.Exit(realMain())
	}
	testscript.Main(m, map[string]func(){"asgsim": func() { os.Exit(realMain()) }})
}

// TestScript runs the command as users do: testdata/script/*.txt. Besides the
// commands of testscript there is `exits CODE COMMAND ARGS...`, which wants that
// very exit code.
func TestScript(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() { // those that simulate most
		scripts = slices.DeleteFunc(scripts, func(name string) bool {
			return slices.Contains([]string{"compare.txt", "explain.txt", "run.txt"}, filepath.Base(name))
		})
	}
	testscript.Run(t, testscript.Params{
		Files: scripts,
		Setup: func(e *testscript.Env) error {
			e.Setenv("NO_COLOR", "1")
			e.Setenv("GOGC", "400") // of hundreds of short processes each collects a few megabytes
			e.Setenv("HOME", e.WorkDir)
			recorded, err := filepath.Abs("../../scenarios/calibrate/testdata/recorded")
			e.Setenv("RECORDED", recorded)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
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
