package imports

import "strings"

// Recorded is a series of a recording, which may be that of a metric that the simulator
// does not produce.
type Recorded struct {
	Names  []string // by which it may be known: its label, its header
	Stat   string   // Sum, Average, p99; empty: not known
	File   string   // as the scenario names it
	Column string   // empty: the only one
	Said   string   // what was understood of it
	Far    bool     // it does not lie in the scenario's folder
}

// is reports whether a series is that of a metric by AWS's name: it says no more than that,
// or that among other words.
func (r *Recorded) is(metric string) (exactly, among bool) {
	want := letters(metric)
	for _, name := range r.Names {
		have := letters(name)
		exactly = exactly || have == want
		among = among || want != "" && strings.Contains(have, want)
	}
	return exactly, among
}

// letters are the letters and digits of a name, in small letters.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return -1
	}, name)
}

// recordingOf is the recorded series of a metric: one of its very name before one whose
// name holds it, of the statistic before another; nil where there is none.
func recordingOf(all []Recorded, metric, stat string) *Recorded {
	var best *Recorded
	rank := 0
	for i := range all {
		r := &all[i]
		exactly, among := r.is(metric)
		if !among {
			continue
		}
		points := 2
		if exactly {
			points = 4
		}
		if stat != "" && (r.Stat == stat || r.Stat == "" && strings.Contains(letters(strings.Join(r.Names, " ")), letters(stat))) {
			points++
		}
		if points > rank {
			best, rank = r, points
		}
	}
	return best
}
