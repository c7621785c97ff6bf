package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// changedComparison is two sides of a change: a month of 10 % less, and worse minutes.
func changedComparison(changes []Change) *Comparison {
	at := func(v float64) Figure { return Figure{Value: &v, Lo: &v, Hi: &v, N: 10, Exact: true} }
	side := func(name string, month, good float64, worst *Worst) Variant {
		return Variant{Name: name, SLO: "pass", Worst: worst, Sentence: "after costs less", Differences: map[string]Figure{},
			Figures: map[string]Figure{"cost_per_month": at(month), "cost_per_day": at(month / 30), "good_share": at(good), "p99": at(0.2)}}
	}
	return &Comparison{Title: "web [x](y)", Changes: changes, Best: Best{Name: "after", Reason: "cheapest that meets the SLO"}, Weak: []string{"few <b>runs</b>"},
		Variants: []Variant{side("before", 100, 0.999, nil), side("after", 90, 0.99, &Worst{BadShare: 0.25, At: "Tue 14:10"})}}
}

// A pull request reads what changes and what it does; text from files stays text.
func TestChangeInMarkdown(t *testing.T) {
	var b bytes.Buffer
	if err := WriteComparisonMarkdown(&b, changedComparison([]Change{{"auto_scaling_group.max_size", "9", "12"}, {"policy.x`|y.target_value", "", `"<img>|50%"`}})); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{
		"### web \\[x\\](y): before → after", "| `auto_scaling_group.max_size` | `9` | `12` |", "| – | `\"<img>¦50%\"` |",
		"| EC2 cost/month | $100.00 = | $90.00 = |", "| worst minute | none | 25 % bad, Tue 14:10 |", "| SLO | pass | pass |",
		"**Best: after** — cheapest that meets the SLO. after costs less.", "- weak evidence: few &lt;b&gt;runs&lt;/b&gt;",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q:\n%s", want, got)
		}
	}
	if unfolded, _, _ := strings.Cut(got, "<details>"); strings.Contains(unfolded, "EC2 cost/day") {
		t.Errorf("a month is claimed, and the day stands beside it:\n%s", unfolded)
	}
	if strings.Count(got, "weak evidence") != 1 {
		t.Errorf("weak evidence is told twice:\n%s", got)
	}
}

// No change is said, and many are cut.
func TestNoChangeAndMany(t *testing.T) {
	if got := changeMarkdown(changedComparison([]Change{})); !strings.Contains(got, "Nothing changes that is simulated.") {
		t.Error(got)
	}
	var many []Change
	for i := range mostChanges + 5 {
		many = append(many, Change{fmt.Sprintf("a.k%d", i), "1", "2"})
	}
	d := changedComparison(many)
	for _, got := range []string{changeMarkdown(d), strings.Join(changeLines(many), "\n")} {
		if !strings.Contains(got, "a.k19") || strings.Contains(got, "a.k20") || !strings.Contains(got, "and 5 more") {
			t.Error(got)
		}
	}
}
