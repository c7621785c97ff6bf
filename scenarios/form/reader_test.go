package form

import (
	"strings"
	"testing"
	"time"
)

// ship is a format that has nothing to do with scaling: the library knows none.
func ship() *Schema {
	s := NewSchema([]string{"cargo", "variant"}, []string{"cargo"}, []Key{
		{Path: "speed", Type: Rate, Default: `"10/s"`, Min: `"1/s"`, Max: `"20/s"`},
		{Path: "crew.size", Type: Count, Required: true, Min: "1"},
		{Path: "crew.watch", Type: Duration, Default: `"4h"`, Terraform: `"6h"`, Console: `"8h"`, Above: `"0s"`, Source: "AWS of old"},
		{Path: "crew.names", Type: NameList, Absent: "nobody is named"},
		{Path: "crew.berths", Type: Bound, Default: `"unlimited"`, Min: "1", Max: "9"},
		{Path: "flag", Type: Choice, Choices: []string{"plain", "striped"}, Default: `"plain"`},
		{Path: "armed", Type: Bool, Default: "false", Source: "AWS of old"},
		{Path: "cargo.N.grain.share", Type: Share, Default: `"50%"`, Max: `"100%"`, Source: "AWS of old"},
		{Path: "cargo.N.grain.bulk", Type: Size, Default: `"4kB"`},
		{Path: "cargo.N.oil.mixture", Type: Type{Name: "mixture", Whole: true}, Absent: "pure"},
		{Path: "sails", Planned: true},
	})
	s.SetExample = "for example --set speed=3/s"
	s.Words = func(k *Key, text string) (string, bool) { return "striped", k.Path == "flag" && text == "stripes" }
	s.Refused = func(k *Key, text, remedy string) *Mistake {
		if text == "black" {
			return Wrong(remedy, "%q is for pirates", text)
		}
		return nil
	}
	s.Foreign = func(pattern string, _ *Node) *Mistake {
		if pattern == "crew.rum" {
			return Wrong("drink water", "is not carried")
		}
		return nil
	}
	return s
}

func reader(t *testing.T, text string) *Reader {
	t.Helper()
	root, problems := Parse(text, "ship.toml")
	if problems != nil {
		t.Fatal(problems)
	}
	return NewReader(ship(), root, "ship.toml")
}

// read reads every key of a ship.
func read(r *Reader) {
	r.Rate("speed")
	r.Count("crew.size")
	r.Duration("crew.watch")
	r.Names("crew.names")
	r.Bound("crew.berths")
	r.Choice("flag")
	r.Bool("armed")
	for _, name := range r.Entries("cargo") {
		if kind := r.Kind("cargo."+name, []string{"grain", "oil"}); kind == "grain" {
			r.Share("cargo." + name + ".grain.share")
			r.Size("cargo." + name + ".grain.bulk")
		}
	}
	r.CheckKeys(r.Root, nil)
}

func TestValuesAndWhereTheyComeFrom(t *testing.T) {
	r := reader(t, "flag = \"stripes\"\narmed = \"true\"\n[crew]\nsize = 3\nwatch = 90\nnames = [\"ada\", \"bo\"]\nberths = 4\n[cargo.rye.grain]\nshare = 40\n")
	if v, ok := r.Rate("speed"); v != 10 || !ok {
		t.Errorf("speed %v, %v", v, ok)
	}
	if v, _ := r.Duration("crew.watch"); v != 90*time.Second {
		t.Errorf("whole seconds, where AWS has them: %v", v)
	}
	if v, _ := r.Names("crew.names"); strings.Join(v, " ") != "ada bo" {
		t.Errorf("names %v", v)
	}
	if v, _ := r.Bound("crew.berths"); v != 4 {
		t.Errorf("berths %v", v)
	}
	if i, _ := r.Choice("flag"); i != 1 {
		t.Errorf("the other way of writing striped: %d", i)
	}
	if v, _ := r.Bool("armed"); !v {
		t.Error("text that AWS has for true")
	}
	if v, _ := r.Share("cargo.rye.grain.share"); v != 0.4 {
		t.Errorf("percent, where AWS has them: %v", v)
	}
	if v, _ := r.Size("cargo.rye.grain.bulk"); v != 4000 {
		t.Errorf("bulk %v", v)
	}
	if v, ok := r.Count("crew.size"); v != 3 || !ok || !r.OK("crew.size", "speed") || r.OK("crew.names", "cargo.oats") {
		t.Errorf("size %v", v)
	}
	from := map[string]string{}
	for _, v := range r.Values {
		from[v.Key] = v.From
	}
	if from["speed"] != "default" || from["crew.watch"] != "ship.toml:5" || from["cargo.rye.grain.bulk"] != "default" {
		t.Errorf("from %v", from)
	}
	if len(r.Problems) > 0 {
		t.Error(r.Problems)
	}
	for whose, want := range map[string]time.Duration{"api": 4 * time.Hour, "terraform": 6 * time.Hour, "console": 8 * time.Hour} {
		r := reader(t, "")
		r.Defaults = whose
		if v, _ := r.Duration("crew.watch"); v != want {
			t.Errorf("default of %s is %v, want %v", whose, v, want)
		}
	}
}

// Every problem is found in one reading, with its place and what to do about it.
func TestEveryProblemAtOnce(t *testing.T) {
	r := reader(t, `speed = 12
flag = "black"
sails = 3
hull = "oak"
armed = 1
[crew]
watch = "0s"
berths = "many"
names = ["ada", "ada"]
rum = true
Size = 4
[cargo.rye]
[cargo.oats.grain]
share = "120%"
bulk = "5kilo"
[cargo."new rye".grain]
[cargo.tea.graim]
[cargo.both.grain]
[cargo.both.oil]
`)
	read(r)
	var got []string
	for _, p := range r.Problems.Sorted() {
		got = append(got, p.Error())
	}
	for i, want := range []string{
		`ship.toml:1:9: speed: has no unit: 12; did you mean "12/s"?`,
		`ship.toml:2:8: flag: "black" is for pirates; `,
		`ship.toml:3:1: sails: is planned but not built in this version`,
		`ship.toml:4:1: hull: is an unknown key; known here are `,
		`ship.toml:5:9: armed: must be true or false, not 1`,
		`ship.toml:7:9: crew.watch: must be above 0s, not 0s`,
		`ship.toml:8:10: crew.berths: must be a whole number or "unlimited", not "many"`,
		`ship.toml:9:9: crew.names: names "ada" twice`,
		`ship.toml:10:1: crew.rum: is not carried; drink water`,
		`ship.toml:11:1: crew.Size: is an unknown key; it is written "size"`,
		`ship.toml:12:8: cargo.rye: has no kind; write [cargo.rye.KIND], KIND being one of grain, oil`,
		`ship.toml:14:9: cargo.oats.grain.share: must be at most 100%, not 120%`,
		`ship.toml:15:8: cargo.oats.grain.bulk: has an unknown unit "kilo" in "5kilo"; write for example `,
		`ship.toml:16:8: cargo.new rye: is not a name; `,
		`ship.toml:17:12: cargo.tea.graim: is an unknown table; did you mean "grain"?`,
		`ship.toml:19:13: cargo.both: has two kinds, grain and oil; give each a name of its own`,
	} {
		if i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Errorf("problem %d: want %q, got\n%s", i, want, strings.Join(got, "\n"))
			break
		}
	}
}

func TestOverlaysReplaceKindsAndWholeValues(t *testing.T) {
	s := ship()
	tree := func(text string) *Node {
		n, problems := Parse(text, "x")
		if problems != nil {
			t.Fatal(problems)
		}
		return n
	}
	base := tree("speed = \"2/s\"\n[cargo.a.grain]\nshare = \"10%\"\nbulk = \"1kB\"\n[cargo.b.oil]\nmixture = { palm = 1, olive = 2 }\n")
	for over, want := range map[string]string{
		"[cargo.a.grain]\nshare = \"20%\"":       `{ speed = "2/s", cargo = { a = { grain = { share = "20%", bulk = "1kB" } }, b = { oil = { mixture = { palm = 1, olive = 2 } } } } }`,
		"[cargo.a.oil]":                          `{ speed = "2/s", cargo = { a = { oil = {} }, b = { oil = { mixture = { palm = 1, olive = 2 } } } } }`,
		"[cargo.b.oil]\nmixture = { olive = 3 }": `{ speed = "2/s", cargo = { a = { grain = { share = "10%", bulk = "1kB" } }, b = { oil = { mixture = { olive = 3 } } } } }`,
	} {
		if got := s.Merge(base, tree(over), nil, false).TOML(); got != want {
			t.Errorf("%s:\n%s, want\n%s", over, got, want)
		}
	}
	set, problem := s.Set(base, "cargo.b.oil.mixture.olive=3")
	if problem != nil || set.Table.Get("cargo").Table.Get("b").TOML() != `{ oil = { mixture = { palm = 1, olive = 3 } } }` {
		t.Errorf("a setting goes into a value: %s, %v", set.TOML(), problem)
	}
	// A value that is one is replaced whole, be it named itself or by what holds it, and has
	// the setting's place also where only a part of it is set.
	for setting, want := range map[string]string{
		"cargo.b.oil.mixture={ olive = 3 }": "{ olive = 3 }", "cargo.b.oil={ mixture = { olive = 3 } }": "{ olive = 3 }", "cargo.b.oil.mixture.palm=4": "{ palm = 4, olive = 2 }",
	} {
		set, problem := s.Set(base, setting)
		if problem != nil {
			t.Fatal(problem)
		}
		got := set.Table.Get("cargo").Table.Get("b").Table.Get("oil").Table.Get("mixture")
		if got.TOML() != want || got.At.Set != setting {
			t.Errorf("%s: %s of %+v, want %s", setting, got.TOML(), got.At, want)
		}
	}
	if _, problem = s.Set(base, "speed"); problem == nil || problem.Remedy != "for example --set speed=3/s" {
		t.Errorf("no value: %v", problem)
	}
	if out, ok := Without(base, []string{"cargo", "a"}); !ok || strings.Contains(out.TOML(), "grain") || !strings.Contains(base.TOML(), "grain") {
		t.Errorf("without: %s, %v", out.TOML(), ok)
	}
	if n := Stamp(base, "variant x"); n.Table.Get("speed").Source() != "variant x (x:1)" {
		t.Errorf("source %q", n.Table.Get("speed").Source())
	}
}

// What is not TOML, and what is written twice, is told with its place.
func TestSyntaxErrorsHaveAPlace(t *testing.T) {
	for text, want := range map[string]string{
		"speed = 2\nspeed = 3\n":                 "f.toml:2:",
		"crew = { size = 1 }\n[crew]\nwatch = 1": "(line 1)",
		"a = { b = 1 }\na.c = 2\n":               "(line 1)",
		"\nspeed = fast\n":                       `text and quantities stand in quotes: "90s", "60%"`,
	} {
		_, problems := Parse(text, "f.toml")
		if problems == nil || !strings.Contains(problems.Error(), want) {
			t.Errorf("%q: want %q, got %v", text, want, problems)
		}
	}
}

// A missing key is placed at the nearest table above it that is there, else at the file.
func TestThePlaceOfWhatIsMissing(t *testing.T) {
	r := reader(t, "\n[crew]\nsize = 3\n")
	for key, line := range map[string]int{"crew.size": 3, "crew.watch": 2, "crew.watch.begin": 2, "cargo.rye": r.At("").Line} {
		if got := r.At(key); got.Line != line || got.File != "ship.toml" {
			t.Errorf("%s is at %+v, want line %d", key, got, line)
		}
	}
}

// What is suspicious is noted at its key, where it stands, with its remedy; once.
func TestWarningsStandAtTheirKeys(t *testing.T) {
	r := reader(t, "[crew]\nsize = 3\n")
	for range 2 {
		r.Warn("crew.size", "hire %d more", "is few: %d", 3)
	}
	if len(r.Warnings) != 1 || r.Warnings[0].Key != "crew.size" || r.Warnings[0].Pos.Line != 2 || r.Warnings[0].Rule != "is few: 3" || r.Warnings[0].Remedy != "hire %d more" {
		t.Errorf("%+v", r.Warnings)
	}
}
