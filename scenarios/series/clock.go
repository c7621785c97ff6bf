package series

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Clock reads the times of one series, which all are of one kind: it knows the kind from
// the first.
type Clock struct {
	kind   kind
	layout int // of civil times: the one that fitted last
}

// kind is what the times of a series are.
type kind uint8

const (
	unknown kind = iota
	offset       // seconds from the start
	seconds      // Unix
	millis
	micros
	nanos
	civil // RFC 3339 and its kin
)

var kindNames = [...]string{"unknown", "seconds from the start", "Unix seconds", "Unix milliseconds", "Unix microseconds", "Unix nanoseconds", "dates"}

func (k kind) String() string { return kindNames[k] }

// per is how many units of a kind are a second.
var per = [...]float64{1, 1, 1, 1e3, 1e6, 1e9, 1}

// layouts are the dates that are read; of those without a zone all are UTC, as
// CloudWatch's are.
var layouts = [...]string{
	time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05 Z0700 MST",
	"2006 January 02, 03:04:05 PM Z07:00", // the console of EC2 Auto Scaling, under Activity
	"2006-01-02 15:04:05 Z0700", "20060102T150405Z0700", "02/Jan/2006:15:04:05 -0700", time.RFC1123Z,
	"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "2006/01/02 15:04:05", "2006/01/02 15:04", "2006-01-02 15:04:05 UTC",
	"2006-01-02", "2006/01/02", "2006-01-02 03:04:05 PM", "2006-01-02 03:04 PM", "Mon, 02 Jan 2006 15:04:05 GMT",
	"2 Jan 2006 15:04:05", "2 Jan 2006 15:04", "2-Jan-2006 15:04:05", "2-Jan-2006 15:04", "Jan 2, 2006 15:04:05", "Jan 2, 2006 15:04", "Jan 2, 2006 03:04:05 PM", "Jan 2, 2006 03:04 PM",
	"02.01.2006 15:04:05", "02.01.2006 15:04", "02.01.2006", // a date with dots has its day first
}

// Stamp is a time in Unix seconds as RFC 3339 writes it.
func Stamp(at float64) string { return time.Unix(int64(math.Floor(at)), 0).UTC().Format(time.RFC3339) }

// firstBare is the first layout without a zone.
const firstBare = 9

// errTime is a text that is no time. It is wrapped by what may be shown of it.
var errTime = errors.New("is neither an RFC 3339 time (2026-03-02T00:00:00Z) nor seconds")

// errOrder is a date of which nobody can say which is the month.
var errOrder = errors.New("is a date with its day first, or its month: write it as 2026-03-02 00:00:00")

// errDay is a time of day alone.
var errDay = errors.New("is a time of day without its date: write both, as 2026-03-02 00:00:00")

var (
	slashes = regexp.MustCompile(`^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}(?: |$)`)
	ofDay   = regexp.MustCompile(`^\d{1,2}:\d{2}(:\d{2})?(?: [AaPp][Mm])?$`)
)

// Read reads a time, in seconds. Numbers are told apart by their size: below 1e8 (three
// years) they are seconds from the start, up to 1e11, 1e14, 1e17 and 1e20 Unix seconds,
// milliseconds, microseconds and nanoseconds (since 1973).
func (c *Clock) Read(text string) (at float64, err error) {
	text = strings.TrimSpace(text)
	k := civil
	if v, failed := strconv.ParseFloat(text, 64); failed == nil {
		if k = kindOf(v); k == unknown {
			return 0, fmt.Errorf("is not a time in seconds%s", Cell(text))
		}
		at = v / per[k]
	} else if at, err = c.date(text); err != nil {
		return 0, err
	}
	switch {
	case c.kind == unknown:
		c.kind = k
	case c.kind != k:
		return 0, fmt.Errorf("mixes times of two kinds, %s and %s", c.kind, k)
	}
	return at, nil
}

// Civil reports whether the times say when it was.
func (c *Clock) Civil() bool { return c.kind > offset }

// String names the kind of time.
func (c *Clock) String() string {
	if c.kind == civil && c.layout >= firstBare {
		if strings.HasPrefix(layouts[c.layout], "02.01") {
			return "dates as day.month.year without a zone, taken as UTC"
		}
		return "dates without a zone, taken as UTC"
	}
	return c.kind.String()
}

func kindOf(v float64) kind {
	switch size := math.Abs(v); {
	case size < 1e8:
		return offset
	case v < 0 || math.IsNaN(v):
		return unknown
	case size < 1e11:
		return seconds
	case size < 1e14:
		return millis
	case size < 1e17:
		return micros
	case size < 1e20:
		return nanos
	}
	return unknown
}

// date reads a date.
func (c *Clock) date(text string) (float64, error) {
	for k := range layouts {
		layout := (c.layout + k) % len(layouts)
		t, err := time.Parse(layouts[layout], text)
		if err != nil {
			continue
		}
		if t.Year() < 1900 || t.Year() > 2200 {
			return 0, fmt.Errorf("must be in the years 1900 to 2200%s", Cell(text))
		}
		c.layout = layout
		return float64(t.Unix()) + float64(t.Nanosecond())/1e9, nil
	}
	switch {
	case slashes.MatchString(text):
		return 0, fmt.Errorf("%w%s", errOrder, Cell(text))
	case ofDay.MatchString(text):
		return 0, fmt.Errorf("%w%s", errDay, Cell(text))
	}
	return 0, fmt.Errorf("%w%s", errTime, Cell(text))
}
