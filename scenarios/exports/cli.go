package exports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// writeCLI writes lines for AWS's command line, for a POSIX shell: each call has its
// input as JSON in single quotes, which are left for what only the shell knows.
func writeCLI(head []string, all []*resource) []byte {
	s := &script{arns: map[*resource]string{}, inputs: map[input]bool{}}
	for _, r := range all {
		s.resource(r)
	}
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	for _, line := range head {
		b.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
	b.WriteString("set -eu\n")
	for _, in := range [...]input{vpcInput, balancerInput, spaceInput} {
		if s.inputs[in] {
			fmt.Fprintf(&b, ": \"${%s:?set it to %s}\"\n", in.name, in.about)
		}
	}
	b.WriteString("\n" + s.b.String())
	return []byte(b.String())
}

// script is lines in the making.
type script struct {
	b      strings.Builder
	arns   map[*resource]string // variables of the shell, by whose ARN they hold
	inputs map[input]bool
}

// call writes one line. A variable, if there is one, gets what query finds in the answer.
func (s *script) call(variable, query, call string, body *object) {
	line := "aws " + call + " --cli-input-json " + s.quoted(body)
	if variable != "" {
		line = variable + "=$(" + line + " --query " + query + " --output text)"
	}
	s.b.WriteString(line + "\n")
}

// arn names the variable of the shell for a resource's ARN.
func (s *script) arn(r *resource, stem string) string {
	name := stem
	for n := 2; ; n++ {
		taken := false
		for _, other := range s.arns {
			taken = taken || other == name
		}
		if !taken {
			break
		}
		name = fmt.Sprintf("%s_%d", stem, n)
	}
	s.arns[r] = name
	return name
}

// resource writes the calls that make a resource.
func (s *script) resource(r *resource) {
	switch r.kind {
	case launchTemplate:
		s.call("", "", "ec2 create-launch-template", r.body)
	case targetGroup:
		named, attributes := r.body.without("TargetGroupAttributes")
		body := (&object{}).put("Name", named.get("TargetGroupName"))
		for i, n := range named.names {
			if n != "TargetGroupName" { // which the call names otherwise than its answer
				body.put(n, named.items[i])
			}
		}
		name := s.arn(r, "TARGET_GROUP_ARN")
		s.call(name, "'TargetGroups[0].TargetGroupArn'", "elbv2 create-target-group", body)
		if list := attributeList(attributes); list != nil {
			s.call("", "", "elbv2 modify-target-group-attributes", (&object{}).put("TargetGroupArn", ref{r, "arn"}).put("Attributes", list))
		}
	case group:
		body, suspended := r.body.without("SuspendedProcesses")
		s.call("", "", "autoscaling create-auto-scaling-group", body)
		if suspended != nil {
			s.call("", "", "autoscaling suspend-processes", (&object{}).put("AutoScalingGroupName", ref{r, "name"}).put("ScalingProcesses", suspended))
		}
	case warmPool:
		s.call("", "", "autoscaling put-warm-pool", r.body)
	case hook:
		s.call("", "", "autoscaling put-lifecycle-hook", r.body)
	case policy:
		if r.body.get("PolicyType") == "StepScaling" || r.body.get("PolicyType") == "SimpleScaling" {
			s.call(s.arn(r, "POLICY_ARN"), "PolicyARN", "autoscaling put-scaling-policy", r.body)
			return
		}
		s.call("", "", "autoscaling put-scaling-policy", r.body)
	case alarm:
		s.call("", "", "cloudwatch put-metric-alarm", r.body)
	case schedule:
		s.call("", "", "autoscaling put-scheduled-update-group-action", r.body)
	}
}

// without returns an object without a value, and the value.
func (o *object) without(name string) (*object, any) {
	out := &object{}
	var was any
	for i, n := range o.names {
		if n == name {
			was = o.items[i]
			continue
		}
		out.put(n, o.items[i])
	}
	return out, was
}

// attributeList are attributes as AWS lists them: keys with texts.
func attributeList(attributes any) any {
	o, ok := attributes.(*object)
	if !ok {
		return nil
	}
	var out []any
	for i, n := range o.names {
		out = append(out, (&object{}).put("Key", n).put("Value", fmt.Sprint(o.items[i])))
	}
	return out
}

// quoted writes an object as JSON, quoted for a shell: in single quotes, but for the
// variables of the shell, which stand in double quotes between them.
func (s *script) quoted(body *object) string {
	var b bytes.Buffer
	s.json(&b, body)
	parts := strings.Split(b.String(), mark)
	for i, p := range parts {
		if i%2 == 0 {
			parts[i] = "'" + strings.ReplaceAll(p, "'", `'\''`) + "'"
		} else {
			parts[i] = `"$` + p + `"`
		}
	}
	return strings.Join(parts, "")
}

// mark stands around the variables of the shell until the text is quoted. JSON has none.
const mark = "\x00"

// json writes a value.
func (s *script) json(b *bytes.Buffer, v any) {
	switch x := v.(type) {
	case *object:
		b.WriteByte('{')
		for i, n := range x.names {
			if i > 0 {
				b.WriteByte(',')
			}
			if r, is := x.items[i].(ref); is && r.what == "id" {
				n = "LaunchTemplateName" // its id only AWS knows
			}
			s.json(b, n)
			b.WriteByte(':')
			s.json(b, x.items[i])
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, item := range x {
			if i > 0 {
				b.WriteByte(',')
			}
			s.json(b, item)
		}
		b.WriteByte(']')
	case input:
		s.inputs[x] = true
		b.WriteString(`"` + mark + x.name + mark + `"`)
	case path:
		b.WriteByte('"')
		for i, item := range x {
			if i > 0 {
				b.WriteByte('/')
			}
			var one bytes.Buffer
			s.json(&one, item)
			b.WriteString(strings.Trim(one.String(), `"`))
		}
		b.WriteByte('"')
	case ref:
		switch x.what {
		case "suffix":
			b.WriteString(`"` + mark + "{" + s.arns[x.to] + "##*:}" + mark + `"`)
		case "arn":
			b.WriteString(`"` + mark + s.arns[x.to] + mark + `"`)
		case "version":
			b.WriteString(`"$Latest"`)
		default:
			s.json(b, x.to.named())
		}
	default:
		text, err := json.Marshal(x)
		if err != nil {
			panic(fmt.Sprintf("exports: %T is no value", x)) // all are ours
		}
		b.Write(text)
	}
}

// named is how AWS's command line names a resource.
func (r *resource) named() string { return r.name }
