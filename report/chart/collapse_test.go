package chart

import (
	"slices"
	"testing"

	"asgsim/sim/collapse"
)

// A strip has its name in it where there is room, else after it, else before it; two rows
// are drawn below the panel, one a kind.
func TestStripsOfACollapse(t *testing.T) {
	c := &collapse.Findings{Storms: []collapse.Storm{{FromS: 1000, ToS: 5000}}, Stuck: []collapse.Stuck{{FromS: 1200, ToS: 1230}, {FromS: 5900, ToS: 6000}}}
	d := drawOn(6000, 1)
	drawStrips(d.panel, c)
	_, bars, names := d.marks()
	if len(bars) != 3 || len(names) != 3 {
		t.Fatalf("%d bars, %d names, want three each", len(bars), len(names))
	}
	for k, want := range []struct {
		from, to float64
		name     string
		white    bool
	}{{1000, 5000, "retry storm", true}, {1200, 1230, "metastable", false}, {5900, 6000, "metastable", false}} {
		left := slices.MinFunc(bars[k].pts, func(a, b xy) int { return int(a.x - b.x) }).x
		right := slices.MaxFunc(bars[k].pts, func(a, b xy) int { return int(a.x - b.x) }).x
		if left < want.from-1 || left > want.from+1 || right < want.to-1 || right > want.to+1 || bars[k].pts[0].y >= 0 {
			t.Errorf("bar %d from %v to %v at %v, want %v to %v below the panel", k, left, right, bars[k].pts[0].y, want.from, want.to)
		}
		if n := names[k]; n.text != want.name || (n.colour == "ffffff") != want.white {
			t.Errorf("name %d: %+v, want %q", k, n, want.name)
		}
	}
	if names[1].at.x <= 1230 || names[2].at.x >= 5900 {
		t.Errorf("names at %v and %v, want after 1230 and before 5900", names[1].at.x, names[2].at.x)
	}
	if got := stripsHeight(c); got != 2*stripStep || stripsHeight(nil) != 0 {
		t.Errorf("height %v, without a collapse %v", got, stripsHeight(nil))
	}
}

// In a retry storm the axis of the load reaches to the attempts: 6,000 in a minute are
// 100/s where 10/s are expected.
func TestAttemptsOfAStorm(t *testing.T) {
	res := fixture(1, 3)
	for k := range res.Rows {
		res.Rows[k].Expected, res.Rows[k].Sent = 10, 6000
	}
	f := &figure{document(res), res}
	if got := f.peakLoad(); got != 10 {
		t.Errorf("peak %v without a storm, want the load's 10/s", got)
	}
	f.doc.Summary.Collapse = &collapse.Findings{Storms: []collapse.Storm{{}}}
	if got := f.peakLoad(); got != 100 {
		t.Errorf("peak %v in a storm, want 6,000 a minute", got)
	}
	_, lines := f.capacityLegend()
	if !slices.ContainsFunc(lines, func(k key) bool { return k.name == "with retries" }) {
		t.Error("attempts have no key")
	}
}
