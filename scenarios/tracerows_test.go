package scenarios

import (
	"strings"
	"testing"
)

// A row of a trace: a time after the one before and a value that may be a rate.
func TestRowsOfATrace(t *testing.T) {
	for _, row := range []struct {
		text, want string
	}{
		{"60,5", ""}, {"0.001,0", ""}, {"60,1e12", ""}, {"60", "has 1 fields, the values are in field 2"}, {"60,-1", "must not be negative: -1"}, {"60,1.1e12", "at most 1e12"},
		{"60,NaN", "must be a finite number, not NaN"}, {"60,Inf", "must be a finite number, not Inf"}, {"60,1k", "is not a number"}, {"0,5", "is out of order"}, {"-1,5", "is out of order"},
		{"0.0009,5", "less than a millisecond"}, {"2026-01-01T00:00:00Z,5", "mixes RFC 3339 times and seconds"},
	} {
		r := &recording{at: []float64{0}, value: []float64{1}, line: []int{1}}
		err := r.add(strings.Split(row.text, ","), 1, 2)
		if row.want == "" && (err != nil || len(r.at) != 2) || row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)) {
			t.Errorf("%s: %v, want %q", row.text, err, row.want)
		}
	}
	full := &recording{at: make([]float64, maxRows)}
	if err := full.add([]string{"1", "5"}, 1, 2); err == nil || !strings.Contains(err.Error(), "has more than 10600000 rows") {
		t.Errorf("one row too many: %v", err)
	}
}

// Of a wrong file only what is certainly a number or a time is quoted: it may hold secrets.
func TestCellsThatAreQuoted(t *testing.T) {
	for text, want := range map[string]string{"": "", "12,5": `: "12,5"`, "2026-01-01T00:00:00Z": `: "2026-01-01T00:00:00Z"`, "password": "", "12a": "",
		strings.Repeat("1", 40): `: "` + strings.Repeat("1", 40) + `"`, strings.Repeat("1", 41): ""} {
		if got := cell(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
