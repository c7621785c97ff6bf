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

// pool: a warm pool that is always empty, or that is no faster than a launch.
func (a *advisor) pool() {
	p := a.w.Group.WarmPool
	if p == nil {
		return
	}
	if p.Prepared != asg.Unlimited && p.Min == 0 && p.Prepared <= a.w.Group.Min {
		a.Warn(warmPoolTable+".max_group_prepared_capacity", "raise it, or give the pool a min_size",
			"is %d and the group never has fewer than %d instances: the pool is always empty", p.Prepared, a.w.Group.Min)
	}
	if a.w.Group.Max == a.w.Group.Min && p.Prepared == asg.Unlimited && p.Min == 0 {
		a.Warn(warmPoolTable, "raise max_size, or give the pool a min_size", "is always empty: min_size and max_size are both %d", a.w.Group.Max)
	}
	cold, warm := a.w.Template.Pending.Mean()+a.w.Template.Boot.Mean(), p.Start.Mean()+p.Boot.Mean()
	if p.State != asg.PoolRunning && warm >= cold {
		a.Warn(warmPoolTable+".boot", "a pool is for applications that are slow to initialise: see instance.boot",
			"means that a start from the pool takes %s s on average, a launch %s s: the pool gains nothing", form.FormatNumber(roundTo(warm, 1)), form.FormatNumber(roundTo(cold, 1)))
	}
}
