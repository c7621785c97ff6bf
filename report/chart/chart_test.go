package chart

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/recorder"

	"asgsim/report"
	"asgsim/report/format"
	"asgsim/report/story"
	"asgsim/scenarios"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/world"
)

var keepDir = flag.String("keep", "", "write the pictures of the tests to this folder")

func document(res *account.Result) *report.Document {
	d := report.New(res, report.Tool{Name: "asgsim", Version: "test"}, report.Inputs{Scenario: "day-night",
		SHA256: "3f9c2a77b1d0e4c85a96f0d1b2c3d4e5f60718293a4b5c6d7e8f9012a3b4c5d6"})
	d.Story = &story.Story{Moments: told[res]}
	return d
}

func pictures(res *account.Result) []Picture { return Pictures(document(res), res) }

// cases are Results of very different shape.
func cases() map[string]*account.Result {
	empty := fixture(1, 3) // nothing ever happens, no load, no saving
	told[empty] = nil
	empty.Faults, empty.Summary.Savings, empty.Config.Policies = nil, nil, nil
	for i := range empty.Rows {
		r := &empty.Rows[i]
		r.Expected, r.Offered, r.Served, r.Slow, r.NeededSLO, r.NeededTarget, r.Breached = 0, 0, 0, 0, -1, -1, false
		r.P50, r.P90, r.P99, r.P999, r.CPU, r.Hottest = math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN()
	}
	empty.Summary.Latency = account.Latency{}
	empty.Summary.Requests = account.Requests{}
	empty.Summary.SLO.BreachedMinutes = 0
	crowded := fixture(2, 4) // all moments at nearly the same time
	for i := range told[crowded] {
		told[crowded][i].At = told[crowded][6].At.Add(des.Duration(i) * 10 * des.Second)
	}
	warm := fixture(2, 5)
	warm.Config.WarmUp = 3 * des.Hour
	dear := fixture(2, 6) // the run costs more than its baseline
	dear.Summary.Savings[0].USD, dear.Summary.Savings[0].Share, dear.Summary.Savings[0].BaselineUS = -0.4, -0.01, dear.Summary.Cost.EC2-0.4
	long := fixture(2, 7) // long names everywhere, and a saving that is none
	long.Config.Title = strings.Repeat("A title that goes on and on ", 8)
	long.Config.Policies[0].(*scaling.TargetTracking).Name = "a-policy-with-quite-a-long-name-for-a-policy"
	long.Config.Calendar.Zone = "America/Argentina/ComodRivadavia"
	long.Summary.Savings[0].Baseline, long.Summary.Savings[0].Estimate, long.Summary.Savings[0].Comparable = "fixed_same_headroom_estimate", true, false
	roomy := fixture(2, 8) // max_size far above what runs
	for i := range roomy.Capacity {
		roomy.Capacity[i].MaxSize = 200
	}
	roomy.Summary.Capacity.MaxSize = 200
	return map[string]*account.Result{"roomy": roomy, "long": long, "two": fixture(2, 1), "week": fixture(7, 1), "month": fixture(30, 2),
		"empty": empty, "crowded": crowded, "warm": warm, "dear": dear}
}

func TestKeep(t *testing.T) {
	if *keepDir == "" {
		t.Skip("nothing to keep: -keep DIR writes pictures")
	}
	for name, res := range cases() {
		for _, p := range pictures(res) {
			for _, f := range []Format{PNG, SVG} {
				var b bytes.Buffer
				if err := p.Encode(&b, f); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(*keepDir, name+"-"+p.Name+"."+string(f)), b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func TestNamesAreThePictures(t *testing.T) {
	var got []string
	for _, p := range pictures(fixture(1, 1)) {
		got = append(got, p.Name)
	}
	if !slices.Equal(got, Names()) {
		t.Errorf("Pictures %v, Names %v", got, Names())
	}
}

// sketch paints a picture on a canvas that draws nothing and returns its page.
func sketch(p Picture) *page {
	return p.draw(sized{&recorder.Canvas{}, p.width, p.height})
}

type sized struct {
	*recorder.Canvas
	w, h vg.Length
}

func (s sized) Size() (w, h vg.Length) { return s.w, s.h }

// No text or disc overlaps another, and none is cut off by the edge.
func TestTextsDoNotOverlap(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every picture")
	}
	for name, res := range cases() {
		for _, p := range pictures(res) {
			pg := sketch(p)
			edge := vg.Rectangle{Max: vg.Point{X: p.width, Y: p.height}}
			for i, a := range pg.labels {
				if strings.TrimSpace(a.text) == "" {
					continue
				}
				if a.box.Min.X < edge.Min.X+4 || a.box.Max.X > edge.Max.X-4 || a.box.Min.Y < 4 || a.box.Max.Y > edge.Max.Y-4 {
					t.Errorf("%s/%s: %q at %v leaves the page", name, p.Name, a.text, a.box)
				}
				for _, b := range pg.labels[:i] {
					if strings.TrimSpace(b.text) != "" && overlap(shrink(a.box), shrink(b.box)) {
						t.Errorf("%s/%s: %q %v overlaps %q %v", name, p.Name, a.text, a.box, b.text, b.box)
					}
				}
			}
		}
	}
}

// shrink allows boxes to touch: they include the room of accents and descenders.
func shrink(r vg.Rectangle) vg.Rectangle {
	d := min(1.2, (r.Max.Y-r.Min.Y)/5)
	return vg.Rectangle{Min: vg.Point{X: r.Min.X + d, Y: r.Min.Y + d}, Max: vg.Point{X: r.Max.X - d, Y: r.Max.Y - d}}
}

// What the tiles say is what the curves show.
func TestTilesAgreeWithCurves(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every picture")
	}
	all := cases()
	for _, name := range []string{"overload", "unhealthy-instance"} { // real runs
		src, err := scenarios.Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := scenarios.Load(src, scenarios.OpenShipped, scenarios.Options{})
		if err != nil {
			t.Fatal(err)
		}
		res, err := world.Run(t.Context(), &s.Configs[0].World, 1)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = res
	}
	for name, res := range all {
		f := &figure{document(res), res}
		tile := map[string]string{}
		for _, x := range f.doc.Tiles() {
			tile[x.Name] = x.Value
		}
		total := f.costTotal()
		if got, want := tile["EC2 in "+lengthOf(f)+", on demand"], report.Money(total[len(total)-1].y); got != want {
			t.Errorf("%s: cost tile %q, curve ends at %q", name, got, want)
		}
		if last := total[len(total)-2].y; last > total[len(total)-1].y+1e-9 {
			t.Errorf("%s: the cumulative curve falls at its end, from %g to %g", name, last, total[len(total)-1].y)
		}
		if last := res.Rows[len(res.Rows)-1].Cost; math.Abs(last-f.doc.Summary.Cost.EC2) > 0.02*last {
			t.Errorf("%s: the last row costs %g, the summary %g", name, last, f.doc.Summary.Cost.EC2)
		}
		peak := 0.0
		for _, s := range inService(res.Capacity) {
			peak = math.Max(peak, s.y)
		}
		if got, want := tile["peak in service, of max_size"], fmt.Sprintf("%.0f of %d", peak, res.Capacity[0].MaxSize); got != want {
			t.Errorf("%s: peak tile %q, drawn %q", name, got, want)
		}
		minutes := 0.0
		for _, s := range breaches(res) {
			minutes += (s.to - s.from) / 60
		}
		if got, want := tile["breached, "+format.Decimal(f.doc.Summary.SLO.AllowedMinutes)+" allowed"], fmt.Sprintf("%.0f min", minutes); got != want && res.Interval == des.Minute {
			t.Errorf("%s: breached tile %q, shaded %q", name, got, want)
		}
		if s := f.saving(); s != nil && math.Abs(s.BaselineUS-s.USD-total[len(total)-1].y) > 0.005 {
			t.Errorf("%s: baseline %g less saving %g is not the cost %g", name, s.BaselineUS, s.USD, total[len(total)-1].y)
		}
	}
}

// The zoom on a fault draws what was sent to the instance it struck, on the same
// time axis and not beyond it; a zoom without a fault draws no such strip.
func TestZoomOnAFaultShowsTheRequests(t *testing.T) {
	res := fixture(2, 1)
	struck := res.Faults[0]
	w := &record.Traffic{Ordinal: struck.Ordinal, From: struck.At, Interval: 5 * des.Second}
	for i := range 180 {
		w.Struck, w.Others = append(w.Struck, float64(max(0, 9-i))), append(w.Others, 12)
	}
	plain := (&figure{document(res), res}).zooms()
	res.Traffic = []*record.Traffic{w}
	f := &figure{document(res), res}
	strips := 0
	for i, z := range f.zooms() {
		if plain[i].sent != nil {
			t.Error("a strip without anything seen")
		}
		if z.sent == nil {
			continue
		}
		strips++
		line := f.sent(w, w.Struck, z)
		if first, last := line[0], line[len(line)-1]; first != (xy{struck.At.Seconds(), 9}) || last.x > z.to || last.x < z.to-10 {
			t.Errorf("the line runs from %+v to %+v, the zoom to %v", first, last, z.to)
		}
		if top := z.sentMost(); top <= 12 || top > 20 {
			t.Errorf("the axis ends at %v for rates up to 12", top)
		}
	}
	if strips != 1 || f.zoomHeight(f.zooms()) <= f.zoomHeight(plain) {
		t.Errorf("%d strips, heights %v and %v", strips, f.zoomHeight(f.zooms()), f.zoomHeight(plain))
	}
}

func lengthOf(f *figure) string {
	for _, x := range f.doc.Tiles() {
		if rest, ok := strings.CutPrefix(x.Name, "EC2 in "); ok {
			return strings.TrimSuffix(rest, ", on demand")
		}
	}
	return ""
}

// The top of the drawn stack is what is in service and on its way.
func TestStackIsTheSumOfStates(t *testing.T) {
	res := fixture(2, 1)
	stack := stacked(res.Capacity)
	for i, c := range res.Capacity {
		s := c.States
		if got, want := stack[3][i].y, float64(s.InService()); got != want {
			t.Fatalf("at %v the layers in service reach %g, want %g", c.At, got, want)
		}
		if got, want := stack[len(stack)-1][i].y, float64(s.InService()+s.Pending+s.Standby+s.Draining+s.Terminating); got != want {
			t.Fatalf("at %v the stack reaches %g, want %g", c.At, got, want)
		}
	}
}

func hash(t *testing.T, p Picture, f Format) string {
	t.Helper()
	h := sha256.New()
	if err := p.Encode(h, f); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// The same Result is the same bytes, on any number of cores.
func TestSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every picture")
	}
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	for _, f := range []Format{PNG, SVG} {
		for i, p := range pictures(fixture(2, 1)) {
			runtime.GOMAXPROCS(1)
			one := hash(t, p, f)
			runtime.GOMAXPROCS(2)
			if two := hash(t, pictures(fixture(2, 1))[i], f); one != two {
				t.Errorf("%s.%s differs between two runs", p.Name, f)
			}
		}
	}
}

func TestEncoded(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	for _, p := range pictures(fixture(1, 1)) {
		var b bytes.Buffer
		if err := p.Encode(&b, PNG); err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := img.Bounds().Dx(), 1920; got != want {
			t.Errorf("%s is %d pixels wide, want %d: twice the usual resolution", p.Name, got, want)
		}
		b.Reset()
		if err := p.Encode(&b, SVG); err != nil {
			t.Fatal(err)
		}
		dec := xml.NewDecoder(&b)
		for {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s.svg: %v", p.Name, err)
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestEncodeReportsWriteErrors(t *testing.T) {
	if testing.Short() {
		t.Skip("a fifth of a second or more")
	}
	for _, f := range []Format{PNG, SVG} {
		if err := pictures(fixture(1, 1))[0].Encode(full{}, f); err == nil || !strings.Contains(err.Error(), "no space left") {
			t.Errorf("%s: %v", f, err)
		}
	}
}

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]Format{"a.png": PNG, "b.SVG": SVG, "c.pdf": "", "png": ""} {
		got, err := FormatOf(name)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("FormatOf(%q) = %q, %v, want %q", name, got, err, want)
		}
	}
}

// A week is drawn in under a second.
func BenchmarkReport(b *testing.B) {
	for _, days := range []int{2, 7} {
		res := fixture(days, 1)
		for _, p := range pictures(res) {
			b.Run(fmt.Sprintf("%s/days=%d", p.Name, days), func(b *testing.B) {
				for b.Loop() {
					if err := p.Encode(io.Discard, PNG); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
