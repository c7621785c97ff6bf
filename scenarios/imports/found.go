package imports

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"asgsim/report/clean"
	"asgsim/scenarios/prices"
)

// Found is what the files hold.
type Found struct {
	Resources []*Resource
	Read      []string // what each file is, one a kind of answer
	Idle      []Note   // what was recognised and holds nothing for a scenario

	Unread []Unread // what stands in a file and is not read
	Region string   // in which the files say that they are; may be empty

	// Defaults is whose defaults fill what the files leave out; empty: AWS's API's.
	Defaults string

	before   bool                                  // of a plan, what was there before it
	load     *Load                                 // a recording
	recorded []Recorded                            // of metrics
	types    map[string]typeSize                   // what describe-instance-types says, by type
	replayed []Recorded                            // the files of those that a metric of the scenario replays
	prices   func(region string) *prices.Catalogue // imported ones; may be nil

	parameters map[string]bool // of templates, and variables of sources

	seen map[string]bool
	by   map[string]*Resource
}

// Unread is something that stands in a file and is not read, of one module or of any.
type Unread struct {
	Note
	Of string // the address of the only module that it concerns; empty: all
}

// unread returns what is not read and concerns a group; the same of several things is one.
func (f *Found) unread(group *Resource) []Note {
	var out []Note
	at := map[string]int{}
	for _, u := range f.Unread {
		if u.Of != "" && group != nil && !strings.HasPrefix(group.Value.label+".", u.Of+".") {
			continue
		}
		if i, ok := at[u.Effect]; ok {
			out[i].What += ", " + u.What
			continue
		}
		at[u.Effect] = len(out)
		out = append(out, u.Note)
	}
	return out
}

// scaled tells of what sets a group's capacity from outside of it.
func (f *Found) scaled(kind, place string) {
	var why string
	switch kind {
	case "AWS::ECS::CapacityProvider", "aws_ecs_capacity_provider":
		why = "a capacity provider of ECS may set the group's desired capacity by its managed scaling, which is not modelled: [policy.NAME.expression] can say something like it"
	case "AWS::AutoScalingPlans::ScalingPlan", "aws_autoscalingplans_scaling_plan":
		why = "a scaling plan makes policies of its own for the group, which are not read: describe-policies shows them once they are there"
	case "AWS::CloudFormation::Stack":
		f.Idle = append(f.Idle, Note{place, "a nested stack: give its template too if parts of the group are there"})
		return
	default:
		return
	}
	f.Unread = append(f.Unread, Unread{Note: Note{place, why}})
}

// read notes what a file holds.
func (f *Found) read(v *Value, what string) {
	line := v.root().file + ": " + what
	if f.seen == nil {
		f.seen = map[string]bool{}
	}
	if !f.seen[line] {
		f.seen[line] = true
		f.Read = append(f.Read, line)
	}
}

func (v *Value) root() *Value {
	for v.above != nil {
		v = v.above
	}
	return v
}

// declare notes a parameter of a template.
func (f *Found) declare(name string) {
	if f.parameters == nil {
		f.parameters = map[string]bool{}
	}
	f.parameters[name] = true
}

// add keeps a resource, unless the very same was read before.
func (f *Found) add(r *Resource) {
	id := string(r.Sort) + "\x00" + strings.Join(r.Names, "\x00") + "\x00\x00" + strings.Join(r.Of, "\x00")
	if f.by == nil {
		f.by = map[string]*Resource{}
	}
	if other := f.by[id]; other != nil && len(r.Names) > 0 && !differ(other.Value, r.Value) {
		return
	}
	f.by[id] = r
	f.nested(r)
	f.Resources = append(f.Resources, r)
}

// differ reports whether two values are not the same.
func differ(a, b *Value) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Items) != len(b.Items) || !slices.Equal(a.Names, b.Names) {
		return true
	}
	for i := range a.Items {
		if differ(a.Items[i], b.Items[i]) {
			return true
		}
	}
	return false
}

// of returns the resources of a sort.
func (f *Found) of(sort Sort) []*Resource {
	var out []*Resource
	for _, r := range f.Resources {
		if r.Sort == sort {
			out = append(out, r)
		}
	}
	return out
}

// Choose is what went wrong with the choice of the group; a mistake in the call.
type Choose struct{ error }

// group returns the group that is asked for; nil where the files have none and nobody
// asked for one.
func (f *Found) group(name string) (*Resource, error) {
	all := f.of(Group)
	if name == "" {
		switch len(all) {
		case 0:
			return nil, nil
		case 1:
			return all[0], nil
		}
		return nil, Choose{fmt.Errorf("the files hold %d groups: choose one with --group NAME, by its name or its path\n%s", len(all), groupList(all))}
	}
	var hits []*Resource
	for _, r := range all {
		if _, path := r.Value.place(); path == name {
			return r, nil
		}
		if r.named(name) {
			hits = append(hits, r)
		}
	}
	if len(hits) == 0 { // the module that a group is in
		for _, r := range all {
			if strings.HasPrefix(r.Value.label, name+".") {
				hits = append(hits, r)
			}
		}
	}
	switch {
	case len(hits) == 1:
		return hits[0], nil
	case len(hits) > 1:
		return nil, Choose{fmt.Errorf("%d groups are named %s: choose one by its path, as in --group %s\n%s", len(hits), clean.Quoted(name), clean.Shell(lastPath(hits)), groupList(hits))}
	case len(all) == 0:
		return nil, Choose{fmt.Errorf("there is no group %s: the files hold none", clean.Quoted(name))}
	}
	return nil, Choose{fmt.Errorf("there is no group %s; the files hold\n%s", clean.Quoted(name), groupList(all))}
}

// lastPath is the path of the last of several groups.
func lastPath(all []*Resource) string {
	_, path := all[len(all)-1].Value.place()
	return path
}

// shownGroups is how many groups a message lists.
const shownGroups = 40

// groupList lists groups, one a line, with their sizes.
func groupList(all []*Resource) string {
	var lines []string
	for _, r := range all[:min(len(all), shownGroups)] {
		v := r.Value
		sizes := ""
		if v.text("MinSize") != "" && v.text("MaxSize") != "" {
			sizes = fmt.Sprintf("%s to %s instances, ", clean.Quoted(v.text("MinSize")), clean.Quoted(v.text("MaxSize")))
		}
		lines = append(lines, fmt.Sprintf("  %-30s %s%s", clean.Short(r.title(), clean.Quote), strings.ReplaceAll(sizes, `"`, ""), clean.Line(v.Place())))
	}
	if more := len(all) - len(lines); more > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// mine returns the resources of a sort that belong to the group: those that say so, and
// those that do not say whose they are. Of those with the same name, which AWS does not
// let a group have, it is the one that says most.
func (f *Found) mine(sort Sort, group *Resource) []*Resource {
	var out []*Resource
	at := map[string]int{}
	for _, r := range f.of(sort) {
		if len(r.Of) > 0 && group != nil && !r.belongs(group) {
			continue
		}
		if len(out) == mostOfAKind {
			break // draft says so
		}
		if len(r.Names) > 0 {
			if i, ok := at[r.Names[0]]; ok {
				if len(r.Value.Items) > len(out[i].Value.Items) {
					out[i] = r
				}
				continue
			}
			at[r.Names[0]] = len(out)
		}
		out = append(out, r)
	}
	return out
}

// nested adds what the description of a group holds of other resources.
func (f *Found) nested(r *Resource) {
	if r.Sort != Group {
		return
	}
	if w := r.Value.Get("WarmPoolConfiguration"); w != nil && w.Kind == Table {
		f.add(&Resource{Sort: WarmPool, Value: w, Of: r.Names})
	}
	for _, h := range r.Value.list("LifecycleHookSpecificationList") {
		f.add(&Resource{Sort: Hook, Value: h, Names: filled(h.text("LifecycleHookName")), Of: r.Names})
	}
}

// checkParameters refuses values of parameters that no template has.
func (f *Found) checkParameters(given map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !f.parameters[name] && !strings.HasPrefix(name, "AWS::") {
			known := slices.Sorted(maps.Keys(f.parameters))
			if len(known) == 0 {
				return Choose{fmt.Errorf("--parameter %s: no file has parameters", clean.Line(name))}
			}
			return Choose{fmt.Errorf("--parameter %s: there is no such parameter; there are %s", clean.Line(name), clean.Short(strings.Join(known, ", "), 400))}
		}
	}
	return nil
}

// typeSize is how large a type is, as describe-instance-types says.
type typeSize struct {
	vcpus     int
	memoryGiB float64
}

// things is how much was recognised.
func (f *Found) things() int { return len(f.Resources) + len(f.Idle) + len(f.types) }
