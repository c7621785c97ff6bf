package scenarios

import (
	"slices"

	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// faultTable is a kind of fault in the file: its keys, and the reader of them.
type faultTable interface {
	kind() string
	keys(p string) []Key // p is the table's path with a dot: "fault.N.crash."
	read(d *decoder, p, name string, w *record.Config) fault.Fault
}

// faultTables are the kinds of faults, a line each, each in a file of its own.
func faultTables() []faultTable {
	return []faultTable{
		crashTable{},
		hangTable{},
		slowTable{},
		errorsTable{},
		zoneOutageTable{},
		spotInterruptionTable{},
		launchFailureTable{},
		apiThrottlingTable{},
		metricDelayTable{},
		metricGapTable{},
		badDeployTable{},
		memoryLeakTable{},
		networkLossTable{},
		zoneImpairmentTable{},
		ebsImpairedTable{},
	}
}

// faultKeys documents [fault.N.KIND].
func faultKeys() []Key {
	var out []Key
	for _, t := range faultTables() {
		out = append(out, t.keys("fault.N."+t.kind()+".")...)
	}
	return out
}

// faults reads the picked faults.
func (d *decoder) faults(names []string, w *record.Config) []fault.Fault {
	var kinds []string
	for _, t := range faultTables() {
		kinds = append(kinds, t.kind())
	}
	var out []fault.Fault
	for _, name := range names {
		kind := d.Kind("fault."+name, kinds)
		if kind == "" {
			continue
		}
		t := faultTables()[slices.Index(kinds, kind)]
		out = append(out, t.read(d, "fault."+name+"."+kind+".", name, w))
	}
	return out
}
