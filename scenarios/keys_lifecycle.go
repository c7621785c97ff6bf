package scenarios

import "asgsim/sim/asg"

// lifecycleKeys documents what of [auto_scaling_group] is about instances coming
// and going, [hook.N] and [event.N.KIND].
func lifecycleKeys() []Key {
	const api = "AWS CreateAutoScalingGroup, API of 2026-08"
	const hook = "AWS PutLifecycleHook, API of 2026-08"
	const g, h = "auto_scaling_group.", "hook.N."
	out := []Key{
		{Path: g + "new_instances_protected_from_scale_in", Type: Bool, Default: "false", Source: api, Doc: "true: scale-in leaves new instances alone until an event lifts their protection; desired falls, the group stays."},
		{Path: g + "suspended_processes", Type: NameList, Default: "[]", Source: "AWS SuspendProcesses, API of 2026-08", Doc: "Processes suspended from the start: Launch, Terminate, HealthCheck, ReplaceUnhealthy, AlarmNotification, ScheduledActions, AZRebalance, AddToLoadBalancer, InstanceRefresh. AlarmNotification stops the policies that alarms trigger, ScheduledActions also predictive scaling (AWS does not say); expressions and other systems' autoscalers set the capacity from outside and go on."},
		{Path: g + "max_instance_lifetime", Type: Duration, Absent: "instances live on", Min: `"1d"`, Max: `"365d"`, Source: api, Doc: "Instances are replaced at this age (0: never): one at a time, begun early enough, a tenth of the group when late."},
		{Path: g + "instance_maintenance_policy.min_healthy_percentage", Type: Share, Absent: "no policy: terminate first, a tenth of the group at a time", Min: `"0%"`, Max: `"100%"`, Source: api, Doc: "Share of desired that stays ready while instances are replaced for their health or age."},
		{Path: g + "instance_maintenance_policy.max_healthy_percentage", Type: Share, Absent: "no policy", Min: `"100%"`, Max: `"200%"`, Source: api, Doc: "Share of desired that runs at most while instances are replaced; at most 100 points above min_healthy_percentage. Both at 100%: one at a time, launched first."},

		{Path: g + "launch_retry", Type: Duration, Default: `"15s"`, Min: `"1s"`, Max: `"1h"`, Source: "undocumented by AWS, X-15 and X-16", Doc: "Wait after a launch that failed, for capacity or by a hook; twice as long after each further one."},
		{Path: g + "launch_retry_max", Type: Duration, Default: `"15m"`, Min: `"1s"`, Max: `"1d"`, Source: "undocumented by AWS, X-15 and X-16", Doc: "Longest such wait. After a day without a single success launching is suspended."},
		{Path: g + "availability_zone_distribution.capacity_distribution_strategy", Type: Choice, Choices: []string{"balanced-best-effort", "balanced-only"}, Default: `"balanced-best-effort"`, Source: api, Doc: "What happens when a launch fails in the zone with the fewest instances: another zone is tried, or the same again later."},
		{Path: g + "rebalance_difference", Type: Count, Unit: "instances", Default: "2", Min: "2", Max: "1000", Source: "undocumented by AWS, X-17", Doc: "By how much the fullest and the emptiest zone must differ to be evened out."},
		{Path: g + "rebalance_after", Type: Duration, Default: `"60s"`, Min: `"1s"`, Max: `"1d"`, Source: "undocumented by AWS, X-17", Doc: "How long they must differ before the group evens them out, one instance at a time."},
		{Path: g + "replacement_rounding", Type: Choice, Choices: []string{"cautious", "hasty"}, Default: `"cautious"`, Source: "undocumented by AWS, X-18 and X-19", Doc: "How shares of the group are rounded while instances are replaced: a tenth of it down, what must stay ready up, what may run down; or the other way round."},
		{Path: g + "lifetime_spread", Type: Duration, Default: `"5m"`, Min: `"1s"`, Max: `"1h"`, Source: "undocumented by AWS, X-40", Doc: "Time set aside, besides the warm-up, for each instance that max_instance_lifetime replaces: so much earlier it begins."},

		{Path: h + "lifecycle_transition", Type: Choice, Choices: []string{"launching", "terminating"}, Required: true, Source: hook, Doc: "When instances wait: before they are in service, or before they are terminated. Several hooks of a transition run in the order of the file. AWS's autoscaling:EC2_INSTANCE_LAUNCHING and autoscaling:EC2_INSTANCE_TERMINATING are the same."},
		{Path: h + "heartbeat_timeout", Type: Duration, Default: `"3600s"`, Min: `"30s"`, Max: `"7200s"`, Source: hook, Doc: "How long an instance waits for an answer or a heartbeat; in all at most 48 h or 100 times this."},
		{Path: h + "default_result", Type: Choice, Choices: []string{"ABANDON", "CONTINUE"}, Default: `"ABANDON"`, Source: hook, Doc: "What happens without an answer. A launch that is abandoned is terminated and tried again."},
		{Path: h + "duration_from_warm_pool", Type: Random, Default: `"2s"`, Source: "undocumented by AWS: it is the user's script; about 36 s from the pool against 243 s cold were seen for a group with such a hook", Doc: "How long the worker takes for an instance that comes out of the warm pool (in its notification Origin is WarmPool and Destination AutoScalingGroup): it finds what it would install, and answers. A script that does not look at Origin takes its duration again."},
		{Path: h + "duration", Type: Random, Required: true, Doc: "How long the hook's worker takes until it answers CONTINUE, or until it breaks off. May be left out with success = \"0%\": nobody answers."},
		{Path: h + "success", Type: Share, Default: `"100%"`, Min: `"0%"`, Max: `"100%"`, Doc: "Share of the workers that answer; the others never do."},
		{Path: h + "heartbeat", Type: Duration, Absent: "none is recorded", Above: `"0s"`, Max: `"7200s"`, Source: "AWS RecordLifecycleActionHeartbeat, API of 2026-08", Doc: "How often a worker records a heartbeat, which starts heartbeat_timeout afresh."},
	}
	return append(out, eventKeys()...)
}

// refreshKeys documents the preferences of an instance refresh and what its new
// version is like.
func refreshKeys(p string) []Key {
	const api = "AWS RefreshPreferences, API of 2026-08"
	return []Key{
		{Path: p + "min_healthy_percentage", Type: Share, Absent: "the instance maintenance policy's, else 90%", Min: `"0%"`, Max: `"100%"`, Source: api, Doc: "Share of desired that stays ready."},
		{Path: p + "max_healthy_percentage", Type: Share, Absent: "the instance maintenance policy's, else 100%", Min: `"100%"`, Max: `"200%"`, Source: api, Doc: "Share of desired that runs at most; above 100% instances are launched before others are terminated."},
		{Path: p + "instance_warmup", Type: Duration, Absent: "default_instance_warmup, else health_check_grace_period", Min: `"0s"`, Max: `"86400s"`, Source: api, Doc: "A new instance must be healthy, and in service for this long, before the next is replaced."},
		{Path: p + "checkpoint_percentages", Type: NameList, Default: "[]", Source: api, Doc: "Shares at which the refresh waits, ascending: [\"20%\", \"100%\"]. It ends at the last."},
		{Path: p + "checkpoint_delay", Type: Duration, Default: `"3600s"`, Min: `"0s"`, Max: `"172800s"`, Source: api, Doc: "How long it waits at a checkpoint."},
		{Path: p + "bake_time", Type: Duration, Default: `"0s"`, Min: `"0s"`, Max: `"172800s"`, Source: api, Doc: "How long it waits at the end before it is successful."},
		{Path: p + "auto_rollback", Type: Bool, Default: "false", Source: api, Doc: "true: a refresh that fails, by an alarm or after an hour without progress, puts the old version back."},
		{Path: p + "alarm_specification.alarms", Type: NameList, Default: "[]", Source: api, Doc: "Names of [alarm.N]: the refresh fails as soon as one is in ALARM, also during bake_time."},
		{Path: p + "skip_matching", Type: Bool, Default: "false", Console: "true", Source: api, Doc: "true: instances that are already as the new version would have them stay."},
		{Path: p + "scale_in_protected_instances", Type: Choice, Choices: optionNames(holdouts("Refresh")), Default: `"Wait"`, Console: `"Ignore"`, Source: api, Doc: "What happens to instances protected from scale-in: the refresh waits, and fails after an hour; leaves them; or replaces them too."},
		{Path: p + "standby_instances", Type: Choice, Choices: optionNames(holdouts("Terminate")), Default: `"Wait"`, Console: `"Ignore"`, Source: api, Doc: "What happens to old instances in standby: the refresh waits, and fails after an hour; leaves them; or terminates them."},
		{Path: p + "version.speed", Type: Number, Default: "1", Above: "0", Max: "1000", Doc: "Speed of the new version's vCPUs relative to the old: 0.5 takes twice the CPU time."},
		{Path: p + "version.boot", Type: Random, Absent: "as before", Doc: "Boot time of the new version."},
		{Path: p + "version.errors", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Doc: "Share of requests, and of health checks, that the new version answers with an error."},
		{Path: p + "version.healthy", Type: Bool, Default: "true", Doc: "false: the new version's application never comes up."},
	}
}

// eventKinds are the kinds of scripted events, in the order of asg.EventKind.
var eventKinds = [...]string{"standby", "exit_standby", "detach", "set_protection", "suspend", "resume", "instance_refresh", "cancel_instance_refresh", "attach", "zones", "rollback_instance_refresh",
	"set_desired_capacity", "update", "terminate_instance", "rebalance_recommendation"}

// chosen documents how an event names the instances it concerns.
func chosen(p string) []Key {
	return []Key{
		{Path: p + "instance", Type: Text, Absent: "chosen at random", Doc: "Id of the one instance it concerns, as activities.json and instances.csv have it: the same seed launches the same ids."},
		{Path: p + "zone", Type: Text, Absent: "all", Doc: "Zone of the instances that it may concern."},
	}
}

func eventKeys() []Key {
	const guide = "AWS EC2 Auto Scaling User Guide, 2023-04-27"
	var out []Key
	for i, kind := range eventKinds {
		p := "event.N." + kind + "."
		out = append(out, Key{Path: p + "at", Type: Whens, Required: true, Doc: "When it happens: \"Mon 15:40\" is the first such in the run; several in an array."})
		switch k := asg.EventKind(i); k {
		case asg.EventRefresh:
			out = append(out, refreshKeys(p)...)
		case asg.EventCancelRefresh:
			out[len(out)-1].Doc += " The instance refresh in progress stops where it is: what it has replaced stays."
		case asg.EventRollbackRefresh:
			out[len(out)-1].Doc += " The instance refresh in progress puts the old version back."
		case asg.EventAttach:
			out = append(out, Key{Path: p + "count", Type: Count, Unit: "instances", Default: "1", Min: "1", Max: "100000", Source: guide, Doc: "How many instances that ran elsewhere, with their application up, the group takes in; desired rises with each, not above max_size."})
		case asg.EventZones:
			out = append(out, Key{Path: p + "availability_zones", Type: NameList, Required: true, Source: guide, Doc: "The zones the group uses from then on. It evens out what is in others, one instance at a time, launching before it terminates."})
		case asg.EventSuspend, asg.EventResume:
			out = append(out, Key{Path: p + "processes", Type: NameList, Absent: "all", Source: guide, Doc: "The processes: Launch, Terminate, HealthCheck, ReplaceUnhealthy, AlarmNotification, ScheduledActions, AZRebalance, AddToLoadBalancer, InstanceRefresh."})
		case asg.EventSetDesired:
			out[len(out)-1].Doc += " Somebody sets the desired capacity; outside min_size and max_size AWS refuses it."
			out = append(out, Key{Path: p + "desired_capacity", Type: Count, Unit: "instances", Required: true, Min: "0", Max: "100000", Source: "AWS SetDesiredCapacity, API of 2026-08", Doc: "The new desired capacity. Policies may change it right after."},
				Key{Path: p + "honor_cooldown", Type: Bool, Default: "false", Source: "AWS SetDesiredCapacity, API of 2026-08", Doc: "true: refused while a simple scaling activity or its cooldown lasts."})
		case asg.EventUpdate:
			const update = "AWS UpdateAutoScalingGroup, API of 2026-08"
			out[len(out)-1].Doc += " Somebody changes the group's sizes; AWS refuses bounds that exclude each other, and a desired capacity outside of them."
			out = append(out, Key{Path: p + "min_size", Type: Count, Unit: "instances", Absent: "stays", Min: "0", Max: "100000", Source: update, Doc: "New min_size; a desired capacity below it rises to it."},
				Key{Path: p + "max_size", Type: Count, Unit: "instances", Absent: "stays", Min: "0", Max: "100000", Source: update, Doc: "New max_size; a desired capacity above it falls to it."},
				Key{Path: p + "desired_capacity", Type: Count, Unit: "instances", Absent: "stays, within the bounds", Min: "0", Max: "100000", Source: update, Doc: "New desired capacity."})
		case asg.EventRecommend:
			out[len(out)-1].Doc += " EC2 recommends to rebalance Spot Instances, and does not interrupt them: capacity_rebalance replaces them all the same."
			out = append(append(out, Key{Path: p + "count", Type: Count, Unit: "instances", Absent: "all", Min: "1", Max: "100000", Doc: "How many of the Spot Instances in service, chosen at random."}), chosen(p)...)
		case asg.EventStandby, asg.EventDetach, asg.EventTerminate:
			verb := "takes away"
			if k == asg.EventTerminate {
				verb = "terminates, through drain and hooks, protected from scale-in or not"
			}
			out = append(out, Key{Path: p + "count", Type: Count, Unit: "instances", Default: "1", Min: "1", Max: "100000", Doc: "How many instances in service it " + verb + ", chosen at random."},
				Key{Path: p + "should_decrement_desired_capacity", Type: Bool, Default: "true", Doc: "true: desired falls with each, not below min_size. false: another is launched for each. AWS wants it given."})
			out = append(out, chosen(p)...)
		default:
			out = append(out, Key{Path: p + "count", Type: Count, Unit: "instances", Absent: "all", Min: "1", Max: "100000", Doc: "How many of the instances that it may concern, chosen at random."})
			out = append(out, chosen(p)...)
			if k == asg.EventProtect {
				out = append(out, Key{Path: p + "protected_from_scale_in", Type: Bool, Default: "true", Doc: "true: protect instances from scale-in. false: lift their protection."})
			}
		}
	}
	return out
}
