package account

import (
	"math"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/record"
)

// monthOf is the month of rows an hour apart that cost so much each, from a Unix second
// on.
func monthOf(start int64, hourly []float64, rest float64) (*float64, string) {
	cfg := &record.Config{Calendar: des.Calendar{Start: start}, Duration: des.Duration(len(hourly)) * des.Hour}
	a := &accounts{Record: &record.Record{Config: cfg}, end: des.Time(cfg.Duration)}
	var rows []record.Row
	sum := 0.0
	for h, v := range hourly {
		sum += v
		rows = append(rows, record.Row{At: des.Time(h) * des.Time(des.Hour), Cost: sum})
	}
	return a.month(sum+rest, float64(len(hourly)), rows)
}

func hours(days ...float64) []float64 {
	var out []float64
	for _, d := range days {
		for range 24 {
			out = append(out, d/24)
		}
	}
	return out
}

// By hand: Friday $24 and Saturday $12 are (5 x 24 + 2 x 12) / 7 = $20.57 a day, and
// 730 hours of that are $625.71. What is not EC2, $1 a day, is $30.42 more. Seven days
// are scaled as they are: $98 x 730 / 168 = $425.83. Two weekdays are no month.
func TestTheMonthByHand(t *testing.T) {
	const friday, monday = 1772755200, 1772409600 // 2026-03-06 and 2026-03-02, 00:00 UTC
	for _, row := range []struct {
		name  string
		start int64
		days  []float64
		rest  float64
		want  float64
	}{
		{"Friday and Saturday", friday, []float64{24, 12}, 0, 625.714},
		{"and a dollar a day of other things", friday, []float64{24, 12}, 2, 625.714 + 730.0/24},
		{"a whole week", monday, []float64{10, 10, 10, 10, 10, 24, 24}, 0, 98.0 * 730 / 168},
		{"Monday and Tuesday", monday, []float64{10, 10}, 0, math.NaN()},
	} {
		got, basis := monthOf(row.start, hours(row.days...), row.rest)
		switch {
		case got == nil:
			if !math.IsNaN(row.want) {
				t.Errorf("%s: no month, %s", row.name, basis)
			}
		case math.Abs(*got-row.want) > 0.01:
			t.Errorf("%s: $%.2f a month, want $%.2f (%s)", row.name, *got, row.want, basis)
		}
	}
}
