package scenarios

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones are known on machines without a zone database

	"asgsim/scenarios/form"
	"asgsim/sim/des"
)

// zone is a civil time zone.
type zone struct{ loc *time.Location }

// loadZone returns the zone of an IANA name.
func loadZone(name string) (zone, *form.Mistake) {
	const remedy = `write an IANA name: "Europe/Berlin", "America/New_York", "UTC"`
	if name == "" || name == "Local" {
		return zone{}, form.Wrong(remedy, "is not a time zone: %q", name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return zone{}, form.Wrong(remedy, "is not a known time zone: %q", name)
	}
	return zone{loc}, nil
}

// unix returns the instants (Unix seconds) at which the zone's clocks show the
// fields of wall: none in a missing hour, two in a repeated one.
func (z zone) unix(wall time.Time) []int64 {
	naive := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, time.UTC).Unix()
	var out []int64
	for _, probe := range []int64{naive - 86400, naive + 86400} {
		_, off := time.Unix(probe, 0).In(z.loc).Zone()
		u := naive - int64(off)
		if _, there := time.Unix(u, 0).In(z.loc).Zone(); there == off && (len(out) == 0 || out[0] != u) {
			out = append(out, u)
		}
	}
	if len(out) == 2 && out[0] > out[1] {
		out[0], out[1] = out[1], out[0]
	}
	return out
}

// CalendarOf is the calendar of a run that began at an instant (RFC 3339) in a zone.
func CalendarOf(start, name string, duration des.Duration) (des.Calendar, error) {
	at, err := time.Parse(time.RFC3339, start)
	if err != nil {
		return des.Calendar{}, fmt.Errorf("the start %q is not an instant as in RFC 3339", start)
	}
	z, b := loadZone(name)
	if b != nil {
		return des.Calendar{}, fmt.Errorf("the time zone %s; %s", b.Rule, b.Remedy)
	}
	return z.calendar(at.Unix(), duration), nil
}

// calendar returns the calendar of a run: every change of the UTC offset in it,
// to the second, and for a day beyond.
func (z zone) calendar(start int64, duration des.Duration) des.Calendar {
	at := time.Unix(start, 0).In(z.loc)
	_, off := at.Zone()
	cal := des.Calendar{Zone: z.loc.String(), Start: start, Offsets: []des.Offset{{From: 0, Seconds: off}}}
	last := start + int64(duration/des.Second) + 2*86400
	for {
		_, end := at.ZoneBounds()
		// On the last day of a leap year beyond the zone's table (2037) the bound is not
		// after the instant: package time takes the year for 365 days. Nothing changes then.
		if !end.IsZero() && !end.After(at) {
			end = at.Add(time.Hour)
		}
		if end.IsZero() || end.Unix() > last {
			return cal
		}
		at = end
		if _, next := end.Zone(); next != off {
			off = next
			cal.Offsets = append(cal.Offsets, des.Offset{From: des.Time(end.Unix()-start) * des.Time(des.Second), Seconds: off})
		}
	}
}

// civil reads a local date-time or date.
func civil(n *form.Node) (time.Time, *form.Mistake) {
	const remedy = "write a local date-time without quotes and offset: 2026-03-02T00:00:00"
	v, ok := n.Scalar.(time.Time)
	if text, _ := n.Scalar.(string); !ok && noDay(text) {
		return time.Time{}, form.Wrong("write a day that the month has", "is not in the calendar: %q", text)
	}
	if !ok {
		return time.Time{}, form.Wrong(remedy, "must be a local date-time, not %s", n.Text())
	}
	switch v.Location().String() {
	case "datetime-local", "date-local":
	case "time-local":
		return time.Time{}, form.Wrong(remedy, "has no date: %s", n.Text())
	default:
		return time.Time{}, form.Wrong(remedy+"; the zone is the key timezone", "carries a UTC offset: %s", n.Text())
	}
	if v.Year() < 1970 || v.Year() > 2200 {
		return time.Time{}, form.Wrong("", "must be in the years 1970 to 2200, not %s", n.Text())
	}
	return v, nil
}

// instant resolves a local date-time to Unix seconds.
func (z zone) instant(n *form.Node, v time.Time) (at int64, repeated bool, b *form.Mistake) {
	u := z.unix(v)
	switch len(u) {
	case 0:
		return 0, false, form.Wrong("choose a time before or after the missing hour", "does not exist: clocks in %s skip %s", z.loc, v.Format("15:04 on 2 Jan 2006"))
	case 1:
		return u[0], false, nil
	}
	return u[0], true, nil
}

// clockSecond reads "15:40" or "15:40:30" as seconds of the day.
func clockSecond(s string) (int, *form.Mistake) {
	parts := strings.Split(s, ":")
	if len(parts) == 2 || len(parts) == 3 {
		total, unit := 0, 3600
		for i, p := range parts {
			v, err := strconv.Atoi(p)
			if err != nil || len(p) != 2 || v < 0 || v > 59 || i == 0 && v > 23 {
				return 0, form.Wrong(`write "03:00"`, "is not a time of day: %q", s)
			}
			total += v * unit
			unit /= 60
		}
		return total, nil
	}
	return 0, form.Wrong(`write "03:00"`, "is not a time of day: %q", s)
}
