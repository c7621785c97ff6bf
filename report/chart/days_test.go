package chart

import (
	"testing"

	"asgsim/sim/des"
)

// Days go from midnight to midnight by the local clock, whatever it does, and a part of a
// day that is less than half belongs to the day beside it.
func TestStretches(t *testing.T) {
	const hour, day = 3600.0, 86400.0
	spring := &des.Calendar{Start: 1774652400 - 6*3600, // Fri 27 Mar 2026, 18:00 in Berlin; on the 29th an hour is missing
		Offsets: []des.Offset{{Seconds: 3600}, {From: des.Time(32 * des.Hour), Seconds: 7200}}}
	edges, name := stretches(spring, 5*day+5*hour)
	same(t, "from the evening", []float64{0, 6*hour + day, 5*hour + 2*day, 5*hour + 3*day, 5*hour + 4*day, 5*hour + 5*day}, edges)
	if name != "day" {
		t.Error(name)
	}
	utc := &des.Calendar{}
	edges, _ = stretches(utc, 2*day+11*hour) // the rest is no day of its own
	same(t, "a short rest", []float64{0, day, 2*day + 11*hour}, edges)
	edges, _ = stretches(utc, 2*day+13*hour)
	same(t, "a long rest", []float64{0, day, 2 * day, 2*day + 13*hour}, edges)
	noon := &des.Calendar{Start: 12 * 3600}
	edges, _ = stretches(noon, 1.5*day)
	same(t, "from noon", []float64{0, 0.5 * day, 1.5 * day}, edges)

	// A panel is 588 points wide, which are 1,568 pixels: more days are drawn as weeks.
	if edges, name := stretches(utc, 1568*day); name != "day" || len(edges) != 1569 {
		t.Errorf("%d %ss", len(edges)-1, name)
	}
	edges, name = stretches(utc, 2002*day)
	if name != "week" || edges[1] != 8*day || edges[2] != 15*day || edges[len(edges)-1] != 2002*day {
		t.Errorf("%ss: %v …", name, edges[:3])
	}
}
