package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// faultTable is a kind of fault in the file: its keys, and the reader of them.
type faultTable interface {
	kind() string
	keys(p string) []Key // p is the table's path with a dot: "fault.N.crash."
	read(d *decoder, p, name string, w *record.Config) fault.Fault
}

// faultKinds are the kinds of some tables.
func faultKinds(tables []faultTable) []string {
	var out []string
	for _, t := range tables {
		out = append(out, t.kind())
	}
	return out
}
