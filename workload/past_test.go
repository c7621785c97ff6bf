package workload

import (
	"math"
	"testing"

	"asgsim/sim/des"
)

// What a curve says about the time before the start is what it says a week later.
func TestCurvesHaveAPast(t *testing.T) {
	cal := &des.Calendar{Offsets: []des.Offset{{}}}
	hour := des.Time(des.Hour)
	var week []float64
	for i := range 168 {
		week = append(week, float64(1+i%24))
	}
	bins := BinList{{0, 6 * hour, 3}, {6 * hour, 24 * hour, 7}}
	for name, c := range map[string]Curve{
		"constant":  ConstantRate(5),
		"day-night": DayNight{Trough: 1, Peak: 9, TroughAt: 3 * 3600, PeakAt: 14 * 3600, Weekend: 0.5}.Curve(cal, 30*des.Day),
		"hourly":    Hourly{Rates: week}.Curve(cal, 30*des.Day),
		"repeated":  Trace{Bins: bins, Repeat: des.Day}.Curve(30 * des.Day),
		"noisy":     ScaleCurve(Growth(ConstantRate(5), 0, des.Day), 2),
	} {
		if Since(c) > -14*24*hour {
			t.Errorf("%s is known since %v only", name, Since(c))
		}
		for h := -14 * 24; h < -24; h++ {
			from := des.Time(h) * hour
			before, after := c.Integral(from, from+hour), c.Integral(from+21*24*hour, from+21*24*hour+hour)
			if math.Abs(before-after) > 1e-6*(1+after) {
				t.Fatalf("%s: hour %d has %v, three weeks later %v", name, h, before, after)
			}
		}
	}
}

func TestATraceIsItsOwnPast(t *testing.T) {
	hour := des.Time(des.Hour)
	early := Trace{Bins: BinList{{-30 * hour, -10 * hour, 2}, {-10 * hour, 5 * hour, 4}}}.Curve(des.Day)
	if Since(early) != -30*hour || early.Integral(-40*hour, -30*hour) != 0 || early.Integral(-12*hour, -9*hour) != 3600*8 || early.Integral(4*hour, 9*hour) != 3600*4 {
		t.Errorf("a trace from before the start: since %v", Since(early))
	}
	late := Trace{Bins: BinList{{2 * hour, 5 * hour, 4}}}.Curve(des.Day)
	if Since(late) != 0 || late.Integral(-hour, 3*hour) != 3600*4 {
		t.Errorf("a trace of the run: since %v", Since(late))
	}
	if c := ScaleCurve(Noise(early, 0.1, des.Minute, 1, "x"), 2); Since(c) != -30*hour {
		t.Errorf("under factors: since %v", Since(c))
	}
}
