package imports

import (
	"cmp"
	"strings"
)

// A list of `aws ... describe-...`, by its name in the output.
type described struct {
	sort  Sort
	call  string   // that answers with it
	names []string // properties that are names of the item
	of    []string // properties that name the group it belongs to
}

// lists are the answers of AWS's command line that hold what import uses.
func lists() map[string]described {
	group := []string{"AutoScalingGroupName"}
	return map[string]described{
		"AutoScalingGroups":           {Group, "describe-auto-scaling-groups", []string{"AutoScalingGroupName", "AutoScalingGroupARN"}, nil},
		"ScalingPolicies":             {Policy, "describe-policies", []string{"PolicyName", "PolicyARN"}, group},
		"ScheduledUpdateGroupActions": {Schedule, "describe-scheduled-actions", []string{"ScheduledActionName", "ScheduledActionARN"}, group},
		"LifecycleHooks":              {Hook, "describe-lifecycle-hooks", []string{"LifecycleHookName"}, group},
		"MetricAlarms":                {Alarm, "describe-alarms", []string{"AlarmName", "AlarmArn"}, nil},
		"TargetGroups":                {TargetGroup, "describe-target-groups", []string{"TargetGroupName", "TargetGroupArn"}, nil},
		"LoadBalancers":               {Balancer, "describe-load-balancers", []string{"LoadBalancerName", "LoadBalancerArn"}, nil},
		"LoadBalancerDescriptions":    {Classic, "elb describe-load-balancers", []string{"LoadBalancerName"}, nil},
		"LaunchTemplateVersions":      {Template, "describe-launch-template-versions", []string{"LaunchTemplateName", "LaunchTemplateId"}, nil},
		"LaunchConfigurations":        {LaunchConfig, "describe-launch-configurations", []string{"LaunchConfigurationName", "LaunchConfigurationARN"}, nil},
		"InstanceRefreshes":           {Refresh, "describe-instance-refreshes", []string{"InstanceRefreshId"}, group},
	}
}

// idleLists are the answers that hold nothing for a scenario, each with the reason.
func idleLists() map[string]string {
	return map[string]string{
		"Activities":                   "describe-scaling-activities: what the group did; --metrics of import, or asgsim calibrate, reads off it how long launches take",
		"NotificationConfigurations":   "describe-notification-configurations: notifications change nothing that is simulated",
		"AutoScalingNotificationTypes": "describe-auto-scaling-notification-types: a list of AWS's, not of yours",
		"Tags":                         "describe-tags: tags change nothing that is simulated",
		"AutoScalingInstances":         "describe-auto-scaling-instances: which instances run now; the load decides how many run in a simulation",
		"Reservations":                 "describe-instances: which instances run now; the load decides how many run in a simulation",
		"LoadBalancerTargetGroups":     "describe-load-balancer-target-groups: the group's own description names its target groups",
		"TrafficSources":               "describe-traffic-sources: the group's own description names its target groups",
		"CompositeAlarms":              "describe-alarms: composite alarms trigger no scaling policy",
		"SpotPriceHistory":             "describe-spot-price-history: import does not read prices: [spot] price_file reads this file as it is",
		"MetricDataResults":            "get-metric-data: it tells a load, no group: --load FILE makes RequestCount the load",
		"Datapoints":                   "get-metric-statistics: it tells a load, no group: --load FILE makes RequestCount the load",
		"LoadForecast":                 "get-predictive-scaling-forecast: the simulator makes its own forecast",
		"AdjustmentTypes":              "describe-adjustment-types: a list of AWS's, not of yours",
		"Metrics":                      "describe-metric-collection-types: a list of AWS's, not of yours",
		"LifecycleHookTypes":           "describe-lifecycle-hook-types: a list of AWS's, not of yours",
		"Processes":                    "describe-scaling-process-types: a list of AWS's, not of yours",
		"TerminationPolicyTypes":       "describe-termination-policy-types: a list of AWS's, not of yours",
		"MaxNumberOfAutoScalingGroups": "describe-account-limits: nothing of a group",
		"TargetHealthDescriptions":     "describe-target-health: how targets fare now",
		"Listeners":                    "describe-listeners: listeners change nothing that is simulated",
		"Rules":                        "describe-rules: write how many a request meets as load_balancer.rules",
		"InstanceRefreshId":            "start-instance-refresh: only its number; describe-instance-refreshes has its preferences",
	}
}

// readCLI finds resources in what AWS's command line answered, however it is wrapped:
// whole answers, `--query` of a list or an element, or what put- and create- calls are
// given with --cli-input-json.
func (f *Found) readCLI(v *Value) {
	switch {
	case v.Kind == List:
		for _, item := range v.Items {
			f.readCLI(item)
		}
	case v.Kind != Table:
	case f.single(v):
	default:
		for i, name := range v.Names {
			f.readListed(v, name, v.Items[i])
		}
	}
}

// readListed reads one item of an answer.
func (f *Found) readListed(v *Value, name string, item *Value) {
	kind, known := lists()[name]
	why, idle := idleLists()[name]
	switch {
	case known && item.Kind == List && !(name == "LoadBalancers" && len(item.Items) > 0 && !holds(item, "LoadBalancerArn")):
		f.read(v, kind.call)
		for _, e := range item.Items {
			f.addListed(kind, e)
		}
		if next := cmp.Or(v.text("NextToken"), v.text("NextMarker")); next != "" && kind.sort != Refresh { // of refreshes the last says all
			f.Unread = append(f.Unread, Unread{Note: Note{v.root().file, kind.call + ": AWS had more to send (NextToken): what is not in the file is missing; ask without --max-items and --no-paginate"}})
		}
		if len(item.Items) == 0 && kind.sort != Group {
			f.Idle = append(f.Idle, Note{What: v.root().file, Effect: kind.call + ": there are none"})
		}
	case name == "Attributes" && item.Kind == List:
		f.attributes(item, filled(v.text("TargetGroupArn"), v.text("LoadBalancerArn")))
	case name == "LoadBalancerAttributes" && item.hasOne("ConnectionSettings", "ConnectionDraining", "CrossZoneLoadBalancing"):
		f.read(v, "elb describe-load-balancer-attributes")
		f.add(&Resource{Sort: Classic, Value: item})
	case name == "WarmPoolConfiguration" && item.Kind == Table:
		f.read(v, "describe-warm-pool")
		f.add(&Resource{Sort: WarmPool, Value: item})
	case name == "Instances" && item.Kind == List && len(item.Items) == 0 && (v.Get("WarmPoolConfiguration") == nil || v.Get("WarmPoolConfiguration").Kind == Null):
		f.Idle = append(f.Idle, Note{What: v.root().file, Effect: "describe-warm-pool: the group has none"})
	case name == "InstanceTypes" && item.Kind == List && len(item.Items) == 0:
		f.Idle = append(f.Idle, Note{What: v.root().file, Effect: "describe-instance-types: there are none"})
	case idle:
		f.Idle = append(f.Idle, Note{What: v.root().file, Effect: why})
	default:
		f.readCLI(item)
	}
}

// holds reports whether the first element of a list has a property.
func holds(list *Value, name string) bool {
	return len(list.Items) > 0 && list.Items[0].has(name)
}

// addListed adds one element of a known list.
func (f *Found) addListed(kind described, e *Value) {
	if e.Kind != Table {
		return
	}
	r := &Resource{Sort: kind.sort, Value: e}
	for _, n := range kind.names {
		if t := e.text(n); t != "" {
			r.Names = append(r.Names, t)
		}
	}
	for _, n := range kind.of {
		if t := e.text(n); t != "" {
			r.Of = append(r.Of, t)
		}
	}
	f.add(r)
}

// single adds a table that is itself an element of one of the lists, and reports
// whether it is.
func (f *Found) single(v *Value) bool {
	if v.has("InstanceType", "VCpuInfo", "MemoryInfo") {
		f.addType(v)
		return true
	}
	for _, form := range []struct {
		list     string
		has, one []string // all of these, and one of those
	}{
		{"ScheduledUpdateGroupActions", []string{"ScheduledActionName"}, []string{"Recurrence", "StartTime", "Time"}},
		{"AutoScalingGroups", []string{"AutoScalingGroupName", "MinSize", "MaxSize"}, nil},
		{"LifecycleHooks", []string{"LifecycleHookName", "LifecycleTransition"}, nil},
		{"ScalingPolicies", []string{"PolicyName"}, []string{"PolicyType", "AdjustmentType", "TargetTrackingConfiguration", "PredictiveScalingConfiguration"}},
		{"ScalingPolicies", []string{"PolicyType"}, []string{"TargetTrackingConfiguration", "PredictiveScalingConfiguration", "StepAdjustments"}},
		{"ScalingPolicies", []string{"TargetTrackingConfiguration"}, nil},
		{"MetricAlarms", []string{"AlarmName", "ComparisonOperator"}, nil},
		{"TargetGroups", []string{"TargetGroupName", "HealthCheckIntervalSeconds"}, nil},
		{"LaunchTemplateVersions", []string{"LaunchTemplateData"}, nil},
		{"LaunchConfigurations", []string{"LaunchConfigurationName", "InstanceType", "ImageId"}, nil},
		{"LoadBalancers", []string{"LoadBalancerArn", "Scheme"}, nil},
		{"InstanceRefreshes", []string{"InstanceRefreshId", "PercentageComplete"}, nil},
	} {
		if v.has(form.has...) && v.hasOne(form.one...) {
			kind := lists()[form.list]
			f.read(v, strings.TrimPrefix(kind.call, "describe-")+" alone")
			f.addListed(kind, v)
			return true
		}
	}
	return f.bare(v)
}

// bare adds the configuration of a policy or warm pool as it is given to put- calls,
// which carry its name beside the file.
func (f *Found) bare(v *Value) bool {
	name := fileStem(v.root().file)
	switch {
	case v.has("TargetValue") && (v.has("PredefinedMetricSpecification") || v.has("CustomizedMetricSpecification")):
		f.wrapped(v, name, "TargetTrackingScaling", "TargetTrackingConfiguration")
	case v.has("MetricSpecifications"):
		f.wrapped(v, name, "PredictiveScaling", "PredictiveScalingConfiguration")
	case v.has("AutoScalingGroupName", "PoolState"):
		f.read(v, "put-warm-pool input")
		f.add(&Resource{Sort: WarmPool, Value: v, Of: filled(v.text("AutoScalingGroupName"))})
	default:
		return false
	}
	return true
}

// wrapped adds a policy of which a file holds only the configuration. It is copied
// beside what says so: the file's own table stays as it is.
func (f *Found) wrapped(v *Value, name, kind, configuration string) {
	f.read(v, "put-scaling-policy input")
	policy := &Value{Kind: Table, file: v.root().file}
	policy.Names = []string{"PolicyName", "PolicyType", configuration}
	policy.Items = []*Value{
		{Kind: Text, Text: name, above: policy, label: " (the file's name)"},
		{Kind: Text, Text: kind, above: policy, label: " (" + configuration + ")"},
		v,
	}
	f.add(&Resource{Sort: Policy, Value: policy, Names: []string{name}})
}

// attributes adds those of a target group or a load balancer: their names tell which. of
// is whose they are, where a --query has put that beside them.
func (f *Found) attributes(list *Value, of []string) {
	table := attributeTable(list)
	sort, call := TargetAttrs, "describe-target-group-attributes"
	for _, name := range table.Names {
		for _, of := range [...]string{"idle_timeout.", "routing.", "access_logs.", "deletion_protection."} {
			if strings.HasPrefix(name, of) {
				sort, call = BalancerAttrs, "describe-load-balancer-attributes"
			}
		}
	}
	f.read(list, call)
	f.add(&Resource{Sort: sort, Value: table, Of: of})
}
