package chart

import (
	"math"
	"testing"

	"asgsim/sim/des"
)

// berlinSpring starts on Mon 16 Mar 2026 at 00:00; on Sun 29 Mar an hour is missing.
func berlinSpring() *des.Calendar {
	return &des.Calendar{Zone: "Europe/Berlin", Start: 1773615600, Offsets: []des.Offset{{Seconds: 3600}, {From: des.Time(13*des.Day + 2*des.Hour), Seconds: 7200}}}
}

// A group whose size is the hour of the week by the wall clock has that hour's size in the
// average week, before and after the clocks change. In one of four weeks it has ten more:
// the mean is 2.5 higher, and as that is more than a tenth of the time the band reaches it.
func TestAverageWeek(t *testing.T) {
	cal := berlinSpring()
	const weeks = 4
	end := cal.At(cal.Local(0).Day+7*weeks, 0).Seconds()
	var size, load []step
	for day := range int64(7 * weeks) {
		for h := range 24 {
			at := cal.At(cal.Local(0).Day+day, h*3600).Seconds()
			hour := float64(int(day)%7*24 + h)
			v := hour
			if day >= 21 {
				v += 10
			}
			if n := len(size); n > 0 && size[n-1].x == at { // the hour that is missing
				size, load = size[:n-1], load[:n-1]
			}
			size, load = append(size, step{at, v}), append(load, step{at, 2 * hour})
		}
	}
	w := averageWeek(cal, size, load, 0, end)
	for h := range weekHours {
		v := float64(h)
		mean := v + 2.5
		if h == 6*24+2 { // Sunday's third hour was there in three weeks
			mean = v + 10./3
		}
		if math.Abs(w.mean[h]-mean) > 1e-9 || w.low[h] != v || w.high[h] != v+10 || math.Abs(w.load[h]-2*v) > 1e-9 {
			t.Errorf("hour %d: mean %g, 10 %% %g, 90 %% %g, load %g; want %g, %g, %g, %g", h, w.mean[h], w.low[h], w.high[h], w.load[h], mean, v, v+10, 2*v)
		}
	}
}

// What holds for less than a tenth of an hour's time is beyond its band but in its mean;
// what comes before the warm-up's end does not count, and hours that are not there have no
// value.
func TestAverageWeekCounts(t *testing.T) {
	cal := &des.Calendar{Start: 4 * 86400} // Mon 5 Jan 1970
	w := averageWeek(cal, []step{{0, 50}, {1800, 2}, {1800 + 171, 9}, {1800 + 342, 4}}, []step{{0, 8}, {2700, 16}}, 1800, 5400)
	if got, want := w.mean[0], (171*2+171*9+1458*4)/1800.; math.Abs(got-want) > 1e-9 {
		t.Errorf("mean %g, want %g", got, want)
	}
	if w.low[0] != 4 || w.high[0] != 4 { // 2 holds 9.5 % of the time, and so does 9
		t.Errorf("from %g to %g, want 4", w.low[0], w.high[0])
	}
	if w.load[0] != 12 || w.load[1] != 16 || w.mean[1] != 4 {
		t.Errorf("load %g and %g, then %g in service", w.load[0], w.load[1], w.mean[1])
	}
	if !math.IsNaN(w.mean[2]) || !math.IsNaN(w.low[2]) || !math.IsNaN(w.load[2]) {
		t.Error("an hour that the run does not have has values")
	}
}

// The panel: the band, its mean, the load behind on an axis of its own, days named.
func TestWeekPanel(t *testing.T) {
	w := &week{}
	for h := range weekHours {
		w.mean[h], w.low[h], w.high[h], w.load[h] = 3, 2, 5, 98
	}
	d := drawOn(1, 1)
	weekPanel(d.page, w, 50, 250, "instances", "requests/s")
	_, y, right := w.axes()
	from, to := float64(dataLeft-50)/600, float64(dataRight-50)/600 // of the drawing's width
	same(t, "band", []box{{from, to, 2 / y.Max, 5 / y.Max}}, d.boxes(bandColour())[:1])
	same(t, "load", box{from, to, 0, 0.98}, d.boxes(rgb(mist))[0])
	same(t, "right axis", 100.0, right.Max)
	same(t, "left axis", 5.8, y.Max)
	for _, word := range []string{"The average week, instances", "Mon", "Sun", "12:00", "in service, 10 to 90 % of the time", "50/s"} {
		if _, ok := d.find(word); !ok {
			t.Errorf("no %q in %q", word, d.words())
		}
	}
}
