package report

import (
	"strings"
	"testing"

	"asgsim/sim"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// claimed compares a group of $100 a day, $3,041.67 a month, with a variant of other
// costs; cash is nil without commitments.
func claimed(t *testing.T, cost float64, bad uint64, cash *[2]float64) string {
	t.Helper()
	summary := func(cost float64, bad uint64, cash *float64) account.Summary {
		var s account.Summary
		month := cost / 24 * 730
		s.Cost = account.Cost{EC2: cost, EC2PerDay: cost, EC2PerMonth: &month, PerMonth: &month, Total: cost, EC2Cash: cash, MonthBasis: "1 whole weeks, scaled to 730 h", NotIncluded: []string{"taxes"}}
		s.Requests = account.Requests{Offered: 10_000, Served: 10_000, Slow: bad, Good: 10_000 - bad}
		s.SLO = account.SLOResult{Good: 0.9, AllowedMinutes: 5}
		return s
	}
	cfg := &record.Config{Title: "shop", Duration: des.Day, SLO: record.SLO{Latency: des.Second, Good: 0.9}}
	var base, mine *float64
	if cash != nil {
		base, mine = &cash[0], &cash[1]
	}
	simulated := map[string]account.Summary{"base": summary(100, 100, base), "mine": summary(cost, bad, mine)}
	other := *cfg
	c := sim.CompareSaved([]sim.Saved{{Name: "base", Summary: simulated["base"], Config: cfg}, {Name: "mine", Summary: simulated["mine"], Config: &other}})
	// Three replications that agree.
	c.N = 3
	for i := range c.Cases {
		x := &c.Cases[i]
		x.Outcomes = []*sim.Outcome{x.Outcomes[0], x.Outcomes[0], x.Outcomes[0]}
		for _, m := range sim.Metrics() {
			if m.Unit != sim.Seconds {
				x.Values[m.Key] = m.IntervalOf(x.Outcomes, sim.Alpha)
			}
		}
	}
	text, err := Claim(NewComparison(c, CompareInputs{}), c, "mine", "base", 0)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A variant at half the cost saves: the signs are minus. $100 a day is $3,041.67 a
// month of 730 hours.
func TestAClaimHasTheSignOfTheSaving(t *testing.T) {
	for _, row := range []struct {
		cost float64
		want []string
	}{
		{50, []string{"EC2 cost   −$1,521/month, −$50.00/day (−50 %)"}},
		{150, []string{"EC2 cost   +$1,521/month, +$50.00/day (+50 %)"}},
		{100, []string{"EC2 cost   $0.00/month, $0.00/day (0 %): no difference that matters"}},
		{99.5, []string{"−$0.50/day (−0.5 %): no difference that matters"}},
	} {
		got := claimed(t, row.cost, 100, nil)
		if !strings.HasPrefix(got, "CLAIM  base -> mine\n") {
			t.Errorf("from what to what: %s", got)
		}
		for _, want := range row.want {
			if !strings.Contains(got, want) {
				t.Errorf("$%v a day: no %q in\n%s", row.cost, want, got)
			}
		}
		if strings.Contains(got, "$-") || strings.Contains(got, "+$0.00") || strings.Contains(got, "−$0.00") {
			t.Errorf("a zero has a sign in\n%s", got)
		}
	}
}

// With commitments the claim is about cash, and the list price stands beside it.
func TestAClaimIsAboutCashWhereCommitmentsExist(t *testing.T) {
	got := claimed(t, 100, 100, &[2]float64{100, 73.3})
	for _, want := range []string{"EC2 cash   −$26.70/day (−26.7 %)", "EC2 cost   $0.00/month, $0.00/day (0 %): no difference that matters"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// Service is judged by the same rule: 1 % slow becomes 3 %, or 1.05 %.
func TestAClaimSaysWhatUsersNotice(t *testing.T) {
	for bad, want := range map[uint64]string{300: "worse by 2 ± 0 pp: slow or failed 1 % -> 3 %", 20: "better by 0.8 ± 0 pp", 105: "the same to within 0.1 pp", 100: "exactly the same"} {
		if got := claimed(t, 50, bad, nil); !strings.Contains(got, want) {
			t.Errorf("%d slow: no %q in\n%s", bad, want, got)
		}
	}
}
