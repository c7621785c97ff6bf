package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// freeMemory is what the machine has to give: the least of what Linux calls
// available, of the control group's limit and of the process's.
func freeMemory() float64 {
	free := math.Inf(1)
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "MemAvailable:" {
				if kb, err := strconv.ParseFloat(f[1], 64); err == nil {
					free = kb * 1024
				}
			}
		}
	}
	if text, err := os.ReadFile("/sys/fs/cgroup/memory.max"); err == nil {
		if v, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64); err == nil { // else "max"
			free = min(free, v)
		}
	}
	var r syscall.Rlimit
	// The address space holds more than what is used: half of it is a guess.
	if syscall.Getrlimit(syscall.RLIMIT_AS, &r) == nil && r.Cur != math.MaxUint64 {
		free = min(free, float64(r.Cur)/2)
	}
	if math.IsInf(free, 1) {
		return 0
	}
	return free
}

// leastAddresses is the address space in which the Go runtime starts and works; it
// reserves far more than it uses.
const leastAddresses = 3 << 30

// resident is the memory that the process has from the machine, its program's pages
// included; 0 where that is not known.
func resident() float64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseFloat(fields[1], 64)
	if err != nil {
		return 0
	}
	return pages * float64(os.Getpagesize())
}

// leastFiles is how many files must be open at once: the three streams, those of the Go
// runtime, and a few of ours.
const leastFiles = 16

// cramped says what is wrong with the limits of the process, if anything is: below them
// Go's runtime ends it with words of its own.
func cramped() string {
	var r syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &r) == nil && r.Cur < leastFiles {
		return fmt.Sprintf("only %d files may be open at once (ulimit -n), and asgsim needs %d: raise it", r.Cur, leastFiles)
	}
	if syscall.Getrlimit(syscall.RLIMIT_AS, &r) == nil && r.Cur < leastAddresses {
		return fmt.Sprintf("the address space is limited to %s (ulimit -v), and asgsim needs %s of it, most of which stays unused: raise it, and bound what is used with --max-memory", memorySize(float64(r.Cur)), memorySize(leastAddresses))
	}
	return ""
}
