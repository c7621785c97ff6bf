package des

import (
	"testing"
	"time"
	_ "time/tzdata"
)

// berlin builds the calendar of a run that starts at a local time, the way
// package scenarios does.
func berlin(t *testing.T, start string, days int) (Calendar, *time.Location, time.Time) {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02T15:04:05", start, loc)
	if err != nil {
		t.Fatal(err)
	}
	c := Calendar{Zone: "Europe/Berlin", Start: at.Unix()}
	last := 1 << 30
	for s := int64(0); s < int64(days)*86400; s += 900 {
		if _, off := time.Unix(c.Start+s, 0).In(loc).Zone(); off != last {
			c.Offsets = append(c.Offsets, Offset{From: Time(s) * Time(Second), Seconds: off})
			last = off
		}
	}
	return c, loc, at
}

func TestLocalAgreesWithTheStandardLibrary(t *testing.T) {
	for _, start := range []string{"2026-03-27T00:00:00", "2026-10-23T13:30:00", "1969-12-31T23:00:00"} {
		c, loc, at := berlin(t, start, 5)
		for s := int64(0); s < 5*86400; s += 617 {
			want := at.Add(time.Duration(s) * time.Second).In(loc)
			l := c.Local(Time(s) * Time(Second))
			y, m, d := l.Date()
			if y != want.Year() || m != int(want.Month()) || d != want.Day() || l.Weekday != int(want.Weekday()) ||
				l.Second != want.Hour()*3600+want.Minute()*60+want.Second() {
				t.Fatalf("%s + %d s: local = %+v (%d-%d-%d), want %v", start, s, l, y, m, d, want)
			}
			if got := c.RFC3339(Time(s) * Time(Second)); got != want.Format(time.RFC3339) {
				t.Fatalf("RFC3339 = %s, want %s", got, want.Format(time.RFC3339))
			}
		}
	}
}

func TestAtIsTheInverseOfLocal(t *testing.T) {
	c, _, _ := berlin(t, "2026-03-27T00:00:00", 5)
	for day := int64(20539); day < 20544; day++ { // 27 to 31 March 2026
		for s := 0; s < 86400; s += 1800 {
			at := c.At(day, s)
			l := c.Local(at)
			missing := day == 20541 && s >= 7200 && s < 10800 // 29 March, 02:00 to 03:00
			if missing {
				if l.Second != 10800 {
					t.Errorf("a time in the missing hour must map to 03:00, got %s", l.Clock())
				}
				continue
			}
			if l.Day != day || l.Second != s {
				t.Errorf("At(%d, %d) is %d, %d", day, s, l.Day, l.Second)
			}
		}
	}
	c, _, _ = berlin(t, "2026-10-23T00:00:00", 5)
	first := c.At(20751, 9000) // 25 October, 02:30 happens twice: the first counts
	if l := c.Local(first.Add(Hour)); l.Second != 9000 {
		t.Errorf("an hour after the first 02:30 it must be 02:30 again, got %s", l.Clock())
	}
}

func TestDurationsPrintInTheFileFormatsUnits(t *testing.T) {
	for d, want := range map[Duration]string{
		0: "0s", 90 * Second: "1m30s", 26 * Hour: "1d2h", 4670 * Microsecond: "4.67ms", -Minute: "-1m", 1500 * Millisecond: "1.5s", 7 * Nanosecond: "7ns",
	} {
		if got := d.String(); got != want {
			t.Errorf("%d ns prints %q, want %q", int64(d), got, want)
		}
	}
}

// Monday 2 March 2026, 14:05:09 in Berlin (an hour east of UTC until 29 March), as
// reports show it; a time before the start; and the conversions of an instant.
func TestWhatIsShownOfAnInstant(t *testing.T) {
	const day = 20514 // 2 March 2026, in days since 1970: 56 years of 365 days, 14 leap days, 60 days
	berlin := Calendar{Start: day*86400 - 3600, Offsets: []Offset{{0, 3600}}}
	at := Time(14*Hour + 5*Minute + 9*Second)
	l := berlin.Local(at)
	if l.Day != day || l.Clock() != "14:05" || l.WeekdayName() != "Mon" || l.DayClock() != "Mon 14:05" || l.ShortDate() != "Mon 2 Mar" {
		t.Errorf("%+v: %s, %s, %s, %s", l, l.Clock(), l.WeekdayName(), l.DayClock(), l.ShortDate())
	}
	if got := berlin.RFC3339(at); got != "2026-03-02T14:05:09+01:00" {
		t.Error(got)
	}
	west := Calendar{Start: day * 86400, Offsets: []Offset{{0, -12600}}} // 3 h 30 min behind
	if got := west.RFC3339(0); got != "2026-03-01T20:30:00-03:30" {
		t.Error(got)
	}
	utc := Calendar{Start: day * 86400}
	if got := utc.RFC3339(-1); got != "2026-03-01T23:59:59Z" {
		t.Error(got)
	}
	if l := utc.Local(-1); l.Nano != 999_999_999 || l.Second != 86399 {
		t.Errorf("a nanosecond before the start: %+v", l)
	}
	if got := utc.At(day+1, 60); got != Time(Day+Minute) {
		t.Errorf("a minute past the next midnight: %v", got)
	}
	if at.Seconds() != 50709 || at.Sub(Time(Hour)) != 13*Hour+5*Minute+9*Second || (90*Minute).Hours() != 1.5 || (1500*Millisecond).Seconds() != 1.5 || Seconds(0.0000000016) != 2 {
		t.Error("conversions")
	}
	if Never.String() != "never" || at.String() != "14h5m9s" {
		t.Errorf("%v, %v", Never, at)
	}
}
