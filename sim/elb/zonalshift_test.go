package elb

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// Of two zones of two, all traffic goes to the other while one is shifted, with cross-zone
// balancing and without; a second shift is refused; where the other zone has nobody, or
// nobody any more, the shift does nothing.
func TestZonalShift(t *testing.T) {
	for _, on := range []bool{true, false} {
		cfg := config()
		cfg.CrossZone = on
		table := &tables{Plane: newBench(t, cfg, 0.01, des.Hour).plane}
		var k des.Kernel
		b := New(&k, table, cfg, 2, 1, func(serving.ID, Health) {})
		share := func() (in [2]float64) {
			for _, n := range table.last.Nodes {
				for _, to := range n.Targets {
					in[to.ID/2] += n.Share / float64(len(n.Targets))
				}
			}
			return in
		}
		for id := range serving.ID(4) {
			b.plane.Add(serving.Spec{VCPU: 1, Workers: serving.Unlimited, Speed: 1, CPUShare: 1})
			b.Adopt(id, int(id)/2, int(id))
		}
		b.Open()
		if got := share(); got != [2]float64{0.5, 0.5} {
			t.Fatalf("cross-zone %v: shares %v before", on, got)
		}
		if !b.Shift(0) || b.Shift(1) {
			t.Errorf("cross-zone %v: the first shift refused, or the second not", on)
		}
		if got := share(); got != [2]float64{0, 1} || b.Routed(0) || !b.Routed(2) || b.GroupOf("").Healthy != 4 {
			t.Errorf("cross-zone %v: shares %v while zone 0 is shifted", on, got)
		}
		b.Deregister(2, func() {})
		b.Deregister(3, func() {})
		if got := share(); got != [2]float64{1, 0} {
			t.Errorf("cross-zone %v: shares %v with nobody elsewhere", on, got)
		}
		b.Unshift()
		if got := share(); got != [2]float64{1, 0} || !b.Shift(1) {
			t.Errorf("cross-zone %v: shares %v after", on, got)
		}
	}
}
