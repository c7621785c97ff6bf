package sim

import (
	"context"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/rng"
	"asgsim/sim/scaling"
	"asgsim/workload"
)

// Flip is one assumption changed: a choice AWS does not document, the boot time,
// or the load.
type Flip struct {
	Name   string // "X-1 low_ratio 0.9"
	Change func(*record.Config)
}

// Flips returns the assumptions that --doubt changes, one at a time: those that the
// policies make, the delays of CloudWatch where any policy looks at it, boot halved
// and doubled, load 10 % off.
func Flips(cfg *record.Config) []Flip {
	var out []Flip
	for _, name := range scaling.Doubts(cfg.Policies) {
		out = append(out, Flip{name, func(c *record.Config) { c.Policies = scaling.Doubted(c.Policies, name) }})
	}
	if slices.ContainsFunc(cfg.Policies, func(p scaling.Policy) bool { w := scaling.Watches(p); return w.Any() }) {
		out = append(out,
			Flip{"X-8 no publication delay", func(c *record.Config) {
				c.Watch.DetailedDelay, c.Watch.BasicDelay, c.Watch.BalancerDelay, c.Watch.FineDelay = 0, 0, 0, 0
			}},
			Flip{"X-8 publication delay doubled", func(c *record.Config) {
				c.Watch.DetailedDelay, c.Watch.BasicDelay, c.Watch.BalancerDelay = 2*c.Watch.DetailedDelay, 2*c.Watch.BasicDelay, 2*c.Watch.BalancerDelay
				c.Watch.FineDelay = min(2*c.Watch.FineDelay, 20*des.Second) // later, an alarm of 10 seconds sees nothing
			}},
		)
	}
	return append(out,
		Flip{"boot halved", func(c *record.Config) { c.Template.Boot = workload.Scale(c.Template.Boot, 0.5) }},
		Flip{"boot doubled", func(c *record.Config) { c.Template.Boot = workload.Scale(c.Template.Boot, 2) }},
		Flip{"load 10 % lower", func(c *record.Config) { scaleLoads(c, 0.9) }},
		Flip{"load 10 % higher", func(c *record.Config) { scaleLoads(c, 1.1) }},
	)
}

// scaleLoads multiplies every load.
func scaleLoads(c *record.Config, factor float64) {
	c.Loads = slices.Clone(c.Loads)
	for i := range c.Loads {
		c.Loads[i].Curve = workload.ScaleCurve(c.Loads[i].Curve, factor)
	}
}

// Range is how far a metric moves over the flips.
type Range struct {
	Lo, Hi       float64
	LoBy, HiBy   string // the flips that do it; empty where nothing moves it
	Base         float64
	DiffLo, Diff float64 // of the difference to the base case
	DiffHi       float64
}

// Doubt is the ranges of every case, by metric key.
type Doubt struct {
	Flips []string
	Cases []map[string]Range
}

// DoubtOf runs every case of a plan once as it is and once for every flip, on the
// same requests (replication 0), and returns how far each metric moves. The flips
// of the base and of a variant are paired: a difference is taken under the same
// assumption.
func DoubtOf(ctx context.Context, p *Plan) (*Doubt, error) {
	var names []string
	for _, f := range Flips(p.Cases[len(p.Cases)-1].Config) {
		names = append(names, f.Name)
	}
	for _, c := range p.Cases {
		for _, f := range Flips(c.Config) {
			if !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
		}
	}
	var cases []Case
	for _, name := range append([]string{""}, names...) {
		for _, c := range p.Cases {
			cases = append(cases, Case{c.Name, flipped(c.Config, name)})
		}
	}
	s := newSeries(len(cases))
	x := &Runner{Seed: rng.Replication(p.Seed, 0), Cores: p.Cores, Done: p.Done, Simulate: p.Simulate}
	if err := x.extend(ctx, s, cases, 0, 1, func() bool { return true }); err != nil {
		return nil, err
	}
	d := &Doubt{Flips: names}
	n := len(p.Cases)
	at := func(flip, c int) *Outcome { return s.outcomes[flip*n+c][0] }
	for c := range p.Cases {
		ranges := map[string]Range{}
		for _, m := range Metrics() {
			r := Range{Base: m.Of(at(0, c))}
			r.Lo, r.Hi = r.Base, r.Base
			r.Diff = r.Base - m.Of(at(0, 0))
			r.DiffLo, r.DiffHi = r.Diff, r.Diff
			for f := range names {
				v := m.Of(at(f+1, c))
				if v < r.Lo {
					r.Lo, r.LoBy = v, names[f]
				}
				if v > r.Hi {
					r.Hi, r.HiBy = v, names[f]
				}
				diff := v - m.Of(at(f+1, 0))
				r.DiffLo, r.DiffHi = min(r.DiffLo, diff), max(r.DiffHi, diff)
			}
			ranges[m.Key] = r
		}
		d.Cases = append(d.Cases, ranges)
	}
	return d, nil
}

// flipped returns the configuration under the named flip; itself where it does
// not feel it.
func flipped(cfg *record.Config, name string) *record.Config {
	for _, f := range Flips(cfg) {
		if f.Name == name {
			c := *cfg
			f.Change(&c)
			return &c
		}
	}
	return cfg
}
