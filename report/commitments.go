package report

import (
	"fmt"
	"strings"

	"asgsim/sim/account"
)

// commitments tells what is paid in cash: commitments are charged, used or not.
func (t *lines) commitments(s *account.Summary) {
	if s.Cost.EC2Cash == nil {
		return
	}
	var plans []string
	for _, c := range s.Cost.Commitments {
		p := fmt.Sprintf("%s %s, %s used", c.Name, Money(c.USD), Percent(c.Used))
		if c.Until != "" {
			day, _, _ := strings.Cut(c.Until, "T")
			p += ", until " + day
		}
		plans = append(plans, p)
	}
	txt := fmt.Sprintf("in cash: %s for EC2 after commitments (%s)", Money(*s.Cost.EC2Cash), strings.Join(plans, "; "))
	if h := Headline(s.Savings); h != nil && h.CashUSD != nil {
		name, _, _ := strings.Cut(BaselineName(h), " (")
		saved, word := *h.CashUSD, "saved"
		if saved < 0 {
			saved, word = -saved, "more spent"
		}
		txt += fmt.Sprintf("; against %s, %s %s in cash, %s at list price", name, cents(saved), word, Money(h.USD))
	}
	t.wrap("           ", txt)
}

// cents prints an amount, and $0 for less than half a cent.
func cents(v float64) string {
	if v < 0.005 {
		return "$0"
	}
	return Money(v)
}
