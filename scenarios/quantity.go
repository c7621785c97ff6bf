package scenarios

import (
	"errors"
	"math"
	"strconv"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
)

// maxSpan is the longest duration the format takes: 20 years.
const maxSpan = des.Duration(form.MaxSpan)

// ParseDuration reads "90s", "1h30m", "2d", "1.5ms": numbers with units w, d, h,
// m, s, ms, us or ns, in descending order. A day is 24 hours.
func ParseDuration(s string) (des.Duration, error) { return orError(duration(s)) }

// ParseRate reads "400/s", "600/min", "3600/h" or "90000/d" as requests per second;
// k, M and G before the unit are thousands, millions and billions: "1.2M/min".
func ParseRate(s string) (float64, error) { return orError(form.ParseRate(s)) }

// ParseShare reads "60%" as 0.6.
func ParseShare(s string) (float64, error) { return orError(form.ParseShare(s)) }

// orError returns a mistake as an error.
func orError[T any](v T, b *form.Mistake) (T, error) {
	if b != nil {
		var zero T
		return zero, errors.New(b.Rule)
	}
	return v, nil
}

func duration(s string) (des.Duration, *form.Mistake) {
	v, b := form.ParseDuration(s)
	return des.Duration(v), b
}

// formatRate prints requests per second as the format writes it.
func formatRate(v float64) string { return strconv.Quote(form.FormatNumber(v) + "/s") }

// formatShare prints a share as a percentage.
func formatShare(v float64) string { return strconv.Quote(form.FormatNumber(v*100) + "%") }

// formatDuration prints a duration as the format writes it.
func formatDuration(d des.Duration) string { return strconv.Quote(d.String()) }

// formatSize prints bytes in the largest unit that divides them, else to three
// digits in GiB or MiB.
func formatSize(v float64) string {
	for _, u := range []struct {
		name string
		size float64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}} {
		if v >= u.size && math.Mod(v, u.size) == 0 {
			return strconv.Quote(form.FormatNumber(v/u.size) + u.name)
		}
	}
	switch {
	case v >= 1<<30:
		return strconv.Quote(form.FormatNumber(roundTo(v/(1<<30), 3)) + "GiB")
	case v >= 1<<20:
		return strconv.Quote(form.FormatNumber(roundTo(v/(1<<20), 3)) + "MiB")
	}
	return strconv.Quote(form.FormatNumber(v) + "B")
}

// roundTo rounds v to a number of significant digits.
func roundTo(v float64, digits int) float64 {
	if v == 0 || math.IsInf(v, 0) {
		return v
	}
	unit := math.Pow(10, float64(digits)-math.Ceil(math.Log10(math.Abs(v))))
	return math.Round(v*unit) / unit
}

func perSecond(v float64) string { return form.FormatNumber(roundTo(v, 3)) + "/s" }

func percent(v float64) string { return form.FormatNumber(roundTo(v*100, 2)) + " %" }

// minute rounds d up to whole minutes.
func minute(d des.Duration) des.Duration { return (d + des.Minute - 1) / des.Minute * des.Minute }

// maxRate keeps arrivals apart on a clock of nanoseconds.
const maxRate = 1e7
