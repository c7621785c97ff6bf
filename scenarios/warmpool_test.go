package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
)

// An empty table is a pool with AWS's defaults; a start takes as long as a launch
// until its application boots.
func TestWarmPoolKeys(t *testing.T) {
	if w := loadLifecycle(t, ""); w.Group.WarmPool != nil {
		t.Errorf("%+v", w.Group.WarmPool)
	}
	w := loadLifecycle(t, "[auto_scaling_group.warm_pool]\n")
	p := w.Group.WarmPool
	if p == nil || p.State != asg.PoolStopped || p.Min != 0 || p.Prepared != asg.Unlimited || p.Reuse || p.Start != w.Template.Pending || p.Handover.Mean() != 2 {
		t.Errorf("%+v", p)
	}
	if w.Bill.Volume != 8 || w.Bill.VolumeMonth != billing.Dollars(0.08) {
		t.Errorf("%+v", w.Bill)
	}
	w = loadLifecycle(t, `
[auto_scaling_group.warm_pool]
pool_state = "Hibernated"
min_size = 2
max_group_prepared_capacity = 3
instance_reuse_policy = { reuse_on_scale_in = true }
start = "4s"
boot = "9s"
volume_size = "20GiB"
volume_price = "$0.1/GB-month"
`)
	p = w.Group.WarmPool
	if p.State != asg.PoolHibernated || p.Min != 2 || p.Prepared != 3 || !p.Reuse || p.Start.Mean() != 4 || p.Boot.Mean() != 9 || w.Bill.Volume != 20 || w.Bill.VolumeMonth != billing.Dollars(0.1) {
		t.Errorf("%+v, %+v", p, w.Bill)
	}
}

// A pool that can hold nobody, or gains nothing, is warned of.
func TestWarmPoolWarnings(t *testing.T) {
	for lines, want := range map[string]string{
		"[auto_scaling_group.warm_pool]\nmax_group_prepared_capacity = 1\n": "the pool is always empty",
		"[auto_scaling_group.warm_pool]\nboot = \"5m\"\n":                   "the pool gains nothing",
	} {
		s, err := Load(Source{Name: "x.toml", Text: []byte(lifecycleFile(lines))}, nothing, Options{})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, w := range s.Configs[0].Warnings {
			found = found || strings.Contains(w.Rule, want)
		}
		if !found {
			t.Errorf("%s: warnings %v", lines, s.Configs[0].Warnings)
		}
	}
}
