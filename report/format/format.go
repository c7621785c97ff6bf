// Package format prints numbers for people: the only printer of the project, so that
// one figure reads alike in the terminal, on pictures and in tables.
package format

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Money prints dollars: "$43.99", "$1,204", and below ten cents "$0.0725".
func Money(v float64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	switch {
	case v != 0 && v < 0.1:
		return sign + "$" + strconv.FormatFloat(v, 'f', 4, 64)
	case v < 999.995:
		return sign + "$" + strconv.FormatFloat(v, 'f', 2, 64)
	default:
		return sign + "$" + Thousands(int64(math.Round(v)))
	}
}

// Share prints a share as a percentage with two digits, and with more where two
// would claim 100 % or 0 % of what is not quite so.
func Share(v float64) string {
	for digits := 2; digits < 6; digits++ {
		s := strconv.FormatFloat(v*100, 'f', digits, 64)
		zero := strings.Trim(s, "-0.") == ""
		whole := strings.HasPrefix(s, "100")
		if (v < 1 && whole) || (v != 0 && zero) {
			continue
		}
		return TrimZeros(s) + " %"
	}
	if v < 0.5 {
		return "under 0.0001 %"
	}
	return "over 99.9999 %"
}

// Decimal prints a number with one digit, from a thousand on with none: "7.5", "1,440".
func Decimal(v float64) string {
	if v >= 999.95 {
		return Thousands(int64(math.Round(v)))
	}
	return TrimZeros(strconv.FormatFloat(v, 'f', 1, 64))
}

// Percent prints a share as a whole percentage: "37 %".
func Percent(v float64) string { return strconv.FormatFloat(v*100, 'f', 0, 64) + " %" }

// Latency prints seconds as people read them: "17 ms", "1.2 s", "850 µs".
func Latency(s float64) string {
	switch {
	case s <= 0:
		return "0 s"
	case s < 0.0009995:
		return fmt.Sprintf("%.0f µs", s*1e6)
	case s < 0.00995:
		return TrimZeros(fmt.Sprintf("%.1f", s*1e3)) + " ms"
	case s < 0.9995:
		return fmt.Sprintf("%.0f ms", s*1e3)
	case s < 9.95:
		return TrimZeros(fmt.Sprintf("%.1f", s)) + " s"
	default:
		return fmt.Sprintf("%.0f s", s)
	}
}

// Count prints a number of things: "607", "12,345", "85.1 M".
func Count(n uint64) string {
	switch {
	case n < 1_000_000:
		return Thousands(int64(n))
	case n < 999_950_000:
		return fmt.Sprintf("%.1f M", float64(n)/1e6)
	default:
		return Thousands(int64(math.Round(float64(n)/1e8))/10) + "." + strconv.Itoa(int(math.Round(float64(n)/1e8))%10) + " G"
	}
}

// Lost is a number of requests that were lost: "1 request lost", "2,168 requests lost".
func Lost(n uint64) string {
	if n == 1 {
		return "1 request lost"
	}
	return Count(n) + " requests lost"
}

// Rate prints requests a second: "900/s", "1,500/s", "2.5/s".
func Rate(v float64) string {
	if v < 10 && v != math.Trunc(v) {
		return TrimZeros(fmt.Sprintf("%.2f", v)) + "/s"
	}
	return Thousands(int64(math.Round(v))) + "/s"
}

// Instances prints a number of instances: "1 instance", "12 instances".
func Instances(n int) string { return Plural(n, "instance") }

// Minutes prints whole or broken minutes: "1 minute", "2.5 minutes".
func Minutes(v float64) string {
	s := Decimal(v)
	if s == "1" {
		return "1 minute"
	}
	return s + " minutes"
}

// Plural is a count with its noun.
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Thousands(int64(n)) + " " + noun + "s"
}

// Thousands prints a whole number with its thousands set apart: "1,296".
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// TrimZeros drops the zeros that end a broken number: "2.50" is "2.5".
func TrimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Duration prints a length in seconds as people say it: "17 s", "2 min", "1.5 h", "3 days".
func Duration(s float64) string {
	switch {
	case s < 100:
		return TrimZeros(fmt.Sprintf("%.0f", s)) + " s"
	case s < 100*60:
		return fmt.Sprintf("%.0f min", s/60)
	case s < 72*3600:
		return TrimZeros(fmt.Sprintf("%.1f", s/3600)) + " h"
	}
	return TrimZeros(fmt.Sprintf("%.1f", s/86400)) + " days"
}

// Value prints a metric's value to three digits or so: "34", "98.9", "1,204".
func Value(v float64) string {
	switch a := math.Abs(v); {
	case a >= 999.5:
		return Thousands(int64(math.Round(v)))
	case a >= 99.95:
		return fmt.Sprintf("%.0f", v)
	case a >= 1:
		return TrimZeros(fmt.Sprintf("%.1f", v))
	}
	return strconv.FormatFloat(v, 'g', 2, 64)
}

// Beside prints a value so that it is seen to differ from the limit it crossed.
func Beside(v, limit float64) string {
	a, b := Value(v), Value(limit)
	for digits := 2; a == b && v != limit && digits < 6; digits++ {
		a, b = strconv.FormatFloat(v, 'f', digits, 64), strconv.FormatFloat(limit, 'f', digits, 64)
	}
	return a
}

// Hours prints instance-hours: "7.5", "620", "1,296".
func Hours(v float64) string {
	if v < 99.95 {
		return TrimZeros(fmt.Sprintf("%.1f", v))
	}
	return Thousands(int64(v + 0.5))
}

// Error prints a relative error: "1.3 %".
func Error(v float64) string {
	if math.IsNaN(v) {
		return "-"
	}
	return TrimZeros(strconv.FormatFloat(v*100, 'f', 1, 64)) + " %"
}

// Bias prints a relative error with its sign: "+1.3 %", "-0.4 %", "0 %".
func Bias(v float64) string {
	if text := Error(v); v <= 0 || text == "0 %" || text == "-" {
		return strings.Replace(text, "-0 %", "0 %", 1)
	}
	return "+" + Error(v)
}
