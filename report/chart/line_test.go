package chart

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/vg"

	"asgsim/sim/des"
	"asgsim/sim/record"
)

func TestDecimateKeepsExtremesOfColumns(t *testing.T) {
	var in []vg.Point
	for i := range 10_000 {
		in = append(in, vg.Point{X: vg.Length(i) * pixel / 50, Y: vg.Length(math.Sin(float64(i)*1.7)) * 100})
	}
	out := decimate(in)
	if len(out) > 4*10_000/50+4 {
		t.Errorf("%d points for 200 pixel columns", len(out))
	}
	for _, x := range []int{0, 77, 199} {
		lo, hi := extremes(in, x)
		glo, ghi := extremes(out, x)
		if lo != glo || hi != ghi {
			t.Errorf("column %d spans %v to %v, want %v to %v", x, glo, ghi, lo, hi)
		}
	}
	for i := 1; i < len(out); i++ {
		if out[i].X < out[i-1].X {
			t.Fatalf("point %d goes back", i)
		}
	}
}

func extremes(pts []vg.Point, column int) (lo, hi vg.Length) {
	lo, hi = vg.Length(math.Inf(1)), vg.Length(math.Inf(-1))
	for _, p := range pts {
		if int(p.X/pixel) == column {
			lo, hi = min(lo, p.Y), max(hi, p.Y)
		}
	}
	return lo, hi
}

func TestStairs(t *testing.T) {
	got := stairs([]step{{0, 3}, {10, 3}, {20, 5}}, 30)
	want := []xy{{0, 3}, {20, 3}, {20, 5}, {30, 5}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(xy{})); diff != "" {
		t.Errorf("-want +got: %s", diff)
	}
}

func TestSpreadKeepsOrderAndDistance(t *testing.T) {
	ys := []vg.Length{50, 51, 49, 98}
	hs := []vg.Length{10, 10, 10, 10}
	spread(ys, hs, 0, 100)
	for i := range ys {
		for j := range i {
			if d := math.Abs(float64(ys[i] - ys[j])); d < 9.98 {
				t.Errorf("labels %d and %d are %g apart", i, j, d)
			}
		}
		if ys[i] < 5 || ys[i] > 95.01 {
			t.Errorf("label %d at %v leaves the panel", i, ys[i])
		}
	}
	if !(ys[2] < ys[0] && ys[0] < ys[1] && ys[1] < ys[3]) {
		t.Errorf("order changed: %v", ys)
	}
}

// The mixture of rows with equal percentiles has these percentiles; of a good
// and a bad row it lies between, where the arithmetic puts it.
func TestMixture(t *testing.T) {
	row := func(n uint64, p50 float64) record.Row {
		return record.Row{Served: n, P50: p50, P90: 3 * p50, P99: 8 * p50, P999: 15 * p50}
	}
	same := []record.Row{row(5000, 0.02), row(9000, 0.02)}
	for k, want := range []float64{0.02, 0.06, 0.16, 0.3} {
		if got := Percentile(same, k); math.Abs(got/want-1) > 0.001 {
			t.Errorf("percentile %d of equal rows = %g, want %g", k, got, want)
		}
	}
	mixed := []record.Row{row(1000, 0.02), row(1000, 2)}
	if got := Percentile(mixed, 0); got < 0.3 || got > 1.3 { // slower than all of the fast row, faster than all of the slow one
		t.Errorf("median of a fast and a slow row = %g", got)
	}
	if got := Percentile(mixed, 2); got < 10 || got > 16 {
		t.Errorf("p99 of a fast and a slow row = %g, want near that of the slow one", got)
	}
	none := record.Row{P50: math.NaN(), P90: math.NaN(), P99: math.NaN(), P999: math.NaN()}
	if got := Percentile([]record.Row{none}, 1); !math.IsNaN(got) {
		t.Errorf("percentile of nothing = %g", got)
	}
	if got := Percentile([]record.Row{none, row(10, 1)}, 0); got != 1 {
		t.Errorf("median of one row = %g", got)
	}
}

func TestNoTailOfFewRequests(t *testing.T) {
	rows := []record.Row{{Served: leastTail - 1, P50: 1, P90: 2, P99: 3, P999: 4}, {At: des.Time(des.Minute), Served: leastTail, P50: 1, P90: 2, P99: 3, P999: 4}}
	ws := windows(rows, des.Minute, des.Minute)
	if !math.IsNaN(ws[0].q[3]) || ws[1].q[3] != 4 {
		t.Errorf("p99.9 of %d requests = %g, of %d = %g", leastTail-1, ws[0].q[3], leastTail, ws[1].q[3])
	}
}
