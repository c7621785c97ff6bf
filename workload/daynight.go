package workload

import "asgsim/sim/des"

// DayNight is a load that falls to a trough and rises to a peak once a local
// day.
//
// The curve is anchored at the instants when the local clock shows TroughAt and
// PeakAt; between two anchors it runs smoothly. A day of 23 or 25 hours
// therefore stretches the piece that holds the change of the clock; no hour is
// skipped and none is played twice. On Saturdays and Sundays both anchors are
// multiplied by Weekend, so that the curve passes over into the weekend, and out
// of it, without a jump.
type DayNight struct {
	Trough, Peak     float64 // requests per second
	TroughAt, PeakAt int     // seconds of the local day, 0 to 86,399, different
	Weekend          float64 // share of the weekday curve on Saturdays and Sundays; 1
	Plateau          bool    // long levels and short ramps instead of one wave
}

// plateauShare is the part of the way from anchor to anchor that a plateau stays
// level at either end; the rest is a straight ramp.
const plateauShare = 3

// Curve returns the load over a run of the given length, and over its [Past].
func (d DayNight) Curve(cal *des.Calendar, duration des.Duration) Curve {
	type anchor struct {
		at   des.Time
		rate float64
	}
	var anchors []anchor
	end := des.Time(0).Add(duration)
	for day := cal.Local(0).Day - 1 - int64(Past/des.Day); ; day++ {
		share := 1.0
		if w := weekday(day); w == 0 || w == 6 {
			share = d.Weekend
		}
		trough := anchor{cal.At(day, d.TroughAt), d.Trough * share}
		peak := anchor{cal.At(day, d.PeakAt), d.Peak * share}
		if d.TroughAt < d.PeakAt {
			anchors = append(anchors, trough, peak)
		} else {
			anchors = append(anchors, peak, trough)
		}
		if anchors[len(anchors)-2].at > end {
			break
		}
	}
	var list []piece
	for i := 1; i < len(anchors); i++ {
		a, b := anchors[i-1], anchors[i]
		if !d.Plateau {
			list = append(list, piece{a.at, b.at, cosine, a.rate, b.rate})
			continue
		}
		third := b.at.Sub(a.at) / plateauShare
		up, down := a.at.Add(third), b.at.Add(-third)
		list = append(list, piece{a.at, up, level, a.rate, a.rate},
			piece{up, down, linear, a.rate, b.rate}, piece{down, b.at, level, b.rate, b.rate})
	}
	p := newPieces(list)
	return &p
}

// weekday returns the weekday (0 = Sunday) of a day counted from 1 January 1970.
func weekday(day int64) int { return int(((day+4)%7 + 7) % 7) }
