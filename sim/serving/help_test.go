package serving

import (
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/workload"
)

// flat is a constant rate, requests per second.
type flat float64

func (f flat) Integral(from, to des.Time) float64   { return float64(f) * to.Sub(from).Seconds() }
func (f flat) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (f flat) Flat() bool                           { return true }

// at is one request at each of its instants, which ascend; equal ones are several.
type at []des.Time

func (a at) Integral(from, to des.Time) float64 {
	n := 0
	for _, t := range a {
		if t >= from && t < to {
			n++
		}
	}
	return float64(n)
}
func (a at) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (a at) Flat() bool                           { return true }
func (a at) CountBins(end des.Time) []workload.CountBin {
	var bins []workload.CountBin
	for _, t := range a {
		if n := len(bins); n > 0 && bins[n-1].From == t {
			bins[n-1].Count++
		} else if t < end {
			bins = append(bins, workload.CountBin{From: t, To: t + 1, Count: 1})
		}
	}
	return bins
}

func secs(s float64) des.Time { return des.Time(des.Seconds(s)) }

func everySecond(from, to int) at {
	var a at
	for s := from; s <= to; s++ {
		a = append(a, secs(float64(s)))
	}
	return a
}

// scripted is a load of exact instants with its own class of constant work.
func scripted(cfg *Config, name string, when at, c Class) {
	slices.Sort(when)
	cfg.Loads = append(cfg.Loads, workload.Load{Name: name, Curve: when, Arrivals: workload.Arrivals{Kind: workload.Counts}, Class: len(cfg.Classes)})
	cfg.Classes = append(cfg.Classes, c)
}

func work(seconds float64) Class { return Class{CPU: workload.Constant{Value: seconds}} }

func mustNew(t testing.TB, cfg Config) *EventPlane {
	t.Helper()
	p, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func oneNode(a Algorithm, ids ...ID) Routing {
	r := Routing{Algorithm: a, Nodes: []Node{{Share: 1}}}
	for _, id := range ids {
		r.Nodes[0].Targets = append(r.Nodes[0].Targets, Target{id, 1})
	}
	return r
}

// departures runs the plane to end and returns the instants at which Served rises.
func departures(p Plane, end des.Time, step des.Duration) []des.Time {
	var out []des.Time
	var c Counters
	var before uint64
	for t := des.Time(0); t <= end; t = t.Add(step) {
		p.Advance(t)
		p.Read(&c)
		for ; before < c.All.Served; before++ {
			out = append(out, t)
		}
	}
	return out
}
