package ec2

import (
	"testing"

	"asgsim/sim/billing"
	"asgsim/sim/des"
)

// spotFleet is a fleet of a c5.large and a c5.xlarge in two zones, on demand and Spot.
func spotFleet(k *des.Kernel, s Spot) *Fleet {
	small, large := spotModel("c5.large", 0.5, 0), spotModel("c5.xlarge", 0.5, 0)
	small.Weight, large.Weight = 1, 2
	s.Period = des.Hour
	return NewFleet(k, nil, &Template{Model: *small, Mixed: []Model{*small, *large}, Spot: &s}, []string{"a", "b"}, nil, 7, des.Time(des.Day), Listener{})
}

func (f *Fleet) started(p Pool) *Instance {
	i := f.create(p, 0)
	i.State, i.RunningAt = Running, 0
	return i
}

// SpotMaxPrice is for a unit of capacity (InstancesDistribution, API of 2026-08): an
// instance of two units may cost twice as much.
func TestMaximumPriceIsOfAUnit(t *testing.T) {
	var k des.Kernel
	f := spotFleet(&k, Spot{MaxPrice: billing.Dollars(0.05)})
	m := &f.template.Mixed
	// Half of $0.085 and of $0.17: $0.0425 and $0.085, of $0.05 and $0.10 at most.
	for n, want := range []billing.USD{billing.Dollars(0.05), billing.Dollars(0.10)} {
		if p := (Pool{&(*m)[n], 0, true}); f.maximum(p) != want || f.dear(p) {
			t.Errorf("%s: at most %v, want %v; dear %v", (*m)[n].Type.Name, f.maximum(p), want, f.dear(p))
		}
	}
	f.template.Spot.MaxPrice = billing.Dollars(0.042)
	if !f.dear(Pool{&(*m)[0], 0, true}) || !f.dear(Pool{&(*m)[1], 0, true}) {
		t.Error("both cost more than $0.042 a unit")
	}
}

// A quota counts the vCPUs of instances pending or running, of its purchase option.
func TestQuotaCountsVCPUs(t *testing.T) {
	var k des.Kernel
	f := spotFleet(&k, Spot{})
	m := &f.template.Mixed
	f.started(Pool{&(*m)[0], 0, true})
	f.started(Pool{&(*m)[1], 0, true}).State = Pending
	f.started(Pool{&(*m)[1], 0, true}).State = ShuttingDown
	f.started(Pool{&(*m)[1], 0, false})
	if spot, demand := f.running(true), f.running(false); spot != 6 || demand != 4 { // 2 + 4; 4
		t.Errorf("%d vCPUs of Spot, %d on demand; want 6, 4", spot, demand)
	}
}

// A reclaim by a fault takes Spot Instances of the zone and type it covers that run,
// each once; a recommendation alone does not keep one from being taken.
func TestReclaimAnyTakesWhatItCovers(t *testing.T) {
	var k des.Kernel
	f := spotFleet(&k, Spot{})
	m := &f.template.Mixed
	struck := f.started(Pool{&(*m)[0], 1, true})
	warned := f.started(Pool{&(*m)[0], 1, true})
	f.Recommend(warned)
	for _, p := range []Pool{{&(*m)[0], 1, false}, {&(*m)[0], 0, true}, {&(*m)[1], 1, true}} {
		f.started(p)
	}
	f.started(Pool{&(*m)[0], 1, true}).State = Pending
	var told []int
	f.listener.Signalled = func(i *Instance) { told = append(told, i.Ordinal) }
	which := Shortage{Zone: 1, Type: "c5.large"}
	if n := f.ReclaimAny("x", 0, which, 1, des.Minute); n != 2 || len(told) != 2 || told[0] != struck.Ordinal || told[1] != warned.Ordinal {
		t.Errorf("%d taken: %v", n, told)
	}
	if n := f.ReclaimAny("x", 1, which, 1, des.Minute); n != 0 {
		t.Errorf("%d taken twice", n)
	}
	if struck.ReclaimedBy != "x" || f.Instances[2].Recommended != des.Never {
		t.Errorf("%+v", struck)
	}
}

// Two versions are alike if every part of them is; no version is the first.
func TestVersionsAreAlike(t *testing.T) {
	first := &Version{Speed: 1, Healthy: true}
	if !first.Same(nil) || !(*Version)(nil).Same(first) {
		t.Error("no version is the first one")
	}
	for _, other := range []*Version{{Speed: 2, Healthy: true}, {Speed: 1}, {Speed: 1, Healthy: true, Errors: 0.1}} {
		if first.Same(other) || other.Same(nil) || !other.Same(other) {
			t.Errorf("%+v", other)
		}
	}
}
