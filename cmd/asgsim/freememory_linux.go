package main

import (
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
