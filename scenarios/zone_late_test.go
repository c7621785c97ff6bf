package scenarios

import (
	"testing"
	"time"

	"asgsim/sim/des"
)

// Beyond the tables of zones, which end in 2037, clocks change by a rule, in leap years
// too: the calendar has what the clock on the wall shows, hour by hour.
func TestCalendarsOfLaterYears(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Tokyo"} {
		z, wrong := loadZone(name)
		if wrong != nil {
			t.Fatal(wrong)
		}
		for _, year := range []int{2036, 2039, 2040, 2043} {
			start := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
			cal := z.calendar(start.Unix(), 800*des.Day)
			k := 0
			for h := range 800 * 24 {
				at := des.Time(h) * des.Time(des.Hour)
				for k+1 < len(cal.Offsets) && cal.Offsets[k+1].From <= at {
					k++
				}
				_, want := start.Add(time.Duration(h) * time.Hour).In(z.loc).Zone()
				if cal.Offsets[k].Seconds != want {
					t.Fatalf("%s, %d hours after %d began: offset %d s, want %d s", name, h, year, cal.Offsets[k].Seconds, want)
				}
			}
			if changes := len(cal.Offsets) - 1; name != "Asia/Tokyo" && changes != 4 && changes != 5 || name == "Asia/Tokyo" && changes != 0 {
				t.Errorf("%s from %d: %d changes in 800 days", name, year, changes)
			}
		}
	}
}
