package scenarios

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"asgsim/sim/billing"
	"asgsim/sim/des"
)

// bad says what is wrong with a value and what to write instead.
type bad struct{ rule, remedy string }

func wrong(remedy, format string, args ...any) *bad {
	return &bad{fmt.Sprintf(format, args...), remedy}
}

// durationUnits are the units of a duration, longest first.
var durationUnits = [...]struct {
	name string
	size des.Duration
}{
	{"w", 7 * des.Day}, {"d", des.Day}, {"h", des.Hour}, {"m", des.Minute}, {"s", des.Second},
	{"ms", des.Millisecond}, {"us", des.Microsecond}, {"µs", des.Microsecond}, {"ns", des.Nanosecond},
}

// maxSpan is the longest duration the format takes: about 100 years.
const maxSpan = 36_525 * des.Day

// ParseDuration reads "90s", "1h30m", "2d", "1.5ms": numbers with units w, d, h,
// m, s, ms, us or ns, in descending order. A day is 24 hours.
func ParseDuration(s string) (des.Duration, error) {
	d, b := duration(s)
	if b != nil {
		return 0, errors.New(b.rule)
	}
	return d, nil
}

func duration(s string) (des.Duration, *bad) {
	const remedy = `write a number with a unit: "90s", "1h30m", "2d", "250ms"`
	rest, sign := strings.TrimSpace(s), 1.0
	if strings.HasPrefix(rest, "-") {
		rest, sign = rest[1:], -1
	}
	if rest == "" {
		return 0, wrong(remedy, "is not a duration: %q", s)
	}
	if _, err := strconv.ParseFloat(rest, 64); err == nil {
		if rest == "0" {
			return 0, nil
		}
		return 0, wrong(fmt.Sprintf(`did you mean "%ss"? %s`, rest, remedy), "has no unit: %q", s)
	}
	total, last := 0.0, -1
	for rest != "" {
		num, tail := number(rest)
		v, err := strconv.ParseFloat(num, 64)
		if err != nil {
			return 0, wrong(remedy, "is not a duration: %q", s)
		}
		name := letters(tail)
		unit := -1
		for i, u := range durationUnits {
			if u.name == name {
				unit = i
			}
		}
		if unit < 0 {
			if name == "min" {
				return 0, wrong(`minutes are written "m": "5m"`, "has an unknown unit %q in %q", name, s)
			}
			if name == "" {
				name = strings.TrimSpace(tail)
			}
			return 0, wrong(remedy, "has an unknown unit %q in %q", name, s)
		}
		if unit <= last {
			return 0, wrong(remedy, "has its units out of order in %q", s)
		}
		last = unit
		total += v * float64(durationUnits[unit].size)
		rest = tail[len(name):]
	}
	if total > float64(maxSpan) {
		return 0, wrong("", "is longer than 100 years: %q", s)
	}
	return des.Duration(math.Round(sign * total)), nil
}

// number splits the leading digits and decimal point off s.
func number(s string) (num, rest string) {
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.') {
		i++
	}
	return s[:i], s[i:]
}

// letters returns the leading part of s up to the next digit.
func letters(s string) string {
	i := strings.IndexAny(s, "0123456789.-+ ")
	if i < 0 {
		return s
	}
	return s[:i]
}

// suffixed reads a number followed by one of the units and returns it times the
// unit's size. what and example are for messages.
func suffixed(s, what, example string, units map[string]float64) (float64, *bad) {
	t := strings.TrimSpace(s)
	sign := 1.0
	if strings.HasPrefix(t, "-") {
		t, sign = t[1:], -1
	}
	num, unit := number(t)
	v, err := strconv.ParseFloat(num, 64)
	if err != nil {
		return 0, wrong("write for example "+example, "is not %s: %q", what, s)
	}
	size, ok := units[strings.TrimSpace(unit)]
	if !ok {
		if unit == "" {
			return 0, wrong("write for example "+example, "has no unit: %q", s)
		}
		return 0, wrong("write for example "+example, "has an unknown unit %q in %q", strings.TrimSpace(unit), s)
	}
	v *= sign * size
	if math.IsInf(v, 0) {
		return 0, wrong("", "is too large: %q", s)
	}
	return v, nil
}

// ParseRate reads "400/s", "600/min", "3600/h" or "90000/d" as requests per second;
// k, M and G before the unit are thousands, millions and billions: "1.2M/min".
func ParseRate(s string) (float64, error) {
	v, b := rate(s)
	if b != nil {
		return 0, errors.New(b.rule)
	}
	return v, nil
}

func rate(s string) (float64, *bad) {
	return suffixed(s, "a rate", `"400/s" or "600/min"`, rateUnits)
}

// rateUnits are the units of a rate with every multiple.
var rateUnits = func() map[string]float64 {
	out := map[string]float64{}
	for prefix, times := range map[string]float64{"": 1, "k": 1e3, "M": 1e6, "G": 1e9} {
		for unit, seconds := range map[string]float64{"/s": 1, "/min": 60, "/h": 3600, "/d": 86400} {
			out[prefix+unit] = times / seconds
		}
	}
	return out
}()

// ParseShare reads "60%" as 0.6.
func ParseShare(s string) (float64, error) {
	v, b := share(s)
	if b != nil {
		return 0, errors.New(b.rule)
	}
	return v, nil
}

func share(s string) (float64, *bad) {
	v, b := suffixed(s, "a percentage", `"60%"`, map[string]float64{"%": 1})
	return v / 100, b
}

// ParseMoney reads "$0.0832/h" as dollars.
func money(s string) (billing.USD, *bad) {
	const remedy = `write for example "$0.0832/h"`
	t := strings.TrimSpace(s)
	if !strings.HasPrefix(t, "$") || !strings.HasSuffix(t, "/h") {
		return 0, wrong(remedy, "is not a price per hour: %q", s)
	}
	v, err := strconv.ParseFloat(t[1:len(t)-2], 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, wrong(remedy, "is not a price per hour: %q", s)
	}
	if v < 0 || v > 1e6 {
		return 0, wrong(remedy, "must be $0/h to $1000000/h, not %q", s)
	}
	return billing.Dollars(v), nil
}

func size(s string) (float64, *bad) {
	return suffixed(s, "a size", `"14kB" or "900MiB"`, map[string]float64{
		"B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30})
}

// formatNumber prints v shortly: up to 6 significant digits, without exponent
// where one can do without.
func formatNumber(v float64) string {
	if a := math.Abs(v); v != 0 && (a < 1e-6 || a >= 1e15) {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	s := strconv.FormatFloat(v, 'f', 6, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// formatRate prints requests per second as the format writes it.
func formatRate(v float64) string { return strconv.Quote(formatNumber(v) + "/s") }

// formatShare prints a share as a percentage.
func formatShare(v float64) string { return strconv.Quote(formatNumber(v*100) + "%") }

// formatDuration prints a duration as the format writes it.
func formatDuration(d des.Duration) string { return strconv.Quote(d.String()) }

// formatMoney prints a price per hour.
func formatMoney(u billing.USD) string { return strconv.Quote("$" + formatNumber(u.Float()) + "/h") }

// formatSize prints bytes in the largest unit that divides them, else to three
// digits in GiB or MiB.
func formatSize(v float64) string {
	for _, u := range []struct {
		name string
		size float64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}} {
		if v >= u.size && math.Mod(v, u.size) == 0 {
			return strconv.Quote(formatNumber(v/u.size) + u.name)
		}
	}
	switch {
	case v >= 1<<30:
		return strconv.Quote(formatNumber(roundTo(v/(1<<30), 3)) + "GiB")
	case v >= 1<<20:
		return strconv.Quote(formatNumber(roundTo(v/(1<<20), 3)) + "MiB")
	}
	return strconv.Quote(formatNumber(v) + "B")
}
