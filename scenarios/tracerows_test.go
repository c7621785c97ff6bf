package scenarios

import (
	"io"
	"math"
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

// A name that says requests a second is believed; a recording in UTF-16, as PowerShell's >
// writes it, is read.
func TestRecordedAsNamed(t *testing.T) {
	wide := func(text string) string {
		out := []byte{0xff, 0xfe}
		for _, b := range []byte(text) {
			out = append(out, b, 0)
		}
		return string(out)
	}
	const rows = "2026-03-02T00:00:00Z,120\n2026-03-02T00:01:00Z,60\n"
	for text, want := range map[string]struct {
		rate bool
		peak float64
	}{
		"time,rps\n" + rows:            {true, 120},
		"time,requests/s\n" + rows:     {true, 120},
		"time,requests\n" + rows:       {false, 2}, // 120 in a minute
		wide("time,requests\n" + rows): {false, 2},
	} {
		got, err := ReadRecorded("x.csv", io.NopCloser(strings.NewReader(text)), "")
		if err != nil || got.Rate != want.rate || math.Abs(got.Peak-want.peak) > 1e-9 {
			t.Errorf("%q: %+v, %v, want %+v", text, got, err, want)
		}
	}
}
