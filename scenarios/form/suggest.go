package form

import "strings"

// Nearest returns the candidate that was probably meant, empty if none is near:
// at most 1 + len/3 edits away, in words of four letters or fewer one, or one a
// prefix of the other.
func Nearest(got string, candidates []string) string {
	best, cost := "", 2+len(got)/3
	if len(got) <= 4 {
		cost = 2
	}
	name := Plain(got)
	for _, c := range candidates {
		if name == Plain(c) {
			return c
		}
		if d := edits(name, Plain(c)); d < cost {
			best, cost = c, d
		}
	}
	if best == "" && len(name) >= 3 {
		for _, c := range candidates {
			p := Plain(c)
			if strings.HasPrefix(p, name) || len(p) >= 3 && strings.HasPrefix(name, p) {
				return c
			}
		}
	}
	return best
}

// Plain strips case, dashes and underscores: MinSize and min_size are alike.
func Plain(s string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(s))
}

// edits is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours.
func edits(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
