package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim"
)

// A gate beyond what its metric can be says nothing, and is refused with the metric's
// range; one without its unit is told the unit.
func TestGatesLieWithinTheirMetric(t *testing.T) {
	for text, want := range map[string]string{
		"good_share>=100.1%":     "0% to 100%",
		"failed_share<=120%":     "0% to 100%",
		"bad_share<=-1%":         "0% to 100%",
		"p99<=-1ms":              "0 or more",
		"breached_minutes<=-3":   "0 or more",
		"cost_per_day<=$-1":      "0 or more",
		"cost_per_day<=NaN":      `must be dollars, such as "$40"`,
		"p99<=1":                 `must be a duration with its unit, such as "400ms"`,
		"good_share>=99":         `must be a percentage, such as "99.5%"`,
		"scaling_activities<=-1": "0 or more",
	} {
		if _, err := ParseGate(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want it to say %q", text, err, want)
		}
	}
	for _, text := range []string{"good_share>=100%", "over_provisioning<=250%", "p99<=0s", "good_share>=0%"} {
		if _, err := ParseGate(text); err != nil {
			t.Error(err)
		}
	}
	if got := loadError(t, base+"[gate.g]\nmetric = \"good_share\"\nmin = \"101%\"\n"); !strings.Contains(got, "gate.g.min") || !strings.Contains(got, "0% to 100%") {
		t.Error(got)
	}
	for _, m := range sim.Metrics() {
		if low, high := m.Range(); low != 0 || high <= 0 {
			t.Errorf("%s: %v to %v", m.Key, low, high)
		}
	}
}

// What is wrong is said once, with what to do; the place is that of what was set last.
func TestWrongValuesAreToldWithTheirRemedy(t *testing.T) {
	c := load(t, base).Configs[0]
	for text, want := range map[string]string{
		"25:00":               `"25:00" is not an instant; write `,
		"2026-02-30T00:00:00": `"2026-02-30T00:00:00" is not in the calendar; write a day that the month has`,
		"2026-02-30 10:00":    "is not in the calendar",
		"400d":                `"400d" is outside the run; the run lasts from`,
	} {
		if _, err := c.Instant(text); err == nil || !strings.Contains(err.Error(), want) || strings.Count(err.Error(), text) != 1 {
			t.Errorf("%s: %v, want %q, the value once", text, err, want)
		}
	}
	for set, want := range map[string]string{
		"auto_scaling_group.max_size=0": "--set auto_scaling_group.max_size=0: auto_scaling_group.max_size: is below min_size",
		"request.cpu=NaN":               "request.cpu: is no finite number",
		"seed=18446744073709551615":     "seed: is out of range: 18446744073709551615; TOML's whole numbers go up to 9223372036854775807",
		"start=2026-02-30T00:00:00":     "start: is not in the calendar",
	} {
		if got := loadError(t, base, set); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %q", set, got, want)
		}
	}
	if got := loadError(t, "seed = 18446744073709551615\n"+base); !strings.Contains(got, ":1:8: seed: is out of range: 18446744073709551615; TOML's whole numbers go up to 9223372036854775807") {
		t.Error(got)
	}
	if got := loadError(t, base+"[alarm.a]\nmetric_name = \"CPUUtilization\"\nevaluation_periods = 3\ncomparison_operator = \"GreaterThanThreshold\"\n"); !strings.Contains(got, "write for example threshold = 60") {
		t.Error(got)
	}
	for _, k := range Keys() {
		if k.Required && k.Sample == "" && len(k.Choices) == 0 && k.Type.Example == "" {
			t.Errorf("%s is required and has no example", k.Path)
		}
	}
}
