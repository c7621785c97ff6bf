package form

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// durationUnits are the units of a duration, longest first.
var durationUnits = [...]struct {
	name string
	size time.Duration
}{
	{"w", 7 * day}, {"d", day}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second},
	{"ms", time.Millisecond}, {"us", time.Microsecond}, {"µs", time.Microsecond}, {"ns", time.Nanosecond},
}

const day = 24 * time.Hour

// MaxSpan is the longest duration the format takes: 20 years, so that the sum of a
// dozen of them is still counted in nanoseconds.
const MaxSpan = 7_305 * day

// ParseDuration reads "90s", "1h30m", "2d", "1.5ms": numbers with units w, d, h,
// m, s, ms, us or ns, in descending order. A day is 24 hours.
func ParseDuration(s string) (time.Duration, *Mistake) {
	const remedy = `write a number with a unit: "90s", "1h30m", "2d", "250ms"`
	rest, sign := strings.TrimSpace(s), 1.0
	if strings.HasPrefix(rest, "-") {
		rest, sign = rest[1:], -1
	}
	if rest == "" {
		return 0, Wrong(remedy, "is not a duration: %q", s)
	}
	if v, err := strconv.ParseFloat(rest, 64); err == nil {
		if rest == "0" {
			return 0, nil
		}
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return 0, Wrong(remedy, "is no finite number: %q", s)
		}
		return 0, Wrong(fmt.Sprintf(`did you mean "%ss"? %s`, rest, remedy), "has no unit: %q", s)
	}
	total, last := 0.0, -1
	for rest != "" {
		num, tail := number(rest)
		v, err := strconv.ParseFloat(num, 64)
		if err != nil {
			return 0, Wrong(remedy, "is not a duration: %q", s)
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
				return 0, Wrong(`minutes are written "m": "5m"`, "has an unknown unit %q in %q", name, s)
			}
			if name == "" {
				name = strings.TrimSpace(tail)
			}
			return 0, Wrong(remedy, "has an unknown unit %q in %q", name, s)
		}
		if unit <= last {
			return 0, Wrong(remedy, "has its units out of order in %q", s)
		}
		last = unit
		total += v * float64(durationUnits[unit].size)
		rest = tail[len(name):]
	}
	if total > float64(MaxSpan) {
		return 0, Wrong("", "is longer than 20 years: %q", s)
	}
	return time.Duration(math.Round(sign * total)), nil
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

// Suffixed reads a number followed by one of the units and returns it times the
// unit's size. what and example are for messages.
func Suffixed(s, what, example string, units map[string]float64) (float64, *Mistake) {
	t := strings.TrimSpace(s)
	sign := 1.0
	if strings.HasPrefix(t, "-") {
		t, sign = t[1:], -1
	}
	num, unit := number(t)
	v, err := strconv.ParseFloat(num, 64)
	if err != nil {
		return 0, Wrong("write for example "+example, "is not %s: %q", what, s)
	}
	size, ok := units[strings.TrimSpace(unit)]
	if !ok {
		if unit == "" {
			return 0, Wrong("write for example "+example, "has no unit: %q", s)
		}
		return 0, Wrong("write for example "+example, "has an unknown unit %q in %q", strings.TrimSpace(unit), s)
	}
	v *= sign * size
	if math.IsInf(v, 0) {
		return 0, Wrong("", "is too large: %q", s)
	}
	return v, nil
}

// ParseRate reads "400/s", "600/min", "3600/h" or "90000/d" as requests per second;
// k, M and G before the unit are thousands, millions and billions: "1.2M/min".
func ParseRate(s string) (float64, *Mistake) {
	return Suffixed(s, "a rate", `"400/s" or "600/min"`, rateUnits)
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
func ParseShare(s string) (float64, *Mistake) {
	v, b := Suffixed(s, "a percentage", `"60%"`, map[string]float64{"%": 1})
	return v / 100, b
}

// ParseSize reads "14kB" or "900MiB" as bytes.
func ParseSize(s string) (float64, *Mistake) {
	return Suffixed(s, "a size", `"14kB" or "900MiB"`, map[string]float64{
		"B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30})
}

// FormatNumber prints v shortly: up to 6 significant digits, without exponent
// where one can do without.
func FormatNumber(v float64) string {
	if a := math.Abs(v); v != 0 && (a < 1e-6 || a >= 1e15) {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	s := strconv.FormatFloat(v, 'f', 6, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
