// Package account draws up the accounts of a run: [Of] turns the record that a run leaves
// behind into its [Result], the key figures, the bill, incidents, causes and the audit. It
// is a pure function: nothing of the run is alive any more, and there is one place for the
// window and one for each figure.
//
// Open accounts.go first.
package account

import (
	"asgsim/sim/collapse"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/workload"
)

// accounts are being drawn up of a record.
type accounts struct {
	*record.Record
	end    des.Time
	loads  []*workload.Compiled
	models []*ec2.Model
	market *ec2.Market // nil without Spot
	rests  []string    // defaults that the bill rests on

	found *collapse.Findings // how overload fed on itself; nil: it did not
}

// Of draws up the accounts of a record. It takes the record's rows over and completes
// them.
func Of(r *record.Record) *Result {
	a := &accounts{Record: r, end: r.End(), models: r.Config.Template.Models()}
	for _, l := range workload.Realised(r.Config.Loads, r.Seed) {
		a.loads = append(a.loads, workload.Compile(l.Curve, a.end))
	}
	if spot := r.Config.Template.Spot; spot != nil {
		a.market = ec2.NewMarket(spot, r.Config.Group.Zones, r.Seed, a.end)
	}
	a.finishRows()
	out := &Result{
		Config: r.Config, Seed: r.Seed, Rows: r.Rows, Interval: r.Interval, Capacity: r.Capacity, Instances: r.Instances,
		Decisions: r.Decisions, Activities: r.Activities, Holds: r.Holds, Metrics: r.Metrics, Faults: r.Faults, FailOpens: r.FailOpens, Anomalies: r.Anomalies, Traffic: r.Traffic,
		Served: r.Requests.Served,
	}
	a.summarize(out)
	a.completeInstances()
	out.Summary.Launch = launchTimes(out.Instances, a.From(), a.end, a.found)
	out.Inactive = a.inactive(out.Summary.WarmPool)
	out.Warnings = a.warnings(&out.Summary)
	out.Violations = append(r.Broken, audit(a.evidence(out))...)
	return out
}

// weighted reports whether the group counts capacity in units, not instances.
func (a *accounts) weighted() bool {
	for _, m := range a.models {
		if m.Weight > 1 {
			return true
		}
	}
	return false
}
