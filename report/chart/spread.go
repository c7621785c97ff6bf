package chart

import (
	"sort"

	"gonum.org/v1/plot/vg"
)

// spread moves the centres ys of labels with the given heights apart until none
// overlap, as little as may be, and keeps them between lo and hi where they fit.
func spread(ys, heights []vg.Length, lo, hi vg.Length) {
	order := make([]int, len(ys))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return ys[order[a]] < ys[order[b]] })
	for range 50 {
		moved := false
		for k := 1; k < len(order); k++ {
			a, b := order[k-1], order[k]
			gap := (heights[a]+heights[b])/2 - (ys[b] - ys[a])
			if gap > 0.01 {
				ys[a] -= gap / 2
				ys[b] += gap / 2
				moved = true
			}
		}
		for i := range ys {
			ys[i] = min(max(ys[i], lo+heights[i]/2), hi-heights[i]/2)
		}
		if !moved {
			return
		}
	}
}
