package scenarios

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What changes is listed by key; the same in another unit, and defaults of what comes and
// goes, are no change.
func TestChanges(t *testing.T) {
	load := func(text string) *Config {
		t.Helper()
		s, err := Load(Source{Name: "x.toml", Text: []byte("start = 2026-03-02T00:00:00\nduration = \"1h\"\n" + text)}, nil, Options{Unadvised: true})
		if err != nil {
			t.Fatal(err)
		}
		return &s.Configs[0]
	}
	from := load(`
[load.web.constant]
rate = "20/s"
[request]
cpu = "20ms"
[instance]
type = "c7g.large"
boot = "60s"
price = "$0.1/h"
[auto_scaling_group]
min_size = 2
max_size = 9
default_cooldown = 120
[policy.cpu.target_tracking]
predefined_metric_type = "ASGAverageCPUUtilization"
target_value = 50
`)
	to := load(`
title = "Another"
[load.web.constant]
rate = "1200/min"
[request]
cpu = "20ms"
[instance]
type = "c7g.large"
boot = "1m"
price = "$0.10/h"
[auto_scaling_group]
min_size = 3
max_size = 9
default_cooldown = "2m"
[policy.cpu.target_tracking]
predefined_metric_type = "ASGAverageCPUUtilization"
target_value = "50%"
[policy.in.target_tracking]
predefined_metric_type = "ASGAverageNetworkIn"
target_value = 1000
`)
	want := []Change{
		{"auto_scaling_group.min_size", "2", "3"},
		{"policy.in.target_tracking.predefined_metric_type", "", `"ASGAverageNetworkIn"`},
		{"policy.in.target_tracking.target_value", "", "1000"},
	}
	if diff := cmp.Diff(want, Changes(from, to)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := Changes(to, from); len(got) != 3 || got[0] != (Change{"auto_scaling_group.min_size", "3", "2"}) || got[1].New != "" {
		t.Errorf("the other way %v", got)
	}
	if got := Changes(from, from); len(got) != 0 {
		t.Errorf("to itself %v", got)
	}
}
