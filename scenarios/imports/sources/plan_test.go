package sources_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"asgsim/scenarios/imports/sources"
)

func files(text ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i+1 < len(text); i += 2 {
		out[text[i]] = &fstest.MapFile{Data: []byte(text[i+1])}
	}
	return out
}

// Expressions as Terraform's documentation has them ("Expressions" and "Functions", read
// 2026-11), in an attribute; null is what is not known.
func TestExpressions(t *testing.T) {
	for expression, want := range map[string]string{
		`7`:                           `7`,
		`"7"`:                         `"7"`,
		`var.seven + 1`:               `8`,
		`"${var.seven}x"`:             `"7x"`,
		`local.c`:                     `9`,
		`var.seven > 5 ? "a" : "b"`:   `"a"`,
		`[for x in [1, 2] : x * 2]`:   `[2,4]`,
		`{ for k in ["a"] : k => 1 }`: `{"a":1}`,
		`[1, 2][1]`:                   `2`,
		`{ a = 3 }.a`:                 `3`,
		`lookup({ a = 3 }, "b", 4)`:   `4`,
		`length("abc") + length([1])`: `4`,
		`merge({ a = 1 }, { b = 2 })`: `{"a":1,"b":2}`,
		`join("-", ["a", "b"])`:       `"a-b"`,
		`format("%s-%02d", "a", 3)`:   `"a-03"`,
		`coalesce(null, "x")`:         `"x"`,
		`try(local.c.nothing, 5)`:     `5`,
		`max(1, floor(7 / 2))`:        `3`,
		`tonumber("4") + 1`:           `5`,
		`element(["a", "b"], 3)`:      `"b"`,
		`toset(["b", "a", "a"])`:      `["a","b"]`,
		`var.unset`:                   `null`,
		`"${var.unset}x"`:             `null`,
		`aws_lb.this.arn`:             `null`,
		`data.aws_ami.x.id`:           `null`,
		`timestamp()`:                 `null`, // no clock
		`file("/etc/passwd")`:         `null`, // no file
		`templatefile("x", {})`:       `null`,
		`format("%0999999999d", 1)`:   `null`, // too long
		`local.huge`:                  `null`,
		`[for a in range(99) : [for b in range(99) : [for c in range(99) : a]]]`: `null`,
		`local.circle`:         `null`,
		`1 / 0`:                `null`,
		`terraform.workspace`:  `"default"`,
		`module.child.doubled`: `14`,
		`module.none.doubled`:  `null`,
	} {
		var doubling strings.Builder
		for i := 1; i < 40; i++ {
			fmt.Fprintf(&doubling, "d%d = \"${local.d%d}${local.d%d}\"\n", i, i-1, i-1)
		}
		text := "variable \"seven\" { default = 7 }\nvariable \"unset\" {}\nlocals {\na = var.seven\nb = local.a + 1\nc = local.b + 1\ncircle = local.circle2\ncircle2 = local.circle\nd0 = \"0123456789\"\n" +
			doubling.String() + "huge = local.d39\n}\nmodule \"child\" {\nsource = \"./child\"\nx = var.seven\n}\nmodule \"none\" { source = \"./none\" }\nresource \"aws_x\" \"y\" {\nv = " + expression + "\n}\n"
		plan, err := sources.Read(files("main.tf", text, "child/main.tf", "variable \"x\" {}\noutput \"doubled\" { value = var.x * 2 }\n"), ".", nil)
		if err != nil {
			t.Fatalf("%s: %v", expression, err)
		}
		got, err := json.Marshal(plan.Resources[0].AttributeValues["v"])
		if err != nil || string(got) != want {
			t.Errorf("%s: %s, want %s, %v", expression, got, want, err)
		}
		if unknown := plan.Unknown["aws_x.y"].(map[string]any)["v"]; want == "null" && unknown != true {
			t.Errorf("%s: null, and not unknown: %v", expression, unknown)
		}
	}
}

// What would take for ever is stopped, and what is no source is refused with its place.
func TestRefusedSources(t *testing.T) {
	many := fstest.MapFS{}
	for i := range sources.MaxFiles + 1 {
		many[fmt.Sprintf("f%d.tf", i)] = &fstest.MapFile{}
	}
	for name, x := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"not HCL":      {files("main.tf", "resource \"a\" {"), "main.tf:1"},
		"deep":         {files("main.tf", "locals { a = "+strings.Repeat("(", 100_000)), "deep in each other"},
		"large":        {files("main.tf", strings.Repeat("#", sources.MaxFile+1)), "larger than"},
		"many files":   {many, "more than 500 source files"},
		"itself":       {files("main.tf", "module \"a\" { source = \"./\" }\nmodule \"b\" { source = \"./\" }\n"), "more than 500"},
		"many modules": {files("main.tf", "module \"a\" {\nsource = \"./a\"\ncount = 200\n}", "a/main.tf", "module \"b\" {\nsource = \"./b\"\ncount = 200\n}", "a/b/main.tf", "module \"c\" {\nsource = \"./c\"\ncount = 200\n}", "a/b/c/main.tf", ""), "more than 500 modules"},
	} {
		_, err := sources.Read(x.files, ".", nil)
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v, want %q", name, err, x.want)
		}
	}
}

// FuzzSources: never a panic, and an end.
func FuzzSources(f *testing.F) {
	f.Add("variable \"a\" { default = [1] }\nresource \"aws_x\" \"y\" {\nfor_each = toset(var.a)\nb = each.value\ndynamic \"c\" {\nfor_each = [1]\ncontent { d = c.value }\n}\n}\n")
	f.Add("module \"m\" {\nsource = \"./m\"\ncount = 3\nx = count.index\n}\nlocals { a = { for k, v in { b = 1 } : k => v... } }\n")
	f.Add("module \"m\" {\nsource = \"far\"\nmin_size = 1\nmax_size = 2\nscaling_policies = { a = { b = 1 } }\nschedules = []\n}\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 {
			return // too much for this test
		}
		plan, err := sources.Read(files("main.tf", text, "m/main.tf", "variable \"x\" {}\nresource \"aws_x\" \"y\" { z = var.x }\n"), ".", nil)
		if err == nil && len(plan.Resources) != len(plan.Places) {
			seen := map[string]bool{}
			for _, r := range plan.Resources {
				seen[r.Address] = true
			}
			if len(seen) != len(plan.Places) {
				t.Fatalf("%d addresses, %d places", len(seen), len(plan.Places))
			}
		}
	})
}
