package chart

import (
	"math"

	"asgsim/sim/des"
)

// longRun is the duration beyond which minutes are no longer drawn one by one: a day then
// has fewer than 60 of the 1,568 pixels of a panel, and its ups and downs run into a block.
const longRun = 28 * des.Day

// stretches cuts a long run into days by the local clock, or into weeks of seven where it
// has so many days that they would be thinner than a pixel. It returns the edges, in
// seconds, from 0 to end, and what a stretch is called. The first and the last may be
// parts; a part of less than half belongs to the stretch beside it.
func stretches(cal *des.Calendar, end float64) (edges []float64, name string) {
	length := int64(1)
	name = "day"
	if end/86400 > float64((dataRight-dataLeft)/pixel) {
		length, name = 7, "week"
	}
	edges = []float64{0}
	half := float64(length) * 43200
	for day := cal.Local(0).Day + 1; ; day += length {
		t := cal.At(day, 0).Seconds()
		if t > end-half {
			return append(edges, end), name
		}
		if t >= half {
			edges = append(edges, t)
		}
	}
}

func seconds(v float64) des.Time { return des.Time(math.Round(v * float64(des.Second))) }
