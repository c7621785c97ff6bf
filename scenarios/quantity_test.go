package scenarios

import (
	"math"
	"testing"

	"asgsim/scenarios/form"
	"asgsim/sim/des"

	"pgregory.net/rapid"
)

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
		if got, err := ParseRate(form.Unquoted(formatRate(v))); err != nil || math.Abs(got-v) > 1e-9*(1+v) {
			t.Fatalf("%v prints %s, reads %v, %v", v, formatRate(v), got, err)
		}
		if got, err := ParseShare(form.Unquoted(formatShare(v / 1000))); err != nil || math.Abs(got-v/1000) > 1e-8 {
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
		law, b := parseRandom(form.Literal(text), false)
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
		again, b := parseRandom(form.Literal(law.String()), false)
		if b != nil || math.Abs(again.Mean()/law.Mean()-1) > 1e-3 {
			t.Errorf("%s prints %s, reads %v, %v", text, law, again, b)
		}
	}
	if law, b := parseRandom(form.Literal(`"5ms"`), true); b != nil || law.SCV() != 1 {
		t.Errorf("a duration alone is the mean of an exponential: %v, %v", law, b)
	}
}
