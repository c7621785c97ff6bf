package form

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestDurations(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"90s": 90 * time.Second, "1h30m": 90 * time.Minute, "2d": 48 * time.Hour, "1w": 168 * time.Hour, "1.5ms": 1500 * time.Microsecond, "250us": 250 * time.Microsecond,
		"7ns": 7, "0": 0, "0s": 0, "-5s": -5 * time.Second, " 3s ": 3 * time.Second, "2µs": 2 * time.Microsecond,
	} {
		if got, b := ParseDuration(s); b != nil || got != want {
			t.Errorf("%q = %v, %v; want %v", s, got, b, want)
		}
	}
	for _, s := range []string{"", "5", "s", "1h1h", "1s1m", "1..5s", "1e3s", "Inf", "NaN", "0x5s", "1 s", "+5s", "1h-5m", "99999999d"} {
		if got, b := ParseDuration(s); b == nil {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}

func TestRatesAndShares(t *testing.T) {
	for s, want := range map[string]float64{"400/s": 400, "600/min": 10, "3600/h": 1, "86400/d": 1, "0.5/s": 0.5} {
		if got, b := ParseRate(s); b != nil || math.Abs(got-want) > 1e-12 {
			t.Errorf("%q = %v, %v", s, got, b)
		}
	}
	for _, s := range []string{"", "4", "/s", "4/m", "4 /s/s", "NaN/s", "Inf/s"} {
		if got, b := ParseRate(s); b == nil {
			t.Errorf("%q is read as %v", s, got)
		}
	}
	if got, b := ParseShare("99.5%"); b != nil || math.Abs(got-0.995) > 1e-12 {
		t.Errorf("99.5%% = %v, %v", got, b)
	}
}

// Sizes: thousands are decimal, Ki, Mi and Gi powers of 1,024; what is none says so.
func TestSizes(t *testing.T) {
	for s, want := range map[string]float64{"7B": 7, "14kB": 14_000, "14KB": 14_000, "3MB": 3e6, "2GB": 2e9, "1KiB": 1024, "900MiB": 900 * 1024 * 1024, "2GiB": 2 * 1024 * 1024 * 1024, "0.5KiB": 512} {
		if got, b := ParseSize(s); b != nil || got != want {
			t.Errorf("%q = %v, %v; want %v", s, got, b, want)
		}
	}
	if _, b := ParseSize("x"); b == nil || !strings.Contains(b.Rule, "is not a size") {
		t.Errorf("x: %+v", b)
	}
	for _, s := range []string{"", "7", "kB", "7 kB/s", "7TB"} {
		if got, b := ParseSize(s); b == nil || !strings.Contains(b.Remedy, `"14kB" or "900MiB"`) {
			t.Errorf("%q is read as %v, %+v", s, got, b)
		}
	}
}

// No number is infinite, on either side, or not one.
func TestFiniteNumbers(t *testing.T) {
	for _, v := range []any{math.Inf(1), math.Inf(-1), math.NaN(), "1", true} {
		if got, wrong := Float(&Node{Scalar: v}); wrong == nil {
			t.Errorf("%v is read as %v", v, got)
		}
	}
	for v, want := range map[any]float64{int64(-3): -3, 2.5: 2.5} {
		if got, wrong := Float(&Node{Scalar: v}); wrong != nil || got != want {
			t.Errorf("%v is read as %v, %v", v, got, wrong)
		}
	}
}

// Of many tables those are named that begin alike, at most four.
func TestFewerTables(t *testing.T) {
	all := []string{"crew.ada", "cargo.x", "crew.bo", "crew.cy", "crew.di", "crew.ed"}
	for begin, want := range map[string]string{"cargo": "cargo.x", "crew": "crew.ada|crew.bo|crew.cy|one of 2 more", "mast": "crew.ada|cargo.x|crew.bo|one of 3 more"} {
		if got := strings.Join(fewer(all, begin), "|"); got != want {
			t.Errorf("%s: %s, want %s", begin, got, want)
		}
	}
}
