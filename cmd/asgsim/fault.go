package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim"
)

// caught turns a panic, if there is one, into the error of a function.
func caught(err *error) {
	if v := recover(); v != nil {
		*err = sim.Caught(v)
	}
}

// identity is what tells one run from all others.
type identity struct {
	scenario, sha256, variant string
	sets                      []string
	seed                      uint64
}

// complainOfFault says that asgsim failed, not the user, and what to send.
func (a *app) complainOfFault(w io.Writer, f *sim.Fault) {
	fmt.Fprintf(w, "asgsim: this is a fault of asgsim, not of your file: %s\n", clean.Line(fmt.Sprint(f)))
	fmt.Fprintf(w, "  please report it with these lines:\n  version   %s\n", strings.TrimSpace(buildInfo().String()))
	if id := a.id; id != nil {
		fmt.Fprintf(w, "  scenario  %s, sha256 %s\n", clean.Line(id.scenario), id.sha256)
		if id.variant != "" {
			fmt.Fprintf(w, "  variant   %s\n", id.variant)
		}
		for _, s := range id.sets {
			fmt.Fprintf(w, "  --set     %s\n", clean.Line(s))
		}
		fmt.Fprintf(w, "  seed      %d\n", id.seed)
	}
	if at := a.at.String(); at != "" {
		fmt.Fprintf(w, "  while     %s\n", at)
	}
	for _, place := range f.Places() {
		fmt.Fprintf(w, "  at        %s\n", place)
	}
}

// asFault is the fault in an error, nil if it is none.
func asFault(err error) *sim.Fault {
	var f *sim.Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}
