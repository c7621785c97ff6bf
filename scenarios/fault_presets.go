package scenarios

import (
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// preset is a fault that one word switches on.
type preset struct {
	name string
	// table is what it stands for, as the file would have it, under [fault.NAME.KIND]: with
	// AT for its instant and ZONE for its zone.
	table string
	make  func(p fault.Plan, zone int) fault.Fault
}

// presets are the faults that fault_presets names.
func presets() []preset {
	lasting := func(p fault.Plan, d des.Duration) fault.Plan {
		p.Lasts = d
		return p
	}
	return []preset{
		{"zone-outage-30m", "[fault.NAME.zone_outage]\nat = AT\nzone = ZONE\nduration = \"30m\"", func(p fault.Plan, zone int) fault.Fault {
			return fault.ZoneOutage{Plan: lasting(p, 30*des.Minute), Zone: zone}
		}},
		{"az-brownout", "[fault.NAME.zone_impairment]\nat = AT\nzone = ZONE\nduration = \"30m\"\nloss = \"2%\"\nlatency = \"250ms\"", func(p fault.Plan, zone int) fault.Fault {
			return fault.ZoneImpairment{Plan: lasting(p, 30*des.Minute), Zone: zone, Network: ec2.Network{Lost: 0.02, Delay: 250 * des.Millisecond}}
		}},
		{"bad-deploy", "[fault.NAME.bad_deploy]\nat = AT\ndeploy = \"all_at_once\"\nerrors = \"20%\"\nduration = \"15m\"", func(p fault.Plan, _ int) fault.Fault {
			return fault.BadDeploy{Plan: lasting(p, 15*des.Minute), InPlace: true, Version: &ec2.Version{Healthy: true, Speed: 1, Errors: 0.2, Checks: ec2.ChecksPass}}
		}},
		{"noisy-neighbour", "[fault.NAME.slow]\nat = AT\nfleet_share = \"20%\"\nspeed = \"40%\"\nduration = \"30m\"", func(p fault.Plan, _ int) fault.Fault {
			p.Whom = fault.Whom{Count: 1, Fraction: 0.2}
			return fault.Slow{Plan: lasting(p, 30*des.Minute), Speed: 0.4}
		}},
		{"black-hole", "[fault.NAME.errors]\nat = AT", func(p fault.Plan, _ int) fault.Fault {
			p.Whom = fault.Whom{Count: 1}
			return fault.Errors{Plan: p, Share: 1}
		}},
		{"no-capacity-30m", "[fault.NAME.launch_failure]\nat = AT\nduration = \"30m\"", func(p fault.Plan, _ int) fault.Fault {
			return fault.LaunchFailure{Plan: lasting(p, 30*des.Minute), Zone: ec2.AnyZone}
		}},
		{"metrics-15m-late", "[fault.NAME.metric_delay]\nat = AT\nduration = \"30m\"\ndelay = \"15m\"", func(p fault.Plan, _ int) fault.Fault {
			return fault.MetricDelay{Plan: lasting(p, 30*des.Minute), Delay: 15 * des.Minute}
		}},
	}
}

const presetsKey = "fault_presets"

func presetKeys() []Key {
	var names []string
	for _, p := range presets() {
		names = append(names, p.name)
	}
	return []Key{{Path: presetsKey, Type: NameList, Absent: "none", Sample: `["az-brownout"]`, Doc: "Faults by one word, at a third of the run, in the group's first zone: " + strings.Join(names, ", ") + ". asgsim help faults says what each stands for."}}
}

// presetFaults reads the presets that are switched on.
func (d *decoder) presetFaults(w *record.Config) []fault.Fault {
	names, ok := d.Names(presetsKey)
	if !ok {
		names = d.quoted(presetsKey) // what else is wrong with it is told too
	}
	list := presets()
	var out []fault.Fault
	for _, name := range names {
		k := slices.IndexFunc(list, func(p preset) bool { return p.name == name })
		if k < 0 {
			var known []string
			for _, p := range list {
				known = append(known, p.name)
			}
			remedy := "there are " + strings.Join(known, ", ")
			if c := form.Nearest(name, known); c != "" {
				remedy = "did you mean \"" + c + "\"?"
			}
			d.Problem(presetsKey, d.At(presetsKey), form.Wrong(remedy, "does not know %q", name))
			continue
		}
		if slices.Contains(d.Entries("fault"), name) {
			d.Problem(presetsKey, d.At(presetsKey), form.Wrong("give [fault."+name+"] another name", "has %q, which is the name of a fault of the file", name))
			continue
		}
		out = append(out, list[k].make(fault.Plan{Name: name, At: []des.Time{presetAt(w)}}, 0))
	}
	return out
}

// quoted are the texts of an array that is not an array of names, each once.
func (d *decoder) quoted(path string) []string {
	var out []string
	if n := d.Find(path); n != nil && len(n.List) <= form.MaxNames {
		for _, e := range n.List {
			if s, ok := e.Scalar.(string); ok && s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// presetAt is a third into the run, at a whole minute where the run is long enough.
func presetAt(w *record.Config) des.Time {
	at := w.WarmUp + (w.Duration-w.WarmUp)/3
	if at > des.Minute {
		at -= at % des.Minute
	}
	return des.Time(at)
}
