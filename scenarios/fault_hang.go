package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// hangTable is [fault.N.hang].
type hangTable struct{}

func (hangTable) kind() string { return "hang" }

func (hangTable) keys(p string) []Key {
	return append(hitsKeys(p),
		Key{Path: p + "cpu", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Doc: "CPU utilization shown while hung."},
		Key{Path: p + "impaired", Type: Bool, Default: "false", Doc: "true: the whole system hangs, so that EC2's status check fails too."})
}

func (hangTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.Hang{Plan: d.hits(p, name, w)}
	f.CPU, _ = d.Share(p + "cpu")
	f.Impaired, _ = d.Bool(p + "impaired")
	return f
}
