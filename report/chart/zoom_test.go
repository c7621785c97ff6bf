package chart

import (
	"fmt"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"asgsim/report"
	"asgsim/report/story"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

const second = des.Time(des.Second)

// lives is a run of six hours whose instances change their state at the given seconds,
// one instance a list.
func lives(changes ...[]float64) *figure {
	res := &account.Result{Config: &record.Config{Duration: 6 * des.Hour}, Interval: des.Minute}
	for i, list := range changes {
		in := record.Instance{Ordinal: i, ID: fmt.Sprintf("i-%04d", i), Zone: "a", Marked: des.Never, Up: des.Never}
		for _, at := range list {
			in.Changes = append(in.Changes, record.StateChange{At: seconds(at), State: record.Ready})
		}
		res.Instances = append(res.Instances, in)
	}
	return &figure{&report.Document{Story: &story.Story{}}, res}
}

func (f *figure) moment(at float64, label string) {
	s := f.doc.Story
	s.Moments = append(s.Moments, story.Moment{N: len(s.Moments) + 1, At: seconds(at), Label: label})
}

func spansOf(zs []zoom) (out []span) {
	for _, z := range zs {
		out = append(out, z.span)
	}
	return out
}

// A moment's zoom is the 20 minutes around it, four before, trimmed to what changes in
// them with a minute before and two after, in whole minutes.
func TestZoomOnTheLiveliestMoment(t *testing.T) {
	f := lives([]float64{7085, 7100, 7210}, []float64{7190, 9000})
	f.moment(7200, "scale out")
	same(t, "zoom", []span{{7020, 7380}}, spansOf(f.zooms())) // 7085 - 60, 7210 + 120
	f.moment(14000, "scale in")
	f.res.Instances[1].Changes = append(f.res.Instances[1].Changes, record.StateChange{At: 13990 * second}, record.StateChange{At: 13995 * second},
		record.StateChange{At: 14005 * second}, record.StateChange{At: 14010 * second}, record.StateChange{At: 14015 * second})
	zs := f.zooms()
	same(t, "where more changes", []span{{13920, 14160}}, spansOf(zs))
	same(t, "its instances", []int{1}, zs[0].rows)
	if zs[0].name != "A" {
		t.Errorf("named %q", zs[0].name)
	}
	f.doc.Story.Moments[0].Label = "replace" // counts three times
	same(t, "where a few are replaced", []span{{7020, 7380}}, spansOf(f.zooms()))
}

// Three changes are not worth a zoom, nor is a run of under an hour.
func TestNoZoom(t *testing.T) {
	f := lives([]float64{7000, 7100, 7200})
	f.moment(7200, "scale out")
	if got := f.zooms(); got != nil {
		t.Errorf("three changes: %+v", got)
	}
	f = lives([]float64{1000, 1100, 1200, 1300})
	f.moment(1200, "scale out")
	f.res.Config.Duration = des.Hour
	if got := f.zooms(); len(got) != 1 {
		t.Errorf("an hour: %+v", got)
	}
	f.res.Config.Duration = des.Hour - des.Second
	if got := f.zooms(); got != nil {
		t.Errorf("less than an hour: %+v", got)
	}
}

// A fault's zoom runs from a minute before it to a minute after its replacement serves, at
// most half an hour; eight minutes if there is none. A scripted fault comes before a
// drawn one, and one that struck no instance has no zoom.
func TestZoomOnAFault(t *testing.T) {
	replaced := 400.0
	f := lives([]float64{100}, []float64{200})
	f.res.Faults = []record.Injection{{Name: "zone", At: 600 * second, Ordinal: -1}, {Name: "drawn", At: 3000 * second, Ordinal: 0}, {Name: "hang", At: 6000 * second, Ordinal: 1, Scripted: true}, {Name: "later", At: 9000 * second, Ordinal: 0, Scripted: true}}
	fault := func(what string, want span, ordinal int) {
		t.Helper()
		got, who, ok := f.faultSpan()
		if got != want || who != ordinal || !ok {
			t.Errorf("%s: %v of %d, %v; want %v of %d", what, got, who, ok, want, ordinal)
		}
	}
	fault("no replacement", span{5940, 6480}, 1)
	f.doc.Summary.Incidents = []account.Incident{{Fault: "hang", AtS: 5999, ReplaceS: new(float64)}, {Fault: "other", AtS: 6000, ReplaceS: new(float64)}, {Fault: "hang", AtS: 6000, ReplaceS: &replaced}}
	fault("replaced", span{5940, 6480}, 1) // 6000 + 400 + 60 = 6460
	replaced = 5000
	fault("replaced late", span{5940, 7800}, 1)
	f.res.Faults = f.res.Faults[:2]
	fault("drawn", span{2940, 3480}, 0)
	f.res.Faults = f.res.Faults[:1]
	if _, _, ok := f.faultSpan(); ok {
		t.Error("a fault without an instance has a zoom")
	}
}

// The zooms of a fault and of a moment do not overlap and are named in the order of time.
func TestTwoZooms(t *testing.T) {
	f := lives([]float64{9000, 9100, 9200, 9300}, []float64{3000, 3001, 3002, 3003, 3004})
	f.res.Faults = []record.Injection{{Name: "hang", At: 9000 * second, Ordinal: 0, Scripted: true}}
	f.moment(3000, "scale out")
	f.moment(9100, "replace")
	zs := f.zooms()
	same(t, "zooms", []span{{2940, 3180}, {8940, 9480}}, spansOf(zs))
	if zs[0].name != "A" || zs[1].name != "B" {
		t.Errorf("named %q, %q", zs[0].name, zs[1].name)
	}
}

// A zoom ends with the run and begins with it.
func TestZoomStaysInTheRun(t *testing.T) {
	f := lives([]float64{10, 20, 30, 40}, []float64{21590, 21591, 21592, 21593, 21594})
	f.moment(30, "scale out")
	same(t, "start", []span{{0, 180}}, spansOf(f.zooms()))
	f.moment(21590, "scale out")
	same(t, "end", []span{{21480, 21600}}, spansOf(f.zooms()))
	f.res.Config.Duration = des.Duration(21570 * second) // the run ends within a minute
	same(t, "clip", span{21540, 21570}, f.clip(span{21541, 21569}))
}

// An instance that a fault strikes has a row, though it goes on as it was; one that the
// fault passed by has none.
func TestZoomRowOfWhoGoesOn(t *testing.T) {
	f := lives([]float64{100}, []float64{200})
	z := span{5940, 6480}
	f.res.Faults = []record.Injection{{Name: "slow", At: 6000 * second, Ordinal: 1}, {Name: "slow", At: 6480 * second, Ordinal: 0}}
	same(t, "rows", []int{1}, f.zoom(z).rows)
	f.res.Faults[0].Skipped = "another fault ails the instance already"
	same(t, "rows without a strike", []int(nil), f.zoom(z).rows)
}

// Sixteen rows at most; a struck instance is among them.
func TestZoomRowsKeepTheStruck(t *testing.T) {
	var all [][]float64
	for range 20 {
		all = append(all, []float64{100})
	}
	f := lives(all...)
	f.res.Faults = []record.Injection{{Ordinal: 18}, {Ordinal: 3}}
	same(t, "rows", []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 18}, f.zoom(span{0, 200}).rows)
	same(t, "open ends", []int(nil), f.zoom(span{100, 200}).rows)
	f.res.Faults = nil
	if got := f.zoom(span{0, 200}).rows; got[15] != 15 {
		t.Errorf("without a fault: %v", got)
	}
}

// What was sent to a struck instance is shown in the zoom in which watching began, of
// that instance, with two points at least.
func TestWhatIsWatched(t *testing.T) {
	f := lives([]float64{100})
	mine := &record.Traffic{Ordinal: 0, From: 600 * second, Struck: []float64{1, 2}}
	for what, row := range map[string]struct {
		w    *record.Traffic
		z    span
		want bool
	}{
		"within": {mine, span{500, 700}, true}, "at the start": {mine, span{601, 700}, true}, "before": {mine, span{602, 700}, false}, "at the end": {mine, span{500, 600}, false},
		"another's": {&record.Traffic{Ordinal: 1, From: 600 * second, Struck: []float64{1, 2}}, span{500, 700}, false},
		"one point": {&record.Traffic{From: 600 * second, Struck: []float64{1}}, span{500, 700}, false},
	} {
		f.res.Traffic = []*record.Traffic{row.w}
		if got := f.watched(zoom{span: row.z}, 0).sent != nil; got != row.want {
			t.Errorf("%s: %v", what, got)
		}
	}
	if f.ordinal("i-0000") != 0 || f.ordinal("i-9999") != -1 {
		t.Error("ordinals")
	}
}

// A row is 22 points high, less where many stand below each other: 66 points for up to
// six, then 11 each. A strip of requests adds its title and its height.
func TestZoomHeights(t *testing.T) {
	for n, want := range map[int]vg.Length{1: 22, 3: 66, 6: 66, 7: 77, 16: 176} {
		z := zoom{rows: make([]int, n)}
		if got := z.height(); got != want {
			t.Errorf("%d rows: %v, want %v", n, got, want)
		}
		z.sent = &record.Traffic{}
		if got := z.height(); got != want+26+48 {
			t.Errorf("%d rows with requests: %v, want %v", n, got, want+74)
		}
	}
	f := lives()
	if got := f.zoomHeight([]zoom{{rows: make([]int, 7)}, {rows: make([]int, 2)}}); got != 77 {
		t.Errorf("the row of zooms is %v high, want that of its highest", got)
	}
	z := zoom{sent: &record.Traffic{Struck: []float64{3, 8}, Others: []float64{20, 4}}}
	if got := z.sentMost(); got != 23 {
		t.Errorf("the axis ends at %v, want 15 %% above 20", got)
	}
}

// Zoomed stretches are marked below the axis, with their names below them.
func TestZoomTags(t *testing.T) {
	f := lives()
	d := drawOn(6000, 100)
	f.zoomTags(d.panel, []zoom{{span: span{600, 1200}, name: "A"}, {span: span{5000, 5001}, name: "B"}})
	bars := d.boxes(rgb(ink))
	same(t, "bars", []box{{600, 1200, -2.5, -1}, {5000, 5020, -2.5, -1}}, bars) // two points wide at least
	for name, want := range map[string]float64{"zoom A": 900, "zoom B": 5000.5} {
		got, ok := d.find(name)
		half := float64(face(sizeNote, true, ink).Width(name)) * 10 / 2
		if middle := got.at.x + half; !ok || middle < want-20 || middle > want+20 || got.at.y > -3 {
			t.Errorf("%s: %+v, middle %g", name, got, middle)
		}
	}
	// At the panel's ends their names stay with it, half of them outside.
	d = drawOn(6000, 100)
	f.zoomTags(d.panel, []zoom{{span: span{0, 60}, name: "A"}, {span: span{5940, 6000}, name: "B"}})
	for name, want := range map[string]float64{"zoom A": 30, "zoom B": 5970} {
		got, _ := d.find(name)
		if middle := got.at.x + float64(face(sizeNote, true, ink).Width(name))*10/2; middle < want-20 || middle > want+20 {
			t.Errorf("%s: middle %g, want %g", name, middle, want)
		}
	}
}

// A zoom has a row for each instance that changes, named at the left, 22 points high at
// most; below the rows of a fault what was sent to the struck instance and to the others.
func TestRowsOfAZoom(t *testing.T) {
	f := lives([]float64{600}, []float64{700}, []float64{800})
	f.res.Instances[1].Zone = "eu-west-1b"
	w := &record.Traffic{Ordinal: 1, From: 600 * second, Interval: 60 * des.Second, Struck: []float64{8, 2}, Others: []float64{4, 6}}
	d := drawOn(0, 200)
	f.zoomRow(d.page, []zoom{{span: span{540, 900}, name: "A", rows: []int{0, 1}, sent: w}}, 40)
	at := map[string]vg.Rectangle{}
	for _, l := range d.page.labels {
		at[l.text] = l.box
	}
	first, next, strip := at["…0000 a"], at["…0001 b"], at["Requests"]
	if gap := first.Min.Y - next.Min.Y; gap != zoomRow || first.Max.X > dataLeft || first.Max.Y > d.page.down(40) || first.Min.Y < d.page.down(40)-zoomRow {
		t.Errorf("rows at %v and %v", first, next)
	}
	foot := d.page.down(40 + 2*zoomRow)
	if strip.Max.Y > foot || strip.Min.Y < foot-zoomBetween-2 {
		t.Errorf("the strip's title at %v, below rows that end at %v", strip, foot)
	}
	for _, name := range []string{"Zoom A: Thu 00:09 to 00:15, the instances that change", "to …0001", "to each of the others, mean", "ready"} {
		if _, ok := at[name]; !ok {
			t.Errorf("%q is not written: %v", name, at)
		}
	}
	if zero, five := at["0/s"], at["5/s"]; zero.Min.Y >= five.Min.Y {
		t.Errorf("the strip stands on its head: 0/s at %v, 5/s at %v", zero, five)
	}
	d = drawOn(0, 200)
	f.zoomRow(d.page, []zoom{{span: span{540, 900}, name: "A", rows: []int{0}}, {span: span{1200, 1500}, name: "B", rows: []int{1}}}, 40)
	x := map[string]vg.Length{}
	for _, l := range d.page.labels {
		x[fmt.Sprintf("%.6s", l.text)] = l.box.Min.X
	}
	if half := (dataRight - dataLeft - 70) / 2; x["Zoom A"] != dataLeft || x["Zoom B"] != dataLeft+half+70 {
		t.Errorf("side by side at %v", x)
	}
}

// The rows of a zoom share its height evenly, and are 22 points high at most.
func TestHeightOfAZoomsRows(t *testing.T) {
	for n, want := range map[int]vg.Length{2: 22, 9: 22, 10: 20, 20: 10} { // of the 200 points of the panel
		var changes [][]float64
		z := zoom{span: span{540, 900}, name: "A"}
		for i := range n {
			changes, z.rows = append(changes, []float64{600}), append(z.rows, i)
		}
		d := drawOn(6000, 100)
		lives(changes...).zoomPanel(d.panel, z)
		var at []vg.Length
		for _, l := range d.page.labels {
			if strings.HasPrefix(l.text, "…") {
				at = append(at, (l.box.Min.Y+l.box.Max.Y)/2)
			}
		}
		if len(at) != n {
			t.Fatalf("%d of %d rows are named", len(at), n)
		}
		if top := d.rect.Max.Y - at[0]; top < want/2 || top > want/2+2 {
			t.Errorf("%d rows: the first is named %v below the top, want half a row of %v", n, top, want)
		}
		for i := 1; i < n; i++ {
			if gap := at[i-1] - at[i]; gap < want-1e-6 || gap > want+1e-6 {
				t.Errorf("%d rows: row %d is %v below the one before, want %v", n, i, gap, want)
			}
		}
	}
}
