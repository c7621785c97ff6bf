package report

import (
	"fmt"

	"asgsim/sim/world"
)

// suggest names at most two commands worth trying next: first what the run
// itself raises (a ceiling that hurt, a fault), then what a reader may wonder.
func suggest(res *world.Result, in Inputs) []Suggestion {
	run := "asgsim run " + in.Scenario
	if in.Variant != "" {
		run += " --variant " + in.Variant
	}
	out := []Suggestion{}
	add := func(set, question string) {
		if len(out) < 2 {
			out = append(out, Suggestion{Command: run + " --set " + set, Question: question})
		}
	}
	c := res.Summary.Capacity
	need := res.Summary.Needed.SLOMax
	switch {
	case c.MinutesAtMax > 0 && !res.Summary.SLO.Met && need != nil && *need > c.MaxSize:
		add(fmt.Sprintf("auto_scaling_group.max_size=%d", *need), "was max_size the reason?")
	case c.MinutesAtMax > 0 && c.MaxSize/2 > c.MinSize:
		add(fmt.Sprintf("auto_scaling_group.max_size=%d", c.MaxSize/2), "what does max do to users?")
	}
	if res.Summary.Faults.Injected["hang"] > 0 {
		if res.Config.Group.HealthCheckELB {
			add("auto_scaling_group.health_check_type=EC2", "who finds the hung one?")
		} else {
			add("auto_scaling_group.health_check_type=ELB", "what if the balancer's checks counted?")
		}
	}
	for _, p := range res.Config.Tracking {
		if p.Metric.String() == "ASGAverageCPUUtilization" && p.Target+10 <= 90 {
			add(fmt.Sprintf("policy.%s.target_tracking.target_value=%g", p.Name, p.Target+10), "what do ten points more save, and cost?")
		}
	}
	if len(res.Config.Tracking) == 0 && c.MaxSize > 1 {
		n := max(1, c.Desired.Max/2)
		add(fmt.Sprintf("auto_scaling_group.min_size=%d --set auto_scaling_group.max_size=%d", n, n), "would half the fleet do?")
	}
	return out
}
