package scenarios

import (
	"reflect"
	"strings"
	"testing"

	"asgsim/sim/des"
)

// A preset is the table that the help has for it: at a third of the run, in the first
// zone.
func TestPresetsAreTheirTables(t *testing.T) {
	const file = "duration = \"90m\"\nload.a.constant.rate = \"10/s\"\nrequest.cpu = \"20ms\"\ninstance.type = \"c7g.large\"\nauto_scaling_group = { min_size = 2, max_size = 2 }\n"
	for _, p := range presets() {
		short := load(t, "fault_presets = [\""+p.name+"\"]\n"+file).Configs[0].World.Faults
		table := strings.NewReplacer("NAME", p.name, "ZONE", `"a"`, "AT", `"30m"`).Replace(p.table)
		long := load(t, file+table).Configs[0].World.Faults
		if len(short) != 1 || short[0].About().At[0] != des.Time(30*des.Minute) || !reflect.DeepEqual(short, long) {
			t.Errorf("%s: %+v, and %+v of\n%s", p.name, short, long, table)
		}
	}
}

// An unknown preset, and one by the name of a fault of the file, are refused.
func TestPresetsRefused(t *testing.T) {
	for line, want := range map[string]string{
		"fault_presets = [\"az-brown\"]\n":                                          `fault_presets: does not know "az-brown"; did you mean "az-brownout"?`,
		"fault_presets = [\"tsunami\"]\n":                                           `does not know "tsunami"; there are zone-outage-30m, az-brownout, bad-deploy`,
		"fault_presets = [\"black-hole\", \"black-hole\", \"tsunami\"]\n":           `does not know "tsunami"`,
		"fault_presets = [\"tsunami\", \"black-hole\", \"black-hole\"]\n":           `names "black-hole" twice`,
		"fault_presets = [\"black-hole\"]\n[fault.black-hole.crash]\nat = \"1m\"\n": `is the name of a fault of the file`,
	} {
		top, rest, _ := strings.Cut(line, "\n")
		if got := loadError(t, top+"\nduration = \"90m\"\nload.a.constant.rate = \"10/s\"\nrequest.cpu = \"20ms\"\ninstance.type = \"c7g.large\"\nauto_scaling_group = { min_size = 2, max_size = 2 }\n"+rest); !strings.Contains(got, want) {
			t.Errorf("%s: %s", line, got)
		}
	}
}
