package scaling

import (
	"strings"
	"testing"

	"asgsim/sim/des"
)

// Formulas that would never end, or fill the memory, end at once with a place and
// the bound that they exceed.
func TestFormulasAreBounded(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"let a = 1..10000; count(a, all(a, all(a, true))) + 3", "takes more than 100000 steps"},
		{"let a = 1..10000; len(map(a, map(a, a)))", "takes more than 100000 steps"},
		{"let a = 1..10000; count(a, # in a)", "takes more than 100000 steps"},
		{"let a = 1..10000; count(a, a == a)", "takes more than 100000 steps"},
		{"let a = 1..10000; count(a, median(a) > 3)", "takes more than 100000 steps"},
		{"let a = 1..10000; sum(sort(a))", "takes more than 100000 steps"},
		{"let a = 1..10000; count(a, known('RequestCount', 'Sum'))", "takes more than 100000 steps"},
		{"len(1..10001)", "has more than 10000 elements"},
		{"len(desired..9223372036854775807)", "has more than 10000 elements"},
		{"len(-9223372036854775807..9223372036854775807)", "has more than 10000 elements"},
		{"sum(map(1..20, len(1..10000)))", "takes more than 100000 steps"},
		{"reduce(1..60, #acc + #acc, 'a') == 'b' ? 1 : 2", "a text or the name of a field stands only in metric"},
		{"len(repeat('a', 1000000000))", "a text or the name of a field"},
		{"len(toJSON([1]))", "unknown name"},
		{"len($env)", "$env is not a variable"},
		{"{a: 1}.a", "a text or the name of a field"},
		{"now().Unix()", "a text or the name of a field"},
		{strings.Repeat("(", 3000) + "1" + strings.Repeat(")", 3000), "at most 4096 characters"},
		{"1" + strings.Repeat("+1", 1000), "at most 1000 names"},
		{strings.Repeat("(", 2000) + "1", ""},
	} {
		formula, err := Compile(c.text)
		if err == nil {
			s := &Inputs{Desired: 4, Max: 10, Points: func(MetricRef, des.Duration) []float64 { return []float64{1, 2} }}
			_, _, err = formula.Evaluate(s)
		}
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "at character ") {
			t.Errorf("%.60s: %v", c.text, err)
		}
	}
}

// What people write is far from the bounds: a day of minutes, gone through with the
// mean of them for each.
func TestFormulasHaveRoom(t *testing.T) {
	day := make([]float64, 1440)
	for i := range day {
		day[i] = float64(i)
	}
	s := &Inputs{Desired: 4, Max: 10, Points: func(MetricRef, des.Duration) []float64 { return day }}
	for text, want := range map[string]float64{
		"let d = datapoints('RequestCount', 'Sum', '1d'); let m = mean(d); count(d, # > m)": 720,
		"let d = sort(datapoints('RequestCount', 'Sum', '1d')); d[len(d) - 1]":              1439,
		"sum(filter(1..100, # % 2 == 0))":                                                   2550,
		"reduce(1..10, #acc + #, 0)":                                                        55,
		"desired in [3, 4] ? 1 : 0":                                                         1,
		"desired in 1..3 ? 1 : 0":                                                           0,
	} {
		formula, err := Compile(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if v, _, err := formula.Evaluate(s); err != nil || v != want {
			t.Errorf("%s: %v, %v; want %v", text, v, err, want)
		}
	}
}
