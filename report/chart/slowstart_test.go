package chart

import (
	"bytes"
	"slices"
	"testing"

	"asgsim/sim/account"
)

// Targets in slow start are a line with a key, where there are any.
func TestSlowStartIsDrawn(t *testing.T) {
	res := fixture(1, 3)
	named := func() bool {
		states, _ := (&figure{document(res), res}).capacityLegend()
		return slices.ContainsFunc(states, func(k key) bool { return k.name == "in slow start" })
	}
	if named() {
		t.Error("a key without a slow start")
	}
	before := capacityPicture(t, res)
	res.Capacity[len(res.Capacity)/2].SlowStart = 2
	if !named() {
		t.Error("no key")
	}
	if after := capacityPicture(t, res); bytes.Count(after, []byte("<path")) < bytes.Count(before, []byte("<path"))+3 {
		t.Error("no line")
	}
}

// capacityPicture is the capacity picture as SVG.
func capacityPicture(t *testing.T, res *account.Result) []byte {
	t.Helper()
	for _, p := range pictures(res) {
		if p.Name == "capacity" {
			var b bytes.Buffer
			if err := p.Encode(&b, SVG); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	t.Fatal("no such picture")
	return nil
}
