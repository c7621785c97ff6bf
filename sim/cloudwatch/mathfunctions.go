package cloudwatch

import (
	"math"
	"slices"
	"strings"
)

// single are functions of one value of a period.
func single(name string) func(float64) float64 {
	return map[string]func(float64) float64{"ABS": math.Abs, "CEIL": math.Ceil, "FLOOR": math.Floor, "LOG": math.Log, "LOG10": math.Log10}[name]
}

// across are functions over several metrics of one period: of those that have a datapoint.
func across(name string) func([]float64) float64 {
	sum := func(v []float64) float64 {
		total := 0.0
		for _, x := range v {
			total += x
		}
		return total
	}
	return map[string]func([]float64) float64{
		"MIN": slices.Min[[]float64], "MAX": slices.Max[[]float64], "SUM": sum,
		"AVG": func(v []float64) float64 { return sum(v) / float64(len(v)) },
	}[name]
}

// mathFunctions are those that are modelled, for messages.
const mathFunctions = "IF, FILL, PERIOD, MIN, MAX, SUM, AVG, ABS, CEIL, FLOOR, LOG and LOG10"

// MathID reports whether a text may be the id of a metric in metric math: letters, digits
// and _, beginning with a small letter (MetricDataQuery, CloudWatch API, 2026-08).
func MathID(s string) bool {
	ok := func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
	}
	return s != "" && s[0] >= 'a' && s[0] <= 'z' && !strings.ContainsFunc(s, func(c rune) bool { return !ok(c) })
}
