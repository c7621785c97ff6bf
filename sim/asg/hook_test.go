package asg

import (
	"testing"

	"asgsim/sim/des"
)

// TV-04 and TV-05: a recorded heartbeat starts the timeout afresh, up to the cap.
func TestHookWait(t *testing.T) {
	const minute = des.Minute
	for _, row := range []struct {
		id             string
		timeout, every des.Duration
		took           des.Duration
		answers        bool
		want           des.Duration
		answered       bool
	}{
		{"answers in time", 3600 * des.Second, 0, 2 * minute, true, 2 * minute, true},
		{"answers at the last instant", 60 * des.Second, 0, minute, true, minute, true},
		{"answers too late", 60 * des.Second, 0, 2 * minute, true, minute, false},
		{"never answers", 3600 * des.Second, 0, minute, false, 60 * minute, false},
		{"TV-04: one heartbeat at 1800 s, then silence", 3600 * des.Second, 1800 * des.Second, 2000 * des.Second, false, 5400 * des.Second, false},
		{"heartbeats keep it waiting", 60 * des.Second, 30 * des.Second, 10 * minute, true, 10 * minute, true},
		{"a heartbeat slower than the timeout is none", 60 * des.Second, 90 * des.Second, 10 * minute, true, minute, false},
		{"up to the cap", 30 * des.Second, 10 * des.Second, 2 * des.Hour, true, 3000 * des.Second, false},
	} {
		h := Hook{Timeout: row.timeout, Every: row.every}
		if got, answered := h.Wait(row.took, row.answers); got != row.want || answered != row.answered {
			t.Errorf("%s: waits %v, answered %v; want %v, %v", row.id, got, answered, row.want, row.answered)
		}
	}
	for timeout, want := range map[des.Duration]des.Duration{1200: 120000, 1800: 172800, 7200: 172800} {
		h := Hook{Timeout: timeout * des.Second}
		if got := h.Cap(); got != want*des.Second {
			t.Errorf("TV-05: heartbeat %d s: cap %v, want %d s", timeout, got, want)
		}
	}
}

// 15 s, twice as long each time, at most a quarter of an hour.
func TestRetryAfter(t *testing.T) {
	want := []des.Duration{15, 30, 60, 120, 240, 480, 900, 900}
	for k, w := range want {
		if got := (&Config{}).RetryAfter(k); got != w*des.Second {
			t.Errorf("after %d failures: %v, want %d s", k, got, w)
		}
	}
	b := backoff{}
	b.failed(0, &Config{})
	b.failed(0, &Config{}) // of the same attempt
	if b.failures != 1 || b.until != des.Time(15*des.Second) {
		t.Errorf("%+v", b)
	}
}
