package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim/des"
)

const varied = base + `
[fault.later.crash]
at = "Tue 10:00"
[variant.fixed.auto_scaling_group]
min_size = 3
max_size = 3
[variant.bare]
without = ["target_group.deregistration_delay"]
[variant.broken.auto_scaling_group]
min_size = 9
`

func loadWith(t *testing.T, text string, o Options) *Scenario {
	t.Helper()
	s, err := Load(Source{Name: "web.toml", Text: []byte(text)}, nothing, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What runs is checked; what is wrong with the other variants is told and harms
// nobody.
func TestOnlyWhatRunsIsChecked(t *testing.T) {
	s := loadWith(t, varied, Options{Only: []string{Plain}, Sets: []string{"auto_scaling_group.max_size=2"}})
	if len(s.Configs) != 1 || s.Configs[0].World.Group.Max != 2 || strings.Join(s.Others, " ") != "fixed bare broken" {
		t.Errorf("%d configurations, others %v", len(s.Configs), s.Others)
	}
	if len(s.Unfit) != 2 || s.Unfit[0].Name != "fixed" || !strings.Contains(s.Unfit[0].Problems.Error(), "variant fixed: auto_scaling_group.max_size: is below min_size: 2 < 3") || s.Unfit[1].Name != "broken" {
		t.Errorf("unfit: %v", s.Unfit)
	}
	if _, err := Load(Source{Name: "web.toml", Text: []byte(varied)}, nothing, Options{Only: []string{"broken"}}); err == nil || !strings.Contains(err.Error(), "variant broken: auto_scaling_group.min_size: is above max_size: 9 > 4") {
		t.Errorf("the variant that runs: %v", err)
	}
	if _, err := Load(Source{Name: "web.toml", Text: []byte(varied)}, nothing, Options{Only: []string{"fixed", "fixd"}}); err == nil || !strings.Contains(err.Error(), `there is no variant "fixd"; did you mean "fixed"?`) {
		t.Errorf("a name that is none: %v", err)
	}
}

// A run that a --set shortens leaves out what comes later, and says so; in the file
// itself that is a mistake.
func TestAShortenedRunLeavesOutWhatComesLater(t *testing.T) {
	s := loadWith(t, varied, Options{Only: []string{Plain}, Sets: []string{"duration=40m"}})
	if at := s.Configs[0].World.Faults[0].About().At[0]; at != des.Time(34*des.Hour) {
		t.Errorf("the crash is at %v", at)
	}
	if w := s.Configs[0].Warnings; len(w) != 1 || !strings.Contains(w[0].Error(), "fault.later.crash.at: comes after the end of the run, which was shortened to 40m: it does not happen") {
		t.Errorf("warnings %v", w)
	}
	for what, text := range map[string]string{"event": "[event.x.suspend]\nat = \"Tue 10:00\"\n", "spike": "[load.x.spike]\nat = \"Tue 10:00\"\nadd = \"1/s\"\nhold = \"1m\"\n",
		"ramp": "[load.x.ramp]\nat = \"Tue 10:00\"\nfrom = \"1/s\"\nto = \"2/s\"\n", "schedule": "[schedule.x]\nstart_time = \"Tue 10:00\"\nmin_size = 1\n"} {
		s := loadWith(t, base+text, Options{Sets: []string{"duration=40m"}})
		if w := s.Warnings; len(w) != 1 || !strings.Contains(w[0].Error(), "it does not happen") {
			t.Errorf("%s: %v", what, w)
		}
	}
	if got := loadError(t, "duration = \"40m\"\n"+base+"[fault.x.crash]\nat = \"Tue 10:00\"\n"); !strings.Contains(got, "fault.x.crash.at: is outside the run") {
		t.Errorf("in the file: %s", got)
	}
}

// In a comparison a --set reaches the base and the variants that say nothing of its
// key: those that do keep what tells them apart.
func TestComparedVariantsKeepTheirOwn(t *testing.T) {
	text := strings.Split(varied, "[variant.broken")[0]
	o := Options{KeepOwn: true, Sets: []string{"auto_scaling_group.max_size=3", "target_group.deregistration_delay=30s"},
		Tries: []Try{{"five", []string{"auto_scaling_group.max_size=5"}}}}
	s := loadWith(t, text, o)
	for i, want := range []struct {
		name  string
		max   int
		delay des.Duration
	}{{"plain", 3, 30 * des.Second}, {"fixed", 3, 30 * des.Second}, {"bare", 3, 300 * des.Second}, {"five", 5, 30 * des.Second}} {
		w := &s.Configs[i].World
		if s.Configs[i].DisplayName() != want.name || w.Group.Max != want.max || w.Balancer.DeregistrationDelay != want.delay {
			t.Errorf("%s: max_size %d, delay %v, want %+v", s.Configs[i].DisplayName(), w.Group.Max, w.Balancer.DeregistrationDelay, want)
		}
	}
	if len(s.Kept) != 2 || strings.Join(s.Kept[0].Variants, " ") != "fixed five" || strings.Join(s.Kept[1].Variants, " ") != "bare" {
		t.Errorf("kept: %+v", s.Kept)
	}
	// Another kind, a list of picks, a value that holds the key: each is the variant's own.
	text = base + "[policy.p.target_tracking]\npredefined_metric_type = \"ASGAverageCPUUtilization\"\ntarget_value = 50\n[alarm.a]\nmetric_name = \"CPUUtilization\"\nthreshold = 60\nevaluation_periods = 1\ncomparison_operator = \"GreaterThanThreshold\"\n" +
		"[variant.step.policy.p.simple_scaling]\nalarm = \"a\"\nscaling_adjustment = 1\n[variant.law.request]\ncpu = \"30ms\"\n[variant.same]\n"
	s = loadWith(t, text, Options{KeepOwn: true, Sets: []string{"policy.p.target_tracking.target_value=70", "request.cpu={ median = \"20ms\", p95 = \"60ms\" }"}})
	if tracking(s.Configs[0].World).Target != 70 || tracking(s.Configs[3].World).Target != 70 || s.Configs[1].World.Policies[0].About().Kind != "simple_scaling" || s.Configs[2].World.Classes[0].CPU.Mean() != 0.03 {
		t.Errorf("%+v", s.Kept)
	}
	// A run and `show` lay --set over everything.
	if s := loadWith(t, varied, Options{Only: []string{"fixed"}, Sets: []string{"auto_scaling_group.max_size=4"}}); s.Configs[0].World.Group.Max != 4 {
		t.Errorf("a run of one variant: %d", s.Configs[0].World.Group.Max)
	}
}

func TestParseTry(t *testing.T) {
	for text, want := range map[string]string{
		"a: x.y=1": "a|x.y=1",
		"More-1: a=1, b=[1, 2],c={ d = 1, e = 2 }":      "More-1|a=1|b=[1, 2]|c={ d = 1, e = 2 }",
		`t: title="x, y: z", start=2026-03-02T10:00:00`: `t|title="x, y: z"|start=2026-03-02T10:00:00`,
	} {
		got, err := ParseTry(text)
		if err != nil || got.Label+"|"+strings.Join(got.Sets, "|") != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{"a=1": "has no label", "a b: x=1": "is not a name", "a: x": "is not key=value", "a: x=1,": "is not key=value", "a: =1": "is not key=value"} {
		if _, err := ParseTry(text); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "write 'label: key=value") {
			t.Errorf("%s: %v", text, err)
		}
	}
	_, err := Load(Source{Name: "web.toml", Text: []byte(base)}, nothing, Options{Tries: []Try{{"plain", []string{"duration=1h"}}, {"b", []string{"seed=2"}}}})
	if err == nil || !strings.Contains(err.Error(), `the label "plain" is taken`) || !strings.Contains(err.Error(), "seed: does not go into a variant") {
		t.Errorf("%v", err)
	}
}
