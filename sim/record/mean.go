package record

import "math"

// Mean averages what is not NaN. Its zero value has seen nothing.
type Mean struct {
	Sum float64
	N   int
}

// Add takes a value in.
func (m *Mean) Add(v float64) {
	if !math.IsNaN(v) {
		m.Sum, m.N = m.Sum+v, m.N+1
	}
}

// Value is the average; NaN, which is 0/0, of nothing.
func (m *Mean) Value() float64 { return m.Sum / float64(m.N) }
