package scenarios

import (
	"strings"
	"testing"
)

// A policy never scales in if even the most instances show at the quietest what its alarm
// takes for busy. 50 requests a second of 20 ms on four instances of two vCPUs are 12.5 % CPU,
// and 750 requests a minute to each.
func TestPoliciesThatNeverScaleIn(t *testing.T) {
	for _, c := range []struct {
		metric, target string
		max            string
		says           string // empty: nothing
	}{
		{"ASGAverageCPUUtilization", "10", "4", "even 4 instances show 12.5 %"},
		{"ASGAverageCPUUtilization", "50", "4", ""},
		{"ALBRequestCountPerTarget", "700", "4", "even 4 instances show 750/min"},
		{"ALBRequestCountPerTarget", "5000", "4", ""},
		{"ASGAverageCPUUtilization", "10", "1", ""}, // a fixed size
	} {
		text := base + "[policy.p.target_tracking]\npredefined_metric_type = \"" + c.metric + "\"\ntarget_value = " + c.target + "\n"
		w := load(t, text, "auto_scaling_group.max_size="+c.max).Warnings.Error()
		if got := strings.Contains(w, "never scales in"); got != (c.says != "") || !strings.Contains(w, c.says) {
			t.Errorf("%s of %s, at most %s: %s", c.metric, c.target, c.max, w)
		}
	}
}
