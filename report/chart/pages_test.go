package chart

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"asgsim/sim/account"
	"asgsim/sim/des"
)

// heights are where the texts of a page stand, from its foot, by how they begin.
func heights(pg *page, begin ...string) (out []vg.Length) {
	for _, b := range begin {
		at := vg.Length(-1)
		for _, l := range pg.labels {
			if strings.HasPrefix(l.text, b) {
				at = max(at, l.box.Min.Y)
			}
		}
		out = append(out, at)
	}
	return out
}

// Every picture has its panels one below the other, between its title and its foot.
func TestPanelsOfThePictures(t *testing.T) {
	res := fixture(1, 3)
	res.Config.Duration = 20 * des.Hour // zooms and rows as in the fixture
	panels := map[string][]string{
		"report":    {"A web shop", "day-night", "Capacity, instances", "CPU utilization", "Latency that users felt", "EC2 cost per hour", "EC2 cost so far", "Zoom", "asgsim test"},
		"instances": {"A web shop", "day-night", "Instances, one row each", "Zoom", "asgsim test"},
		"capacity":  {"A web shop", "day-night", "Capacity, instances", "asgsim test"},
		"latency":   {"A web shop", "day-night", "Latency that users felt", "asgsim test"},
		"cost":      {"A web shop", "day-night", "EC2 cost per hour", "EC2 cost so far", "asgsim test"},
	}
	for _, p := range pictures(res) {
		got := heights(sketch(p), panels[p.Name]...)
		for i := range got {
			if got[i] < 0 || got[i] > p.height || i > 0 && got[i] >= got[i-1] {
				t.Errorf("%s, %.0f high: %q at %.0f", p.Name, p.height, panels[p.Name][i], got[i])
			}
		}
	}
	res.Summary.Capacity.Unit = "vCPUs"
	if got := heights(sketch((&figure{document(res), res}).capacity()), "Capacity, vCPUs"); got[0] < 0 {
		t.Error("the unit of a weighted group is not named")
	}
}

// No panel stands on its head: its title is above its axis, whose values fall from the top
// down to nothing.
func TestAxesRise(t *testing.T) {
	panels := map[string][]string{
		"report":   {"Capacity, instances", "CPU utilization", "EC2 cost per hour", "EC2 cost so far"},
		"capacity": {"Capacity, instances"},
		"cost":     {"EC2 cost per hour", "EC2 cost so far"},
	}
	for _, p := range pictures(fixture(1, 3)) {
		pg := sketch(p)
		for i, top := range heights(pg, panels[p.Name]...) {
			var values []float64 // below the title, from the top, until they rise again
			at := slices.DeleteFunc(slices.Clone(pg.labels), func(l label) bool {
				return l.box.Max.X > dataLeft-3 || l.box.Max.X < dataLeft-5 || l.box.Min.Y > top
			})
			slices.SortFunc(at, func(a, b label) int { return cmp.Compare(b.box.Min.Y, a.box.Min.Y) })
			for _, l := range at {
				v, err := strconv.ParseFloat(strings.Trim(l.text, "$% \u00a0\u202f"), 64)
				if err != nil || len(values) > 0 && v >= values[len(values)-1] {
					break
				}
				values = append(values, v)
			}
			if len(values) < 2 || values[len(values)-1] != 0 {
				t.Errorf("%s, %s: its axis has the values %v from the top", p.Name, panels[p.Name][i], values)
			}
		}
	}
}

// Without a zoom the pages are lower by it and its title.
func TestPagesWithoutZooms(t *testing.T) {
	res := fixture(1, 3)
	f := &figure{document(res), res}
	zoom := f.zoomHeight(f.zooms())
	report, instances := f.report().height, f.instances().height
	res.Config.Duration = des.Hour - des.Second
	if len(f.zooms()) > 0 {
		t.Fatal("zooms")
	}
	if got := f.report().height; got != 826+66 || report != 896+66+zoom {
		t.Errorf("report: %v, with a zoom of %v %v", got, zoom, report)
	}
	if got := f.instances().height; instances-got != 70+zoom {
		t.Errorf("instances: %v, with a zoom of %v %v", got, zoom, instances)
	}
}

// The picture of a comparison: its panels from top to bottom, the worst hour's side by
// side; more variants push down what stands below the legend.
func TestPanelsOfAComparison(t *testing.T) {
	f := variants(3)
	p := Comparison(f.doc, f.c)
	pg := sketch(p)
	if p.height != 962+74+smallGap+34 { // four entries of legend are one row
		t.Errorf("%v high with three variants", p.height)
	}
	begin := []string{"Which variant?", "Slow or failed", "In service, mean", "The worst hour", "b (no fleet moves)", "p99 of a", "asgsim"}
	f.doc.Tool.Name = "asgsim"
	got := heights(sketch(Comparison(f.doc, f.c)), begin...)
	for i := range got {
		if got[i] < 0 || got[i] > p.height || i > 0 && got[i] >= got[i-1] {
			t.Errorf("%q at %.0f of %.0f", begin[i], got[i], p.height)
		}
	}
	beside := heights(pg, "EC2 cost by hour", "Slow or failed", "p99 in it", "The worst hour")
	if beside[0] != beside[1] || beside[2] != beside[3] {
		t.Errorf("not beside each other: %v", beside)
	}
	if more := Comparison(f.doc, variants(4).c); more.height-p.height != legendLeading { // a second row of legend; still one of small panels
		t.Errorf("%v high with four variants, %v with three", more.height, p.height)
	}
	if five := Comparison(f.doc, variants(5).c); five.height-p.height != legendLeading+74+smallGap {
		t.Errorf("%v high with five variants, %v with three", five.height, p.height)
	}
}

// The line of context and the foot name what was run.
func TestContextAndProvenance(t *testing.T) {
	f := byHand()
	f.doc.Inputs.Scenario, f.doc.Setup.Dates, f.doc.Setup.Timezone, f.doc.Setup.InstanceType = "shop", "2 March", "UTC", "m5.large"
	f.doc.Summary.Capacity.MinSize, f.doc.Summary.Capacity.MaxSize = 2, 8
	if got := f.context(); got != "shop  ·  2 March  ·  UTC  ·  2 to 8 × m5.large  ·  fixed fleet  ·  one run" {
		t.Error(got)
	}
	f.doc.Inputs.Variant, f.doc.Setup.Policies, f.doc.Summary.Capacity.MinSize = "fixed", []string{"cpu", "rps"}, 8
	if got := f.context(); got != "shop, variant fixed  ·  2 March  ·  UTC  ·  8 × m5.large  ·  cpu, rps  ·  one run" {
		t.Error(got)
	}
	f.doc.Tool.Name, f.doc.Tool.Version, f.doc.Inputs.Seed, f.doc.Inputs.Prices, f.doc.Inputs.SHA256 = "asgsim", "1.2", 7, "of 2026-07-20", "0123456789abcdef"
	if got := f.provenance(); got != "asgsim 1.2  ·  seed 7  ·  scenario sha256 01234567  ·  prices of 2026-07-20" {
		t.Error(got)
	}
	f.doc.Inputs.SHA256, f.doc.Inputs.Sets = "0123456", []string{"a=1", "b=2"}
	if got := f.provenance(); got != "asgsim 1.2  ·  seed 7  ·  with a=1, b=2  ·  prices of 2026-07-20" {
		t.Error(got)
	}
	if got := f.saving(); got != &f.doc.Summary.Savings[0] {
		t.Errorf("%+v", got)
	}
	f.doc.Summary.Savings = append([]account.Saving{{Estimate: true}}, f.doc.Summary.Savings...)
	if got := f.saving(); got == nil || got.Estimate {
		t.Errorf("an estimate comes before a fleet that is stated: %+v", got)
	}
}

// A tile's name that is too wide is broken at a space, and shortened where it is too wide
// even so.
func TestTwoLines(t *testing.T) {
	sty := face(sizeNote, false, slate)
	room := sty.Width("peak in service,")
	for _, row := range []struct {
		txt   string
		width vg.Length
		want  []string
	}{
		{"p99", room, []string{"p99"}}, {"peak in service,", room, []string{"peak in service,"}}, {"peak in service, of max_size", room, []string{"peak in service,", "of max_size"}},
		{"a bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", room, []string{"a", fit("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", sty, room)}},
	} {
		if got := twoLines(row.txt, sty, row.width); !slices.Equal(got, row.want) {
			t.Errorf("%q: %q, want %q", row.txt, got, row.want)
		}
	}
	short := fit("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", sty, room)
	if w := sty.Width(short); w > room || w < room-sty.Width("bb…") || !strings.HasSuffix(short, "b…") {
		t.Errorf("%q is %v wide of %v", short, w, room)
	}
	if got := twoLines("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", sty, room); !slices.Equal(got, []string{short}) {
		t.Errorf("%q", got)
	}
}

// A page's title is bold; what explains it above and where it comes from below are not.
func TestWeightOfHeadAndFoot(t *testing.T) {
	pg := drawOn(1, 1).page
	pg.header("A web shop", "three days")
	pg.footer("seed 1")
	for i, want := range []vg.Length{face(sizeTitle, true, ink).Width("A web shop"), face(sizeTick, false, slate).Width("three days"), face(sizeNote, false, slate).Width("seed 1")} {
		if l := pg.labels[i]; l.box.Max.X-l.box.Min.X != want {
			t.Errorf("%q is %v wide, want %v", l.text, l.box.Max.X-l.box.Min.X, want)
		}
	}
}
