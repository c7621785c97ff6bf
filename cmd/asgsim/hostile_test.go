package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

// hostileText recolours a screen, fakes a line, turns text around, hides, and is markup
// and a formula; as TOML writes it.
const hostileText = `=1+1\u001b[31m\r\nweb.toml: ok\u202e\u200b\u009b2J\u2028|<script>x</script>[a](http://b)` + "`"

// hostile is a scenario all of whose free texts are hostile.
const hostile = `title = "HOSTILE"
duration = "10m"
[load.a.constant]
rate = "20/s"
[request]
cpu = "5ms"
[instance]
type = "c7g.large"
boot = "30s"
[auto_scaling_group]
name = "HOSTILE"
min_size = 1
max_size = 3
health_check_type = "ELB"
[policy.p.target_tracking]
predefined_metric_type = "ASGAverageCPUUtilization"
target_value = "50%"
[alarm.high]
metric_name = "CPUUtilization"
comparison_operator = "GreaterThanThreshold"
threshold = 70
evaluation_periods = 1
[fault.f.crash]
at = "5m"
[variant.two.auto_scaling_group]
max_size = 4
`

// No output of any verb passes on what could harm whoever reads it: a terminal, a page,
// a spreadsheet, a picture.
func TestHostileTextIsHarmlessEverywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	dir := t.TempDir()
	scenario := filepath.Join(dir, "we\x1b[2Jb\u202e.toml")
	good := strings.ReplaceAll(hostile, "HOSTILE", hostileText)
	mustDo(t, os.WriteFile(scenario, []byte(good), 0o600))
	call := func(want int, args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		m := machine{stdin: strings.NewReader(good), stdout: &out, stderr: &errs, getenv: os.Getenv, now: time.Now, disk: &osDisk{}, simulate: simulated}
		if code := run(context.Background(), args, m); code != want {
			t.Errorf("%q: exit %d, want %d: %s", args, code, want, errs.String())
		}
		for _, text := range []string{out.String(), errs.String()} {
			harmless(t, fmt.Sprintf("%q", args), text)
			if slices.Contains(args, "--markdown") && (strings.Contains(text, "<script") || strings.Contains(text, "<b>")) {
				t.Errorf("%q: HTML:\n%s", args, text)
			}
			if strings.Contains(text, "\nweb.toml: ok") {
				t.Errorf("%q: a line is faked:\n%s", args, text)
			}
		}
	}
	out := filepath.Join(dir, "out")
	call(0, "validate", scenario)
	call(0, "show", scenario)
	call(0, "run", scenario, "--out", out, "--plot", filepath.Join(dir, "report.svg"), "--plot", filepath.Join(dir, "instances.svg"))
	call(0, "run", "-", "--out", out, "-v", "--no-pictures")
	call(0, "run", scenario, "--out", out, "--no-pictures", "--json")
	call(0, "run", scenario, "--out", out, "--no-pictures", "-q")
	call(0, "explain", scenario, "6m")
	call(0, "explain", scenario, "6m", "--json")
	both := []string{"compare", scenario, "-n", "2", "--yardsticks=false", "--out", filepath.Join(dir, "both")}
	call(0, append(both, "--plot", filepath.Join(dir, "both.svg"))...)
	call(0, append(both, "-v")...)
	call(0, append(both, "--markdown")...)
	call(0, append(both, "--json")...)
	call(0, append(both, "--claim", "two")...)
	saved := filepath.Join(out, "result.json")
	for _, how := range []string{"-v", "--markdown", "--json"} {
		call(0, "compare", "@1+1\x1b[31m|<b>\u202e="+saved, "b="+saved, how)
	}
	for _, bad := range []string{"HOSTILE = 1", "[HOSTILE]\na = 1", "[load.\"HOSTILE\".constant]\nrate = 1", "[policy.\"HOSTILE\"]", "[alarm.\"HOSTILE\"]", "[schedule.\"HOSTILE\"]", "[hook.\"HOSTILE\"]",
		"[fault.\"HOSTILE\"]", "[variant.\"HOSTILE\"]", "[event.\"HOSTILE\"]", "[gate.g]\nmetric = \"HOSTILE\"", "[load.t.trace]\nfile = \"HOSTILE\"\nvalues = \"count\"", "[load.t.trace]\nfile = \"in.csv\"\ncolumn = \"HOSTILE\"\nvalues = \"count\"",
		"[spot]\nprice_file = \"HOSTILE\"", "[fault.z.zone_outage]\nzone = \"HOSTILE\"", "[schedule.s]\nrecurrence = \"HOSTILE\"", "[schedule.s]\ntime_zone = \"HOSTILE\"", "[policy.q.expression]\ndesired = \"HOSTILE\"",
		"[policy.q.step_scaling]\nalarm = \"HOSTILE\"", "[slo]\nlatency = \"HOSTILE\"", "[alarm.x]\nmetric_name = \"HOSTILE\"", "[commitment.c.HOSTILE]", "[cloudwatch]\nevaluation_phase = [\"HOSTILE\"]", "[discount]\nshare = { \"HOSTILE\" = 1 }"} {
		bad = strings.ReplaceAll(strings.ReplaceAll(bad, "[HOSTILE]", `["HOSTILE"]`), "HOSTILE", hostileText)
		if strings.HasPrefix(bad, "=") {
			bad = `"` + strings.Replace(bad, " = 1", `" = 1`, 1)
		}
		bad = strings.ReplaceAll(bad, "[commitment.c."+hostileText, `[commitment.c."`+hostileText+`"`)
		mustDo(t, os.WriteFile(filepath.Join(dir, "bad.toml"), []byte(bad+"\n"), 0o600))
		mustDo(t, os.WriteFile(filepath.Join(dir, "in.csv"), []byte("t,\x1b[31m=1\u202e\n0,1\n"), 0o600))
		call(2, "validate", filepath.Join(dir, "bad.toml"))
	}
	call(2, "run", scenario+"x")
	call(2, "run", scenario, "--variant", "\x1b[31mx")
	call(2, "run", scenario, "--set", "\x1b[31mx=\u202e")
	call(2, "run", scenario, "--gate", "\x1b[31mx<=\u202e")
	mustDo(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".toml" || filepath.Base(path) == "in.csv" {
			return err
		}
		text, err := os.ReadFile(path)
		harmlessFile(t, path, text)
		return err
	}))
}

// harmless reports what of a text could harm a terminal.
func harmless(t *testing.T, what, text string) {
	t.Helper()
	for _, r := range text {
		if r != '\n' && !unicode.IsGraphic(r) {
			t.Errorf("%s: passes on %U: %.300q", what, r, text[max(0, strings.IndexRune(text, r)-60):])
			return
		}
	}
}

func harmlessFile(t *testing.T, path string, text []byte) {
	t.Helper()
	switch filepath.Ext(path) {
	case ".png":
		if _, err := png.Decode(bytes.NewReader(text)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		return
	case ".svg":
		for d := xml.NewDecoder(bytes.NewReader(text)); ; {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if start, ok := tok.(xml.StartElement); err != nil || ok && start.Name.Local == "script" {
				t.Errorf("%s: %v, %v", path, tok, err)
				break
			}
		}
		text = bytes.ReplaceAll(text, []byte("\t"), nil)
	case ".json":
		if !json.Valid(text) {
			t.Errorf("%s is no JSON", path)
		}
	case ".csv":
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		mustDo(t, err)
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=@") {
					t.Errorf("%s: a formula: %q", path, cell)
				}
			}
		}
	case ".md":
		if strings.Contains(string(text), "<script") || strings.Contains(string(text), "<b>") {
			t.Errorf("%s: HTML:\n%s", path, text)
		}
	default:
		t.Errorf("%s: which kind is that?", path)
	}
	harmless(t, path, string(text))
}
