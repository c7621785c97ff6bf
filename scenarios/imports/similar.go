package imports

import (
	"math"
	"strings"

	"asgsim/sim/ec2"
)

// assumedType is what runs where nothing is known.
const assumedType = "m7i.large"

// similar returns the type of the price list that is most like an unknown one: of the
// same size, of the same kind, on the same processors, of a generation near to it.
func similar(name string) string {
	family, size, _ := strings.Cut(name, ".")
	best, most := assumedType, math.MinInt
	for _, t := range ec2.Types() {
		f, s, _ := strings.Cut(t.Name, ".")
		score := 0
		for _, same := range []struct {
			is    bool
			worth int
		}{{s == size, 100}, {f[0] == (family + " ")[0], 50}, {arm(f) == arm(family), 30}} {
			if same.is {
				score += same.worth
			}
		}
		if score -= 2 * max(generation(f)-generation(family), generation(family)-generation(f)); score > most {
			best, most = t.Name, score
		}
	}
	return best
}

// arm reports whether a family has Graviton processors: c7g, m6gd.
func arm(family string) bool {
	return strings.ContainsRune(strings.TrimLeft(family, "abcdefghijklmnopqrstuvwxyz"), 'g')
}

// generation is the number in a family's name.
func generation(family string) int {
	if i := strings.IndexAny(family, "123456789"); i >= 0 {
		return int(family[i] - '0')
	}
	return 0
}
