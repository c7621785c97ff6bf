package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// crashTable is [fault.N.crash].
type crashTable struct{}

func (crashTable) kind() string { return "crash" }

func (crashTable) keys(p string) []Key {
	return append(hitsKeys(p),
		Key{Path: p + "process", Type: Bool, Default: "false", Doc: "true: only the process dies; the host answers, refuses connections, and EC2 sees nothing wrong."})
}

func (crashTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.Crash{Plan: d.hits(p, name, w)}
	f.Process, _ = d.Bool(p + "process")
	return f
}
