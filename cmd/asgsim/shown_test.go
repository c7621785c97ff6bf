package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"asgsim/report"
	"asgsim/scenarios"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/workload"
)

// hasty runs the first six minutes of a configuration: enough to find out whether a
// command works. Only explain, which may ask about any time, has the whole run, of a
// tenth of the requests, and only the web shop of day-night finds what its SLO needs.
type hasty struct{}

func (hasty) simulate(ctx context.Context, cfg *record.Config, seed uint64) (*account.Result, error) {
	short := *cfg
	short.NeededUnasked = !strings.HasPrefix(cfg.Title, "A web shop")
	switch {
	case cfg.Explain:
		short.NeededUnasked = true
		short.Loads = slices.Clone(cfg.Loads)
		for k := range short.Loads {
			short.Loads[k].Curve = workload.ScaleCurve(short.Loads[k].Curve, 0.1)
		}
	case short.Duration > 6*des.Minute:
		short.Duration, short.WarmUp = 6*des.Minute, 0
	}
	return simulated(ctx, &short, seed)
}

// leaping is a clock that goes on by an hour whenever it is read: --within is over
// after the first look.
func leaping() func() time.Time {
	t := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	return func() time.Time { t = t.Add(time.Hour); return t }
}

// call executes a command and returns its exit code and what it printed.
func (h hasty) call(args []string) (int, string) {
	var out bytes.Buffer
	code := run(context.Background(), args, machine{stdin: strings.NewReader(""), stdout: &out, stderr: &out,
		getenv: func(string) string { return "" }, now: leaping(), disk: &osDisk{}, simulate: h.simulate})
	return code, out.String()
}

// shown finds commands in text: lines that begin with asgsim behind an indent, a
// prompt or a comment sign, and what stands in backquotes, over line ends too.
func shown(text string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`(?m)^(?:[ #]{2,}|\$ )(?:go run \./cmd/)?(asgsim [^\n]*)$`).FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	joined := regexp.MustCompile(`\n(# *)?`).ReplaceAllString(text, " ")
	for _, m := range regexp.MustCompile("`(asgsim [a-z][^`]*)`").FindAllStringSubmatch(joined, -1) {
		out = append(out, m[1])
	}
	return out
}

// words splits a command as a shell does, and cuts off its pipe, where it
// writes to, and its trailing remark.
func words(command string) []string {
	command, _, _ = strings.Cut(command, " | ")
	command, _, _ = strings.Cut(command, " > ")
	command = regexp.MustCompile(`\s{2,}.*`).ReplaceAllString(command, "") // two columns: command, remark
	var out []string
	for _, m := range regexp.MustCompile(`'[^']*'|"[^"]*"|\S+`).FindAllString(strings.TrimSpace(command), -1) {
		if len(m) > 1 && (m[0] == '\'' || m[0] == '"') {
			m = m[1 : len(m)-1]
		}
		out = append(out, m)
	}
	return out[1:]
}

// Every command that README, the help of every verb and topic, and the comments of
// every shipped scenario show is executed, with the files it mentions: web.toml is a
// copy of day-night with the variants that examples speak of.
func TestShownCommandsWork(t *testing.T) {
	if testing.Short() {
		t.Skip("every shown command of every scenario")
	}
	h := hasty{}
	all := map[string]string{} // where each was found
	note := func(where, text string) {
		for _, c := range shown(text) {
			if _, ok := all[c]; !ok {
				all[c] = where
			}
		}
	}
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	note("README.md", string(readme))
	note("help exit-codes", exitHelp)
	for _, topic := range []string{"metrics", "gates", "expressions", "files", "exit-codes", "scenario", "compare", "explain", "init", "list", "run", "show", "validate", "version", "completion", "calibrate", "backtest", "export"} {
		_, text := h.call([]string{"help", topic})
		note("help "+topic, text)
	}
	for _, name := range scenarios.Names() {
		src, err := scenarios.Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		note(name+".toml", string(src.Text))
	}
	if len(all) < 40 {
		t.Fatalf("only %d commands found: %v", len(all), all)
	}
	of := func(name string) []byte {
		text, err := os.ReadFile(filepath.Join("..", "..", "scenarios", "imports", "testdata", "cli", name))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	asg, policies := of("asg.json"), of("policies.json")
	script, err := os.ReadFile(filepath.Join("testdata", "script", "plan.txt"))
	if err != nil {
		t.Fatal(err)
	}
	plan, requests := inScript(t, script, "plan.json"), inScript(t, script, "load.csv")
	before, after := inScript(t, script, "web.toml"), inScript(t, script, "more.toml")
	recorded := os.DirFS(filepath.Join("..", "..", "scenarios", "calibrate", "testdata", "recorded"))
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "recorded"), recorded); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	for name, text := range map[string][]byte{"asg.json": asg, "policies.json": policies, "plan.json": plan, "requests.csv": requests, "before.toml": before, "after.toml": after} {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	web, err := scenarios.Shipped("day-night")
	if err != nil {
		t.Fatal(err)
	}
	calm := bytes.ReplaceAll(bytes.ReplaceAll(web.Text, []byte(`"12/s"`), []byte(`"1/s"`)), []byte(`"180/s"`), []byte(`"15/s"`))
	// A twelfth of its load: what explain asks about is simulated whole.
	text := append([]byte("label = \"today\"\n"), calm...)
	text = append(text, "\n[variant.proposed.auto_scaling_group]\nmin_size = 2\n"...)
	for _, name := range []string{"web.toml", "web2.toml"} {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("scenarios", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("scenarios", "web.toml"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, command := range slices.Sorted(func(yield func(string) bool) {
		for c := range all {
			if !yield(c) {
				return
			}
		}
	}) {
		args := words(command)
		if len(args) == 0 || args[len(args)-1] == "[flags]" || args[0] == "completion" || args[0] != "list" && args[0] != "version" && len(args) == 1 || regexp.MustCompile(`\b[A-Z]{4,}`).MatchString(command) {
			continue // a verb alone is spoken of, capitals stand for something
		}
		where := all[command]
		switch args[0] {
		case "run":
			args = append(args, "--no-pictures")
		case "compare":
			args = append(args, "--yardsticks=false")
			if !strings.Contains(command, "--plot") && !strings.Contains(command, ".json") { // saved results have no pictures to leave out
				args = append(args, "--no-pictures")
			}
			if !strings.Contains(command, "--replications") && !strings.Contains(command, "--within") && !strings.Contains(command, "--precision") {
				args = append(args, "-n", "1")
			}
		case "explain":
			if testing.Short() {
				continue // it needs the whole run
			}
		case "init":
			args[1] = "fresh-" + args[1] // the others need theirs as it is
			args = append(args, "--force")
		case "calibrate", "import", "export":
			for i := range args[1:] {
				if args[i] == "-o" {
					args[i+1] = "fresh-" + args[i+1]
				}
			}
			args = append(args, "--force")
		case "validate":
			if files, err := filepath.Glob(args[len(args)-1]); err == nil && strings.Contains(command, "*") {
				args = append(args[:len(args)-1], files...)
			}
		}
		code, out := h.call(args)
		mistake := strings.Contains(command, "max_sise") // README shows what a mistake looks like
		if code != 0 && code != exitGate && code != exitOpenGate && !mistake {
			t.Errorf("%s: %s: exit code %d\n%.600s", where, command, code, out)
		}
	}
}

// inScript returns a file of a test script.
func inScript(t *testing.T, script []byte, name string) []byte {
	t.Helper()
	_, rest, ok := bytes.Cut(script, []byte("\n-- "+name+" --\n"))
	if !ok {
		t.Fatalf("the script has no %s", name)
	}
	text, _, _ := bytes.Cut(rest, []byte("\n-- "))
	return append(text, '\n')
}

// What run suggests to try can be done: for every shipped scenario, and whatever the run
// was like, each kind of suggestion is loaded and checked, with and without a variant.
func TestSuggestionsCanBeTried(t *testing.T) {
	if testing.Short() {
		t.Skip("every shown command of every scenario")
	}
	t.Chdir(t.TempDir())
	commands := map[string]string{} // one of each kind: a scenario, with a variant or not, and the keys that are set
	values := regexp.MustCompile(`(--variant|=)\s*\S+`)
	for _, name := range scenarios.Names() {
		src, err := scenarios.Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := scenarios.Load(src, scenarios.OpenShipped, scenarios.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var others []string
		for i := range s.Configs[1:] {
			others = append(others, s.Configs[i+1].Name)
		}
		for i := range s.Configs {
			in := report.Inputs{Scenario: name}
			if i > 0 {
				in.Variant = s.Configs[i].Name
			} else {
				in.Others = others
			}
			for _, res := range imagined(&s.Configs[i].World) {
				for _, try := range report.New(res, report.Tool{}, in).Try {
					commands[values.ReplaceAllString(try.Command, "$1")] = try.Command
				}
			}
		}
	}
	if len(commands) < 80 {
		t.Fatalf("only %d suggestions", len(commands))
	}
	for _, command := range commands {
		var out bytes.Buffer
		began := false
		run(context.Background(), words(command), machine{stdin: strings.NewReader(""), stdout: &out, stderr: &out, getenv: func(string) string { return "" }, now: time.Now, disk: &osDisk{},
			simulate: func(context.Context, *record.Config, uint64) (*account.Result, error) {
				began = true
				return nil, errors.New("that will do")
			}})
		if !began {
			t.Errorf("%s: %.400s", command, out.String())
		}
	}
}

// imagined are results of a configuration that draw every suggestion: with and without
// the SLO met, at the maximum or not, with a hang.
func imagined(cfg *record.Config) []*account.Result {
	var out []*account.Result
	for k := range 16 {
		res := &account.Result{Config: cfg}
		need := cfg.Group.Max + 3
		res.Summary.SLO.Met = k&1 != 0
		res.Summary.Capacity.MinSize, res.Summary.Capacity.MaxSize = cfg.Group.Min, cfg.Group.Max
		res.Summary.Capacity.Desired.Max = cfg.Group.Max
		if k&2 != 0 {
			res.Summary.Capacity.MinutesAtMax = 5
		}
		if k&4 != 0 {
			res.Summary.Needed.SLOMax = &need
		}
		res.Summary.Faults.Injected = map[string]int{}
		if k&8 != 0 {
			res.Summary.Faults.Injected["hang"] = 1
		}
		out = append(out, res)
	}
	return out
}

// The first thing a stranger tries: the plain scenario runs although a setting makes a
// variant impossible, which is a note.
func TestASettingThatAnotherVariantForbids(t *testing.T) {
	t.Chdir(t.TempDir())
	code, out := (hasty{}).call([]string{"run", "day-night", "--set", "auto_scaling_group.max_size=12", "--no-pictures"})
	if code != 0 || !strings.Contains(out, "note: not needed for this run: --set auto_scaling_group.max_size=12: variant fixed: auto_scaling_group.max_size: is below min_size: 12 < 20") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if code, out = (hasty{}).call([]string{"run", "day-night", "--variant", "fixed", "--set", "auto_scaling_group.max_size=12"}); code != exitUsage {
		t.Errorf("the variant itself: exit code %d\n%s", code, out)
	}
	if code, out = (hasty{}).call([]string{"run", "day-night", "--set", "duration=40m", "--no-pictures"}); code != 0 || !strings.Contains(out, "it does not happen") {
		t.Errorf("a short run: exit code %d\n%s", code, out)
	}
}
