package imports

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"asgsim/report/clean"
)

// File is a file's content under the name by which messages and comments mean it.
type File struct {
	Name string
	Text []byte
}

// Seems is a file that cannot be read, with what it seems to be and what to do.
type Seems struct{ error }

func seems(format string, args ...any) error { return Seems{fmt.Errorf(format, args...)} }

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
func (f *Found) readFile(file File, left *budget, most int) error {
	text, err := unpack(file.Text, cmp.Or(most, MaxFile))
	if err != nil {
		return err
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	begin := bytes.TrimSpace(text)
	switch {
	case len(begin) == 0:
		return seems("is empty")
	case !utf8.Valid(text):
		return seems("is not text in UTF-8%s", inUTF16(text))
	case begin[0] != '{' && begin[0] != '[':
		return notJSON(begin)
	}
	docs, err := parseJSON(fileBase(file.Name), text, left)
	if err != nil {
		return Seems{err}
	}
	before := len(f.Resources) + len(f.Idle)
	for _, v := range docs {
		if err := otherForm(v); err != nil {
			return err
		}
		f.readCLI(v)
	}
	if len(f.Resources)+len(f.Idle) == before {
		return seems("is JSON in which nothing of an Auto Scaling group is recognised (%s); import reads what `aws ... describe-...` prints: asgsim import --help lists which", topNames(docs[0]))
	}
	return nil
}

// inUTF16 says what PowerShell's > makes of text.
func inUTF16(text []byte) string {
	if bytes.HasPrefix(text, []byte{0xff, 0xfe}) || bytes.HasPrefix(text, []byte{0xfe, 0xff}) {
		return " but in UTF-16, as older PowerShells write with >: write it with | Out-File -Encoding utf8"
	}
	return ""
}

// topNames lists the first names of a document.
func topNames(v *Value) string {
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

// otherForm refuses JSON of a form that is not AWS's command line's.
func otherForm(v *Value) error {
	switch {
	case v.Kind != Table:
	case v.has("format_version") && (v.has("planned_values") || v.has("values")):
		return seems("seems to be what `terraform show -json` prints, which this version does not read: " + insteadAWS)
	case v.has("version", "terraform_version"):
		return seems("seems to be Terraform's state file, whose format is private: " + insteadAWS)
	case isTemplate(v):
		return seems("seems to be a CloudFormation template, which this version does not read: " + insteadAWS)
	}
	return nil
}

const insteadAWS = "give it what `aws autoscaling describe-auto-scaling-groups` and its like print (asgsim import --help)"

// isTemplate reports whether a document has resources with types of AWS's.
func isTemplate(v *Value) bool {
	resources := v.Get("Resources")
	if resources == nil || resources.Kind != Table {
		return false
	}
	for _, r := range resources.Items {
		if strings.Contains(r.text("Type"), "::") {
			return true
		}
	}
	return false
}

// notJSON says what a text that is not JSON seems to be.
func notJSON(text []byte) error {
	text = text[:min(len(text), 64<<10)] // enough to tell
	first, _, _ := bytes.Cut(text, []byte("\n"))
	line := clean.Quoted(string(bytes.TrimSpace(first)))
	for _, known := range []struct {
		form *regexp.Regexp
		says string
	}{
		{regexp.MustCompile(`(?m)^(resource|module|variable|locals|provider|terraform|data|output)\b[^\n:]*\{`), "seems to be a Terraform source, which this version does not read: " + insteadAWS},
		{regexp.MustCompile(`(?m)^\s*(AWSTemplateFormatVersion|Resources)\s*:`), "seems to be a CloudFormation template, which this version does not read: " + insteadAWS},
		{regexp.MustCompile(`(?m)^\[(auto_scaling_group|load|request|instance)\b`), "seems to be a scenario already: asgsim validate checks it"},
		{regexp.MustCompile(`(?m)^\s*(AutoScalingGroups|ScalingPolicies|MetricAlarms|TargetGroups)\s*:`), "seems to be an answer of AWS's command line as YAML: write it with --output json"},
		{regexp.MustCompile(`(?m)^(\||\+-|-{5})`), "seems to be an answer of AWS's command line as a table: write it with --output json"},
		{regexp.MustCompile(`(?m)^(AUTOSCALINGGROUPS|SCALINGPOLICIES|METRICALARMS|TARGETGROUPS)\t`), "seems to be an answer of AWS's command line as text: write it with --output json"},
		{regexp.MustCompile(`(?i)^(an error occurred|unable to locate credentials|usage: aws)`), "holds a message of AWS's command line, no answer"},
		{regexp.MustCompile(`^[^\n{}:]*,[^\n]*\n[^\n]*,`), "seems to be CSV: import reads configurations; a load is read by [load.NAME.trace]"},
	} {
		if known.form.Match(text) {
			return Seems{errors.New(known.says)}
		}
	}
	return seems("is not JSON: it begins with %s; %s", line, insteadAWS)
}
