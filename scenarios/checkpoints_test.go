package scenarios

import (
	"slices"
	"strings"
	"testing"
)

// Checkpoints of an instance refresh are ascending percentages, the last at most 100 ("Add
// checkpoints to an instance refresh", EC2 Auto Scaling User Guide).
func TestCheckpointsAscend(t *testing.T) {
	event := func(list string) string {
		return base + "[event.r.instance_refresh]\nat = \"1h\"\ncheckpoint_percentages = " + list + "\n"
	}
	for list, wrong := range map[string]string{
		`["0%"]`: "0%", `["0%", "100%"]`: "0%", `["120%"]`: "120%", `["20%", "120%"]`: "120%", `["50%", "20%"]`: "20%", `["50%", "50%"]`: "50%", `[0, 100]`: "0%",
	} {
		if got := loadError(t, event(list)); !strings.Contains(got, "checkpoint_percentages") || !strings.Contains(got, ": "+wrong) {
			t.Errorf("%s: %s", list, got)
		}
	}
	for list, want := range map[string][]float64{`["1%", "20%", "100%"]`: {0.01, 0.2, 1}, `["100%"]`: {1}} {
		if got := load(t, event(list)).Configs[0].World.Events[0].Refresh.Checkpoints; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", list, got, want)
		}
	}
}
