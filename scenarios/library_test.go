package scenarios

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"asgsim/sim/scaling"
)

func loadShipped(t *testing.T, name string, opts Options) *Scenario {
	t.Helper()
	src, err := Shipped(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Load(src, OpenShipped, opts)
	if err != nil {
		t.Fatalf("%s:\n%v", name, err)
	}
	return s
}

// The warnings a shipped scenario has are part of its story; it has no others.
var libraryWarnings = map[string][]string{
	"blind-cpu":                 {"cannot be reached: CPU stays under 60 %"},
	"burstable":                 {"is standard, and t3.medium is burstable", "is burstable: at the target of 50 % CPU"},
	"health-check-death-spiral": {"auto_scaling_group.max_size: cannot carry the peak"},
	"retry-storm":               {"auto_scaling_group.max_size: cannot carry the peak"},
	"overload":                  {"auto_scaling_group.max_size: cannot carry the peak"},
	"database-limit":            {"dependency.db.workers: cannot carry the peak: 475/s at Wed 13:10 x 100 % of them x 25ms = 11.9 workers busy, 10 there are; more instances do not help"},
	"five-minute-metrics":       {"instance.monitoring: is basic"},
	"fixed-fleet":               {"variant seven: auto_scaling_group.max_size: is less than the peak needs: about 8"},
	"queue-workers": {"variant cpu: policy.cpu.target_tracking.target_value: cannot be reached: CPU stays under 60 %", "variant short-timeout: queue.visibility_timeout: is shorter than a message may take",
		"variant no-hook: queue.visibility_timeout: is how long the messages wait at which an instance works that leaves"},
	"wrong-timezone": {"07:45 UTC is 08:45 Europe/Berlin, from 29 March on 09:45", "11:00 UTC is 12:00 Europe/Berlin"},
	"zone-outage":    {"would be 88 % busy"},
}

func TestLibrary(t *testing.T) {
	if testing.Short() {
		t.Skip("asks what every shipped scenario needs")
	}
	want := []string{"bad-deploy", "black-hole", "blind-cpu", "burstable", "cold-caches", "database-limit", "day-night", "five-minute-metrics", "fixed-fleet", "flash-crowd", "forecast", "grey-failure", "health-check-death-spiral", "hpa-against-target-tracking", "instance-lifetime", "instance-refresh", "lifecycle-hook", "operations", "overload", "policies", "queue-workers", "retry-storm", "savings-plan-trap", "sixty-is-fifty", "spot-mix", "trace-replay", "unhealthy-instance", "warm-pool", "wrong-timezone", "zonal-shift", "zone-outage"}
	if got := strings.Join(Names(), " "); got != strings.Join(want, " ") {
		t.Errorf("shipped are %s, want %s", got, want)
	}
	for _, name := range Names() {
		s := loadShipped(t, name, Options{})
		src, _ := Shipped(name)
		if d := Describe(src.Text); len(d) < 20 || !strings.HasSuffix(d, ".") && !strings.HasSuffix(d, "?") {
			t.Errorf("%s: its first comment line must say in a sentence what it is: %q", name, d)
		}
		if s.Title == "" || s.Name != name || len(s.SHA256) != 64 {
			t.Errorf("%s: title %q, name %q, sha256 %q", name, s.Title, s.Name, s.SHA256)
		}
		expected := libraryWarnings[name]
		if len(s.Warnings) != len(expected) {
			t.Errorf("%s: %d warnings, want %d:\n%v", name, len(s.Warnings), len(expected), s.Warnings)
			continue
		}
		for i, w := range s.Warnings {
			if !strings.Contains(w.Error(), expected[i]) {
				t.Errorf("%s: warning %q, want %q", name, w.Error(), expected[i])
			}
		}
	}
}

func TestShippedScenariosAreFoundByName(t *testing.T) {
	if _, err := Shipped("day-nigth"); err == nil || !strings.Contains(err.Error(), `did you mean "day-night"?`) {
		t.Errorf("got %v", err)
	}
	if _, err := Shipped("../scenarios/day-night"); err == nil {
		t.Error("a path is not a name")
	}
	if _, err := OpenShipped("nowhere.csv"); err == nil {
		t.Error("a trace that is not shipped cannot be opened")
	}
}

// What show prints is a scenario again, with the same values.
func TestShowCanBeLoadedAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("loads every shipped scenario")
	}
	for _, name := range Names() {
		s := loadShipped(t, name, Options{})
		for i := range s.Configs {
			var first, second bytes.Buffer
			if err := s.Configs[i].showValues(&first); err != nil {
				t.Fatal(err)
			}
			again, err := Load(Source{Name: "shown.toml", Text: first.Bytes()}, OpenShipped, Options{})
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, first.String())
			}
			if err := again.Configs[0].showValues(&second); err != nil {
				t.Fatal(err)
			}
			if a, b := values(first.String()), values(second.String()); a != b {
				t.Errorf("%s %s: shown, loaded and shown again:\n%s\n%s", name, s.Configs[i].Name, a, b)
			}
		}
	}
}

// values strips comments and spaces.
func values(shown string) string {
	var out []string
	for line := range strings.Lines(shown) {
		line, _, _ = strings.Cut(line, "  #")
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func TestShowSaysWhereValuesComeFrom(t *testing.T) {
	s := loadShipped(t, "day-night", Options{Sets: []string{"defaults=terraform", "auto_scaling_group.max_size=22"}})
	var b bytes.Buffer
	fixed, err := s.Config("fixed")
	if err != nil {
		t.Fatal(err)
	}
	if err := fixed.Show(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"# day-night.toml:", "# --set\n", "# variant fixed (day-night.toml:", "# default (AWS API)", "# default\n", "# default (undocumented by AWS, X-12)", "# default (undocumented by AWS, X-13)\n",
		"# default: list price of us-east-1", "one c7g.large carries",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("show does not say %q:\n%s", want, b.String())
		}
	}
	if fixed.World.Group.Max != 22 {
		t.Errorf("--set comes last, but max_size is %d", fixed.World.Group.Max)
	}
	b.Reset()
	s = loadShipped(t, "unhealthy-instance", Options{Sets: []string{"defaults=terraform"}})
	if err := s.Configs[0].Show(&b); err != nil {
		t.Fatal(err)
	}
}

func TestVariants(t *testing.T) {
	s := loadShipped(t, "day-night", Options{})
	if got := strings.Join(s.Names(), " "); got != "plain tracking-60 fixed" {
		t.Errorf("configurations are %s", got)
	}
	plain, sixty, fixed := s.Configs[0].World, s.Configs[1].World, s.Configs[2].World
	if tracking(plain).Target != 50 || tracking(sixty).Target != 60 || tracking(sixty).Metric != scaling.ASGAverageCPUUtilization {
		t.Errorf("targets %v and %v", plain.Policies, sixty.Policies)
	}
	if len(fixed.Policies) != 0 || fixed.Group.Min != 20 || fixed.Variant != "fixed" || plain.Variant != "" {
		t.Errorf("fixed is %+v", fixed.Group)
	}
	one := loadShipped(t, "day-night", Options{Only: only("fixed")})
	if len(one.Configs) != 1 || one.Configs[0].Name != "fixed" || one.Title != s.Title {
		t.Errorf("one variant: %v", one.Names())
	}
	if one = loadShipped(t, "day-night", Options{Only: only("plain")}); one.Configs[0].Name != "" {
		t.Errorf("the plain scenario: %v", one.Names())
	}
	if one = loadShipped(t, "blind-cpu", Options{Only: only("by-cpu")}); one.Configs[0].Name != "by-cpu" {
		t.Errorf("the labelled one: %v", one.Names())
	}
	src, _ := Shipped("day-night")
	if _, err := Load(src, OpenShipped, Options{Only: only("fixd")}); err == nil || !strings.Contains(err.Error(), `did you mean "fixed"?`) {
		t.Errorf("got %v", err)
	}
}

// nothing refuses every file.
func nothing(path string) (io.ReadCloser, error) { return nil, io.ErrUnexpectedEOF }

// only selects one variant, or all for the empty name.
func only(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}
