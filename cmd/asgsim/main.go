package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"golang.org/x/term"

	"asgsim/cmd/asgsim/signals"
	"asgsim/sim/world"
)

func main() { os.Exit(realMain()) }

// realMain connects the command to the machine: streams, signals, clock, disk.
func realMain() int {
	debug.SetTraceback("none") // what is a fault of ours is told by us
	if short := cramped(); short != "" {
		fmt.Fprintln(os.Stderr, "asgsim: "+short)
		return exitFailed
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	disk, at := &osDisk{}, &stage{}
	w := newWatch(signals.Caught())
	go w.obey(cancel, at, disk, os.Stderr)
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = "" // nothing is kept
	}
	config, err := os.UserConfigDir()
	if err != nil {
		config = "" // no prices are imported
	}
	width, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		width = 0 // no terminal
	}
	code := run(ctx, os.Args[1:], machine{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		inTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		outTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		errTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		width:       width,
		getenv:      os.Getenv,
		now:         time.Now,
		disk:        disk,
		at:          at,
		freeMemory:  freeMemory(),
		cacheDir:    cache,
		program:     ownSum,
		configDir:   config,
		simulate:    world.Run,
	})
	signals.End()
	if w.end() && code == exitDone {
		fmt.Fprintf(os.Stderr, "asgsim: %v before it had ended\n", errInterrupted)
		return exitInterrupted
	}
	return code
}
