package scenarios

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"asgsim/scenarios/form"
	"asgsim/sim"
	"asgsim/sim/des"
	"asgsim/sim/world"
	"asgsim/workload"
)

// decoded loads a scenario without simulating anything, which takes most of the time of
// [Load]: no advice on max_size, and measured figures are those of an exponential law.
func decoded(text string, sets ...string) (*Scenario, error) {
	law := func(m sim.Measured) (sim.Fitted, error) {
		return sim.Fitted{CPU: workload.Exponential{M: m.CPU * float64(m.VCPU) / m.Rate}, P50: m.P50, P99: m.P99}, nil
	}
	return loadWithin(Source{Name: "f.toml", Text: []byte(text)}, OpenShipped, Options{Sets: sets}, newSpent(0, law))
}

// FuzzFirstMinute: whatever is accepted runs for a minute and keeps all laws, unless it
// is too large for a test.
func FuzzFirstMinute(f *testing.F) {
	for k, name := range Names() {
		if testing.Short() && k%6 > 0 {
			continue
		}
		src, err := Shipped(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src.Text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return // too much for this test
		}
		s, err := decoded(text, "duration=1m", "warm_up=0s")
		if err != nil {
			return
		}
		cfg := &s.Configs[len(s.Configs)-1].World
		requests := 0.0
		for _, l := range cfg.Loads {
			requests += l.Curve.Integral(0, des.Time(des.Minute))
		}
		if !(requests >= 0) {
			t.Fatalf("%v requests", requests)
		}
		if requests > 5000 || cfg.Group.Max > 60 || len(cfg.Baseline) > 0 {
			return // too much for this test
		}
		res, err := world.Run(context.Background(), cfg, s.Seed)
		if err != nil {
			return // refused with a reason: more than a run may hold
		}
		if len(res.Violations) > 0 {
			t.Fatalf("%+v", res.Violations)
		}
	})
}

// FuzzLoad and FuzzFirstMinute do about two thousand inputs a second on one core with
// -fuzzminimizetime 20x; without it the minute that every interesting input is shrunk
// for, by default, is most of the time.
//
// FuzzLoad: never a panic; what is accepted makes sense.
func FuzzLoad(f *testing.F) {
	for _, name := range Names() {
		src, err := Shipped(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src.Text), "")
	}
	f.Add(full, "slo.good=98%")
	f.Add(base, "variant.x.instance.boot.p95=3s")
	f.Fuzz(func(t *testing.T, text, set string) {
		if len(text) > 1<<14 {
			return // too much for this test
		}
		var sets []string
		if set != "" {
			sets = []string{set}
		}
		s, err := decoded(text, sets...)
		if err != nil {
			var problems Problems
			if !errors.As(err, &problems) || len(problems) == 0 || strings.TrimSpace(err.Error()) == "" {
				t.Fatalf("an error that says nothing: %#v", err)
			}
			return
		}
		for i := range s.Configs {
			w := &s.Configs[i].World
			if w.Group.Min > w.Group.Max || w.Duration <= 0 || w.WarmUp < 0 || w.WarmUp >= w.Duration || len(w.Loads) == 0 || len(w.Classes) != 1 ||
				w.Classes[0].CPU == nil || w.Template.Boot == nil || w.Template.Type.VCPU < 1 || !(w.SLO.Good > 0 && w.SLO.Good <= 1) {
				t.Fatalf("accepted: %+v", w)
			}
			for _, fault := range w.Faults {
				for _, at := range fault.About().At {
					if at < 0 || at >= des.Time(w.Duration) {
						t.Fatalf("fault %s outside the run", fault.About().Name)
					}
				}
			}
		}
	})
}

// FuzzQuantity: never a panic; what is accepted is finite and prints.
func FuzzQuantity(f *testing.F) {
	for _, s := range []string{"90s", "1h30m", "2d", "60%", "400/s", "$0.08/h", "14kB", "-5s", "1e9s", "1h2d", "Tue 10:30", "03:00", `{ median = "1s", p95 = "2s" }`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDuration(s); err == nil {
			if d > maxSpan || d < -maxSpan {
				t.Fatalf("%q is read as %d", s, int64(d))
			}
			if again, err := ParseDuration(d.String()); err != nil || again-d > des.Microsecond || d-again > des.Microsecond {
				t.Fatalf("%q prints %q, reads %v, %v", s, d.String(), again, err)
			}
		}
		for _, parse := range []func(string) (float64, *form.Mistake){form.ParseRate, form.ParseShare, form.ParseSize} {
			if v, b := parse(s); b == nil && (v != v || v > 1e308 || v < -1e308) {
				t.Fatalf("%q is read as %v", s, v)
			}
		}
		if v, b := money(s); b == nil && v < 0 {
			t.Fatalf("%q is read as %v", s, v)
		}
		if v, b := clockSecond(s); b == nil && (v < 0 || v >= 86400) {
			t.Fatalf("%q is read as %v", s, v)
		}
		if law, b := parseRandom(form.Literal(s), true); b == nil && !(law.Mean() >= 0) {
			t.Fatalf("%q has mean %v", s, law.Mean())
		}
	})
}

// FuzzTrace: never a panic; what is accepted ascends and is finite.
func FuzzTrace(f *testing.F) {
	f.Add("t,n\n0,1\n60,2\n", "", 0)
	f.Add("t,n\n2026-03-02T00:00:00Z,1\n2026-03-02T00:05:00Z,2\n2026-03-02T00:10:00Z,2\n2026-03-02T01:10:00Z,2\n", "n", 1)
	f.Add("t,n,m\n0,1,\"2\"\n1e9,0,3\n1e9,1,1\n", "m", 2)
	f.Fuzz(func(t *testing.T, text, column string, gaps int) {
		rec, err := readTrace(io.NopCloser(bytes.NewReader([]byte(text))), column, MaxRows, requests)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error that says nothing")
			}
			return
		}
		if rec.bin <= 0 || rec.len() < 2 {
			t.Fatalf("accepted: %+v", rec)
		}
		p := played{rec: rec, bin: rec.bin, counts: true, scale: 1, gaps: gap(((gaps % 3) + 3) % 3)}
		if p.complete() != nil {
			return
		}
		for i := range p.Len() {
			if b := p.Bin(i); b.Rate < 0 || b.Rate != b.Rate || b.To < b.From || i > 0 && b.From < p.Bin(i-1).To-1 {
				t.Fatalf("bin %d: %+v", i, b)
			}
		}
	})
}
