package main

import (
	"strings"
	"testing"

	"asgsim/sim/des"
)

// Rows are whole minutes and a whole multiple of what a run keeps: a minute up to 14 days,
// five up to 63, else an hour.
func TestTimelineStep(t *testing.T) {
	for _, row := range []struct {
		text     string
		duration des.Duration
		want     des.Duration
		say      string // where it is refused
	}{
		{"", des.Hour, 0, ""}, {"1m", des.Hour, des.Minute, ""}, {"90m", 14 * des.Day, 90 * des.Minute, ""}, {"2d", des.Hour, 2 * des.Day, ""},
		{"5m", 63 * des.Day, 5 * des.Minute, ""}, {"1h", 64 * des.Day, des.Hour, ""}, {"1d", 365 * des.Day, des.Day, ""},
		{"soon", des.Hour, 0, "not a duration"}, {"5", des.Hour, 0, "has no unit"}, {"0s", des.Hour, 0, "whole minutes"}, {"-5m", des.Hour, 0, "whole minutes"},
		{"30s", des.Hour, 0, "whole minutes"}, {"90s", des.Hour, 0, "whole minutes"},
		{"4m", 15 * des.Day, 0, "a run of 15d keeps rows of five minutes, as runs beyond 14 days do: take a whole multiple of 5m"},
		{"90m", 64 * des.Day, 0, "keeps rows of an hour, as runs beyond 63 days do: take a whole multiple of 1h"},
	} {
		got, err := timelineStep(row.text, row.duration)
		switch {
		case row.say == "" && (err != nil || got != row.want):
			t.Errorf("%q of %s: %s, %v", row.text, row.duration, got, err)
		case row.say != "" && (err == nil || !strings.Contains(err.Error(), row.say) || !strings.Contains(err.Error(), "--timeline-step")):
			t.Errorf("%q of %s: %v, want %q", row.text, row.duration, err, row.say)
		}
	}
}
