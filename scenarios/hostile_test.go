package scenarios

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const small = "duration = \"1h\"\n[load.a.constant]\nrate = \"10/s\"\n[request]\ncpu = \"5ms\"\n[instance]\ntype = \"c7g.large\"\nboot = \"30s\"\n[auto_scaling_group]\nmin_size = 1\nmax_size = 3\n"

// many repeats a table, # being its number.
func many(n int, table string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(table, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// A scenario of up to a megabyte is checked in bounded memory whatever it says, and
// what is beyond a bound is refused by the bound's name. TotalAlloc counts what was ever
// allocated: 600 MB of it are at most 200 MB at a time by measurement.
func TestHostileScenariosEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	long := strings.Replace(small, "1h", "3660d", 1)
	cases := map[string]struct{ text, want string }{
		"inline tables":    {"a=" + strings.Repeat("{a=", 10_000), "more than 32 deep"},
		"brackets":         {strings.Repeat("[", 10_000), "more than 32 deep"},
		"key parts":        {strings.Repeat("a.", 10_000) + "a = 1", "more than 16 parts"},
		"endless line":     {strings.Repeat("x", 1_000_000), "longer than 65536 bytes"},
		"unknown keys":     {small + "[slo]\n" + many(49_000, "k#=1\n"), "and 48980 more, not shown"},
		"more keys":        {small + "[slo]\n" + many(100_000, "k#=1\n"), "more than 50000 keys and values"},
		"variants":         {small + many(10_000, "[variant.v#]\n"), "holds 10000 of its kind, at most 128"},
		"loads":            {small + many(15_000, "[load.l#.constant]\nrate=\"1/s\"\n"), "at most 128"},
		"policies":         {small + many(10_000, "[policy.p#.target_tracking]\ntarget_value=\"50%\"\n"), "at most 128"},
		"schedules":        {long + many(128, "[schedule.s#]\nrecurrence=\"* * * * *\"\nmin_size=1\n"), "makes more than"},
		"years of curves":  {long + many(127, "[load.l#.day_night]\ntrough=\"1/s\"\npeak=\"2/s\"\n"), "more than 1500000 hours"},
		"noise":            {strings.Replace(long, "rate = \"10/s\"", "rate = \"10/s\"\nnoise = { cv = \"10%\", every = \"1s\" }", 1), "more than 12000000 steps"},
		"variants of much": {small + many(128, "[alarm.a#]\nmetric_name=\"CPUUtilization\"\nthreshold=70\n") + many(128, "[variant.v#]\nwarm_up=\"1m\"\n"), "at most 50000"},
		"title":            {"title = \"" + strings.Repeat("x", 900) + "\"\n" + small, "has 900 characters, at most 200"},
		"long value":       {strings.Replace(small, "1h", strings.Repeat("y", 60_000), 1), "yyyy…"},
		"names":            {"loads = [" + strings.Repeat("\"a\",\n", 40_000) + "]\n" + small, "holds 40000 names"},
		"spans":            {small + "[load.s.spike]\nat=\"0s\"\nadd=\"1/s\"\nrise=\"36000d\"\nhold=\"36000d\"\ndecay=\"36000d\"\n", "longer than 20 years"},
		"formula":          {small + "[policy.p.expression]\ndesired = \"" + strings.Repeat("1+", 5000) + "1\"\n", "at most 4096"},
	}
	files, err := filepath.Glob("testdata/hostile/*.toml")
	if err != nil || len(files) < 5 {
		t.Fatal("where is the corpus?", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, ok := strings.CutPrefix(strings.SplitN(string(text), "\n", 2)[0], "# says: ")
		if !ok {
			t.Fatalf("%s does not say what it is answered", file)
		}
		cases[file] = struct{ text, want string }{string(text), want}
	}
	for name, c := range cases {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Load(Source{Name: "web.toml", Text: []byte(c.text)}, beside("testdata/hostile"), Options{})
		runtime.ReadMemStats(&after)
		var problems Problems
		if c.want == "ok" && err == nil {
			continue // it is what runs that has bounds
		}
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.want) || len(err.Error()) > 60_000 {
			t.Errorf("%s: want %q in %.2000v", name, c.want, err)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 600<<20 {
			t.Errorf("%s: allocates %d MiB", name, used>>20)
		}
	}
}
