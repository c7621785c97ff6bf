package scenarios

import "asgsim/sim/asg"

// warmPoolTable is the table that gives the group a warm pool.
const warmPoolTable = "auto_scaling_group.warm_pool"

// warmPoolKeys documents [auto_scaling_group.warm_pool].
func warmPoolKeys() []Key {
	const p = warmPoolTable + "."
	const api = "AWS PutWarmPool, API of 2026-08"
	const unknown = "undocumented by AWS"
	return []Key{
		{Path: p + "pool_state", Type: Choice, Choices: optionNames(enum(asg.PoolHibernated)), Default: `"Stopped"`, Source: api, Doc: "What members do once they are prepared. Stopped and Hibernated cost their volumes only, Running the full price."},
		{Path: p + "min_size", Type: Count, Unit: "instances", Default: "0", Min: "0", Max: "100000", Source: api, Doc: "Least number of members. The pool has max_size (or max_group_prepared_capacity) less the desired capacity, but at least this."},
		{Path: p + "max_group_prepared_capacity", Type: Count, Unit: "instances", Absent: "max_size", Min: "0", Max: "100000", Source: api, Doc: "Most instances in group and pool together."},
		{Path: p + "instance_reuse_policy.reuse_on_scale_in", Type: Bool, Default: "false", Source: api, Doc: "true: scale-in drains instances and returns them to the pool. false: it terminates them, and new ones are prepared."},
		{Path: p + "start", Type: Random, Absent: "as instance.launch", Doc: "Call for a stopped or hibernated member to EC2 state running."},
		{Path: p + "boot", Type: Random, Default: `{ median = "15s", p95 = "30s" }`, Doc: "EC2 state running to the application's first answer, of a member that was prepared. Measured by others: about 21 s from the call to a login, stopped and hibernated alike (m7i.large, 2026)."},
		{Path: p + "handover", Type: Random, Default: `"2s"`, Doc: "Call for a running member to its service. Measured by others: 1.9 s (2026)."},
		{Path: p + "stop", Type: Random, Default: `{ uniform = ["20s", "65s"] }`, Source: unknown, Doc: "Stop call to stopped, or hibernated; the latter is billed."},
		{Path: p + "volume_size", Type: Size, Default: `"8GiB"`, Min: `"1GiB"`, Max: `"65536GiB"`, Doc: "Volume of an instance; a hibernated one also stores its memory."},
		{Path: p + "volume_price", Type: PerMonth, Default: `"$0.08/GB-month"`, Source: "AWS price list, gp3 in us-east-1, 2026", Doc: "Price of the members' volumes, by GiB and month of 730 hours. Volumes of instances in service are on no bill here."},
	}
}
