package imports

import (
	"slices"
	"strings"

	"asgsim/report/clean"
)

// Sort is what a resource is, by the name of its type in AWS's API.
type Sort string

// The sorts of resources that import knows.
const (
	Group         Sort = "AutoScalingGroup"
	Policy        Sort = "ScalingPolicy"
	Schedule      Sort = "ScheduledUpdateGroupAction"
	Hook          Sort = "LifecycleHook"
	WarmPool      Sort = "WarmPoolConfiguration"
	Alarm         Sort = "MetricAlarm"
	TargetGroup   Sort = "TargetGroup"
	TargetAttrs   Sort = "TargetGroupAttributes"
	Balancer      Sort = "LoadBalancer"
	BalancerAttrs Sort = "LoadBalancerAttributes"
	Classic       Sort = "LoadBalancerDescription"
	Template      Sort = "LaunchTemplate"
	LaunchConfig  Sort = "LaunchConfiguration"
	Refresh       Sort = "InstanceRefresh"
)

// Resource is one thing that a file describes, its properties by AWS's API's names.
type Resource struct {
	Sort  Sort
	Value *Value
	Names []string // by which others refer to it: name, ARN, address in the file
	Of    []string // names of the group, or template, that it belongs to; none: not said
}

// named reports whether a name is the resource's: its name, ARN or address, or an ARN
// that ends in its name.
func (r *Resource) named(name string) bool {
	if name == "" {
		return false
	}
	if slices.Contains(r.Names, name) {
		return true
	}
	// Templates often put names together from parts that only a deployment knows; ARNs
	// end in what others use as the name.
	for _, n := range r.Names {
		if strings.HasPrefix(name, "arn:") && (strings.HasSuffix(name, "/"+n) || strings.HasSuffix(name, ":"+n)) {
			return true
		}
	}
	return false
}

// belongs reports whether a resource says that it belongs to another.
func (r *Resource) belongs(to *Resource) bool {
	return slices.ContainsFunc(r.Of, to.named)
}

// title is how a message names a resource.
func (r *Resource) title() string {
	if len(r.Names) > 0 {
		return r.Names[0]
	}
	return r.Value.Place()
}

// attributeTable makes a table of a list of keys and values.
func attributeTable(list *Value) *Value {
	table := &Value{Kind: Table, above: list.above, label: list.label, file: list.file, line: list.line}
	for _, e := range list.Items {
		name, value := e.text("Key"), e.Get("Value")
		if name == "" || value == nil {
			continue
		}
		table.Names = append(table.Names, name)
		table.Items = append(table.Items, &Value{Kind: value.Kind, Text: value.Text, Via: value.Via, above: table, label: "[Key=" + clean.Short(name, clean.Quote) + "]", line: value.line})
	}
	return table
}
