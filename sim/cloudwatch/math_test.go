package cloudwatch

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/des"
)

// What expressions come to by arithmetic and by "Use metric math" (CloudWatch User Guide,
// read 2026-11): an operation over metrics has a datapoint where all of them have one, FILL
// fills what is missing, comparisons are 1 and 0, AND binds closer than OR.
func TestMetricMath(t *testing.T) {
	none := math.NaN()
	for text, want := range map[string]float64{
		"m1 + m2 * 2": 16, "(m1 + m2) * 2": 26, "m1 - m2 - 1": 6, "m1 / m2": 10.0 / 3, "-m1 + 1": -9, "2 ^ m2": 8, "(-m1)^2": 100, "-(m1^2)": -100, "-m1 * m2^2": -90, "2^-1": 0.5, "m1 - m2^2": 1, "(2^3)^2": 64, "m1/0": none,
		"m1 > m2": 1, "m1 <= m2": 0, "m1 == 10": 1, "m1 != 10": 0, "0 && 0 || 1": 1, "1 OR 1 AND 0": 1,
		"IF(m1 > 5, m2, 99)": 3, "IF(m1 < 5, m2, 99)": 99, "IF(m1 < 5, m2)": none, "IF(gone, 1, 2)": none,
		"m1 + gone": none, "FILL(gone, 7) + m2": 10, "FILL(m1, 7)": 10, "FILL(gone, REPEAT)": none,
		"MIN([m1, m2])": 3, "MAX([m1, m2, 50])": 50, "SUM(METRICS())": 13, "AVG([m1, m2])": 6.5, "SUM([m1, gone])": 10, "AVG([gone])": none,
		"m1 / PERIOD(m1)": 10.0 / 60, "ABS(m2 - m1)": 7, "CEIL(m1 / m2)": 4, "FLOOR(m1 / m2)": 3, "LOG10(100)": 2,
		"100*(m1/(m1+m2))": 100 * 10.0 / 13,
	} {
		f, err := mathOf(text).Compile()
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := f.Value(map[string]float64{"m1": 10, "m2": 3}, des.Minute)
		if math.Abs(got-want) > 1e-12 || math.IsNaN(got) != math.IsNaN(want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func mathOf(text string) *Math {
	return &Math{Expression: text, Inputs: []MathInput{{ID: "m1"}, {ID: "m2"}, {ID: "gone"}}}
}

// REPEAT is the last datapoint that there was.
func TestFillRepeats(t *testing.T) {
	f, err := mathOf("FILL(m1, REPEAT)").Compile()
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range []float64{4, math.NaN(), 6, math.NaN(), math.NaN()} {
		want := [...]float64{4, 4, 6, 6, 6}[k]
		if got := f.Value(map[string]float64{"m1": v}, des.Minute); got != want {
			t.Errorf("datapoint %d: %v, want %v", k, got, want)
		}
	}
}

// What is wrong is said with its place, and what is not modelled by its name.
func TestMetricMathRefused(t *testing.T) {
	for text, want := range map[string]string{
		"m1 / x":                         `at character 6: "x" is none of its metrics`,
		"ANOMALY_DETECTION_BAND(m1, 2)":  "at character 1: ANOMALY_DETECTION_BAND is not modelled",
		"-m1^2":                          "at character 4: AWS does not say which of - and ^ is meant first: write (-a)^b or -(a^b)",
		"2^m2^2":                         "at character 5: AWS does not say which ^ is meant first: write (a^b)^c or a^(b^c)",
		"RATE(m1)":                       "RATE is not modelled",
		"SUM(m1)":                        "SUM of one metric is that of all its datapoints",
		"FILL(m1, LINEAR)":               "FILL with LINEAR is not modelled",
		"(m1":                            `at character 4: lacks ")"`,
		"m1 +":                           "at character 5: ends too early",
		"m1 m2":                          "at character 4: does not end",
		"":                               "at character 1: ends too early",
		"1.2.3":                          "is no number",
		"m1 + §":                         "stands where a value should",
		strings.Repeat("(", 500):         "too deep",
		strings.Repeat("1+", 2000) + "1": "longer than 2048",
	} {
		if _, err := mathOf(text).Compile(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want %s", text, err, want)
		}
	}
}
