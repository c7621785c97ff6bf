package sim

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// Fault is a panic that was caught: a fault of the program, not of who called it.
type Fault struct {
	Value any
	Stack string // where it happened, as the runtime prints it
}

// Caught makes a Fault of what was recovered; it must be called by the function that
// recovered it, whose stack still shows the place.
func Caught(v any) *Fault {
	if f, ok := v.(*Fault); ok {
		return f
	}
	return &Fault{v, string(debug.Stack())}
}

func (f *Fault) Error() string { return fmt.Sprint(f.Value) }

// mostPlaces bounds the places of a fault that are named.
const mostPlaces = 8

// Places names the calls of ours that led to the fault, the innermost first.
func (f *Fault) Places() []string {
	var out []string
	_, after, _ := strings.Cut(f.Stack, "\npanic(")
	for line := range strings.Lines(after) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "asgsim/"); ok && !strings.HasPrefix(line, "\t") {
			if i := strings.LastIndexByte(name, '('); i > 0 {
				name = name[:i]
			}
			out = append(out, name)
		} else if file := strings.TrimSpace(line); strings.HasPrefix(line, "\t") && len(out) > 0 && !strings.Contains(out[len(out)-1], " ") {
			if i := strings.LastIndexByte(file, '/'); i >= 0 {
				file = file[i+1:]
			}
			file, _, _ = strings.Cut(file, " ")
			out[len(out)-1] += " " + file
		}
		if len(out) == mostPlaces {
			break
		}
	}
	return out
}
