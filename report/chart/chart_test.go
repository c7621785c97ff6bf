package chart

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"asgsim/report"
	"asgsim/sim/world"
)

var keepDir = flag.String("keep", "", "write the pictures of the tests to this folder")

func document(res *world.Result) *report.Document {
	return report.New(res, report.Tool{Name: "asgsim", Version: "test"}, report.Inputs{Scenario: "day-night",
		SHA256: "3f9c2a77b1d0e4c85a96f0d1b2c3d4e5f60718293a4b5c6d7e8f9012a3b4c5d6"})
}

func TestKeep(t *testing.T) {
	if *keepDir == "" {
		t.Skip("nothing to keep: -keep DIR writes pictures")
	}
	for name, res := range map[string]*world.Result{"two": fixture(2, 1), "week": fixture(7, 1)} {
		for _, p := range Pictures(document(res), res) {
			for _, f := range []Format{PNG, SVG} {
				w, err := os.Create(filepath.Join(*keepDir, name+"-"+p.Name+"."+string(f)))
				if err != nil {
					t.Fatal(err)
				}
				if err := p.Encode(w, f); err != nil {
					t.Fatal(err)
				}
				w.Close()
			}
		}
	}
}
