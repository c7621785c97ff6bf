package scenarios

import (
	"math"
	"strconv"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/record"
)

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
		{Path: p + "max_group_prepared_capacity", Clear: true, Type: Count, Unit: "instances", Absent: "max_size", Min: "0", Max: "100000", Source: api, Doc: "Most instances in group and pool together."},
		{Path: p + "instance_reuse_policy.reuse_on_scale_in", Type: Bool, Default: "false", Source: api, Doc: "true: scale-in drains instances and returns them to the pool. false: it terminates them, and new ones are prepared."},
		{Path: p + "start", Type: Random, Absent: "as instance.launch", Doc: "Call for a stopped or hibernated member to EC2 state running."},
		{Path: p + "boot", Type: Random, Default: `{ median = "15s", p95 = "30s" }`, Doc: "EC2 state running to the application's first answer, of a member that was prepared. Measured by others: about 21 s from the call to a login, stopped and hibernated alike (m7i.large, 2026)."},
		{Path: p + "handover", Type: Random, Default: `"2s"`, Doc: "Call for a running member to its service. Measured by others: 1.9 s (2026)."},
		{Path: p + "stop", Type: Random, Default: `{ uniform = ["20s", "65s"] }`, Source: unknown, Doc: "Stop call to stopped, or hibernated; the latter is billed."},
		{Path: p + "volume_size", Type: Size, Default: `"8GiB"`, Min: `"1GiB"`, Max: `"65536GiB"`, Doc: "Volume of an instance; a hibernated one also stores its memory."},
		{Path: p + "volume_price", Type: PerMonth, Default: `"$0.08/GB-month"`, Source: "AWS price list, gp3 in us-east-1, 2026", Doc: "Price of the members' volumes, by GiB and month of 730 hours. Volumes of instances in service are on no bill here."},
	}
}

// poolVolume is the kind of volume whose list price is that of a warm pool's members.
const poolVolume = "gp3"

// warmPool reads [auto_scaling_group.warm_pool]: a group has one if the table is
// there, empty or not.
func (d *decoder) warmPool(w *record.Config) {
	if n := d.Find(warmPoolTable); n == nil || n.Table == nil {
		return
	}
	const p = warmPoolTable + "."
	c := &asg.WarmPool{Prepared: asg.Unlimited, Start: w.Template.Pending}
	c.State, _ = choose(d, p+"pool_state", enum(asg.PoolHibernated))
	c.Min, _ = d.Count(p + "min_size")
	if n, ok := d.Count(p + "max_group_prepared_capacity"); ok {
		c.Prepared = n
	}
	c.Reuse, _ = d.Bool(p + "instance_reuse_policy.reuse_on_scale_in")
	if start, ok := d.random(p+"start", false); ok {
		c.Start = start
	}
	c.Boot, _ = d.random(p+"boot", false)
	c.Handover, _ = d.random(p+"handover", false)
	c.Stop, _ = d.random(p+"stop", false)
	w.Group.WarmPool = c
	gib, _ := d.Size(p + "volume_size")
	w.Bill.Volume = gib / (1 << 30)
	w.Bill.VolumeMonth, _ = form.Ordered(d.Reader, p+"volume_price", func(n *form.Node, _ *Key) (billing.USD, *form.Mistake) {
		return form.WithUnit(n, "a price", "/GB-month", perMonth)
	})
	if c := d.list.catalog; c != nil && c.Volumes[poolVolume] > 0 && !d.IsGiven(p+"volume_price") {
		w.Bill.VolumeMonth = billing.Dollars(c.Volumes[poolVolume])
		d.Amend(p+"volume_price", quoteTOML("$"+form.FormatNumber(w.Bill.VolumeMonth.Float())+"/GB-month"), "default: list price, "+d.list.basis())
	}
}

// perMonth reads "$0.08/GB-month".
func perMonth(s string) (billing.USD, *form.Mistake) {
	const unit = "/GB-month"
	const remedy = `write for example "$0.08/GB-month"`
	t := strings.TrimSpace(s)
	if !strings.HasPrefix(t, "$") || !strings.HasSuffix(t, unit) {
		return 0, form.Wrong(remedy, "is not a price per GB-month: %q", s)
	}
	v, err := strconv.ParseFloat(t[1:len(t)-len(unit)], 64)
	if err != nil || math.IsNaN(v) || v < 0 || v > 1e3 {
		return 0, form.Wrong(remedy, "must be $0 to $1000 a GB-month, not %q", s)
	}
	return billing.Dollars(v), nil
}
