package chart

import "slices"

// mostRows is for how many instances a row each can still be told apart on a page.
const mostRows = 470

// life is from its first change until an instance is gone, in seconds.
type life struct{ from, to float64 }

// lanes gives every life, in order of beginning, a row of its own; packed, the first that
// is free when it begins, so that there are as many rows as there were lives at once.
func lanes(lives []life, packed bool) (row []int) {
	var busy []float64 // until when each row is
	for _, l := range lives {
		k := len(busy)
		if packed {
			if free := slices.IndexFunc(busy, func(until float64) bool { return until <= l.from }); free >= 0 {
				k = free
			}
		}
		if k == len(busy) {
			busy = append(busy, 0)
		}
		busy[k] = l.to
		row = append(row, k)
	}
	return row
}
