package exports

import "asgsim/scenarios"

// resources are what a configuration comes to in AWS.
type resources struct {
	*values
	c      *scenarios.Config
	region string // of the zones that the scenario names shortly
	all    []*resource
	partly map[string][]string // fields of a value that the export does not hold, by key
	notes  []Note

	template, targets, group *resource
	others                   map[string]*resource // further target groups, by name
}

// Note is something that is not written: what, and why.
type Note struct{ What, Why string }

const (
	groupTable = "auto_scaling_group"
	mixedTable = groupTable + ".mixed_instances_policy"
	poolTable  = groupTable + ".warm_pool"
)

// add adds a resource.
func (r *resources) add(k kind, name string, body *object) *resource {
	x := &resource{k, name, body}
	r.all = append(r.all, x)
	return x
}

// groupName is the group's.
func (r *resources) groupName() string {
	r.used[groupTable+".name"] = true
	return r.c.World.Group.Name
}

// ofGroup is the body of what belongs to the group.
func (r *resources) ofGroup() *object {
	return (&object{}).put("AutoScalingGroupName", ref{r.group, "name"})
}
