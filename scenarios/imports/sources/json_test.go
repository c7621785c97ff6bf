package sources

import (
	"strings"
	"testing"
	"testing/fstest"
)

// What stands in JSON is what would stand in the native syntax.
func TestSourcesInJSON(t *testing.T) {
	for name, c := range map[string]struct{ json, want string }{
		"texts are templates":        {`{"locals": {"a": "x-${lookup(var.m, \"k\")}\n\"q\" %{if true}y%{endif}"}}`, `a = "x-${lookup(var.m, "k")}\u000a\"q\" %{if true}y%{endif}"`},
		"escaped sequences stay":     {`{"locals": {"a": "$${x}"}}`, `a = "$${x}"`},
		"a default is no template":   {`{"variable": {"v": {"type": "list(string)", "default": ["${x}"]}}}`, "variable \"v\" {\ntype = list(string)\ndefault = [\"$${x}\"]\n}"},
		"inner blocks are blocks":    {`{"resource": {"aws_x": {"y": {"launch_template": [{"id": "${aws_lt.z.id}"}], "tags": {"a": "b"}, "n": 3}}}}`, "resource \"aws_x\" \"y\" {\nlaunch_template {\nid = \"${aws_lt.z.id}\"\n}\ntags = {\n\"a\" = \"b\"\n}\nn = 3\n}"},
		"modules have arguments":     {`{"module": {"m": {"source": "./m", "map": {"a": 1}}}}`, "map = {\n\"a\" = 1\n}"},
		"comments go":                {`{"//": "x", "locals": {"//": 1, "a": null}}`, "locals {\na = null\n}"},
		"dynamic blocks are dynamic": {`{"resource": {"a": {"b": {"dynamic": {"tag": {"for_each": "${var.t}", "content": {"key": "${tag.key}"}}}}}}}`, "dynamic \"tag\" {\nfor_each = \"${var.t}\"\ncontent {\nkey = \"${tag.key}\"\n}\n}"},
	} {
		n, err := fromJSON([]byte(c.json))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := n.text.String(); !strings.Contains(got, c.want) {
			t.Errorf("%s: is\n%s\nwant\n%s", name, got, c.want)
		}
		if _, err := parseJSON([]byte(c.json), "main.tf.json"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Blocks say where they stand in the file that people have.
func TestBlocksOfJSONSayWhereTheyStand(t *testing.T) {
	body, err := parseJSON([]byte("{\n\"locals\": {},\n\n\"resource\": {\n\"aws_x\": {\n\"y\": {}}}}"), "main.tf.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(body.Blocks) != 2 || body.Blocks[0].TypeRange.Start.Line != 2 || body.Blocks[1].TypeRange.Start.Line != 6 || body.Blocks[1].TypeRange.Filename != "main.tf.json" {
		t.Errorf("%+v", body.Blocks)
	}
}

// What is no Terraform is refused, whatever it is; nothing panics.
func TestJSONThatIsNoTerraform(t *testing.T) {
	for _, text := range []string{"", "[]", "{", `{"resource": 3}`, `{"resource": {"a": 3}}`, `{"locals": 3}`, `{"what": {}}`, `{"locals": {}} {}`, `{"locals": {"a": "${"}}`, `{"locals": {"a": "${x"}}`, `{"variable": {"v": {"type": "}"}}}`} {
		if _, err := parseJSON([]byte(text), "x.tf.json"); err == nil || !strings.HasPrefix(err.Error(), "x.tf.json: is no Terraform source in JSON") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A folder of both is one module.
func TestFolderOfBothSyntaxes(t *testing.T) {
	p := &reader{files: fstest.MapFS{
		"a.tf":         {Data: []byte("locals {\n a = 1\n}\n")},
		"b.tf.json":    {Data: []byte(`{"resource": {"aws_x": {"y": {"n": "${local.a}"}}}}`)},
		"package.json": {Data: []byte(`{"name": "x"}`)},
	}}
	f, err := p.open(".", true)
	if err != nil || len(f.blocks) != 2 {
		t.Fatalf("%d blocks, %v", len(f.blocks), err)
	}
}

// FuzzJSON: never a panic, and an error names the file.
func FuzzJSON(f *testing.F) {
	f.Add(`{"resource": {"aws_x": {"y": [{"a": "${b}", "c": {"d": [1, null, true]}}]}}, "locals": {"a": "%{"}}`)
	f.Add(`{"variable": {"v": {"type": "any", "default": {"$${": "\u0000"}}}, "module": {"m": {"source": "./m"}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		if nesting([]byte(text)) > maxNesting {
			t.Skip("deeper than any file that gets this far")
		}
		if _, err := parseJSON([]byte(text), "x.tf.json"); err != nil && !strings.HasPrefix(err.Error(), "x.tf.json: is no Terraform source") {
			t.Error(err)
		}
	})
}
