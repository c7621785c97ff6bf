package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/workload"
)

// lifecycleKeys documents what of [auto_scaling_group] is about instances coming
// and going, [hook.N] and [event.N.KIND].
func lifecycleKeys() []Key {
	const api = "AWS CreateAutoScalingGroup, API of 2026-08"
	const hook = "AWS PutLifecycleHook, API of 2026-08"
	const g, h = "auto_scaling_group.", "hook.N."
	return []Key{
		{Path: g + "new_instances_protected_from_scale_in", Type: Bool, Default: "false", Source: api, Doc: "true: scale-in leaves new instances alone until an event lifts their protection; desired falls, the group stays."},
		{Path: g + "suspended_processes", Type: NameList, Default: "[]", Source: "AWS SuspendProcesses, API of 2026-08", Doc: "Processes suspended from the start: Launch, Terminate, HealthCheck, ReplaceUnhealthy, AlarmNotification, ScheduledActions, AZRebalance, AddToLoadBalancer, InstanceRefresh. AlarmNotification stops the policies that alarms trigger, ScheduledActions also predictive scaling (AWS does not say); expressions and other systems' autoscalers set the capacity from outside and go on."},
		{Path: g + "max_instance_lifetime", Type: Duration, Absent: "instances live on", Min: `"1d"`, Max: `"365d"`, Source: api, Doc: "Instances are replaced at this age (0: never): one at a time, begun early enough, a tenth of the group when late."},
		{Path: g + "instance_maintenance_policy.min_healthy_percentage", Clear: true, Type: Share, Absent: "no policy: terminate first, a tenth of the group at a time", Min: `"0%"`, Max: `"100%"`, Source: api, Doc: "Share of desired that stays ready while instances are replaced for their health or age."},
		{Path: g + "instance_maintenance_policy.max_healthy_percentage", Clear: true, Type: Share, Absent: "no policy", Min: `"100%"`, Max: `"200%"`, Source: api, Doc: "Share of desired that runs at most while instances are replaced; at most 100 points above min_healthy_percentage. Both at 100%: one at a time, launched first."},

		{Path: g + "launch_retry", Type: Duration, Default: `"15s"`, Min: `"1s"`, Max: `"1h"`, Source: "undocumented by AWS, X-15 and X-16; EC2 Auto Scaling guide, Lifecycle hooks, read 2023-04-27: launches are slowed down where hooks keep failing", Doc: "Wait after a launch that failed, for capacity or by a hook; twice as long after each further one."},
		{Path: g + "launch_retry_max", Type: Duration, Default: `"15m"`, Min: `"1s"`, Max: `"1d"`, Source: "undocumented by AWS, X-15 and X-16; EC2 Auto Scaling guide, Suspend and resume processes, read 2026-11: a group that has launched nothing for over 24 hours may be suspended", Doc: "Longest such wait. After a day without a single success launching is suspended."},
		{Path: g + "availability_zone_distribution.capacity_distribution_strategy", Type: Choice, Choices: []string{"balanced-best-effort", "balanced-only"}, Default: `"balanced-best-effort"`, Source: api, Doc: "What happens when a launch fails in the zone with the fewest instances: another zone is tried, or the same again later."},
		{Path: g + "rebalance_difference", Type: Count, Unit: "instances", Default: "2", Min: "2", Max: "1000", Source: "undocumented by AWS, X-17; EC2 Auto Scaling guide, Auto Scaling benefits, read 2026-11: on which occasions, and how far above max_size", Doc: "By how much the fullest and the emptiest zone must differ to be evened out."},
		{Path: g + "rebalance_after", Type: Duration, Default: `"60s"`, Min: `"1s"`, Max: `"1d"`, Source: "undocumented by AWS, X-17; EC2 Auto Scaling guide, Auto Scaling benefits, read 2026-11: on which occasions, and how far above max_size", Doc: "How long they must differ before the group evens them out, one instance at a time."},
		{Path: g + "replacement_rounding", Type: Choice, Choices: []string{"cautious", "hasty"}, Default: `"cautious"`, Source: "undocumented by AWS, X-18 and X-19; EC2 Auto Scaling guide, About the health checks, read 2026-11: one where a tenth is less than one; RefreshPreferences, an earlier API: what must stay ready is rounded up", Doc: "How shares of the group are rounded while instances are replaced: a tenth of it down, what must stay ready up, what may run down; or the other way round."},
		{Path: g + "lifetime_spread", Type: Duration, Default: `"5m"`, Min: `"1s"`, Max: `"1h"`, Source: "undocumented by AWS, X-40; EC2 Auto Scaling guide, Replace instances based on maximum instance lifetime, read 2023-04-27: one at a time, with a pause, some of them early", Doc: "Time set aside, besides the warm-up, for each instance that max_instance_lifetime replaces: so much earlier it begins."},

		{Path: h + "lifecycle_transition", Type: Choice, Choices: []string{"launching", "terminating"}, Required: true, Source: hook, Doc: "When instances wait: before they are in service, or before they are terminated. Several hooks of a transition run in the order of the file. A Spot Instance dies two minutes after its notice, whatever hook is waiting. AWS's autoscaling:EC2_INSTANCE_LAUNCHING and autoscaling:EC2_INSTANCE_TERMINATING are the same."},
		{Path: h + "heartbeat_timeout", Type: Duration, Default: `"3600s"`, Min: `"30s"`, Max: `"7200s"`, Source: hook, Doc: "How long an instance waits for an answer or a heartbeat; in all at most 48 h or 100 times this."},
		{Path: h + "default_result", Type: Choice, Choices: []string{"ABANDON", "CONTINUE"}, Default: `"ABANDON"`, Source: hook, Doc: "What happens without an answer. A launch that is abandoned is terminated and tried again."},
		{Path: h + "duration_from_warm_pool", Type: Random, Default: `"2s"`, Source: "undocumented by AWS; it is the user's script; about 36 s from the pool against 243 s cold were seen for a group with such a hook", Doc: "How long the worker takes for an instance that comes out of the warm pool (in its notification Origin is WarmPool and Destination AutoScalingGroup): it finds what it would install, and answers. A script that does not look at Origin takes its duration again."},
		{Path: h + "duration", Type: Random, Required: true, Doc: "How long the hook's worker takes until it answers CONTINUE, or until it breaks off. May be left out with success = \"0%\": nobody answers."},
		{Path: h + "success", Type: Share, Default: `"100%"`, Min: `"0%"`, Max: `"100%"`, Doc: "Share of the workers that answer; the others never do."},
		{Path: h + "heartbeat", Type: Duration, Absent: "none is recorded", Above: `"0s"`, Max: `"7200s"`, Source: "AWS RecordLifecycleActionHeartbeat, API of 2026-08", Doc: "How often a worker records a heartbeat, which starts heartbeat_timeout afresh."},
	}
}

// lifecycle reads what of the group is about instances coming and going.
func (d *decoder) lifecycle(c *asg.Config) {
	const p = "auto_scaling_group."
	c.Termination = d.termination(p + "termination_policies")
	c.Protect, _ = d.Bool(p + "new_instances_protected_from_scale_in")
	c.Suspended, _ = d.processes(p + "suspended_processes")
	c.Lifetime, _ = d.lifetime(p + "max_instance_lifetime")
	const m = p + "instance_maintenance_policy."
	low, hasLow := d.Share(m + "min_healthy_percentage")
	high, hasHigh := d.Share(m + "max_healthy_percentage")
	switch {
	case d.FailedBelow(m):
	case hasLow != hasHigh:
		d.Problem(strings.TrimSuffix(m, "."), d.At(m+"min_healthy_percentage"), form.Wrong("", "must have both min_healthy_percentage and max_healthy_percentage"))
	case hasLow && high-low > 1+1e-9:
		d.Problem(m+"max_healthy_percentage", d.At(m+"max_healthy_percentage"), form.Wrong("", "must be at most 100 points above min_healthy_percentage"))
	case hasLow:
		c.Maintenance = &asg.Maintenance{MinHealthy: low, MaxHealthy: high}
	}
	if c.RoundUp = d.is(p+"replacement_rounding", "hasty"); c.Maintenance != nil {
		c.Maintenance.Outwards = c.RoundUp
	}
	c.Retry, _ = d.dur(p + "launch_retry")
	c.RetryMax, _ = d.dur(p + "launch_retry_max")
	c.BalancedOnly = d.is(p+"availability_zone_distribution.capacity_distribution_strategy", "balanced-only")
	c.UnevenBy, _ = d.Count(p + "rebalance_difference")
	c.UnevenFor, _ = d.dur(p + "rebalance_after")
	c.Spread, _ = d.dur(p + "lifetime_spread")
	for _, name := range d.Entries("hook") {
		c.Hooks = append(c.Hooks, d.hook(name))
	}
}

// lifetime reads the greatest age of instances; 0 is how AWS takes the limit away.
func (d *decoder) lifetime(path string) (des.Duration, bool) {
	return take(d, path, func(n *form.Node, k *Key) (des.Duration, *form.Mistake) {
		v, b := awsSeconds(n, k)
		if b != nil || v == 0 {
			return 0, b
		}
		low, _ := duration(form.Unquoted(k.Min))
		high, _ := duration(form.Unquoted(k.Max))
		if v < low || v > high {
			return 0, form.Wrong("", "must be 0, or %s, not %s", k.Range(), form.Unquoted(n.Text()))
		}
		return v, nil
	})
}

// termination reads the list of termination policies.
func (d *decoder) termination(path string) []asg.TerminationPolicy {
	list, ok := d.Names(path)
	if !ok {
		return nil
	}
	known := asg.TerminationPolicies()
	if len(list) == 0 {
		d.Problem(path, d.At(path), form.Wrong(`write ["Default"]`, "is empty"))
	}
	var out []asg.TerminationPolicy
	for i, name := range list {
		k := slices.Index(known, name)
		switch {
		case name == "OldestLaunchConfiguration":
			d.Problem(path, d.At(path), form.Wrong("leave it out", "%q has no meaning: groups here launch from a launch template", name))
		case k < 0 && strings.HasPrefix(name, "arn:"):
			d.Problem(path, d.At(path), form.Wrong("it is one of "+strings.Join(known, ", "), "cannot run a Lambda function: %q", name))
		case k < 0:
			d.Problem(path, d.At(path), form.Wrong(nameRemedy(name, known), "does not know %q", name))
		case asg.TerminationPolicy(k) == asg.DefaultTermination && i < len(list)-1:
			d.Problem(path, d.At(path), form.Wrong("", "must have Default last: what comes after it is never asked"))
		default:
			out = append(out, asg.TerminationPolicy(k))
		}
	}
	return out
}

func nameRemedy(name string, known []string) string {
	if c := form.Nearest(name, known); c != "" {
		return fmt.Sprintf("did you mean %q?", c)
	}
	return "it is one of " + strings.Join(known, ", ")
}

// processes reads a list of processes that can be suspended.
func (d *decoder) processes(path string) ([]asg.Process, bool) {
	list, ok := d.Names(path)
	known := asg.Processes()
	var out []asg.Process
	for _, name := range list {
		k := slices.Index(known, name)
		switch {
		case k < 0:
			d.Problem(path, d.At(path), form.Wrong(nameRemedy(name, known), "does not know %q", name))
		default:
			out = append(out, asg.Process(k))
		}
	}
	return out, ok
}

// hook reads one [hook.N].
func (d *decoder) hook(name string) asg.Hook {
	p := "hook." + name + "."
	h := asg.Hook{Name: name}
	h.Launching = d.is(p+"lifecycle_transition", "launching")
	h.Timeout, _ = d.dur(p + "heartbeat_timeout")
	h.Continue = d.is(p+"default_result", "CONTINUE")
	h.Success, _ = d.Share(p + "success")
	h.Took, _ = d.hookDuration(p, h.Success)
	h.FromPool, _ = d.random(p+"duration_from_warm_pool", false)
	if v, ok := d.dur(p + "heartbeat"); ok {
		h.Every = v
		if d.OK(p+"heartbeat_timeout") && v >= h.Timeout {
			d.Problem(p+"heartbeat", d.At(p+"heartbeat"), form.Wrong("", "must be shorter than heartbeat_timeout, or the first comes too late: %s >= %s", v, h.Timeout))
		}
	}
	return h
}

// hookDuration reads how long a hook's worker takes. If none ever answers there is
// nothing to say.
func (d *decoder) hookDuration(p string, success float64) (workload.Dist, bool) {
	if success == 0 && d.OK(p+"success") && !d.IsGiven(p+"duration") {
		d.Key(p + "duration")
		v, err := workload.NewConstant(0)
		return v, err == nil
	}
	return d.random(p+"duration", false)
}

// zonesFromNow reads the zones of an event. Those that the group does not have at
// the start are added to its list, for later.
func (d *decoder) zonesFromNow(path string, g *asg.Config) []int {
	list, ok := d.Names(path)
	if ok && len(list) == 0 {
		d.Problem(path, d.At(path), form.Wrong(`write for example ["a", "b"]`, "names no zone"))
	}
	var out []int
	for _, name := range list {
		z := slices.Index(g.Zones, name)
		if z < 0 {
			z = len(g.Zones)
			g.Zones = append(g.Zones[:z:z], name)
			g.Later++
		}
		out = append(out, z)
	}
	return out
}
