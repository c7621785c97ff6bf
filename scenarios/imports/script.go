package imports

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"asgsim/report/clean"
)

// awsLine is a line of a shell's that runs AWS's command line.
var awsLine = regexp.MustCompile(`(?m)^(?:[A-Za-z_][A-Za-z0-9_]*=\$\()?aws [a-z0-9-]+ [a-z-]+ `)

// isScript reports whether a text is lines for AWS's command line.
func isScript(text []byte) bool { return awsLine.Match(text[:min(len(text), 256<<10)]) }

// calls are the calls of AWS's command line that make what import uses, by the list in
// which the answers of describe- calls have it.
func calls() map[string]string {
	return map[string]string{
		"autoscaling create-auto-scaling-group":         "AutoScalingGroups",
		"autoscaling update-auto-scaling-group":         "AutoScalingGroups",
		"autoscaling put-scaling-policy":                "ScalingPolicies",
		"autoscaling put-scheduled-update-group-action": "ScheduledUpdateGroupActions",
		"autoscaling put-lifecycle-hook":                "LifecycleHooks",
		"cloudwatch put-metric-alarm":                   "MetricAlarms",
		"elbv2 create-target-group":                     "TargetGroups",
		"elbv2 modify-target-group":                     "TargetGroups",
		"ec2 create-launch-template":                    "LaunchTemplateVersions",
		"ec2 create-launch-template-version":            "LaunchTemplateVersions",
		"autoscaling put-warm-pool":                     "WarmPoolConfiguration",
		"elbv2 modify-target-group-attributes":          "TargetGroupAttributes",
		"elbv2 modify-load-balancer-attributes":         "LoadBalancerAttributes",
		"autoscaling suspend-processes":                 "SuspendedProcesses",
		"autoscaling create-launch-configuration":       "LaunchConfigurations",
	}
}

// readScript finds resources in lines for AWS's command line whose input is given with
// --cli-input-json. Nothing is run: a variable of the shell stays what it is, a name for
// what a call before it has made.
func (f *Found) readScript(name string, text []byte, left *budget) error {
	file, err := syntax.NewParser().Parse(bytes.NewReader(text), "")
	if err != nil {
		var line string
		if e, ok := err.(syntax.ParseError); ok { //nolint:errorlint // the parser returns it as it is
			line = fmt.Sprintf("line %d: ", e.Pos.Line())
		}
		return seems("%sis not a script that a shell could read", line)
	}
	s := &scriptReader{Found: f, name: name, left: left, assigned: map[syntax.Node]string{}}
	syntax.Walk(file, func(n syntax.Node) bool {
		if s.err != nil {
			return false
		}
		switch x := n.(type) {
		case *syntax.Assign:
			if x.Name != nil && x.Value != nil {
				s.assign(x.Name.Value, x.Value)
			}
		case *syntax.CallExpr:
			s.call(x)
		}
		return true
	})
	if s.err != nil {
		return s.err
	}
	s.suspend()
	return nil
}

// scriptReader reads one script.
type scriptReader struct {
	*Found
	name      string
	left      *budget
	assigned  map[syntax.Node]string // variables, by the call whose answer they hold
	suspended []*Value
	err       error
}

// assign notes that a variable holds the answer of a call.
func (s *scriptReader) assign(name string, w *syntax.Word) {
	for _, p := range w.Parts {
		if q, ok := p.(*syntax.DblQuoted); ok && len(q.Parts) == 1 {
			p = q.Parts[0]
		}
		if c, ok := p.(*syntax.CmdSubst); ok {
			for _, stmt := range c.Stmts {
				s.assigned[stmt.Cmd] = "$" + name
			}
		}
	}
}

// call reads one call of AWS's command line.
func (s *scriptReader) call(c *syntax.CallExpr) {
	var words []string
	for _, w := range c.Args {
		words = append(words, word(w.Parts))
	}
	if len(words) < 3 || words[0] != "aws" {
		return
	}
	line := int(c.Pos().Line())
	kind := words[1] + " " + words[2]
	list, known := calls()[kind]
	if !known {
		s.Idle = append(s.Idle, Note{fmt.Sprintf("%s:%d", s.name, line), "aws " + clean.Short(kind, 80) + ": it makes nothing that import reads"})
		return
	}
	input := ""
	for i, w := range words {
		if w == "--cli-input-json" && i+1 < len(words) {
			input = words[i+1]
		} else if rest, ok := strings.CutPrefix(w, "--cli-input-json="); ok {
			input = rest
		}
	}
	place := fmt.Sprintf("%s:%d", s.name, line)
	if input == "" || strings.HasPrefix(input, "file:") {
		s.Unread = append(s.Unread, Unread{Note: Note{place, "aws " + kind + " has no --cli-input-json on its line: what it makes is not read; give the file, or write its input there"}})
		return
	}
	docs, err := parseJSON(place, []byte(input), s.left)
	if err != nil || len(docs) != 1 || docs[0].Kind != Table {
		s.err = seems("line %d: the --cli-input-json of aws %s is not JSON", line, kind)
		return
	}
	s.made(list, docs[0], s.assigned[c])
}

// made adds what a call makes; variable is what the shell calls it.
func (s *scriptReader) made(list string, v *Value, variable string) {
	s.read(&Value{file: s.name}, "lines for AWS's command line")
	switch list {
	case "WarmPoolConfiguration":
		s.add(&Resource{Sort: WarmPool, Value: v, Of: filled(v.text("AutoScalingGroupName"))})
	case "TargetGroupAttributes", "LoadBalancerAttributes":
		if attributes := v.Get("Attributes"); attributes != nil && attributes.Kind == List {
			sort, of := TargetAttrs, v.text("TargetGroupArn")
			if list == "LoadBalancerAttributes" {
				sort, of = BalancerAttrs, v.text("LoadBalancerArn")
			}
			s.add(&Resource{Sort: sort, Value: attributeTable(attributes), Of: filled(of)})
		}
	case "SuspendedProcesses":
		s.suspended = append(s.suspended, v)
	default:
		kind := lists()[list]
		r := &Resource{Sort: kind.sort, Value: v}
		for _, n := range kind.names {
			r.Names = append(r.Names, filled(v.text(n))...)
		}
		if kind.sort == TargetGroup {
			r.Names = append(r.Names, filled(v.text("Name"))...) // as create-target-group has it
		}
		r.Names = append(r.Names, filled(variable)...)
		for _, n := range kind.of {
			r.Of = append(r.Of, filled(v.text(n))...)
		}
		s.add(r)
	}
}

// suspend gives groups the processes that are suspended for them.
func (s *scriptReader) suspend() {
	for _, v := range s.suspended {
		for _, g := range s.of(Group) {
			if list := v.Get("ScalingProcesses"); list != nil && g.named(v.text("AutoScalingGroupName")) && g.Value.Get("SuspendedProcesses") == nil {
				g.Value.add("SuspendedProcesses", list)
			}
		}
	}
}

// word is what a shell makes of a word, but for its variables, which stay as they are.
func word(parts []syntax.WordPart) string {
	var b strings.Builder
	for _, p := range parts {
		switch x := p.(type) {
		case *syntax.Lit:
			b.WriteString(unescaped(x.Value))
		case *syntax.SglQuoted:
			b.WriteString(x.Value)
		case *syntax.DblQuoted:
			b.WriteString(word(x.Parts))
		case *syntax.ParamExp:
			if x.Param != nil {
				b.WriteString("$" + x.Param.Value)
			}
		}
	}
	return b.String()
}

// unescaped takes the backslashes away with which a shell's words quote.
func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if i++; s[i] == '\n' {
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
