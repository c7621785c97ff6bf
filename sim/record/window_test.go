package record

import (
	"math"
	"testing"

	"asgsim/sim/des"
)

// The window begins after the warm-up and ends with the run.
func TestWindow(t *testing.T) {
	r := &Record{Config: &Config{WarmUp: des.Hour, Duration: 3 * des.Hour}}
	if r.From() != des.Time(des.Hour) || r.End() != des.Time(3*des.Hour) {
		t.Errorf("%v to %v", r.From(), r.End())
	}
}

// The mean of nothing is no number, and what is none does not count.
func TestMeanOfNothing(t *testing.T) {
	var m Mean
	if !math.IsNaN(m.Value()) {
		t.Errorf("%v", m.Value())
	}
	m.Add(3)
	m.Add(math.NaN())
	m.Add(5)
	if m.Value() != 4 || m.N != 2 {
		t.Errorf("%+v", m)
	}
}
