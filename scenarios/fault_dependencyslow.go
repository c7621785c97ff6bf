package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// dependencySlowTable is [fault.N.dependency_slow].
type dependencySlowTable struct{}

func (dependencySlowTable) kind() string { return "dependency_slow" }

func (dependencySlowTable) keys(p string) []Key {
	return append(lastsKeys(p, "the dependency becomes slow"),
		durationKey(p, "How long until it is as fast as before."),
		Key{Path: p + "dependency", Type: Text, Absent: "the only one", Sample: `"db"`, Doc: "Which [dependency.NAME]."},
		Key{Path: p + "factor", Type: Number, Required: true, Above: "1", Max: "100000", Sample: "5", Doc: "How many times as long it takes for each request, those it is at included: it carries as many times fewer."})
}

func (dependencySlowTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.DependencySlow{Plan: d.stretch(p, name), Dependency: d.dependencyOf(p+"dependency", w)}
	if f.Dependency < len(w.Dependencies) {
		f.Label = w.Dependencies[f.Dependency].Name
	}
	f.Factor, _ = d.Number(p + "factor")
	return f
}
