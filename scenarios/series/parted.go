package series

import (
	"regexp"
	"strings"
	"time"
)

// parted says how the time of a row is divided among its first two columns.
type parted uint8

const (
	whole     parted = iota // not at all
	dateFirst               // 2026-03-02, 14:05:00
	timeFirst               // 14:05:00, 2026-03-02
	zoneApart               // 2026-03-02 14:05:00, +01:00
)

// timeOfDay matches a time of day, with AM or PM, with a zone.
var timeOfDay = regexp.MustCompile(`^(\d{1,2})(:\d{2}(?::\d{2}(?:\.\d+)?)?)(?: ?([AaPp][Mm]))?(Z|[+-]\d{2}:?\d{2})?$`)

// zone matches how far a clock is from UTC.
var zone = regexp.MustCompile(`^[+-]\d{2}:\d{2}$`)

// isDay reports whether a text is a date alone, of which it is known which is the month.
func isDay(text string) bool {
	for _, layout := range [...]string{"2006-01-02", "2006/01/02", "02.01.2006"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

// partedAs finds out whether a row, the first of the values, has date and time in two
// fields.
func partedAs(row []string) parted {
	if len(row) < 3 {
		return whole
	}
	switch a, b := strings.TrimSpace(row[0]), strings.TrimSpace(row[1]); {
	case isDay(a) && timeOfDay.MatchString(b):
		return dateFirst
	case isDay(b) && timeOfDay.MatchString(a):
		return timeFirst
	case zone.MatchString(b):
		if _, err := time.Parse(time.DateTime, strings.Replace(a, "T", " ", 1)); err == nil {
			return zoneApart
		}
	}
	return whole
}

// join puts date and time into one field, as a Clock reads them.
func (p parted) join(row []string) []string {
	if p == whole || len(row) < 2 {
		return row
	}
	day, clock := strings.TrimSpace(row[0]), strings.TrimSpace(row[1])
	if p == zoneApart {
		row[1] = strings.Replace(day, " ", "T", 1) + clock
		return row[1:]
	}
	if p == timeFirst {
		day, clock = clock, day
	}
	if m := timeOfDay.FindStringSubmatch(clock); m != nil {
		if len(m[1]) == 1 {
			m[1] = "0" + m[1]
		}
		if clock = m[1] + m[2]; m[3] != "" {
			clock += " " + strings.ToUpper(m[3])
		}
		clock += m[4]
	}
	row[1] = day + " " + clock
	return row[1:]
}

// heading joins what stands above the two columns.
func (p parted) heading(row []string) []string {
	if len(row) < 2 {
		return row
	}
	return append([]string{strings.TrimSpace(row[0] + " " + row[1])}, row[2:]...)
}

// note says what was understood.
func (p parted) note() []string {
	switch p {
	case whole:
		return nil
	case zoneApart:
		return []string{"the zone of the times stands in a column of its own"}
	}
	return []string{"date and time stand in two columns"}
}
