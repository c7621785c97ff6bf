package imports

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"asgsim/report/clean"
)

// unpack returns the text of a file, of a gzipped one what is in it.
func unpack(text []byte, most int) ([]byte, error) {
	if !bytes.HasPrefix(text, []byte{0x1f, 0x8b}) {
		return text, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		return nil, seems("begins like a gzipped file and is none: %w", err)
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	switch {
	case err != nil:
		return nil, seems("is a gzipped file that ends too early or is damaged: %w", err)
	case len(out) > most:
		return nil, seems("is larger than %d bytes once unpacked; --max-file-size raises the limit", most)
	}
	return out, nil
}

// readFile recognises a file and reads it.
func (f *Found) readFile(file File, left *budget, o Options) error {
	text, err := unpack(file.Text, cmp.Or(o.Most, MaxFile))
	if err != nil {
		return err
	}
	text = bytes.TrimPrefix(fromUTF16(text), []byte("\xef\xbb\xbf"))
	begin := bytes.TrimSpace(text)
	switch {
	case len(begin) == 0:
		return seems("is empty")
	case !utf8.Valid(text):
		return seems("is not text in UTF-8")
	}
	before := f.things()
	if isScript(begin) {
		if err := f.readScript(fileBase(file.Name), text, left); err != nil {
			return err
		}
		return f.something(before, nil)
	}
	docs, err := parse(fileBase(file.Name), begin, text, left)
	if err != nil {
		return err
	}
	for _, v := range docs {
		if isTerraform(v) {
			if len(docs) > 1 {
				return seems("holds a Terraform plan or state beside other documents: give each as a file")
			}
			if err := f.readTerraform(v, text, left); err != nil {
				return err
			}
			continue
		}
		if err := f.readDocument(v, left, o, 0); err != nil {
			return err
		}
	}
	return f.something(before, docs)
}

// something refuses a file in which nothing was recognised.
func (f *Found) something(before int, docs []*Value) error {
	if f.things() == before {
		if call := emptyAnswer(docs); call != "" {
			return seems("is an answer of %s with nothing in it: are the name and the region right that were asked for?", call)
		}
		return seems("holds nothing of an Auto Scaling group that is recognised (%s); asgsim import --help lists what is", topNames(docs))
	}
	return nil
}

// emptyAnswer is the call whose answer has nothing in it; empty where there is none.
func emptyAnswer(docs []*Value) string {
	for _, v := range docs {
		if v.Kind != Table {
			continue
		}
		for i, name := range v.Names {
			if kind, known := lists()[name]; known && v.Items[i].Kind == List && len(v.Items[i].Items) == 0 {
				return kind.call
			}
		}
	}
	return ""
}

// parse reads JSON, or YAML where a text looks like it.
func parse(name string, begin, text []byte, left *budget) ([]*Value, error) {
	if begin[0] == '{' || begin[0] == '[' {
		docs, err := parseJSON(name, text, left)
		if err != nil {
			return nil, Seems{err}
		}
		return docs, nil
	}
	if err := notYAML(begin); err != nil {
		return nil, err
	}
	docs, err := parseYAML(name, text, left)
	if err != nil {
		return nil, Seems{err}
	}
	return docs, nil
}

// readDocument reads a document as what it is.
func (f *Found) readDocument(v *Value, left *budget, o Options, depth int) error {
	if body := v.Get("TemplateBody"); body != nil && depth == 0 { // of get-template
		if body.Kind == Text {
			docs, err := parse(v.root().file, bytes.TrimSpace([]byte(body.Text+" ")), []byte(body.Text), left)
			if err != nil || len(docs) == 0 {
				return cmp.Or(err, seems("has an empty TemplateBody"))
			}
			body = docs[0]
		}
		return f.readDocument(body, left, o, 1)
	}
	if err := otherForm(v); err != nil {
		return err
	}
	if isTemplate(v) {
		f.readTemplate(v, o.Parameters)
		return nil
	}
	f.readCLI(v)
	return nil
}

// fromUTF16 returns text in UTF-8 that older PowerShells have written with >.
func fromUTF16(text []byte) []byte {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}):
	case bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	default:
		return text
	}
	units := make([]uint16, len(text)/2)
	for i := range units {
		units[i] = order.Uint16(text[2*i:])
	}
	return []byte(string(utf16.Decode(units[1:])))
}

// topNames lists the first names of a document.
func topNames(docs []*Value) string {
	if len(docs) == 0 {
		return "it has no documents"
	}
	v := docs[0]
	if v.Kind == List {
		if len(v.Items) == 0 {
			return "an empty list"
		}
		v = v.Items[0]
	}
	var names []string
	for _, n := range v.Names[:min(len(v.Names), 5)] {
		names = append(names, clean.Quoted(n))
	}
	if len(names) == 0 {
		return "it has no names"
	}
	return "it holds " + strings.Join(names, ", ")
}

// isTerraform reports whether a document is what `terraform show -json` prints of a plan
// or a state. One without resources has no values.
func isTerraform(v *Value) bool {
	return v.Kind == Table && v.has("format_version", "terraform_version") || v.has("format_version") && v.hasOne("planned_values", "values")
}

// otherForm refuses JSON of a form that is not AWS's command line's.
func otherForm(v *Value) error {
	switch {
	case v.Kind != Table:
	case v.has("version", "terraform_version"):
		return seems("seems to be Terraform's state file, whose format is private: give what `terraform show -json` prints")
	case v.has("artifacts", "version"):
		return seems("seems to be CDK's manifest.json: give the *.template.json beside it, or what cdk synth prints")
	}
	return nil
}

const insteadAWS = "give it what `aws autoscaling describe-auto-scaling-groups` and its like print (asgsim import --help)"

// notYAML says what a text that is neither JSON nor YAML seems to be; nil if it may be YAML.
func notYAML(text []byte) error {
	text = text[:min(len(text), 64<<10)] // enough to tell
	first, _, _ := bytes.Cut(text, []byte("\n"))
	line := clean.Quoted(string(bytes.TrimSpace(first)))
	for _, known := range []struct {
		form *regexp.Regexp
		says string
	}{
		{regexp.MustCompile(`(?m)^(resource|module|variable|locals|provider|terraform|data|output)\b[^\n:]*\{`), "seems to be a Terraform source: give its folder, or better what `terraform show -json` prints of its plan or state (terraform plan -out plan.out, terraform show -json plan.out)"},
		{regexp.MustCompile(`(?m)^\[(auto_scaling_group|load|request|instance)\b`), "seems to be a scenario already: asgsim validate checks it"},
		{regexp.MustCompile(`(?m)^(\||\+-|-{5})`), "seems to be an answer of AWS's command line as a table: write it with --output json"},
		{regexp.MustCompile(`(?m)^(AUTOSCALINGGROUPS|SCALINGPOLICIES|METRICALARMS|TARGETGROUPS)\t`), "seems to be an answer of AWS's command line as text: write it with --output json"},
		{regexp.MustCompile(`(?i)^(an error occurred|unable to locate credentials|usage: aws)`), "holds a message of AWS's command line, no answer"},
		{regexp.MustCompile(`^[^\n{}:]*,[^\n]*\n[^\n]*,`), "seems to be CSV: import reads configurations; a load is read by [load.NAME.trace]"},
	} {
		if known.form.Match(text) {
			return Seems{errors.New(known.says)}
		}
	}
	if regexp.MustCompile(`(?m)^(---|- |\s*[\w":-]+\s*:(\s|$))`).Match(text) {
		return nil
	}
	return seems("is neither JSON nor YAML: it begins with %s; %s", line, insteadAWS)
}
