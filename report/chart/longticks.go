package chart

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"asgsim/sim/des"
)

// dateRoom is the room that a date without its weekday takes on an axis.
const dateRoom = vg.Length(40)

// longTicks labels a time axis of more than four weeks: every seventh day with its date
// where there is room for it, else the beginnings of months, of quarters or of years; the
// year on a second line at the first label and where it changes.
func longTicks(cal *des.Calendar, lo, hi float64, width vg.Length) []plot.Tick {
	from, to := cal.Local(seconds(lo)), cal.Local(seconds(hi))
	scale := width / vg.Length(hi-lo)
	weekly := 7*86400*scale >= dateRoom
	months := 1
	for _, m := range []int{2, 3, 6, 12, 24, 60} {
		if 28*86400*scale*vg.Length(months) < dateRoom {
			months = m
		}
	}
	var out []plot.Tick
	last := 0
	for day := from.Day; day <= to.Day; day++ {
		t := cal.At(day, 0).Seconds()
		at := cal.Local(seconds(t))
		y, m, d := at.Date()
		_, label, _ := strings.Cut(at.ShortDate(), " ") // "6 Apr"
		if weekly {
			if (day-from.Day)%7 != 0 {
				continue
			}
		} else {
			if d != 1 || (12*y+m-1)%months != 0 {
				continue
			}
			_, label, _ = strings.Cut(label, " ")
		}
		if t < lo || t > hi {
			continue
		}
		if y != last {
			label += fmt.Sprintf("\n%d", y)
			last = y
		}
		out = append(out, plot.Tick{Value: t, Label: label})
	}
	return out
}
