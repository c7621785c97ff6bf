package main

import (
	"errors"
	"syscall"

	"asgsim/scenarios"
)

// Exit codes. Figures are always written before a code above 0 says something
// about them.
const (
	exitDone        = 0
	exitFailed      = 1 // a failure of ours, of the machine, or a broken law of the audit
	exitUsage       = 2 // wrong usage, or an invalid scenario
	exitGate        = 3 // a gate failed
	exitOpenGate    = 4 // a gate is inconclusive
	exitInterrupted = 130
	exitUnread      = 141 // as a shell has it for a program that writes where nobody reads: 128 + SIGPIPE
)

const exitHelp = `Exit codes

  0    done
  1    a failure of asgsim or of the machine: a file that cannot be read or written, a full disk,
       or a broken law of the run's own audit (everything is written all the same)
  2    wrong usage, an unknown scenario, or an invalid one
  3    a gate failed
  4    a gate is inconclusive: more replications would tell
  130  interrupted; files that were complete by then stay, no other is left behind
  141  whoever read standard output left before the end of it, as head does; the files are written
`

// usageError is a mistake in how the command was called.
type usageError struct{ error }

// errInterrupted is a run that was stopped by a signal.
var errInterrupted = errors.New("interrupted")

// errAudit is a run that broke a law of its own audit.
var errAudit = errors.New("the run broke a law of its own audit: a bug of asgsim, please report it with the scenario and the seed")

// exitCode maps what went wrong to the code the process ends with.
func exitCode(err error) int {
	var usage usageError
	var problems scenarios.Problems
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case errors.Is(err, errGate):
		return exitGate
	case errors.Is(err, errOpenGate):
		return exitOpenGate
	case errors.Is(err, syscall.EPIPE):
		return exitUnread
	case errors.As(err, &usage), errors.As(err, &problems):
		return exitUsage
	}
	return exitFailed
}
