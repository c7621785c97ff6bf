package scenarios

// scheduleKeys documents [schedule.N].
func scheduleKeys() []Key {
	const api = "AWS PutScheduledUpdateGroupAction, API of 2026-08"
	const p = "schedule.N."
	return []Key{
		{Path: p + "recurrence", Type: Text, Absent: "once, at start_time", Source: api, Doc: "Five cron fields: minute, hour, day of month, month, day of week (0 is Sunday). A time that a change of the clock skips is left out that day; one that comes twice counts the first time only, unless the hour is a wildcard."},
		{Path: p + "time_zone", Type: Text, Default: `"UTC"`, Source: api, Doc: "IANA name of the zone of recurrence. UTC unless given, whatever timezone says: as in AWS."},
		{Path: p + "start_time", Type: Moment, Absent: "recurrence holds from the start of the run", Source: api, Doc: "The action runs at this instant, then by recurrence: 2026-03-02T07:00:00Z as AWS writes it, or without Z on the clocks of time_zone."},
		{Path: p + "end_time", Type: Moment, Absent: "recurrence holds to the end of the run", Source: api, Doc: "The action does not run after this instant; written like start_time."},
		{Path: p + "min_size", Type: Count, Unit: "instances", Terraform: "0", Absent: "stays", Min: "0", Max: "100000", Source: api, Doc: "New min_size of the group; with Terraform's defaults -1 leaves it alone. A desired capacity below it rises to it."},
		{Path: p + "max_size", Type: Count, Unit: "instances", Terraform: "0", Absent: "stays", Min: "0", Max: "100000", Source: api, Doc: "New max_size of the group; a desired capacity above it falls to it."},
		{Path: p + "desired_capacity", Type: Count, Unit: "instances", Terraform: "0", Absent: "stays, within the bounds", Min: "0", Max: "100000", Source: api, Doc: "New desired capacity, within the bounds then in force. Policies may change it right after."},
		{Path: p + "lateness", Type: Duration, Default: `"10s"`, Min: `"0s"`, Max: `"120s"`, Source: "EC2 Auto Scaling guide, Scheduled scaling, read 2023-04-27: mostly within seconds, up to two minutes; how it is spread is undocumented, X-36", Doc: "How late the action comes at most; each time is drawn uniformly from 0 to this."},
	}
}

// gateKeys documents [gate.N].
func gateKeys() []Key {
	return []Key{
		{Path: "gate.N.metric", Type: Choice, Choices: metricKeys(), Required: true, Sample: `"p99"`, Doc: "The figure that must keep the limit: one of those that compare prints."},
		{Path: "gate.N.max", Type: Limit, Absent: "no upper limit", Doc: "The figure must not be above this: \"400ms\" for latencies, \"0.5%\" for shares, \"$40\" for money, \"12min\" or 12 for minutes."},
		{Path: "gate.N.min", Type: Limit, Absent: "no lower limit", Doc: "The figure must not be below this; a gate has max, min or both."},
	}
}
