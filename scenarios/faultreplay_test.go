package scenarios

import (
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// logged loads a scenario that replays a log, with further lines.
func logged(t *testing.T, log, more string) (*Scenario, error) {
	t.Helper()
	const file = "start = 2026-03-03T12:00:00\nduration = \"1h\"\nload.a.constant.rate = \"10/s\"\nrequest.cpu = \"20ms\"\ninstance.type = \"c7g.large\"\nauto_scaling_group = { min_size = 2, max_size = 2 }\n"
	opener := func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(log)), nil }
	return Load(Source{Name: "web.toml", Text: []byte(file + more)}, opener, Options{})
}

// The rows of a log are the faults of the tables that they stand for; what lies outside
// the run is left out with a warning.
func TestReplayedFaultsAreTheirTables(t *testing.T) {
	const log = "time, what, which, for, share, speed\n" +
		"12:10, crash, 2, , ,\n2026-03-03T12:20:00, slow, 50%, 5m, , 30%\n12:30, errors, oldest, 3m, 40%,\n20m, hang, c7g.large, , ,\n2026-03-03T12:40:00Z, zone_outage, b, 5m, ,\n2026-03-04T12:40:00Z, crash, , , ,\n"
	const tables = "[fault.log-1.crash]\nat = \"12:10\"\ncount = 2\n" +
		"[fault.log-2.slow]\nat = \"12:20\"\nfleet_share = \"50%\"\nduration = \"5m\"\nspeed = \"30%\"\n" +
		"[fault.log-3.errors]\nat = \"12:30\"\npick = \"oldest\"\nduration = \"3m\"\nshare = \"40%\"\n" +
		"[fault.log-4.hang]\nat = \"12:20\"\ninstance_type = \"c7g.large\"\n" +
		"[fault.log-5.zone_outage]\nat = \"12:40\"\nzone = \"b\"\nduration = \"5m\"\n"
	got, err := logged(t, log, "[fault.log.replay]\nfile = \"failures.csv\"\n")
	if err != nil {
		t.Fatal(err)
	}
	want, err := logged(t, "", tables)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := got.Configs[0].World.Faults, want.Configs[0].World.Faults; len(a) != 5 || !reflect.DeepEqual(a, b) {
		t.Errorf("%+v\nwant %+v", a, b)
	}
	if w := got.Configs[0].Warnings; len(w) != 1 || !strings.Contains(w[0].Error(), "1 of 6 rows outside the run") {
		t.Errorf("%v", w)
	}
}

// What is wrong with a log is told by its line.
func TestReplayRefused(t *testing.T) {
	for log, want := range map[string]string{
		"time,what\n12:10,crush\n":                   `failures.csv:2:1: fault.log-1.what: is no kind of fault: "crush"`,
		"time,what,for\n12:10,crash,\n12:20,slow,5m": `failures.csv:3:1: fault.log-2.slow.speed: is missing`,
		"time,what,which\n12:10,errors,z\n":          `failures.csv:2:1: fault.log-1.errors.zone: is no zone of the group: "z"`,
		"time,what,which\n1m,zone_outage,oldest\n":   `failures.csv:2:1: fault.log-1.which: says pick, and zone_outage has no such key`,
		"time,what,for\n12:10,crash,5m\n":            `failures.csv:2:1: fault.log-1.for: says duration, and crash has no such key`,
		"time,what\nnoon,crash\n":                    `failures.csv:2:1: fault.log-1.crash.at: is not an instant: "noon"`,
		"time,what\n12:10,\"a\nb\"\n":                `is no kind of fault`,
		"time,what,which\n12:10,crash,\"\x01\"\n":    `failures.csv:2:1`,
		"what,for\ncrash,1m\n":                       `has no column time`,
		"time,what\n":                                `has no row`,
		"":                                           `has no line of column names`,
		"time,what\n12:10,crash,x\n12:20\n":          `failures.csv:3:1: fault.log-2.time: has not as many cells as there are columns: 1, not 2; leave a cell empty rather than out`,
		"time,what\n12:10,crash,x\n":                 `failures.csv:2:1: fault.log-1.time: has not as many cells as there are columns: 3, not 2`,
		"time,what\n,crash\n":                        `failures.csv:2:1: fault.log-1.time: is empty; write when`,
		"time,what,for,for\n12:10,slow,5m,6m\n":      `has two columns "for"`,
		"\ufefftime,what\n12:10,crush\n":             `is no kind of fault: "crush"`,
		"time,what\n12:10,\"cra\nsh\n":               `is no CSV`,
	} {
		if _, err := logged(t, log, "[fault.log.replay]\nfile = \"failures.csv\"\n"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", log, err, want)
		}
	}
}

// The help shows every preset with the lines of its table.
func TestPresetsInTheHelp(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "cmd", "asgsim", "pages", "faults.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(page)) {
		if cells := strings.Split(line, "|"); len(cells) > 2 {
			rows[strings.TrimSpace(cells[1])] = line
		}
	}
	for _, p := range presets() {
		lines := strings.Split(p.table, "\n")
		kind := strings.TrimSuffix(strings.TrimPrefix(lines[0], "[fault.NAME."), "]")
		if !strings.Contains(rows[p.name], kind+": ") {
			t.Errorf("%s: %q has no %s", p.name, rows[p.name], kind)
		}
		for _, line := range lines[1:] {
			if !strings.HasPrefix(line, "at ") && !strings.HasPrefix(line, "zone ") && !strings.Contains(rows[p.name], "`"+line+"`") {
				t.Errorf("%s: %q has no %s", p.name, rows[p.name], line)
			}
		}
	}
	for _, t2 := range faultTables() {
		if rows[t2.kind()] == "" {
			t.Errorf("kind %s is not on the page", t2.kind())
		}
	}
}
