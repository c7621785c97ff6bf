package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim/scaling"
)

// Every formula of the help compiles, and every variable is named.
func TestExpressionHelp(t *testing.T) {
	text := ExpressionHelp()
	formulas := 0
	for line := range strings.Lines(text) {
		if formula, ok := strings.CutPrefix(strings.TrimSpace(line), `desired = "`); ok {
			formulas++
			if _, err := scaling.Compile(strings.TrimSuffix(formula, `"`)); err != nil {
				t.Errorf("%s: %v", formula, err)
			}
		}
	}
	if formulas < 4 {
		t.Errorf("%d formulas", formulas)
	}
	for _, f := range []string{`let x = 1; x + 1`, `metric("CPUUtilization", "p99", "5m")`, `sum(datapoints("RequestCount", "Sum", "15m"))`, `2 ** 3 + 7 % 5`} {
		if _, err := scaling.Compile(f); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
}
