package scenarios

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// base is a small scenario without warnings.
const base = `
[load.shop.constant]
rate = "50/s"
[request]
cpu = "20ms"
[instance]
type = "c7g.large"
[auto_scaling_group]
min_size = 1
max_size = 4
default_instance_warmup = "60s"
[target_group]
deregistration_delay = "60s"
`

func load(t *testing.T, text string, sets ...string) *Scenario {
	t.Helper()
	s, err := Load(Source{Name: "web.toml", Text: []byte(text)}, nothing, Options{Sets: sets})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return s
}

func loadError(t *testing.T, text string, sets ...string) string {
	t.Helper()
	_, err := Load(Source{Name: "web.toml", Text: []byte(text)}, nothing, Options{Sets: sets})
	if err == nil {
		t.Fatalf("accepted:\n%s", text)
	}
	return err.Error()
}

func TestDefaultsOfTheThreeTools(t *testing.T) {
	for tool, want := range map[string]struct {
		grace, timeout     des.Duration
		healthy, unhealthy int
	}{
		"api":       {0, 5 * des.Second, 5, 2},
		"terraform": {300 * des.Second, 6 * des.Second, 3, 3},
		"console":   {300 * des.Second, 5 * des.Second, 5, 2},
	} {
		w := load(t, "defaults = \""+tool+"\"\n"+base).Configs[0].World
		c := w.Balancer.Check
		if w.Group.Grace != want.grace || c.Timeout != want.timeout || c.HealthyThreshold != want.healthy || c.UnhealthyThreshold != want.unhealthy {
			t.Errorf("%s: grace %v, check %+v", tool, w.Group.Grace, c)
		}
	}
}

func TestDefaultsFillTheConfiguration(t *testing.T) {
	w := load(t, base).Configs[0].World
	if w.Duration != 2*des.Day || w.SLO.Good != 0.99 || w.Group.Desired != asg.Settled || w.Group.Cold || len(w.Group.Zones) != 3 ||
		!w.Template.Detailed || w.Template.Workers != serving.Unlimited || w.Balancer.IdleTimeout != 60*des.Second || w.Balancer.ConnectTimeout != 10*des.Second ||
		w.Watch.DetailedDelay != des.Minute || w.Group.Reconcile.Mean() != 15 || w.Template.Type.VCPU != 2 || w.Group.Warmup != des.Minute {
		t.Errorf("defaults: %+v", w)
	}
	if w.Calendar.RFC3339(0) != "2026-03-02T00:00:00Z" {
		t.Errorf("the run starts at %s", w.Calendar.RFC3339(0))
	}
	if w.Bill.MonitoringHour.String() != "$0.0029" || w.Template.Price.String() != "$0.0725" || w.Template.OwnPrice {
		t.Errorf("bill: %+v", w.Bill)
	}
	cold := load(t, "initial = \"cold\"\n"+base).Configs[0].World.Group
	if !cold.Cold || cold.Desired != 1 {
		t.Errorf("cold: %+v", cold)
	}
}

func TestSetsComeLastAndAreChecked(t *testing.T) {
	w := load(t, base, "auto_scaling_group.max_size=9", "slo.latency=250ms", `instance.boot={ median = "40s", p95 = "75s" }`, "instance.boot.p95=60s",
		"fault.x.crash.at=5m", "target_group.health_check.interval=15s").Configs[0].World
	if w.Group.Max != 9 || w.SLO.Latency != 250*des.Millisecond || len(w.Faults) != 1 || w.Balancer.Check.Interval != 15*des.Second || w.Balancer.Check.Timeout != 5*des.Second {
		t.Errorf("--set was not applied: %+v", w)
	}
	if q := w.Template.Boot.Quantile(0.95); q < 59.9 || q > 60.1 {
		t.Errorf("--set reaches into a random quantity: p95 is %v", q)
	}
	for _, c := range [][2]string{
		{"auto_scaling_group.maxsize=9", `--set auto_scaling_group.maxsize=9: auto_scaling_group.maxsize: is an unknown key; it is written "max_size"`},
		{"slo.latency", "must be key=value"},
		{"slo..latency=3s", "empty part"},
		{"=3", "must be key=value"},
		{"auto_scaling_group.min_size=7", "is above max_size: 7 > 4"},
		{"auto_scaling_group.min_size=seven", `must be a whole number, not "seven"`},
		{"variant.x.slo.good=2", "variant x: slo.good: has no unit"},
	} {
		if got := loadError(t, base, c[0]); !strings.Contains(got, c[1]) {
			t.Errorf("--set %s says\n%s\nwant %s", c[0], got, c[1])
		}
	}
	s := load(t, base, "variant.big.auto_scaling_group.max_size=9", "slo.good=98%")
	if len(s.Configs) != 2 || s.Configs[1].World.Group.Max != 9 || s.Configs[0].World.Group.Max != 4 || s.Configs[1].World.SLO.Good != 0.98 {
		t.Errorf("--set variant.NAME.key: %+v", s.Configs)
	}
}

func TestOverlaysMergeTrees(t *testing.T) {
	s := load(t, `label = "base"
[fault.a.crash]
at = "10m"
[fault.b.hang]
at = "20m"
[policy.cpu.target_tracking]
predefined_metric_type = "ASGAverageCPUUtilization"
target_value = 50
`+strings.Replace(base, `cpu = "20ms"`, "cpu = \"20ms\"\ntimeout = \"5s\"\nretry = { attempts = 3, backoff = \"1s\" }", 1)+`
[variant.spike.load.shop.spike]
at = "1h"
add = "10/s"
hold = "1h"
[variant.less]
without = ["request.timeout", "fault.a", "policy"]
[variant.less.request]
retry = { attempts = 2 }
cpu = { mean = "20ms", cv = 2 }
[variant.pick]
faults = ["b"]
policies = []
[variant.hang.fault.a.hang]
at = "30m"
cpu = "100%"
`)
	if got := strings.Join(s.Names(), " "); got != "base spike less pick hang" {
		t.Fatalf("variants: %s", got)
	}
	base, spike, less, pick, hang := s.Configs[0].World, s.Configs[1].World, s.Configs[2].World, s.Configs[3].World, s.Configs[4].World
	if spike.Loads[0].Curve.Integral(0, des.Time(des.Hour)) != 0 || base.Loads[0].Curve.Integral(0, des.Time(des.Hour)) != 180_000 {
		t.Error("another kind must replace the old one whole, and only in its variant")
	}
	if c := less.Classes[0]; c.Timeout != 0 || c.Retry.Attempts != 2 || c.Retry.Backoff != des.Second || c.CPU.SCV() < 3.9 || base.Classes[0].Timeout != 5*des.Second {
		t.Errorf("less: %+v", c)
	}
	if len(less.Faults) != 1 || less.Faults[0].About().Name != "b" || len(less.Policies) != 0 || len(base.Faults) != 2 {
		t.Errorf("without: %+v", less.Faults)
	}
	if len(pick.Faults) != 1 || len(pick.Policies) != 0 || len(hang.Faults) != 2 || hang.Faults[0].(fault.Hang).CPU != 1 || hang.Faults[0].About().At[0] != des.Time(30*des.Minute) {
		t.Errorf("picks: %+v; hang: %+v", pick.Faults, hang.Faults)
	}
}

func TestStartsAroundTheChangeOfTheClock(t *testing.T) {
	head := "timezone = \"Europe/Berlin\"\nduration = \"2d\"\nstart = "
	w := load(t, head+"2026-03-29T00:00:00\n"+base).Configs[0].World
	if got := w.Calendar.RFC3339(des.Time(des.Hour)); got != "2026-03-29T01:00:00+01:00" {
		t.Errorf("an hour in it is %s", got)
	}
	if got := w.Calendar.RFC3339(des.Time(2 * des.Hour)); got != "2026-03-29T03:00:00+02:00" {
		t.Errorf("two hours in it is %s", got)
	}
	s := load(t, head+"2026-10-25T02:30:00\n"+base)
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].Error(), "start: happens twice") {
		t.Errorf("warnings: %v", s.Warnings)
	}
	if got := s.Configs[0].World.Calendar.RFC3339(0); got != "2026-10-25T02:30:00+02:00" {
		t.Errorf("the first is meant, got %s", got)
	}
	// Weekday times are local: Sunday 12:00 is 11 hours after midnight of the short day.
	w = load(t, head+"2026-03-29T00:00:00\n"+base, "fault.x.crash.at=Sun 12:00").Configs[0].World
	if w.Faults[0].About().At[0] != des.Time(11*des.Hour) {
		t.Errorf("Sunday noon is at %v", w.Faults[0].About().At[0])
	}
	// The first Tuesday 10:30 of a run that starts on Tuesday noon is a week later.
	w = load(t, "start = 2026-03-03T12:00:00\nduration = \"14d\"\n"+base, "fault.x.crash.at=Tue 10:30").Configs[0].World
	if w.Faults[0].About().At[0] != des.Time(7*des.Day-90*des.Minute) {
		t.Errorf("the first Tuesday 10:30 is at %v", w.Faults[0].About().At[0])
	}
}

func TestTargets(t *testing.T) {
	policy := func(metric, target string) string {
		return base + "[policy.p.target_tracking]\npredefined_metric_type = \"" + metric + "\"\ntarget_value = " + target + "\n"
	}
	for _, c := range []struct {
		metric, target string
		want           float64
	}{
		{"ASGAverageCPUUtilization", `"55%"`, 55}, {"ASGAverageCPUUtilization", "55", 55}, {"ASGAverageCPUUtilization", "55.5", 55.5},
		{"ALBRequestCountPerTarget", `"50/s"`, 3000}, {"ALBRequestCountPerTarget", "3000", 3000}, {"ALBRequestCountPerTarget", `"3000/min"`, 3000},
		{"ASGAverageNetworkIn", `"30MB"`, 3e7}, {"ASGAverageNetworkOut", "30000000", 3e7},
	} {
		s := load(t, policy(c.metric, c.target))
		if got := tracking(s.Configs[0].World); got.Target < c.want-1e-9 || got.Target > c.want+1e-9 || got.Repeat != scaling.Unset || got.Warmup != scaling.Unset {
			t.Errorf("%s %s: %+v", c.metric, c.target, got)
		}
		if len(s.Warnings) != 0 {
			t.Errorf("%s %s: %v", c.metric, c.target, s.Warnings)
		}
	}
	s := load(t, policy("ALBRequestCountPerTarget", "50"))
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].Error(), `is per minute, as in AWS: 50 means 0.833/s per instance, 0.83 % CPU; did you mean "50/s"?`) {
		t.Errorf("per second: %v", s.Warnings)
	}
}

func TestWarningsCarryTheirArithmetic(t *testing.T) {
	if testing.Short() {
		t.Skip("half a second or more")
	}
	cpu := "[policy.cpu.target_tracking]\npredefined_metric_type = \"ASGAverageCPUUtilization\"\ntarget_value = 60\n"
	for _, c := range []struct {
		text, want string
		sets       []string
	}{
		{base, "", nil},
		{base + cpu, "", nil},
		{base, "ready at 45s-1m15s, unhealthy at 1m5s (2 probes every 30s, timeout 5s), grace 0s: new instances die before they serve; set it to 2m or more",
			[]string{"auto_scaling_group.health_check_type=ELB", `instance.boot={ median = "45s", p95 = "75s" }`}},
		{base, "cannot carry the peak: 500/s at Mon 00:00 x 20ms of CPU = 10 vCPUs busy, 4 x 2 = 8 there are; 5 instances would just hold", []string{"load.shop.constant.rate=500/s"}},
		{base + cpu, "CPU arrives every 5 minutes, while policy cpu evaluates it every 1m", []string{"instance.monitoring=basic"}},
		{strings.Replace(base, "default_instance_warmup = \"60s\"\n", "", 1) + cpu, "policy cpu falls back on default_cooldown, so its actions are 5m apart", nil},
		{base, "", []string{"target_group.deregistration_delay=300s"}}, // a drain ends once nothing is in flight
		{base, "is 5m, but 99.9 % of the requests need less than 140ms: an instance that leaves drains", []string{"target_group.deregistration_delay=300s", "target_group.deregistration_completes=delay"}},
		{base, "is 5m, but 99.9 % of the requests need less than 140ms: a hung instance drains", []string{"target_group.deregistration_delay=300s", "fault.x.hang.at=Mon 10:00",
			"auto_scaling_group.health_check_type=ELB", "auto_scaling_group.health_check_grace_period=120s"}},
		{base, "is 20s, but one request in a thousand needs 1m30s or more: what is in progress when an instance leaves is cut off; set it to 2m or more",
			[]string{"target_group.deregistration_delay=20s", `request.wait={ constant = "90s" }`, "slo.latency=5m", "load_balancer.idle_timeout=120s", "request.cpu={ constant = \"1ms\" }"}},
		{base + cpu, "cannot be reached: CPU stays under 60 %, because the 16 workers of an instance run out at 16 % (15.7/s)", []string{"instance.workers=16", `request.wait={ constant = "1s" }`, "slo.latency=5s", "load.shop.constant.rate=20/s"}},
		{base + cpu, "never scales in: at the quietest, 200/s at Mon 00:00, even 4 instances show 50 %, and the alarm wants less than 42 %", []string{"load.shop.constant.rate=200/s"}},
		{base, "cannot be met by any fleet", []string{"slo.latency=10ms"}},
		{base, "about 6 instances for the SLO", []string{"load.shop.constant.rate=390/s", "slo.latency=200ms"}},
		{base + cpu, "is burstable: at the target of 60 % CPU of policy cpu, above its baseline of 20 %, the surplus costs $0.0400 an hour, on top of $0.0416", []string{"instance.type=t3.medium"}},
		{base + cpu, "out of credits it shows 20 % CPU at most, so policy cpu with its target of 60 % never scales out", []string{"instance.type=t2.medium"}},
	} {
		s := load(t, c.text, c.sets...)
		if c.want == "" && len(s.Warnings) == 0 {
			continue
		}
		if c.want == "" || len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].Error(), c.want) {
			t.Errorf("%v warns\n%v\nwant %s", c.sets, s.Warnings, c.want)
		}
	}
}

func TestTracesGiveStartAndDuration(t *testing.T) {
	text := strings.Replace(base, "[load.shop.constant]\nrate = \"50/s\"", "[load.rec.trace]\nfile = \"dated.csv\"\nvalues = \"count\"", 1)
	open := beside("testdata/bad")
	s, err := Load(Source{Name: "t.toml", Text: []byte("timezone = \"Europe/Berlin\"\n" + text)}, open, Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := s.Configs[0].World
	if w.Calendar.RFC3339(0) != "2026-03-02T01:00:00+01:00" || w.Duration != 2*des.Minute {
		t.Errorf("start %s, duration %s", w.Calendar.RFC3339(0), w.Duration)
	}
	if got := w.Loads[0].Curve.Integral(0, des.Time(w.Duration)); got != 22 {
		t.Errorf("the trace holds %v requests", got)
	}
	s, err = Load(Source{Name: "t.toml", Text: []byte(text)}, open, Options{Sets: []string{"start=2026-05-01T00:00:00", "load.rec.trace.start=0s", "load.rec.trace.repeat=true", "duration=1h", "load.rec.trace.scale=2"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Configs[0].World.Loads[0].Curve.Integral(0, des.Time(des.Hour)); got != 1320 {
		t.Errorf("an hour of it at twice the load holds %v requests", got)
	}
	text = strings.Replace(text, "dated.csv", "gaps.csv", 1)
	for gaps, want := range map[string]float64{"hold": 60, "zero": 40} {
		s, err := Load(Source{Name: "t.toml", Text: []byte(text)}, open, Options{Sets: []string{"load.rec.trace.gaps=" + gaps}})
		if err != nil {
			t.Fatal(err)
		}
		if w := s.Configs[0].World; w.Loads[0].Curve.Integral(0, des.Time(w.Duration)) != want || w.Duration != 6*des.Minute {
			t.Errorf("gaps = %s: %v requests in %s", gaps, w.Loads[0].Curve.Integral(0, des.Time(w.Duration)), w.Duration)
		}
	}
}

func TestRealTracesLoad(t *testing.T) {
	folder := filepath.Join("..", "..", "shared", "traces")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("no traces here: %v", err)
	}
	for file, gaps := range map[string]string{"appcluster_hourly_2019.csv": "hold", "nab_nyc_taxi.csv": "error", "nab_elb_request_count.csv": "zero"} {
		text := strings.Replace(base, "[load.shop.constant]\nrate = \"50/s\"", "[load.rec.trace]\nfile = \""+file+"\"\nvalues = \"count\"\ngaps = \""+gaps+"\"", 1)
		s, err := Load(Source{Name: file, Text: []byte(text)}, func(p string) (io.ReadCloser, error) { return os.Open(filepath.Join(folder, p)) }, Options{})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		w := s.Configs[0].World
		t.Logf("%s: %s from %s, %.0f requests", file, w.Duration, w.Calendar.RFC3339(0), w.Loads[0].Curve.Integral(0, des.Time(w.Duration)))
	}
}

func TestMeasuredFiguresAreDerived(t *testing.T) {
	if testing.Short() {
		t.Skip("asks what every shipped scenario needs")
	}
	text := strings.Replace(base, "cpu = \"20ms\"", "[request.measured]\nrate = \"300/s\"\ncpu = \"70%\"\np50 = \"40ms\"\np99 = \"120ms\"", 1)
	s := load(t, text)
	c := &s.Configs[0]
	if mean := c.World.Classes[0].CPU.Mean(); mean < 0.004666 || mean > 0.004667 || c.Derived == nil {
		t.Errorf("cpu is %v", mean)
	}
	if wait := c.World.Classes[0].Wait.(workload.Lognormal); wait.Quantile(0.5) < 0.029 || wait.Quantile(0.5) > 0.037 {
		t.Errorf("wait is %v", wait)
	}
	var b strings.Builder
	if err := c.Show(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"derived: 70% x 2 vCPU / 300/s", "derived: with it one instance at 300/s has p50 ", "# one c7g.large carries 429/s by CPU"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("show does not say %q:\n%s", want, b.String())
		}
	}
	if s := load(t, strings.Replace(text, "p50 = \"40ms\"\n", "", 1)); !strings.Contains(s.Warnings.Error(), "a third of it, 40ms") {
		t.Errorf("without p50: %v", s.Warnings)
	}
}

func TestMemoryDecidesWorkers(t *testing.T) {
	s := load(t, strings.Replace(base, "type = \"c7g.large\"", "type = \"c7g.large\"\nmemory = { reserved = \"900MiB\", per_worker = \"170MiB\" }", 1))
	if got := s.Configs[0].World.Template.Workers; got != 18 {
		t.Errorf("(4096 - 900) / 170 = 18, got %d", got)
	}
}

// Without a title a result is headed by the scenario's name.
func TestATitleIsThere(t *testing.T) {
	text := strings.Replace(base, "title", "#", 1)
	s, err := Load(Source{Name: "folder/web.toml", Text: []byte(text)}, OpenShipped, Options{})
	if err != nil || s.Configs[0].World.Title != "web" {
		t.Errorf("%v: %+v", err, s)
	}
}

// A run lasts whole seconds, as bills are made: a fraction is refused, with the next
// whole one to write.
func TestARunLastsWholeSeconds(t *testing.T) {
	for _, c := range []struct{ set, want string }{
		{"duration=10m59.6s", `write "11m"`},
		{"duration=1ns", `must be 1s to 3660d`},
		{"duration=1m0.000000001s", `write "1m1s"`},
		{"duration=1s", ""},
	} {
		_, err := Load(Source{Name: "web.toml", Text: []byte(base)}, OpenShipped, Options{Sets: []string{c.set}})
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", c.set, err)
		}
	}
}
