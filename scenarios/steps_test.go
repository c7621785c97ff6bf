package scenarios

import (
	"strings"
	"testing"
)

// Steps are tables: anything else is refused where it stands, as is one without its amount.
func TestStepsAreTables(t *testing.T) {
	for steps, want := range map[string]string{
		`[1]`: "step 1 is not a table: 1",
		`[{ metric_interval_lower_bound = 0, scaling_adjustment = 1 }, "2"]`: `step 2 is not a table: "2"`,
		`[[]]`: "step 1 is not a table: ",
	} {
		got := loadError(t, base+"[policy.p.step_scaling]\nadjustment_type = \"ChangeInCapacity\"\nstep_adjustment = "+steps+"\n")
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s\nwant %q", steps, got, want)
		}
	}
}
