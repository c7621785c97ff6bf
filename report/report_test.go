package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/scaling"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with testdata/name.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestText(t *testing.T) {
	d := sampleDocument()
	d.Files = []string{"out/lunch/report.png", "out/lunch/result.json"}
	for name, o := range map[string]TextOptions{"text.golden": {WallS: 0.42}, "text-verbose.golden": {Verbose: true}} {
		var b bytes.Buffer
		if err := WriteText(&b, d, o); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
		for _, line := range strings.Split(b.String(), "\n") {
			if n := utf8.RuneCountInString(line); n > Columns && !o.Verbose {
				t.Errorf("%d columns: %s", n, line)
			}
			if strings.Contains(line, "\x1b") {
				t.Errorf("colour that nobody asked for: %q", line)
			}
		}
	}
	var b bytes.Buffer
	if err := WriteText(&b, d, TextOptions{Colour: true}); err != nil || !strings.Contains(b.String(), "\x1b[32mSLO met\x1b[0m") {
		t.Errorf("no colour: %q, %v", b.String(), err)
	}
}

func TestTextOfABrokenLaw(t *testing.T) {
	d := sampleDocument()
	d.Audit = []Violation{{Law: "requests are conserved", Detail: "offered 12, served 10, failed 1, in flight 0"}}
	var b bytes.Buffer
	if err := WriteText(&b, d, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"requests are conserved: offered 12, served 10", "seed 1 reproduces it", "bug of asgsim"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("text lacks %q:\n%s", want, b.String())
		}
	}
}

func TestJSON(t *testing.T) {
	d := sampleDocument()
	d.Summary.CPU.Mean = math.NaN()
	d.Summary.CPU.Hottest = math.Inf(1)
	var b bytes.Buffer
	if err := WriteJSON(&b, d); err != nil {
		t.Fatal(err)
	}
	golden(t, "result.golden.json", b.Bytes())
	var back map[string]any
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	cpu := back["summary"].(map[string]any)["cpu_utilization"].(map[string]any)
	if cpu["mean"] != nil || cpu["hottest"] != nil || cpu["max_minute"] != 0.62 {
		t.Errorf("cpu_utilization = %v, want nulls for NaN and infinity", cpu)
	}
}

// What encoding/json can write, encode writes alike, but for empty lists: never null.
func TestEncodeAgreesWithStandard(t *testing.T) {
	d := sampleDocument()
	d.Summary.Lateness, d.Summary.Blocked = []account.Late{}, []account.BlockedScaleIn{}
	var b bytes.Buffer
	if err := encode(&b, reflect.ValueOf(d)); err != nil {
		t.Fatal(err)
	}
	want, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("-standard +ours:\n%s", diff)
	}
}

func TestResult(t *testing.T) {
	var b bytes.Buffer
	if err := WriteResult(&b, sampleDocument(), sample()); err != nil {
		t.Fatal(err)
	}
	var back struct {
		Schema    string
		Summary   map[string]any
		Decisions []map[string]any
		Faults    []map[string]any
	}
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if back.Schema != Schema || len(back.Decisions) != 2 || len(back.Faults) != 2 || back.Summary == nil {
		t.Errorf("result.json lacks something: %s", b.String())
	}
	if d := back.Decisions[0]; d["metric"] != nil || d["want"] != nil {
		t.Errorf("decision without data = %v, want null metric and want", d)
	}
	if back.Faults[0]["instance"] != "i-0000000000000001b" || back.Faults[1]["instance"] != "" {
		t.Errorf("faults = %v", back.Faults)
	}
}

func TestTimeline(t *testing.T) {
	var b bytes.Buffer
	if err := WriteTimeline(&b, sample()); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 121 {
		t.Fatalf("%d rows, want a header and a row a minute", len(rows))
	}
	get := func(row int, name string) string {
		for i, c := range rows[0] {
			if c == name {
				return rows[row][i]
			}
		}
		t.Fatalf("no column %q in %v", name, rows[0])
		return ""
	}
	for _, c := range []struct {
		row        int
		name, want string
	}{
		{1, "time", "2026-03-02 12:00:00"}, {2, "at_s", "60"}, {1, "offered", "12000"}, {1, "p50_s", "0.02"},
		{1, "p99_9_s", ""}, {1, "worker_utilization", ""}, {1, "needed_target", ""}, {1, "needed_slo", "3"}, {61, "ec2_usd_total", "0.2175"},
	} {
		if got := get(c.row, c.name); got != c.want {
			t.Errorf("row %d, %s = %q, want %q", c.row, c.name, got, c.want)
		}
	}
}

func TestActivities(t *testing.T) {
	var b bytes.Buffer
	if err := WriteActivities(&b, sample()); err != nil {
		t.Fatal(err)
	}
	golden(t, "activities.golden.json", b.Bytes())
}

func TestFormats(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Money(43.987), "$43.99"}, {Money(0.0725), "$0.0725"}, {Money(-3), "-$3.00"}, {Money(12345.6), "$12,346"}, {Money(0), "$0.00"}, {Money(999.999), "$1,000"},
		{Share(0.9995), "99.95 %"}, {Share(0.99999), "99.999 %"}, {Share(1), "100 %"}, {Share(0), "0 %"}, {Share(0.00001), "0.001 %"}, {Share(0.995), "99.5 %"}, {Share(0.999999999), "over 99.9999 %"},
		{Latency(0.0171), "17 ms"}, {Latency(1.234), "1.2 s"}, {Latency(0.00085), "850 µs"}, {Latency(0.0042), "4.2 ms"}, {Latency(61), "61 s"}, {Latency(2), "2 s"}, {Latency(0.9999), "1 s"},
		{Count(607), "607"}, {Count(85_123_000), "85.1 M"}, {Count(123_456), "123,456"}, {Count(2_345_000_000), "2.3 G"},
		{Rate(900), "900/s"}, {Rate(1500), "1,500/s"}, {Rate(2.5), "2.5/s"},
		{Instances(1), "1 instance"}, {Instances(12), "12 instances"}, {Minutes(1), "1 minute"}, {Minutes(2.5), "2.5 minutes"},
		{Spark([]float64{0, 1, 8}), "▁▂█"}, {Spark(nil), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestFleetIsTheMean(t *testing.T) {
	got := fleet(sample(), 4)
	want := []float64{3, 5, 5, 4}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got: %s", diff)
	}
}

func TestDates(t *testing.T) {
	res := sample()
	cal := &res.Config.Calendar
	day := int64(86400e9)
	for _, c := range []struct {
		days float64
		want string
	}{{0.1, "Mon 2 Mar 2026"}, {0.5, "Mon 2 Mar 2026"}, {2, "Mon 2 - Wed 4 Mar 2026"}, {60, "Mon 2 Mar - Fri 1 May 2026"}, {365, "Mon 2 Mar 2026 - Tue 2 Mar 2027"}} {
		if got := Dates(cal, 0, 0+typed(c.days*float64(day))); got != c.want {
			t.Errorf("%g days: %q, want %q", c.days, got, c.want)
		}
	}
}

// Every rule that can move the group is named; only without any is it a fixed fleet.
func TestSetupNamesEveryRule(t *testing.T) {
	res := sample()
	res.Config.Policies = append(res.Config.Policies, &scaling.StepScaling{Name: "out"})
	res.Config.Policies = append(res.Config.Policies, &scaling.SimpleScaling{Name: "in"})
	res.Config.Policies = append(res.Config.Policies, &scaling.Predictive{Name: "ahead", Scale: true})
	res.Config.Schedule = []asg.Schedule{{Name: "morning"}}
	want := []string{"cpu: tracking CPU 50 %", "out: step scaling", "in: simple scaling", "ahead: predictive scaling, ForecastAndScale", "morning: scheduled"}
	if diff := cmp.Diff(want, setup(res.Config).Policies); diff != "" {
		t.Errorf("-want +got: %s", diff)
	}
}

func TestWordsKeepPercentSigns(t *testing.T) {
	if diff := cmp.Diff([]string{"at", "33 %", "saved,", "90 %,"}, words("at 33 % saved, 90 %,")); diff != "" {
		t.Error(diff)
	}
}

func TestNoDifferenceIsNoSaving(t *testing.T) {
	for share, want := range map[float64]string{0.004: "the same", 0.33: "33 % saved", -0.67: "67 % more spent"} {
		if got := saved(&account.Saving{Baseline: "fixed", Instances: 6, Share: share, Comparable: true}, "c7g.large"); !strings.HasSuffix(got, ": "+want) {
			t.Errorf("%v: %q", share, got)
		}
	}
}
