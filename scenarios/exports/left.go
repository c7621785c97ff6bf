package exports

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/scenarios"
)

// reasons say why AWS has no place for what a table holds.
func reasons() map[string]string {
	return map[string]string{
		"":                   "how the simulation runs",
		"load":               "who asks is no configuration",
		"loads":              "who asks is no configuration",
		"request":            "what a request costs is no configuration",
		"queue":              "the queue itself is not written",
		"slo":                "a promise, not a configuration",
		"gate":               "a limit of the simulation's",
		"baseline":           "a fleet to compare with",
		"event":              "what people do by hand",
		"fault":              "what breaks",
		"cloudwatch":         "how AWS itself behaves",
		"spot":               "how the market behaves",
		"quota":              "the account's quotas",
		"prices":             "what AWS asks for; write the tenancy into the launch template",
		"commitment":         "the account's commitments",
		"discount":           "what the account pays",
		"instance":           "how the instance and its application behave; the image and its start decide that",
		"load_balancer":      "the load balancer itself is not written",
		"target_group":       "how AWS itself behaves",
		otherTable:           "how the requests divide is for the listener's rules to say; the rest is how AWS itself behaves",
		"auto_scaling_group": "how AWS itself behaves",
		"hook":               "what the hook's worker does",
		"schedule":           "how AWS itself behaves",
		"alarm":              "no policy of the export uses it",
		"metric":             "what was recorded is no configuration",
	}
}

// left lists what the user has said and the export does not hold: by table, of policies
// one by one.
func (r *resources) left(tool string) []Note {
	out := r.notes
	var order []string
	keys := map[string][]string{}
	for _, x := range r.unwritten() {
		v := x.Key
		if fields := r.partly[v]; fields != nil {
			fields = slices.Compact(slices.Sorted(slices.Values(fields)))
			out = append(out, Note{v + ": " + strings.Join(fields, ", "), "what the types cost and how they behave"})
			continue
		}
		table, _, _ := strings.Cut(v, ".")
		if !strings.Contains(v, ".") {
			table = ""
		}
		if table == "policy" {
			parts := strings.SplitN(v, ".", 4)
			table = strings.Join(parts[:min(len(parts), 3)], ".")
		}
		if !slices.Contains(order, table) {
			order = append(order, table)
		}
		keys[table] = append(keys[table], v)
	}
	for _, table := range order {
		what := strings.Join(keys[table], ", ")
		if n := len(keys[table]); n > 4 {
			what = fmt.Sprintf("%s and %d more", strings.Join(keys[table][:3], ", "), n-3)
		}
		why := reasons()[table]
		switch {
		case strings.HasPrefix(table, "policy.") && r.written(table):
			why = "how AWS itself behaves"
		case strings.HasPrefix(table, "policy."):
			what, why = table, "AWS has no such policy: the group does not scale by it"
		}
		out = append(out, Note{what, why})
	}
	if tool == CloudFormation && r.group.body.get("SuspendedProcesses") != nil {
		out = append(out, Note{"auto_scaling_group.suspended_processes", "CloudFormation has no property for it: aws autoscaling suspend-processes does it"})
	}
	return out
}

// unwritten are the values that the user has given and the export does not hold, in order.
func (r *resources) unwritten() []scenarios.Value {
	var out []scenarios.Value
	for _, v := range r.values.all {
		if v.Text == "" || r.used[v.Key] && r.partly[v.Key] == nil || strings.HasPrefix(v.From, "default") || strings.HasPrefix(v.From, "derived") {
			continue
		}
		switch v.Key {
		case "title", "label", "defaults", "policies", "schedules", "loads", "faults", "seed":
			continue // they say nothing of a group
		}
		out = append(out, v)
	}
	return out
}

// written reports whether a policy, by its table, is in the export.
func (r *resources) written(table string) bool {
	name := strings.Split(table, ".")[1]
	return slices.ContainsFunc(r.all, func(x *resource) bool { return x.kind == policy && x.name == name })
}
