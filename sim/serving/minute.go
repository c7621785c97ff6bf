package serving

import "asgsim/sim/des"

// minute counts what happens to the requests first sent in the present minute, nearly
// all of those in flight: as they are of one cohort and one side of the window's
// beginning (which is a whole minute), the cohort's row and the totals get them in one
// sum, when the minute is over or somebody reads.
type minute struct {
	// from and until bound the first sends counted here, on the plane's clock; from is
	// not before the last skip. From Never to 0 nothing is.
	from, until           des.Time
	offered, served, slow uint64
	first                 *recorder // of the latencies of those served at the first attempt
}

// has reports whether a first send is counted here.
func (m *minute) has(first des.Time) bool { return first >= m.from }

// leave lets every first send count by itself until the next minute begins.
func (m *minute) leave() { m.from, m.until = des.Never, 0 }
