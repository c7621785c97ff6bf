package imports

import (
	"slices"
	"strings"

	"asgsim/report/clean"
)

// resolve returns a copy of a value in which functions are replaced by what they come to.
func (t *template) resolve(v *Value) *Value {
	t.deep++
	defer func() { t.deep-- }()
	if t.spent++; t.deep > mostDeep || t.spent > mostMade {
		return unknown("the template's functions are too many, or too deep in each other")
	}
	out := &Value{Kind: v.Kind, Text: v.Text, Via: v.Via, line: v.line}
	switch v.Kind {
	case List:
		for _, item := range v.Items {
			r := t.resolve(item)
			if r.Kind == Null {
				continue
			}
			out.append(r)
		}
	case Table:
		if r := t.function(v); r != nil {
			r.line = v.line
			return r
		}
		for i, name := range v.Names {
			r := t.resolve(v.Items[i])
			if name == "ResourceLabel" && r.Kind == Unknown {
				r = t.ending(v.Items[i], r)
			}
			if r.Kind != Null {
				out.add(name, r)
			}
		}
	}
	return out
}

// ending is what a path of several parts ends in, where that is known: of a resource label
// the target group, whichever load balancer it is behind.
func (t *template) ending(v, unknown *Value) *Value {
	if v.Kind != Table || len(v.Names) != 1 {
		return unknown
	}
	arg := v.Items[0]
	switch v.Names[0] {
	case "Fn::Join":
		if len(arg.Items) == 2 && arg.Items[1].Kind == List && len(arg.Items[1].Items) > 0 {
			if r := t.resolve(arg.Items[1].Items[len(arg.Items[1].Items)-1]); r.Kind == Text {
				return r
			}
		}
	case "Fn::Sub":
		text := arg
		if arg.Kind == List && len(arg.Items) == 2 {
			text = arg.Items[0]
		}
		end := &Value{Kind: Text, Text: text.Text[strings.LastIndexByte(text.Text, '/')+1:], line: v.line}
		if arg.Kind == List && len(arg.Items) == 2 {
			end = &Value{Kind: List, Items: []*Value{end, arg.Items[1]}, line: v.line}
		}
		if r := t.substituted(end); r.Kind == Text {
			return r
		}
	}
	return unknown
}

// function resolves a function; nil where a table is none.
func (t *template) function(v *Value) *Value {
	if len(v.Names) != 1 {
		return nil
	}
	name, arg := v.Names[0], v.Items[0]
	switch name {
	case "Ref":
		return t.ref(arg.Text)
	case "Fn::GetAtt":
		if arg.Kind == Text {
			resource, attribute, _ := strings.Cut(arg.Text, ".")
			return t.attribute(resource, attribute)
		}
		if len(arg.Items) == 2 && arg.Items[1].Kind == Text {
			return t.attribute(arg.Items[0].Text, arg.Items[1].Text)
		}
		return unknown("Fn::GetAtt wants a resource and an attribute")
	case "Fn::If":
		return t.chosen(arg.Items)
	case "Fn::Sub":
		return t.substituted(arg)
	case "Fn::FindInMap":
		return t.mapped(arg.Items)
	case "Fn::Select", "Fn::Join", "Fn::Split":
		return t.applied(name, arg.Items)
	case "Fn::Base64":
		return t.resolve(arg)
	case "Fn::GetAZs":
		return t.zones(arg)
	}
	if strings.HasPrefix(name, "Fn::") {
		return unknown("%s is not resolved here", name)
	}
	return nil
}

// chosen resolves Fn::If.
func (t *template) chosen(args []*Value) *Value {
	if len(args) != 3 {
		return unknown("Fn::If wants a condition and two values")
	}
	is, known := t.condition(args[0].Text)
	if !known {
		return unknown("it depends on the condition %s, which parameters without a value decide", args[0].Text)
	}
	at := args[2]
	if is {
		at = args[1]
	}
	out := t.resolve(at)
	if out.Via == "" && out.Kind != Unknown {
		out.Via = "condition " + clean.Short(args[0].Text, clean.Quote)
	}
	return out
}

// substituted resolves Fn::Sub.
func (t *template) substituted(arg *Value) *Value {
	text, own := arg.Text, (*Value)(nil)
	if arg.Kind == List && len(arg.Items) == 2 {
		text, own = arg.Items[0].Text, arg.Items[1]
	}
	out := &Value{Kind: Text}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "${")
		b.WriteString(before)
		if b.Len() > mostBytes {
			return unknown("Fn::Sub makes a text of more than %s", "64 KiB")
		}
		if !ok {
			break
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			b.WriteString("${" + rest)
			break
		}
		text = after
		if literal, is := strings.CutPrefix(name, "!"); is {
			b.WriteString("${" + literal + "}")
			continue
		}
		r := t.named(own, strings.TrimSpace(name))
		if r.Kind == Unknown {
			return r
		}
		if r.Via != "" {
			out.Via = r.Via
		}
		b.WriteString(r.Text)
	}
	out.Text = b.String()
	return out
}

// named resolves a name within Fn::Sub.
func (t *template) named(own *Value, name string) *Value {
	if v := own.Get(name); v != nil {
		return t.resolve(v)
	}
	if resource, attribute, ok := strings.Cut(name, "."); ok {
		return t.attribute(resource, attribute)
	}
	return t.ref(name)
}

// zones resolves Fn::GetAZs: which zones an account has is not known, so three of the
// region are taken.
func (t *template) zones(arg *Value) *Value {
	region := t.resolve(arg)
	if region.Text == "" {
		region = t.ref("AWS::Region")
	}
	if region.Kind != Text {
		return unknown("Fn::GetAZs: the region is not known")
	}
	out := &Value{Kind: List, Via: "Fn::GetAZs: three of the region are assumed"}
	for _, letter := range [...]string{"a", "b", "c"} {
		out.append(&Value{Kind: Text, Text: region.Text + letter})
	}
	return out
}

// applied resolves a function of two values.
func (t *template) applied(name string, args []*Value) *Value {
	if len(args) != 2 {
		return unknown("%s wants two values", name)
	}
	a, b := t.resolve(args[0]), t.resolve(args[1])
	for _, v := range []*Value{a, b} {
		if v.Kind == Unknown {
			return v
		}
	}
	switch name {
	case "Fn::Select":
		return t.resolve(selected(a, b)) // a copy, for it stands elsewhere
	case "Fn::Join":
		return joined(a.Text, b)
	}
	return split(a.Text, b)
}

// condition decides a condition by name; known is false where that depends on what is not
// in the template.
func (t *template) condition(name string) (is, known bool) {
	v := t.doc.Get("Conditions", name)
	if v == nil || t.open[name] {
		return false, false
	}
	if d, ok := t.decided[name]; ok {
		return d.is, d.known
	}
	if t.open == nil {
		t.open, t.decided = map[string]bool{}, map[string]decision{}
	}
	t.open[name] = true
	is, known = t.decide(v, 0)
	delete(t.open, name)
	t.decided[name] = decision{is, known}
	return is, known
}

// decide evaluates a condition function.
func (t *template) decide(v *Value, depth int) (is, known bool) {
	if v.Kind != Table || len(v.Names) != 1 || depth > mostDeep {
		return v.truth()
	}
	items := v.Items[0].Items
	switch name := v.Names[0]; name {
	case "Condition":
		return t.condition(v.Items[0].Text)
	case "Fn::Equals":
		if len(items) != 2 {
			return false, false
		}
		a, b := t.resolve(items[0]), t.resolve(items[1])
		if a.Kind == Unknown || b.Kind == Unknown {
			return false, false
		}
		return a.Text == b.Text && len(a.Items) == len(b.Items), true
	case "Fn::Not":
		if len(items) == 1 {
			is, known = t.decide(items[0], depth+1)
		}
		return !is, known
	case "Fn::And", "Fn::Or":
		// One that is known may decide, whatever the others are.
		decisive := name == "Fn::Or"
		known = true
		for _, item := range items {
			one, sure := t.decide(item, depth+1)
			if sure && one == decisive {
				return decisive, true
			}
			known = known && sure
		}
		return !decisive, known
	}
	return false, false
}

// mapped resolves Fn::FindInMap.
func (t *template) mapped(args []*Value) *Value {
	if len(args) < 3 {
		return unknown("Fn::FindInMap wants a map and two keys")
	}
	var path []string
	for _, a := range args[:3] {
		r := t.resolve(a)
		if r.Kind == Unknown {
			return r
		}
		path = append(path, r.Text)
	}
	if v := t.doc.Get(slices.Concat([]string{"Mappings"}, path)...); v != nil {
		out := t.resolve(v)
		out.Via = "map " + clean.Short(strings.Join(path, "."), 2*clean.Quote)
		return out
	}
	return unknown("map %s has no %s", path[0], strings.Join(path[1:], "."))
}
