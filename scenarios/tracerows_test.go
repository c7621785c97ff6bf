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
		{"60,5", ""}, {"0.001,0", ""}, {"60,1e12", ""}, {"60", "line 3: has 1 fields, the values are in field 2"}, {"60,-1", "must not be negative: -1"}, {"60,1.1e12", "at most 1e12"},
		{"60,NaN", `must be a finite number, not "NaN"`}, {"60,Inf", `must be a finite number, not "Inf"`}, {"60,1k", "is not a number"}, {"0,5", "has the time of the row before"},
		{"60,5\n30,5", "line 4: is out of order"}, {"-1,5\n7,5", "line 4: is out of order: the rows go neither forwards nor backwards in time: line 3 is before line 2, but line 4 is after line 3"},
		{"-1,5\n-1,5", "line 4: has the time of line 3"}, {"-1,5\n-2,5", ""},
		{"0.0009,5", "less than a millisecond"}, {"2026-01-01T00:00:00Z,5", "mixes times of two kinds, seconds from the start and dates"},
	} {
		_, err := readTrace(strings.NewReader("t,n\n0,1\n"+row.text+"\n"), "", MaxRows, requests)
		if row.want == "" && err != nil || row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)) {
			t.Errorf("%s: %v, want %q", row.text, err, row.want)
		}
	}
	if _, err := readTrace(strings.NewReader("t,n\n0,1\n1,5\n2,5\n"), "", 2, requests); err == nil || !strings.Contains(err.Error(), "line 4: is beyond the rows") {
		t.Errorf("one row too many: %v", err)
	}
}
