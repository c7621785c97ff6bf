package chart

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"asgsim/report"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

func labels(ticks []plot.Tick) string {
	var out []string
	for _, t := range ticks {
		out = append(out, strings.ReplaceAll(t.Label, "\n", " "))
	}
	return strings.Join(out, " | ")
}

func TestTimeTicks(t *testing.T) {
	const hour, day = 3600.0, 86400.0
	berlin := des.Calendar{Zone: "Europe/Berlin", Start: 1774738800, // Sun 29 Mar 2026, 00:00, the day that lacks an hour
		Offsets: []des.Offset{{Seconds: 3600}, {From: des.Time(2 * des.Hour), Seconds: 7200}}}
	autumn := des.Calendar{Zone: "Europe/Berlin", Start: 1792879200, // Sun 25 Oct 2026, 00:00, the day with one more
		Offsets: []des.Offset{{Seconds: 7200}, {From: des.Time(3 * des.Hour), Seconds: 3600}}}
	noon := des.Calendar{Zone: "UTC", Start: 1774738800 + 13*3600 + 600} // Sun 12:10
	winter := des.Calendar{Start: 1797206400}                            // Mon 14 Dec 2026, 00:00
	january := des.Calendar{Start: 1767571200}                           // Mon 5 Jan 2026, 00:00
	for _, c := range []struct {
		name     string
		cal      des.Calendar
		min, max float64
		want     string
	}{
		{"a day that lacks an hour", berlin, 0, 23 * hour, "00:00 Sun 29 Mar | 03:00 | 04:00 | 06:00 | 08:00 | 10:00 | 12:00 | 14:00 | 16:00 | 18:00 | 20:00 | 22:00 | 00:00 Mon 30 Mar"},
		{"a day with one more", autumn, 0, 25 * hour, "00:00 Sun 25 Oct | 02:00 | 04:00 | 06:00 | 08:00 | 10:00 | 12:00 | 14:00 | 16:00 | 18:00 | 20:00 | 22:00 | 00:00 Mon 26 Oct"},
		{"from noon", noon, 0, 20 * hour, "14:00 Sun 29 Mar | 16:00 | 18:00 | 20:00 | 22:00 | 00:00 Mon 30 Mar | 02:00 | 04:00 | 06:00 | 08:00"},
		{"ten minutes", noon, 0, 600, "12:10 Sun 29 Mar | 12:11 | 12:12 | 12:13 | 12:14 | 12:15 | 12:16 | 12:17 | 12:18 | 12:19 | 12:20"},
		{"a minute", noon, 0, 60, "12:10:00 Sun 29 Mar | 12:10:10 | 12:10:20 | 12:10:30 | 12:10:40 | 12:10:50 | 12:11:00"},
		{"a fortnight", berlin, 0, 14*day - hour, "Sun 29 Mar | Tue 31 Mar | Thu 2 Apr | Sat 4 Apr | Mon 6 Apr | Wed 8 Apr | Fri 10 Apr | Sun 12 Apr"},
		{"six weeks", berlin, 0, 42*day - hour, "29 Mar 2026 | 5 Apr | 12 Apr | 19 Apr | 26 Apr | 3 May | 10 May"},
		{"six weeks over a new year", winter, 0, 42 * day, "14 Dec 2026 | 21 Dec | 28 Dec | 4 Jan 2027 | 11 Jan | 18 Jan | 25 Jan"},
		{"a year", january, 0, 365 * day, "Feb 2026 | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec | Jan 2027"},
		{"two years", january, 0, 730 * day, "Mar 2026 | May | Jul | Sep | Nov | Jan 2027 | Mar | May | Jul | Sep | Nov | Jan 2028"},
		{"three years", january, 0, 1096 * day, "Apr 2026 | Jul | Oct | Jan 2027 | Apr | Jul | Oct | Jan 2028 | Apr | Jul | Oct | Jan 2029"},
		{"twenty years", january, 0, 20 * 365.25 * day, "Jan 2028 | Jan 2030 | Jan 2032 | Jan 2034 | Jan 2036 | Jan 2038 | Jan 2040 | Jan 2042 | Jan 2044 | Jan 2046"},
	} {
		got := labels(timeTicks(&c.cal, dataRight-dataLeft)(c.min, c.max))
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestValueTicks(t *testing.T) {
	for _, c := range []struct {
		name string
		got  []plot.Tick
		want string
	}{
		{"counts from zero", linearTicks(5, printInstances)(0, 27.8), "0 | 10 | 20"},
		{"few instances", linearTicks(5, printInstances)(0, 3.5), "0 | 1 | 2 | 3"},
		{"money", linearTicks(3, report.Money)(0, 2.1), "$0.00 | $1.00 | $2.00"},
		{"shares", linearTicks(2, report.Percent)(0, 1), "0 % | 50 % | 100 %"},
		{"latency", logTicks(report.Latency)(0.02, 5), "20 ms | 50 ms | 100 ms | 200 ms | 500 ms | 1 s | 2 s | 5 s"},
		{"latency over six decades", logTicks(report.Latency)(0.0001, 10), "100 µs | 1 ms | 10 ms | 100 ms | 1 s | 10 s"},
	} {
		if got := labels(c.got); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// The distances between labels ascend; each part of a day is a whole part of it, so that
// labels fall on the same times every day.
func TestTimeStepsAscend(t *testing.T) {
	steps := timeSteps()
	for i, s := range steps {
		if s <= 0 || i > 0 && s <= steps[i-1] || s < 86400 && 86400%s != 0 || s > 86400 && s%86400 != 0 {
			t.Errorf("%d s after %v", s, steps[:i])
		}
	}
	if steps[0] != 1 || steps[len(steps)-1] != 364*86400 {
		t.Errorf("from %d s to %d s", steps[0], steps[len(steps)-1])
	}
}

// A label needs 44 points, one with a date or seconds 52.
func TestTimeStepHasRoom(t *testing.T) {
	for _, row := range []struct {
		span float64
		room vg.Length
		want int
	}{{3600, 44 * 12, 300}, {3600, 44*12 - 1, 600}, {60, 52 * 6, 10}, {60, 52*6 - 1, 15}, {10 * 86400, 52 * 10, 86400}, {10 * 86400, 52*10 - 1, 2 * 86400}, {1e12, 100, 364 * 86400}} {
		if got := timeStep(row.span, row.room); got != row.want {
			t.Errorf("%g s on %v points: %d s, want %d", row.span, row.room, got, row.want)
		}
	}
}

// Round values at or above a raw step, and the values 1, 2, 5 around one.
func TestNiceSteps(t *testing.T) {
	for _, row := range []struct {
		raw   float64
		whole bool
		want  float64
	}{{0.9, false, 1}, {1, false, 1}, {1.1, false, 2}, {2.1, false, 2.5}, {2.1, true, 5}, {2.6, false, 5}, {5.1, false, 10}, {0.3, true, 1}, {0.3, false, 0.5}, {23, true, 25}, {0.021, false, 0.025}} {
		if got := niceStep(row.raw, row.whole); math.Abs(got-row.want) > 1e-12 {
			t.Errorf("%g, whole %v: %g, want %g", row.raw, row.whole, got, row.want)
		}
	}
	for v, want := range map[float64][2]float64{1: {1, 1}, 3: {2, 5}, 7: {5, 10}, 0.05: {0.05, 0.05}, 0.012: {0.01, 0.02}, 99: {50, 100}} {
		if lo, hi := log125(v); math.Abs(lo-want[0]) > 1e-12 || math.Abs(hi-want[1]) > 1e-12 {
			t.Errorf("around %g: %g and %g, want %v", v, lo, hi, want)
		}
	}
}

// The palette of Okabe and Ito as they publish it (Color Universal Design, 2008): sky blue,
// orange, bluish green, blue, vermilion, reddish purple. States never share a colour that
// may stand beside each other.
func TestPalette(t *testing.T) {
	for name, pair := range map[string][2]uint32{"orange": {orange, 0xe69f00}, "sky": {sky, 0x56b4e9}, "green": {green, 0x009e73}, "blue": {blue, 0x0072b2}, "vermilion": {vermilion, 0xd55e00}, "purple": {purple, 0xcc79a7}} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %06x, want %06x", name, pair[0], pair[1])
		}
	}
	if c := rgb(vermilion); c.R != 0xd5 || c.G != 0x5e || c.B != 0 || c.A != 255 || fade(c, 0.5).A != 128 {
		t.Errorf("%+v", c)
	}
	seen := map[string]record.State{}
	for s := record.Pending; s <= record.WarmedStopped; s++ {
		c := hue(stateColour(s))
		if other, ok := seen[c]; ok {
			t.Errorf("%v has the colour of %v", s, other)
		}
		seen[c] = s
	}
}
