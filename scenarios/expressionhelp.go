package scenarios

import (
	"fmt"
	"strings"

	"asgsim/sim/scaling"
)

// ExpressionHelp tells how a policy of one's own is written.
func ExpressionHelp() string {
	var b strings.Builder
	b.WriteString(`Expressions

A policy of one's own is a formula for the desired capacity:

  [policy.own.expression]
  desired = "ceil(requests_per_second / 200) + 1"

It is evaluated every evaluation_period (60s). A fraction is rounded up, the result kept within
min_size and max_size. Beside other policies the largest capacity counts: they do not scale in
below what the formula asks for.

Variables
`)
	for _, v := range scaling.FormulaVariables() {
		fmt.Fprintf(&b, "  %-20s %s\n", v.Name, v.Doc)
	}
	b.WriteString(`
Functions
  metric("CPUUtilization", "p99", "5m")           the newest datapoint of any metric of [alarm.N]; the
                                                  period is a minute unless given
  datapoints("RequestCount", "Sum", "15m")        those of a minute each, of the last 15
  known("TargetResponseTime", "p99")              whether there is a datapoint
  ceil floor round abs min max mean median sum    min, max, mean, median and sum also take datapoints
  a ? b : c   and or not   + - * / % **   [1, 2]   let x = 1; x + 1

`)
	fmt.Fprintf(&b, `Lists are gone through with count, all, any, filter, map, sum, reduce; 1..10 is one. A formula has at
most %d characters and %d names, numbers, operators and calls; a range has at most %d elements,
and an evaluation takes at most %d steps (elements, times what is computed of each).

`, scaling.MaxFormulaLength, scaling.MaxFormulaNodes, scaling.MaxFormulaSpan, scaling.MaxFormulaSteps)
	b.WriteString(`What it sees is what CloudWatch has published: late, as for alarms. While a datapoint that is asked
for is missing for ten minutes, nothing is done. A result that is no number (a division by zero, say)
changes nothing; a warning says how often and why.

  desired = "max(datapoints('RequestCount', 'Sum', '15m')) / 60 / 9 + 1"
  desired = "weekday >= 1 and weekday <= 5 and hour >= 7 ? max(10, cpu / 50 * warm) : cpu / 50 * warm"
  desired = "metric('TargetResponseTime', 'p99', '5m') > 0.4 ? desired + 2 : desired - 1"

asgsim explain prints the variables and the result of an evaluation. estimated_instance_warmup,
scale_out_cooldown and scale_in_cooldown slow it down: asgsim help scenario.
`)
	return b.String()
}
