package form

import (
	"math"
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
