package scenarios

import (
	"math"
	"testing"

	"asgsim/sim/des"

	"pgregory.net/rapid"
)

func TestDurations(t *testing.T) {
	for s, want := range map[string]des.Duration{
		"90s": 90 * des.Second, "1h30m": 90 * des.Minute, "2d": 48 * des.Hour, "1w": 168 * des.Hour, "1.5ms": 1500 * des.Microsecond, "250us": 250 * des.Microsecond,
		"7ns": 7, "0": 0, "0s": 0, "-5s": -5 * des.Second, " 3s ": 3 * des.Second, "2µs": 2 * des.Microsecond,
	} {
		if got, err := ParseDuration(s); err != nil || got != want {
			t.Errorf("%q = %v, %v; want %v", s, got, err, want)
		}
	}
	for _, s := range []string{"", "5", "s", "1h1h", "1s1m", "1..5s", "1e3s", "Inf", "NaN", "0x5s", "1 s", "+5s", "1h-5m", "99999999d"} {
		if got, err := ParseDuration(s); err == nil {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}

func TestRatesAndShares(t *testing.T) {
	for s, want := range map[string]float64{"400/s": 400, "600/min": 10, "3600/h": 1, "86400/d": 1, "0.5/s": 0.5} {
		if got, err := ParseRate(s); err != nil || math.Abs(got-want) > 1e-12 {
			t.Errorf("%q = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "4", "/s", "4/m", "4 /s/s", "NaN/s", "Inf/s"} {
		if got, err := ParseRate(s); err == nil {
			t.Errorf("%q is read as %v", s, got)
		}
	}
	if got, err := ParseShare("99.5%"); err != nil || math.Abs(got-0.995) > 1e-12 {
		t.Errorf("99.5%% = %v, %v", got, err)
	}
}

// What is printed can be read, and means the same.
func TestQuantitiesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := des.Duration(rapid.Int64Range(0, int64(30*des.Day)).Draw(t, "ns"))
		if d >= des.Second {
			d = d / des.Microsecond * des.Microsecond // as far as it prints
		}
		if got, err := ParseDuration(d.String()); err != nil || got != d {
			t.Fatalf("%d ns prints %q, reads %v, %v", int64(d), d.String(), got, err)
		}
		v := float64(rapid.IntRange(0, 1e9).Draw(t, "n")) / 1000 // as far as it prints
		if got, err := ParseRate(unquoted(formatRate(v))); err != nil || math.Abs(got-v) > 1e-9*(1+v) {
			t.Fatalf("%v prints %s, reads %v, %v", v, formatRate(v), got, err)
		}
		if got, err := ParseShare(unquoted(formatShare(v / 1000))); err != nil || math.Abs(got-v/1000) > 1e-8 {
			t.Fatalf("%v prints %s, reads %v, %v", v/1000, formatShare(v/1000), got, err)
		}
	})
}

// Every form of a random quantity is read, and what a law prints is read as the
// same law, to the digits printed.
func TestRandomQuantities(t *testing.T) {
	for text, mean := range map[string]float64{
		`"40s"`: 40, `{ constant = "40s" }`: 40, `{ exponential = "40s" }`: 40, `{ median = "16ms", p95 = "60ms" }`: 0.022096,
		`{ median = "16ms", p99 = "60ms" }`: 0.018807, `{ median = "16ms", p90 = "60ms" }`: 0.027242, `{ mean = "40s", cv = 0.5 }`: 40, `{ lognormal = { mean = "40s", cv = 0.5 } }`: 40,
		`{ gamma = { mean = "40s", cv = 0.5 } }`: 40, `{ weibull = { mean = "40s", shape = 2 } }`: 40, `{ uniform = ["20s", "60s"] }`: 40,
		`{ triangular = ["5s", "10s", "30s"] }`: 15, `{ pareto = { low = "1s", high = "1000s", alpha = 1.5 } }`: 2.9050, `{ empirical = ["10s", "20s", "30s"] }`: 20,
	} {
		law, b := parseRandom(setValue(text), false)
		if b != nil {
			t.Errorf("%s: %v", text, b)
			continue
		}
		if math.Abs(law.Mean()/mean-1) > 1e-3 {
			t.Errorf("%s has mean %v, want %v", text, law.Mean(), mean)
		}
		if text[2] == 'e' && text[3] == 'm' {
			continue // a sample has no short spelling
		}
		again, b := parseRandom(setValue(law.String()), false)
		if b != nil || math.Abs(again.Mean()/law.Mean()-1) > 1e-3 {
			t.Errorf("%s prints %s, reads %v, %v", text, law, again, b)
		}
	}
	if law, b := parseRandom(setValue(`"5ms"`), true); b != nil || law.SCV() != 1 {
		t.Errorf("a duration alone is the mean of an exponential: %v, %v", law, b)
	}
}
