package chart

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// A line breaks where there is no value, is cut at the panel's edge, and is one line
// though it is stroked in pieces.
func TestLinesBreakWhereThereIsNoValue(t *testing.T) {
	d := drawOn(100, 10)
	d.line([]xy{{0, 1}, {10, 2}, {20, math.NaN()}, {30, 3}, {40, math.Inf(1)}, {50, 4}, {60, 5}, {70, 15}}, stroke(rgb(green), 1))
	same(t, "pieces", [][]xy{{{0, 1}, {10, 2}}, {{50, 4}, {60, 5}, {65, 10}}}, d.lines(green))
	d = drawOn(1000, 10)
	var zigzag []xy
	for i := range 150 {
		zigzag = append(zigzag, xy{float64(i * 5), float64(i % 2)})
	}
	d.line(zigzag, stroke(rgb(green), 1))
	var all []xy
	for i, piece := range d.lines(green) {
		if len(piece) > strokePiece {
			t.Errorf("a piece of %d points", len(piece))
		}
		if i > 0 && piece[0] != all[len(all)-1] {
			t.Errorf("a gap before %v", piece[0])
		}
		all = append(all, piece...)
	}
	if all[0] != zigzag[0] || all[len(all)-1] != zigzag[149] {
		t.Errorf("from %v to %v", all[0], all[len(all)-1])
	}
	d = drawOn(1000, 10)
	d.line(zigzag, stroke(rgb(green), 1, 4, 2)) // dashes go on from piece to piece
	if got := d.lines(green); len(got) != 1 || len(got[0]) != 150 {
		t.Errorf("%d dashed pieces", len(got))
	}
}

// An area stands on the axis; one point has none.
func TestArea(t *testing.T) {
	d := drawOn(100, 10)
	d.area([]xy{{10, 3}, {20, 5}, {30, math.NaN()}, {40, 1}}, rgb(green))
	_, areas, _ := d.marks()
	same(t, "area", []filled{{hue(rgb(green)), []xy{{10, 0}, {10, 3}, {20, 5}, {20, 0}}}}, areas)
}

// On a log axis a zero lies below the panel, not nowhere.
func TestZeroOnALogAxis(t *testing.T) {
	d := drawOn(100, 10)
	d.y = axis(0.01, 1, plot.LogScale{}, nil)
	if y := d.py(0); y != d.py(0.005) || y >= d.rect.Min.Y {
		t.Errorf("%v", y)
	}
	if got, want := d.py(0.1), (d.rect.Min.Y+d.rect.Max.Y)/2; math.Abs(float64(got-want)) > 1e-9 {
		t.Errorf("the middle of two decades is at %v, want %v", got, want)
	}
	if d.py(0.0075) <= d.py(0.005) {
		t.Error("a value down to half the least has its place")
	}
}

// The name of a rule stands at the left above it, unless a curve or a text is there: then
// at the right, then below. It leaves the panel neither at the foot nor far at the top.
func TestRuleIsNamedWhereNothingIsInTheWay(t *testing.T) {
	const name = "SLO"
	place := func(v float64, taken []box, curves ...[]xy) (horizontal, vertical string) {
		d := drawOn(600, 200) // one point a unit
		for _, b := range taken {
			d.taken = append(d.taken, vg.Rectangle{Min: vg.Point{X: d.px(b.from), Y: d.py(b.lo)}, Max: vg.Point{X: d.px(b.to), Y: d.py(b.hi)}})
		}
		d.rule(v, name, ink, curves...)
		same(t, "rule", [][]xy{{{0, v}, {600, v}}}, d.lines(ink))
		got, ok := d.find(name)
		if !ok {
			return "none", ""
		}
		horizontal, vertical = "left", "above"
		if got.at.x > 300 {
			horizontal = "right"
		}
		if got.at.y < v {
			vertical = "below"
		}
		return horizontal, vertical
	}
	left, right := []xy{{0, 105}, {40, 105}}, []xy{{560, 105}, {600, 105}}
	for what, row := range map[string]struct {
		v          float64
		taken      []box
		curves     [][]xy
		horizontal string
		vertical   string
	}{
		"free": {v: 100, horizontal: "left", vertical: "above"}, "a curve at the left": {v: 100, curves: [][]xy{left}, horizontal: "right", vertical: "above"},
		"curves above":           {v: 100, curves: [][]xy{left, right}, horizontal: "left", vertical: "below"},
		"a text against a curve": {v: 100, taken: []box{{0, 30, 100, 110}, {570, 600, 100, 110}, {0, 30, 90, 99}}, curves: [][]xy{{{560, 95}, {600, 95}}}, horizontal: "right", vertical: "below"},
		"at the top":             {v: 200, horizontal: "left", vertical: "below"}, "at the foot": {v: 2, taken: []box{{0, 30, 2, 20}}, horizontal: "right", vertical: "above"},
	} {
		if h, v := place(row.v, row.taken, row.curves...); h != row.horizontal || v != row.vertical {
			t.Errorf("%s: %s %s, want %s %s", what, h, v, row.horizontal, row.vertical)
		}
	}
}

// What is counted in the way: each piece of a curve within the box, and texts far more.
func TestCrossings(t *testing.T) {
	d := drawOn(600, 200)
	in := func(b box) vg.Rectangle {
		return vg.Rectangle{Min: vg.Point{X: d.px(b.from), Y: d.py(b.lo)}, Max: vg.Point{X: d.px(b.to), Y: d.py(b.hi)}}
	}
	at := in(box{100, 200, 50, 60})
	for what, row := range map[string]struct {
		curve []xy
		want  int
	}{
		"within": {[]xy{{110, 55}, {120, 55}, {130, 55}}, 2}, "across": {[]xy{{150, 0}, {150, 200}}, 1}, "above": {[]xy{{110, 61}, {190, 61}}, 0},
		"below": {[]xy{{110, 49}, {190, 49}}, 0}, "before": {[]xy{{0, 55}, {99, 55}}, 0}, "after": {[]xy{{201, 55}, {300, 55}}, 0}, "from outside": {[]xy{{0, 55}, {300, 55}}, 1},
	} {
		if got := d.crossings(at, [][]xy{row.curve}); got != row.want {
			t.Errorf("%s: %d, want %d", what, got, row.want)
		}
	}
	d.taken = []vg.Rectangle{in(box{190, 300, 55, 70}), in(box{201, 300, 0, 100})}
	if got := d.crossings(at, nil); got != 1000 {
		t.Errorf("one text in the way counts %d", got)
	}
	d.note(vg.Point{X: d.px(300), Y: d.py(100)}, "note", ink, text.YBottom)
	if last := d.taken[len(d.taken)-1]; last.Min.X != d.px(300) || last.Max.Y <= d.py(100) {
		t.Errorf("a note does not keep its place: %v", last)
	}
}

// Boxes overlap if both their sides do; touching is not overlapping.
func TestOverlap(t *testing.T) {
	square := func(x, y vg.Length) vg.Rectangle {
		return vg.Rectangle{Min: vg.Point{X: x, Y: y}, Max: vg.Point{X: x + 10, Y: y + 10}}
	}
	for _, row := range []struct {
		x, y vg.Length
		want bool
	}{{0, 0, true}, {9, 9, true}, {-9, -9, true}, {10, 0, false}, {-10, 0, false}, {0, 10, false}, {0, -10, false}, {5, 20, false}, {5, -20, false}, {20, 5, false}, {-20, 5, false}} {
		if got := overlap(square(0, 0), square(row.x, row.y)); got != row.want {
			t.Errorf("at %v, %v: %v", row.x, row.y, got)
		}
	}
}

// A disc stands above its foot, beside it where something is in the way, below where
// there is no room above.
func TestPlaceOfADisc(t *testing.T) {
	const r = 5
	d := drawOn(600, 200)
	foot := vg.Point{X: d.px(300), Y: d.py(100)}
	if got := d.place(foot, r); got != (vg.Point{X: foot.X, Y: foot.Y + 10}) {
		t.Errorf("free: %v from %v", got, foot)
	}
	d.taken = []vg.Rectangle{square(vg.Point{X: foot.X, Y: foot.Y + 10}, r)}
	if got := d.place(foot, r); got != (vg.Point{X: foot.X + 13, Y: foot.Y + 10}) {
		t.Errorf("one there: %v from %v", got, foot)
	}
	d.taken = nil
	top := vg.Point{X: d.px(300), Y: d.rect.Max.Y - 2}
	if got := d.place(top, r); got != (vg.Point{X: top.X, Y: top.Y - 10}) {
		t.Errorf("at the top: %v from %v", got, top)
	}
	edge := vg.Point{X: d.rect.Max.X, Y: d.py(100)}
	if got := d.place(edge, r); got.X >= d.rect.Max.X-r || got.Y != edge.Y+10 {
		t.Errorf("at the edge: %v from %v", got, edge)
	}
	edge.X = d.rect.Min.X
	if got := d.place(edge, r); got.X <= d.rect.Min.X+r || got.Y != edge.Y+10 {
		t.Errorf("at the left edge: %v from %v", got, edge)
	}
}

// A legend that is wider than its room goes on in the next row, an entry a row at least.
func TestFold(t *testing.T) {
	keys := []key{{name: "the longest"}, {name: "two", area: true}, {name: "three", mark: true}}
	w := [3]vg.Length{keys[0].width(), keys[1].width(), keys[2].width()}
	font := face(sizeTick, false, ink)
	for i, sample := range []vg.Length{13, 10, 8} { // a piece of line, a swatch, a cross
		if want := sample + 4 + font.Width(keys[i].name); w[i] != want {
			t.Errorf("%s is %v wide, want %v", keys[i].name, w[i], want)
		}
	}
	for width, want := range map[vg.Length]string{1000: "the longest two three", w[0] + legendGap + w[1]: "the longest two|three", w[0] + legendGap + w[1] - 0.1: "the longest|two three", 1: "the longest|two|three"} {
		var rows []string
		for _, row := range fold([][]key{keys}, width) {
			rows = append(rows, strings.Join(names(row), " "))
		}
		if got := strings.Join(rows, "|"); got != want {
			t.Errorf("in %v: %s, want %s", width, got, want)
		}
	}
}

// Entries of a legend stand side by side, each name behind its sample; more rows lift
// the title, and each stands a line below the one before.
func TestTitleAndLegend(t *testing.T) {
	d := drawOn(600, 200)
	d.title("Title", []key{{name: "line", style: stroke(rgb(green), 1)}, swatch("area", rgb(orange))}, []key{{name: "fault", mark: true}})
	_, _, texts := d.marks()
	at := map[string]xy{}
	for _, w := range texts {
		at[w.text] = w.at
	}
	if at["Title"].y <= 208 || at["line"].y <= at["fault"].y || math.Abs(at["line"].y-at["fault"].y-14) > 0.01 || math.Abs(at["Title"].y-208-14) > 3 {
		t.Errorf("%v", at)
	}
	if at["area"].x < at["line"].x+float64(face(sizeTick, false, ink).Width("line"))+10 || at["line"].x <= at["fault"].x {
		t.Errorf("%v", at)
	}
	line := d.lines(green)[0]
	if len(line) != 2 || line[1].x-line[0].x != 13 || line[1].x >= at["line"].x || line[0].y != line[1].y {
		t.Errorf("sample %v before %v", line, at["line"])
	}
	if cross := d.lines(ink); len(cross) != 2 || cross[0][1].x >= at["fault"].x || cross[0][0].x <= 0 { // the two strokes of a fault's sample
		t.Errorf("%v before %v", cross, at["fault"])
	}
	if b := d.boxes(rgb(orange)); len(b) != 1 || math.Abs(b[0].to-b[0].from-10) > 1e-6 || b[0].to >= at["area"].x {
		t.Errorf("swatch %v before %v", b, at["area"])
	}
}

// The grid and both axes stand at their ticks, and only a labelled axis has names.
func TestGridAndAxis(t *testing.T) {
	d := drawOn(600, 200)
	d.x.Tick.Marker = plot.ConstantTicks{{Value: 100, Label: "12:00\nMon"}}
	d.y.Tick.Marker = plot.ConstantTicks{{Value: 50, Label: "fifty"}}
	d.grid()
	same(t, "grid", [][]xy{{{100, 0}, {100, 200}}, {{0, 50}, {600, 50}}}, d.lines(mist))
	if got, _ := d.find("fifty"); got.at.x >= 0 || math.Abs(got.at.y-50) > 4 {
		t.Errorf("%+v", got)
	}
	d.base(false)
	same(t, "unlabelled", []string{"fifty"}, d.words())
	d.base(true)
	hour, _ := d.find("12:00")
	day, _ := d.find("Mon")
	if hour.at.y >= 0 || math.Abs(hour.at.y-day.at.y-10) > 0.01 || hour.at.x >= 100 || hour.at.x < 80 {
		t.Errorf("%+v above %+v", hour, day)
	}
	axis := d.lines(axisGrey)
	same(t, "axis", [][]xy{{{0, 0}, {600, 0}}, {{100, 0}, {100, -3}}}, axis[:2])
	d = drawOn(600, 200)
	d.x.Min = 100
	d.x.Tick.Marker = plot.TickerFunc(func(lo, hi float64) []plot.Tick {
		return []plot.Tick{{Value: lo, Label: "lo"}, {Value: hi, Label: "hi"}}
	})
	d.y.Tick.Marker = d.x.Tick.Marker
	d.grid()
	d.base(true)
	same(t, "ticks of the axes' ends", []string{"lo", "hi", "lo", "hi"}, d.words())
	_, _, ends := d.marks()
	if ends[0].at.y > 10 || ends[1].at.y < 190 || ends[2].at.x > 110 || ends[3].at.x < 590 {
		t.Errorf("%+v", ends)
	}
	d = drawOn(600, 200)
	d.x.Tick.Marker = plot.ConstantTicks{{Value: 100}}
	d.verticals()
	same(t, "verticals", [][]xy{{{100, 0}, {100, 200}}}, d.lines(mist))
}
