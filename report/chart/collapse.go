package chart

import (
	"gonum.org/v1/plot/vg"

	"asgsim/sim/collapse"
)

// strip is a stretch of a collapse, drawn as a named bar below a panel.
type strip struct {
	name     string
	from, to float64 // seconds
}

// strips are those of a run, one row a kind.
func strips(c *collapse.Findings) [][]strip {
	if c == nil {
		return nil
	}
	var all [][]strip
	row := func(name string, n int, span func(k int) (from, to float64)) {
		var list []strip
		for k := range n {
			from, to := span(k)
			list = append(list, strip{name, from, to})
		}
		if n > 0 {
			all = append(all, list)
		}
	}
	row("death spiral", len(c.Spirals), func(k int) (float64, float64) { return c.Spirals[k].FromS, c.Spirals[k].ToS })
	row("retry storm", len(c.Storms), func(k int) (float64, float64) { return c.Storms[k].FromS, c.Storms[k].ToS })
	row("dependency limit", len(c.Limits), func(k int) (float64, float64) { return c.Limits[k].FromS, c.Limits[k].ToS })
	row("metastable", len(c.Stuck), func(k int) (float64, float64) { return c.Stuck[k].FromS, c.Stuck[k].ToS })
	return all
}

const (
	stripHeight = vg.Length(9)
	stripStep   = vg.Length(11)
)

// stripsHeight is how much room they take below a panel.
func stripsHeight(c *collapse.Findings) vg.Length { return stripStep * vg.Length(len(strips(c))) }
