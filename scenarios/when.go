package scenarios

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"asgsim/scenarios/form"
	"asgsim/sim/des"
)

// clock reads a time of day.
func (d *decoder) clock(path string) (int, bool) {
	return take(d, path, func(n *form.Node, _ *Key) (int, *form.Mistake) {
		if v, ok := n.Scalar.(time.Time); ok && v.Location().String() == "time-local" {
			return v.Hour()*3600 + v.Minute()*60 + v.Second(), nil
		}
		s, b := form.Str(n, "a time of day")
		if b != nil {
			return 0, b
		}
		return clockSecond(s)
	})
}

var weekdayNames = [...]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

// when reads an instant of the run.
func (d *decoder) when(path string) (des.Time, bool) {
	var late bool
	at, ok := take(d, path, func(n *form.Node, _ *Key) (des.Time, *form.Mistake) {
		at, l, b := d.within(n)
		late = l
		return at, b
	})
	if late {
		d.warnLate(path)
	}
	return at, ok
}

// whens reads one instant or an array of them, and returns them ascending.
func (d *decoder) whens(path string) ([]des.Time, bool) {
	late := false
	at, ok := take(d, path, func(n *form.Node, _ *Key) ([]des.Time, *form.Mistake) {
		list := []*form.Node{n}
		if n.Array {
			list = n.List
		}
		if len(list) == 0 {
			return nil, form.Wrong(whenForms, "is empty")
		}
		var out []des.Time
		for _, e := range list {
			at, l, b := d.within(e)
			if b != nil {
				return nil, b
			}
			late = late || l
			out = append(out, at)
		}
		sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
		return out, nil
	})
	if late {
		d.warnLate(path)
	}
	return at, ok
}

// warnLate says that something comes after the end of a run that was shortened.
func (d *decoder) warnLate(path string) {
	d.Warn(path, "", "comes after the end of the run, which was shortened to %s: it does not happen", d.duration)
}

const whenForms = `write "Tue 10:30", "10:30" (the first such), a local date-time 2026-03-03T10:30:00, or the time since the start: "34h30m"`

// within reads an instant and checks that it is in the run. In a run that a
// variant or a --set has shortened it may come after the end, which is told.
func (d *decoder) within(n *form.Node) (at des.Time, late bool, b *form.Mistake) {
	at, b = d.parseWhen(n)
	if b != nil || d.zone.loc == nil {
		return 0, false, b
	}
	end := des.Time(0).Add(d.duration)
	if at >= 0 && (d.duration <= 0 || at < end) {
		return at, false, nil
	}
	if at >= end && d.shortened() {
		return at, true, nil
	}
	return 0, false, form.Wrong("", "is outside the run: %s; the run lasts from %s to %s", form.Unquoted(n.Text()), d.cal.RFC3339(0), d.cal.RFC3339(end))
}

// shortened reports whether something else than the file itself set when the run
// ends.
func (d *decoder) shortened() bool {
	if d.Reader == nil {
		return false // an instant asked about, of no file
	}
	for _, key := range [...]string{"duration", "start"} {
		if n := d.Find(key); n != nil && n.Origin != "" {
			return true
		}
	}
	return false
}

// parseWhen reads an instant in any of the forms of the format, on the clocks of
// the scenario.
func (d *decoder) parseWhen(n *form.Node) (des.Time, *form.Mistake) {
	if d.zone.loc == nil {
		return 0, nil // the zone or the start is wrong, which has been said
	}
	switch v := n.Scalar.(type) {
	case time.Time:
		return d.dated(n, v)
	case string:
		text := strings.TrimSpace(v)
		if second, b := clockSecond(text); b == nil {
			return d.firstClock(second), nil
		}
		if t, ok := dateText(text); ok {
			return d.dated(t, t.Scalar.(time.Time))
		}
		if noDay(text) {
			return 0, form.Wrong("write a day that the month has", "is not in the calendar: %q", v)
		}
		if day, clock, ok := strings.Cut(text, " "); ok {
			return d.weekdayTime(v, day, clock)
		}
		length, b := duration(text)
		if b != nil {
			return 0, form.Wrong(whenForms, "is not an instant: %q", v)
		}
		return des.Time(0).Add(length), nil
	}
	return 0, form.Wrong(whenForms, "is not an instant: %s", n.Text())
}

// dated resolves a date-time: with an offset it says its instant, without one it
// stands on the clocks of the zone; a time alone is the first such.
func (d *decoder) dated(n *form.Node, v time.Time) (des.Time, *form.Mistake) {
	switch v.Location().String() {
	case "datetime-local", "date-local":
	case "time-local":
		return d.firstClock(v.Hour()*3600 + v.Minute()*60 + v.Second()), nil
	default:
		if v.Year() < 1970 || v.Year() > 2200 {
			return 0, form.Wrong("", "must be in the years 1970 to 2200, not %s", n.Text())
		}
		return des.Time(v.Unix()-d.cal.Start) * des.Time(des.Second), nil
	}
	c, b := civil(n)
	if b != nil {
		return 0, b
	}
	u, _, b := d.zone.instant(n, c)
	return des.Time(u-d.cal.Start) * des.Time(des.Second), b
}

// firstClock returns the first instant of the run at which the clocks show a
// second of the day.
func (d *decoder) firstClock(second int) des.Time {
	day := d.cal.Local(0).Day
	if at := d.cal.At(day, second); at >= 0 {
		return at
	}
	return d.cal.At(day+1, second)
}

// dateText reads text that is a date-time, its seconds left out or not.
func dateText(text string) (*form.Node, bool) {
	if len(text) < 10 || text[4] != '-' {
		return nil, false
	}
	for _, full := range [...]string{text, text + ":00"} {
		n := form.Literal(strings.Replace(full, " ", "T", 1))
		if _, ok := n.Scalar.(time.Time); ok {
			return n, true
		}
	}
	return nil, false
}

// weekdayTime returns the first instant of the run at which it is that time of
// that weekday.
func (d *decoder) weekdayTime(all, day, clock string) (des.Time, *form.Mistake) {
	weekday := -1
	for i, w := range weekdayNames {
		if w == day {
			weekday = i
		}
	}
	second, b := clockSecond(strings.TrimSpace(clock))
	if weekday < 0 || b != nil {
		remedy := whenForms
		if len(day) >= 3 {
			for _, w := range weekdayNames {
				if strings.EqualFold(w, day[:3]) && b == nil {
					remedy = fmt.Sprintf("did you mean %q?", w+" "+clock)
				}
			}
		}
		return 0, form.Wrong(remedy, "is not an instant: %q", all)
	}
	first := d.cal.Local(0)
	for k := range int64(8) {
		if (int64(first.Weekday)+k)%7 != int64(weekday) {
			continue
		}
		if at := d.cal.At(first.Day+k, second); at >= 0 {
			return at, nil
		}
	}
	return 0, form.Wrong("", "is not in the run: %q", all)
}
