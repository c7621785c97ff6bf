package report

import (
	"fmt"

	"asgsim/sim/account"
	"asgsim/sim/scaling"
)

// suggest names at most two commands worth trying next: first what the file
// itself offers and what the run raises (a ceiling that hurt, a fault), then what
// a reader may wonder.
func suggest(res *account.Result, in Inputs) []Suggestion {
	run := "asgsim run " + in.Scenario
	out := []Suggestion{}
	add := func(args, question string) {
		if len(out) < 2 {
			out = append(out, Suggestion{Command: run + args, Question: question})
		}
	}
	if in.Variant != "" {
		run += " --variant " + in.Variant
	} else if len(in.Others) > 0 {
		add(" --variant "+in.Others[0], "the alternative that the file describes")
	}
	set := func(key string, value any, question string) { add(fmt.Sprintf(" --set %s=%v", key, value), question) }
	c, met := res.Summary.Capacity, res.Summary.SLO.Met
	need := res.Summary.Needed.SLOMax
	switch {
	case c.MinutesAtMax > 0 && !met && need != nil && *need > c.MaxSize:
		set("auto_scaling_group.max_size", *need, "was max_size the reason?")
	case c.MinutesAtMax > 0 && met && c.MaxSize/2 > c.MinSize:
		set("auto_scaling_group.max_size", c.MaxSize/2, "what does max do to users?")
	}
	if res.Summary.Faults.Injected["hang"] > 0 {
		if res.Config.Group.HealthCheckELB {
			set("auto_scaling_group.health_check_type", "EC2", "who finds the hung one?")
		} else {
			set("auto_scaling_group.health_check_type", "ELB", "what if the balancer's checks counted?")
		}
	}
	for _, p := range scaling.Goals(res.Config.Policies) {
		key := "policy." + p.Policy + "." + p.Kind + ".target_value"
		switch cpu := p.Metric == scaling.ASGAverageCPUUtilization; {
		case cpu && met && p.Target+10 <= 90:
			set(key, p.Target+10, "what do ten points more save, and cost?")
		case cpu && !met && p.Target-10 >= 20 && busy(res, p.Target):
			set(key, p.Target-10, "does more headroom help?")
		}
	}
	if n := c.Desired.Max / 2; n >= 1 && met && len(setup(res.Config).Policies) == 0 {
		add(fmt.Sprintf(" --set auto_scaling_group.min_size=%d --set auto_scaling_group.max_size=%d", n, n), "would half the fleet do?")
	}
	return out
}

// busy reports whether CPU was at the target in the worst minute: else a lower target
// would see as little as this one did.
func busy(res *account.Result, target float64) bool {
	worst := res.Summary.WorstMinute
	if worst == nil {
		return true
	}
	for i := range res.Rows {
		if res.Rows[i].At.Seconds() == worst.AtS {
			return 100*res.Rows[i].CPU >= target
		}
	}
	return true
}
