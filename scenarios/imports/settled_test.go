package imports

import "testing"

// A table of a policy that is wrong is left out, and with it the policy's name in the list
// of those in force; the others stay. What every scenario needs is never left out.
func TestPoliciesLeftOutAreNotInForce(t *testing.T) {
	for _, path := range []string{"policy.cpu", "policy.cpu.metric"} {
		d := &draft{top: []*entry{{key: "policies", value: `["cpu", "queue", "cpu-2"]`}}}
		if !d.leaveOutTable(d.table(path), Fault{Key: path + ".target", Rule: "must be above 0"}) {
			t.Fatalf("%s is not left out", path)
		}
		if got := d.find("policies").value; got != `["queue", "cpu-2"]` {
			t.Errorf("%s: in force are %s", path, got)
		}
		if off := d.table(path).off; off != "target must be above 0" {
			t.Errorf("%s: commented out with %q", path, off)
		}
	}
	d := &draft{top: []*entry{{key: "policies", value: `["hook"]`}}}
	if !d.leaveOutTable(d.table("hook.hook"), Fault{Key: "hook.hook"}) || d.find("policies").value != `["hook"]` {
		t.Error("a hook's name is taken off the list of policies")
	}
	if d.leaveOutTable(d.table("instance"), Fault{Key: "instance.type"}) {
		t.Error("the instance is left out")
	}
}

// The vCPUs are those of the type (m5.xlarge has 4),
// and 2, those of most types ending in large, where none is known; the first
// type of a mixed group counts for its weight, else for 1.
func TestSizeOfTheFirstType(t *testing.T) {
	m := &mapper{draft: &draft{}}
	if cores, weight := m.cores(), m.weight(); cores != 2 || weight != 1 {
		t.Errorf("of no type: %v vCPUs, weight %v", cores, weight)
	}
	typ := &entry{key: "type"}
	m.table("instance").entries = []*entry{typ}
	for name, want := range map[string]float64{`"m5.xlarge"`: 4, `"m5.large"`: 2, `"z99.huge"`: 2} {
		if typ.value = name; m.cores() != want {
			t.Errorf("%s: %v vCPUs, want %v", name, m.cores(), want)
		}
	}
	m.table(mixedTable).entries = []*entry{{key: "overrides", value: `[{ type = "m5.xlarge", weighted_capacity = 4 }, { type = "m5.large", weighted_capacity = 2 }]`}}
	if got := m.weight(); got != 4 {
		t.Errorf("weight %v, want 4", got)
	}
}
