package report

import (
	"fmt"
	"math"
	"strings"

	"asgsim/sim"
)

// Claim is the page a FinOps analyst pastes into a ticket: what a variant saves
// against another, with its range and basis, what users notice, what the month
// rests on, and what is left out.
func Claim(d *Comparison, c *sim.Comparison, name, against string) (string, error) {
	v, base := find(c, name), find(c, against)
	if v == nil || base == nil {
		var names []string
		for _, x := range d.Variants {
			names = append(names, x.Name)
		}
		return "", fmt.Errorf("--claim %s --against %s: there are %s", name, against, strings.Join(names, ", "))
	}
	if v == base {
		return "", fmt.Errorf("--claim %s: a variant cannot be claimed against itself", name)
	}
	cost, _ := sim.MetricOf("cost_per_day")
	bad, _ := sim.MetricOf("bad_share")
	saved, worse := cost.DifferenceOf(v.Outcomes, base.Outcomes, c.Alpha), bad.DifferenceOf(base.Outcomes, v.Outcomes, c.Alpha)
	from := base.Values["cost_per_day"].Value
	var b strings.Builder
	line := func(label, text string) { b.WriteString(wrappedAt(fmt.Sprintf("  %-11s", label), text)) }
	fmt.Fprintf(&b, "CLAIM  %s -> %s\n", against, name)
	month := monthly(v, base)
	headline := fmt.Sprintf("%s/day (%s)", signedMoney(-saved.Value), signedPercent(-saved.Value/from))
	if month != "" {
		headline = month + ", " + headline
	}
	line("EC2 cost", headline+"; "+v.Config.BillBasis())
	switch {
	case math.IsInf(saved.Half(), 0):
		line("chance", "one replication: nothing can be said about chance")
	case saved.Exact:
		line("chance", fmt.Sprintf("none: the difference is the same in all %d replications", c.N))
	default:
		line("chance", fmt.Sprintf("%s … %s a day at 95 %%, %d paired replications", signedMoney(-saved.Hi), signedMoney(-saved.Lo), c.N))
	}
	line("service", service(worse.Value, worse.Half(), worse.Resolved(), base, v))
	line("SLO", fmt.Sprintf("%s: %s; %s: %s", against, sloWord(base), name, sloWord(v)))
	line("basis", fmt.Sprintf("%s, %s", d.Dates, v.Outcomes[0].Summary.Cost.MonthBasis))
	if len(d.Flips) > 0 {
		i, k := index(c, v), index(c, base)
		x, y := d.Variants[i].Doubt["cost_per_day"], d.Variants[k].Doubt["cost_per_day"]
		line("if wrong", fmt.Sprintf("%s costs %s … %s a day, %s %s … %s, over %s", name, Money(x.Lo), Money(x.Hi), against, Money(y.Lo), Money(y.Hi), strings.Join(d.Flips, ", ")))
	} else {
		line("if wrong", "not asked; --doubt flips the undocumented choices of AWS, boot time and load")
	}
	line("left out", strings.Join(v.Outcomes[0].Summary.Cost.NotIncluded, ", ")+"; load balancer and monitoring are not part of the saving")
	line("again", fmt.Sprintf("asgsim compare %s --seed %d --replications %d; sha256 %.12s", d.Inputs.Scenario, d.Inputs.Seed, d.Replications, d.Inputs.SHA256))
	return b.String(), nil
}

func find(c *sim.Comparison, name string) *sim.CaseResult {
	for i := range c.Cases {
		if c.Cases[i].Name == name {
			return &c.Cases[i]
		}
	}
	return nil
}

func index(c *sim.Comparison, r *sim.CaseResult) int {
	for i := range c.Cases {
		if &c.Cases[i] == r {
			return i
		}
	}
	return 0
}

// monthly is the saving a month, where the runs claim one; empty else.
func monthly(v, base *sim.CaseResult) string {
	a, b := v.Outcomes[0].Summary.Cost, base.Outcomes[0].Summary.Cost
	if a.PerMonth == nil || b.PerMonth == nil || b.Total == 0 || a.Total == 0 {
		return ""
	}
	// The month scales the total; its EC2 part is in the proportion of the window.
	saving := *b.PerMonth*b.EC2/b.Total - *a.PerMonth*a.EC2/a.Total
	return signedMoney(-saving) + "/month"
}

func service(diff, half float64, resolved bool, base, v *sim.CaseResult) string {
	from := fmt.Sprintf("slow or failed %s -> %s", Share(base.Values["bad_share"].Value), Share(v.Values["bad_share"].Value))
	switch {
	case math.IsInf(half, 0):
		return from + "; one replication says nothing about chance"
	case !resolved:
		return "no different, as far as can be told: " + from
	case diff > 0:
		return fmt.Sprintf("worse by %s ± %s: %s", points(diff), points(half), from)
	default:
		return fmt.Sprintf("better by %s ± %s: %s", points(-diff), points(half), from)
	}
}

func sloWord(r *sim.CaseResult) string {
	return map[string]string{"pass": "met", "fail": "missed", "inconclusive": "cannot be told"}[r.SLO.String()]
}

func signedMoney(v float64) string {
	if v < 0 {
		return "−" + Money(-v)
	}
	return "+" + Money(v)
}

func signedPercent(v float64) string {
	if v < 0 {
		return "−" + percent1(-v)
	}
	return "+" + percent1(v)
}

// wrappedAt breaks a text behind a label, later lines indented to it.
func wrappedAt(label, s string) string {
	pad := strings.Repeat(" ", len([]rune(label)))
	out := wrapped(pad, s)
	return label + strings.TrimPrefix(out, pad)
}
