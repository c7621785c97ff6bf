package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"asgsim/report/clean"
	"asgsim/report/story"
	"asgsim/sim/account"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// suggest names at most two commands worth trying next: first what the file
// itself offers and what the run raises (a collapse, a ceiling that hurt, a fault), then what
// a reader may wonder.
func suggest(res *account.Result, in Inputs, remedies []story.Remedy) []Suggestion {
	run := "asgsim run " + quoted(in.Scenario)
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
	for _, r := range remedies {
		set(r.Key, r.Value, r.Question)
	}
	c, met := res.Summary.Capacity, res.Summary.SLO.Met
	need := res.Summary.Needed.SLOMax
	limited := res.Summary.Collapse != nil && len(res.Summary.Collapse.Limits) > 0 // more instances do not help
	switch {
	case limited:
	case c.MinutesAtMax > 0 && !met && need != nil && *need > c.MaxSize && fixed(res.Config):
		// Nothing would raise desired to a higher max_size.
		add(fmt.Sprintf(" --set auto_scaling_group.min_size=%d --set auto_scaling_group.max_size=%d", *need, *need), "would a larger fleet do?")
	case c.MinutesAtMax > 0 && !met && need != nil && *need > c.MaxSize:
		set("auto_scaling_group.max_size", *need, "was max_size the reason?")
	case c.MinutesAtMax > 0 && met && c.MaxSize/2 > c.MinSize:
		set("auto_scaling_group.max_size", c.MaxSize/2, "what does max do to users?")
	}
	if res.Summary.Faults.Injected["hang"] > 0 && res.Config.Queue == nil {
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
		case cpu && !met && !limited && p.Target-10 >= 20 && busy(res, p.Target):
			set(key, p.Target-10, "does more headroom help?")
		}
	}
	if n := c.Desired.Max / 2; n >= 1 && met && len(setup(res.Config).Policies) == 0 {
		add(fmt.Sprintf(" --set auto_scaling_group.min_size=%d --set auto_scaling_group.max_size=%d", n, n), "would half the fleet do?")
	}
	return out
}

// fixed reports whether nothing but a user sets how large the group is.
func fixed(cfg *record.Config) bool {
	return len(setup(cfg).Policies) == 0 && len(cfg.Schedule) == 0
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

func (t *lines) try(d *Document) {
	t.add("")
	lead := "  try    "
	for _, s := range d.Try {
		t.command(lead, s.Command, "    "+s.Question)
		lead = "         "
	}
	t.command("  one run of one seed: ", "asgsim compare "+quoted(d.Inputs.Scenario), " says how sure")
	if why := d.explain(); why != "" {
		t.command("  ", why, "    says why")
	}
}

// command adds a command line with a remark behind it, broken before its flags, as a
// shell takes it; the remark stands below where there is no room.
func (t *lines) command(lead, command, remark string) {
	parts := strings.Split(command, " --")
	line := lead + parts[0]
	for _, p := range parts[1:] {
		if utf8.RuneCountInString(line+" --"+p) > t.width()-2 && line != lead { // 2: for the backslash
			t.add("%s \\", line)
			line = "           --" + p
			continue
		}
		line += " --" + p
	}
	if utf8.RuneCountInString(line+remark) <= t.width() {
		t.add("%s", line+remark)
		return
	}
	t.add("%s", line)
	t.wrap("           ", strings.TrimSpace(remark))
}

// explain is the command that explains the moment that most deserves it: the worst
// minute, else the last change. Empty without moments.
func (d *Document) explain() string {
	n := 0
	for _, m := range d.Moments {
		if m.N > 0 && (n == 0 || m.Label == "scale out" || m.Label == "scale in") {
			n = m.N
		}
	}
	for _, m := range d.Moments {
		if m.N > 0 && m.Label == "worst minute" {
			n = m.N
		}
	}
	if n == 0 {
		return ""
	}
	command := fmt.Sprintf("asgsim explain %s %d", quoted(d.Inputs.Scenario), n)
	if d.Inputs.Variant != "" {
		command += " --variant " + d.Inputs.Variant
	}
	if d.Inputs.Seeded {
		command += fmt.Sprintf(" --seed %d", d.Inputs.Seed)
	}
	for _, s := range d.Inputs.Sets {
		command += " --set " + quoted(s)
	}
	return command
}

// quoted writes an argument as a shell takes it.
func quoted(s string) string { return clean.Shell(s) }
