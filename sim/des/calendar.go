package des

import (
	"fmt"
	"sort"
)

// Calendar maps instants of a run to local civil time: the wall clock of the
// scenario's time zone at the start, and every later change of its UTC offset.
// Package scenarios builds it from tzdata. The zero Calendar starts on
// Thursday 1 January 1970, 00:00, UTC.
type Calendar struct {
	Zone    string   // IANA name, for display
	Start   int64    // Unix seconds of the start of the run
	Offsets []Offset // ascending by From; the first holds from the start
}

// Offset is the UTC offset in force from an instant on.
type Offset struct {
	From    Time
	Seconds int // east of UTC
}

// Local is a civil date and time of day.
type Local struct {
	Day     int64 // days since 1 January 1970, local
	Weekday int   // 0 = Sunday
	Second  int   // of the local day, as the wall clock shows it
	Nano    int
}

// Local returns the civil time at t.
func (c *Calendar) Local(t Time) Local {
	ns := int64(t) % int64(Second)
	s := int64(t) / int64(Second)
	if ns < 0 {
		ns += int64(Second)
		s--
	}
	s += c.Start + int64(c.offset(t))
	day, sec := s/86400, s%86400
	if sec < 0 {
		day, sec = day-1, sec+86400
	}
	return Local{Day: day, Weekday: int(((day+4)%7 + 7) % 7), Second: int(sec), Nano: int(ns)}
}

func (c *Calendar) offset(t Time) int {
	if len(c.Offsets) == 0 {
		return 0
	}
	i := sort.Search(len(c.Offsets), func(i int) bool { return c.Offsets[i].From > t })
	if i == 0 {
		return c.Offsets[0].Seconds
	}
	return c.Offsets[i-1].Seconds
}

// At returns the first instant at which the local clock of day shows second
// (0 to 86400; 86400 is the next midnight). In the missing hour of a change to
// summer time it is the instant of the change.
func (c *Calendar) At(day int64, second int) Time {
	naive := day*86400 + int64(second) - c.Start
	if len(c.Offsets) == 0 {
		return Time(naive) * Time(Second)
	}
	for i, o := range c.Offsets {
		t := Time(naive-int64(o.Seconds)) * Time(Second)
		if i > 0 && t < o.From {
			return o.From
		}
		if i == len(c.Offsets)-1 || t < c.Offsets[i+1].From {
			return t
		}
	}
	panic("des: unreachable")
}

var weekdays = [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
var months = [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// Date returns the proleptic Gregorian date of l.
// Algorithm: H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
func (l Local) Date() (year, month, day int) {
	z := l.Day + 719468
	era := z / 146097
	if z < 0 {
		era = (z - 146096) / 146097
	}
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = int(doy - (153*mp+2)/5 + 1)
	month = int(mp + 3)
	if month > 12 {
		month -= 12
	}
	year = int(yoe + era*400)
	if month <= 2 {
		year++
	}
	return year, month, day
}

// Clock prints "15:04".
func (l Local) Clock() string { return fmt.Sprintf("%02d:%02d", l.Second/3600, l.Second/60%60) }

// WeekdayName prints "Mon".
func (l Local) WeekdayName() string { return weekdays[l.Weekday] }

// DayClock prints "Mon 15:04".
func (l Local) DayClock() string { return l.WeekdayName() + " " + l.Clock() }

// ShortDate prints "Mon 2 Mar".
func (l Local) ShortDate() string {
	_, m, d := l.Date()
	return fmt.Sprintf("%s %d %s", l.WeekdayName(), d, months[m-1])
}

// RFC3339 prints the instant t as "2026-03-02T15:04:05+01:00".
func (c *Calendar) RFC3339(t Time) string {
	l := c.Local(t)
	y, m, d := l.Date()
	s := fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:%02d", y, m, d, l.Second/3600, l.Second/60%60, l.Second%60)
	off := c.offset(t)
	if off == 0 {
		return s + "Z"
	}
	sign := '+'
	if off < 0 {
		sign, off = '-', -off
	}
	return fmt.Sprintf("%s%c%02d:%02d", s, sign, off/3600, off/60%60)
}
