package exports_test

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"asgsim/scenarios"
	"asgsim/scenarios/exports"
	"asgsim/scenarios/imports"
	"asgsim/sim"
	"asgsim/sim/elb"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// importing is how an export is imported.
func importing(tool string, text []byte) (o imports.Options, files []imports.File) {
	if tool == exports.Terraform {
		return imports.Options{Folders: []imports.Folder{{Name: "tf", Files: fstest.MapFS{"main.tf": {Data: text}}, Dir: "."}}}, nil
	}
	return o, []imports.File{{Name: "export", Text: text}}
}

// imported is what import makes of an export.
func imported(t *testing.T, tool string, text []byte) string {
	t.Helper()
	o, files := importing(tool, text)
	res, err := imports.Import(files, o, func([]byte) []imports.Fault { return nil })
	if err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, text)
	}
	for _, n := range res.NotInIt {
		if !strings.Contains(n.What, "vpc_id") {
			t.Errorf("%s: import loses %s: %s", tool, n.What, n.Effect)
		}
	}
	return string(res.Text)
}

// renamed undoes what is stated to become of names: CloudFormation's ids have letters and
// digits alone, and the region stands before the letter of a zone.
func renamed(text, tool string, c *scenarios.Config) string {
	text = strings.NewReplacer(`"us-east-1a"`, `"a"`, `"us-east-1b"`, `"b"`, `"us-east-1c"`, `"c"`).Replace(text)
	if tool != exports.CloudFormation {
		return text
	}
	for _, kind := range []string{"policy", "schedule", "other_target_group"} {
		for _, name := range names(c, kind) {
			text = regexp.MustCompile(`(?m)^\[`+kind+`\.`+pascal(name)+`([.\]])`).ReplaceAllString(text, "["+kind+"."+name+"$1")
		}
	}
	return text
}

func pascal(name string) string {
	var b strings.Builder
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '-' || r == '_' }) {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

// names are those of the entries of a table that are in force.
func names(c *scenarios.Config, table string) []string {
	var out []string
	for _, v := range c.Values {
		if parts := strings.Split(v.Key, "."); len(parts) > 2 && parts[0] == table && !slices.Contains(out, parts[1]) {
			out = append(out, parts[1])
		}
	}
	return out
}

// together is the scenario that import makes of an export, without what import assumes,
// and with what the export says that it does not hold.
func together(t *testing.T, tool string, c *scenarios.Config, res *exports.Result) *record.Config {
	t.Helper()
	var lines []string
	for line := range strings.Lines(renamed(imported(t, tool, res.Text), tool, c)) {
		if !strings.Contains(line, "# assumed") {
			lines = append(lines, line)
		}
	}
	var sets []string
	for _, v := range res.Left {
		sets = append(sets, v.Key+"="+v.Text)
	}
	s, err := scenarios.Load(scenarios.Source{Name: c.World.Group.Name + ".toml", Text: []byte(strings.Join(lines, ""))}, scenarios.OpenShipped, scenarios.Options{Sets: sets, Only: []string{scenarios.Plain}, Unadvised: true})
	if err != nil {
		t.Fatalf("%s: %v\n%s\nsets %q", tool, err, strings.Join(lines, ""), sets)
	}
	return &s.Configs[0].World
}

// comparable leaves out what is no part of the group: titles, and the order of policies
// and alarms.
func comparable(w *record.Config) *record.Config {
	out := *w
	out.Title, out.Variant = "", ""
	if w.Bill.NoBalancer {
		out.Balancer = elb.Config{} // of what is not there
	}
	out.Policies = slices.Clone(w.Policies)
	slices.SortFunc(out.Policies, func(a, b scaling.Policy) int { return strings.Compare(a.About().Name, b.About().Name) })
	return &out
}

// same holds import of an export, with what the export leaves out, against the scenario.
func same(t *testing.T, c *scenarios.Config, tool string, res *exports.Result) {
	t.Helper()
	want, got := comparable(&c.World), comparable(together(t, tool, c, res))
	a, err1 := sim.Fingerprint(*want)
	b, err2 := sim.Fingerprint(*got)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if a != b {
		t.Errorf("-scenario +import of its export\n%s\n%s", cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true })), res.Text)
	}
}

// What is exported and imported again is the same scenario, of every shipped scenario and
// variant, in every form: import of the export, and what the export lists as not in it,
// together are what the scenario was, to the last value.
func TestRoundTrip(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	done := map[string]bool{}
	for _, name := range scenarios.Names() {
		src, err := scenarios.Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := scenarios.Load(src, scenarios.OpenShipped, scenarios.Options{Unadvised: true})
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.Configs {
			c := &s.Configs[i]
			if c.World.Queue != nil {
				continue // a queue is no part of the group: import leaves out what follows its metrics, and says so
			}
			for _, tool := range exports.Tools() {
				res, err := exports.Export(tool, name, c)
				if err != nil {
					t.Fatal(err)
				}
				// Variants that differ in load or faults alone have one group: with
				// ASGSIM_STUDY=1 each is taken for itself.
				id := string(regexp.MustCompile(`(?m)^#.*\n`).ReplaceAll(res.Text, nil))
				if os.Getenv("ASGSIM_STUDY") != "" {
					id = string(res.Text)
				}
				if done[id] {
					continue
				}
				done[id] = true
				t.Run(fmt.Sprintf("%s/%s/%s", name, c.DisplayName(), tool), func(t *testing.T) {
					same(t, c, tool, res)
				})
			}
		}
	}
}
