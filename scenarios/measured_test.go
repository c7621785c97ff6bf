package scenarios

import (
	"strings"
	"testing"
)

// What the figures of one hour leave open is said, with the remedy; a busier hour's
// figures close it, and are checked.
func TestMeasuredSaysWhatItCannotTell(t *testing.T) {
	if testing.Short() {
		t.Skip("fits three pairs of figures")
	}
	load := func(more string) (*Scenario, error) {
		text := `
title = "measured"
duration = "1h"
[slo]
latency = "400ms"
good = "99%"
[load.web.constant]
rate = "500/s"
[request.measured]
rate = "240/s"
cpu = "56%"
p50 = "28ms"
p99 = "60ms"
` + more + `
[instance]
type = "c7g.large"
[auto_scaling_group]
min_size = 3
max_size = 3
`
		return Load(Source{Name: "measured.toml", Text: []byte(text)}, nil, Options{})
	}
	s, err := load("")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Warnings.Error(); !strings.Contains(got, "cannot tell whether slow requests work or wait: at 85 % CPU") || !strings.Contains(got, "request.measured.busier") || !strings.Contains(got, "instance.workers") {
		t.Errorf("warns %s", got)
	}
	if s, err = load("busier = { rate = \"340/s\", cpu = \"79%\", p50 = \"33ms\", p99 = \"95ms\" }"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(s.Warnings.Error(), "cannot tell") || s.Configs[0].Derived.Fitted.BusierMiss > 0.15 {
		t.Errorf("%v, %+v", s.Warnings, s.Configs[0].Derived)
	}
	for want, more := range map[string]string{
		"is no busier hour":           "busier = { rate = \"250/s\", cpu = \"58%\", p50 = \"33ms\", p99 = \"95ms\" }",
		"request.measured.busier.p50": "busier = { rate = \"340/s\", cpu = \"79%\", p99 = \"95ms\" }",
		"more than a fifth apart":     "busier = { rate = \"300/s\", cpu = \"95%\", p50 = \"33ms\", p99 = \"95ms\" }",
	} {
		if _, err := load(more); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}
