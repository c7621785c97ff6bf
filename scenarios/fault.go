package scenarios

import (
	"slices"

	"asgsim/sim/fault"
	"asgsim/sim/record"
)

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
		dependencySlowTable{},
	}
}

// faultKeys documents [fault.N.KIND].
func faultKeys() []Key {
	var out []Key
	for _, t := range faultTables() {
		out = append(out, t.keys("fault.N."+t.kind()+".")...)
	}
	return append(out, replayKeys("fault.N."+replayKind+".")...)
}

// faults reads the picked faults.
func (d *decoder) faults(names []string, w *record.Config) []fault.Fault {
	kinds := append(faultKinds(faultTables()), replayKind)
	var out []fault.Fault
	for _, name := range names {
		kind := d.Kind("fault."+name, kinds)
		if kind == "" {
			continue
		}
		if kind == replayKind {
			out = append(out, d.replay(name, w, faultTables())...)
			continue
		}
		t := faultTables()[slices.Index(kinds, kind)]
		out = append(out, t.read(d, "fault."+name+"."+kind+".", name, w))
	}
	return out
}
