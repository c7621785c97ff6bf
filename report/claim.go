package report

import (
	"fmt"
	"math"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim"
)

// Claim is the page a FinOps analyst pastes into a ticket: what a variant saves
// against another, with its range and basis, what users notice, what the month
// rests on, and what is left out; in so many columns, 0: Columns.
func Claim(d *Comparison, c *sim.Comparison, name, against string, columns int) (string, error) {
	width := (&lines{columns: columns}).width()
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
	if v.Unlike != "" || base.Unlike != "" {
		return "", fmt.Errorf("--claim %s --against %s: nothing can be claimed: %s", name, against, strings.TrimSpace(v.Unlike+" "+base.Unlike))
	}
	var b strings.Builder
	line := func(label, text string) { b.WriteString(wrappedAt(width, fmt.Sprintf("  %-11s", label), text)) }
	fmt.Fprintf(&b, "CLAIM  %s -> %s\n", against, name)
	// Cash decides where commitments exist; the list price stands beside it.
	money := c.Money()
	cost := *money
	if list, _ := sim.MetricOf("cost_per_day"); money.Key != list.Key {
		line("EC2 cash", headline(&cost, v, base, c, "")+", commitments paid, used or not")
		cost = list
	}
	month := monthly(v, base)
	line("EC2 cost", headline(&cost, v, base, c, month)+"; "+v.Config.BillBasis())
	saved := money.DifferenceOf(v.Outcomes, base.Outcomes, c.Alpha)
	switch {
	case math.IsInf(saved.Half(), 0):
		line("chance", "one replication: nothing can be said about chance")
	case saved.Exact:
		line("chance", fmt.Sprintf("none: the difference is the same in all %d replications", c.N))
	default:
		line("chance", fmt.Sprintf("%s … %s a day at 95 %%, %d paired replications", signedMoney(-saved.Hi), signedMoney(-saved.Lo), c.N))
	}
	line("service", service(c, v, base))
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
	line("again", fmt.Sprintf("asgsim compare %s --seed %d --replications %d; sha256 %.12s", clean.Line(d.Inputs.Scenario), d.Inputs.Seed, d.Replications, d.Inputs.SHA256))
	return clean.Lines(b.String()), nil
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

// headline is what a variant costs more than another: a minus is a saving.
func headline(m *sim.Metric, v, base *sim.CaseResult, c *sim.Comparison, month string) string {
	d, from := m.DifferenceOf(base.Outcomes, v.Outcomes, c.Alpha), base.Values[m.Key].Value
	text := fmt.Sprintf("%s/day", signedMoney(d.Value))
	if from > 0 {
		text += fmt.Sprintf(" (%s)", signedPercent(d.Value/from))
	}
	if month != "" {
		text = month + ", " + text
	}
	if effect := sim.EffectOf(d, marginOf(c, m, from)); effect == sim.Same || effect == sim.Exactly {
		text += ": no difference that matters"
	} else if effect == sim.Unclear {
		text += ": whether it saves cannot be told yet"
	}
	return text
}

func marginOf(c *sim.Comparison, m *sim.Metric, from float64) float64 {
	margin := c.Plan.Margin(m)
	return margin.Of(from)
}

// monthly is what a variant's EC2 costs more a month by the month rule, on average
// over the replications; empty where the runs claim no month.
func monthly(v, base *sim.CaseResult) string {
	sum := 0.0
	for i := range v.Outcomes {
		a, b := v.Outcomes[i].Summary.Cost.EC2PerMonth, base.Outcomes[i].Summary.Cost.EC2PerMonth
		if a == nil || b == nil {
			return ""
		}
		sum += (*a - *b) / float64(len(v.Outcomes))
	}
	return signedMoney(sum) + "/month"
}

// service says how the share of slow and failed requests differs.
func service(c *sim.Comparison, v, base *sim.CaseResult) string {
	bad, _ := sim.MetricOf("bad_share")
	d, from := bad.DifferenceOf(base.Outcomes, v.Outcomes, c.Alpha), base.Values["bad_share"].Value
	text := fmt.Sprintf("slow or failed %s -> %s", Share(from), Share(v.Values["bad_share"].Value))
	by := spread(&bad, math.Abs(d.Value), d.Half(), from)
	switch sim.EffectOf(d, marginOf(c, &bad, from)) {
	case sim.Exactly:
		return "exactly the same: " + text
	case sim.Same:
		return "the same to within " + within(c, &bad, from) + ": " + text
	case sim.More:
		return "worse by " + by + ": " + text
	case sim.Less:
		return "better by " + by + ": " + text
	case sim.Unclear:
		return "cannot be told yet: " + text
	}
	return text + "; one replication says nothing about chance"
}

func sloWord(r *sim.CaseResult) string {
	return map[string]string{"pass": "met", "fail": "missed", "inconclusive": "cannot be told"}[r.SLO.String()]
}

// signedMoney prints a difference with its sign; what rounds to nothing has none.
func signedMoney(v float64) string { return signedText(v, Money(math.Abs(v))) }

func signedPercent(v float64) string { return signedText(v, percent1(math.Abs(v))) }

// signedText puts the sign of a value before its text, unless the text says zero.
func signedText(v float64, text string) string {
	if !strings.ContainsAny(text, "123456789") {
		return text
	}
	return sign(v) + text
}

// wrappedAt breaks a text behind a label, later lines indented to it.
func wrappedAt(width int, label, s string) string {
	pad := strings.Repeat(" ", len([]rune(label)))
	out := wrapped(width, pad, s)
	return label + strings.TrimPrefix(out, pad)
}
