package chart

import (
	"bytes"
	"context"
	"runtime"
	"strings"
	"testing"

	"asgsim/report"
	"asgsim/scenarios"
	"asgsim/sim"
)

// compared runs the variants of a shipped scenario a few times.
func compared(t *testing.T, name string, n int, sets ...string) (*report.Comparison, *sim.Comparison) {
	t.Helper()
	src, err := scenarios.Shipped(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(src, scenarios.OpenShipped, scenarios.Options{Sets: sets})
	if err != nil {
		t.Fatal(err)
	}
	p := &sim.Plan{Seed: s.Seed, Cores: 2, Replications: n}
	for i := range s.Configs {
		label := s.Configs[i].Name
		if label == "" {
			label = scenarios.Plain
		}
		p.Cases = append(p.Cases, sim.Case{Name: label, Config: &s.Configs[i].World})
	}
	c, err := sim.Compare(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return report.NewComparison(c, report.CompareInputs{Tool: report.Tool{Name: "asgsim", Version: "test"}}), c
}

// The picture of a comparison: no text on another or off the page, the same bytes
// on any number of cores, one replication or several.
func TestComparisonPicture(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	for _, n := range []int{1, 3} {
		doc, c := compared(t, "unhealthy-instance", n)
		p := Comparison(doc, c)
		encode := func() []byte {
			var b bytes.Buffer
			if err := p.Encode(&b, PNG); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
		first := encode()
		before := runtime.GOMAXPROCS(1)
		again := encode()
		runtime.GOMAXPROCS(before)
		if !bytes.Equal(first, again) {
			t.Errorf("%d replications: the bytes depend on the number of cores", n)
		}
		pg := sketch(p)
		for i, a := range pg.labels {
			if strings.TrimSpace(a.text) == "" {
				continue
			}
			if a.box.Min.X < 0 || a.box.Max.X > pageWidth || a.box.Min.Y < 0 || a.box.Max.Y > p.height {
				t.Errorf("%d replications: %q leaves the page", n, a.text)
			}
			for _, b := range pg.labels[:i] {
				if strings.TrimSpace(b.text) != "" && overlap(shrink(a.box), shrink(b.box)) {
					t.Errorf("%d replications: %q lies on %q", n, a.text, b.text)
				}
			}
		}
		if !strings.Contains(allText(pg), c.Cases[1].Name) {
			t.Errorf("%d replications: the variant is not named", n)
		}
	}
}

func allText(pg *page) string {
	var b strings.Builder
	for _, l := range pg.labels {
		b.WriteString(l.text + "\n")
	}
	return b.String()
}
