package main

import (
	"context"
	"runtime/debug"
	"testing"
)

// The collector is asked to keep nine tenths of what --max-memory leaves when the program
// itself is off, and of half of it where that is more.
func TestTheCollectorKeepsBelowTheLimit(t *testing.T) {
	const limit, program = 64 << 30, 1 << 30 // the program's own pages are less than this
	before := debug.SetMemoryLimit(-1)
	defer debug.SetMemoryLimit(before)
	_, stop := (&app{maxMemory: limit}).guard(context.Background())
	stop()
	if got := debug.SetMemoryLimit(-1); got > limit/10*9 || got < (limit-program)/10*9 {
		t.Errorf("the collector has %d bytes of %d", got, int64(limit))
	}
	debug.SetMemoryLimit(before)
	_, stop = (&app{}).guard(context.Background()) // what the machine has is not known
	stop()
	if got := debug.SetMemoryLimit(-1); got != before {
		t.Errorf("the collector has %d bytes of an unknown limit", got)
	}
}
