package workload

import "asgsim/sim/des"

// Spike is a load that comes and goes once: nothing before At, a straight rise
// to Add, a hold, and a straight way back to nothing.
type Spike struct {
	At                des.Time
	Add               float64 // requests per second at the top
	Rise, Hold, Decay des.Duration
}

// Curve returns the load.
func (s Spike) Curve() Curve {
	top := s.At.Add(s.Rise)
	fall := top.Add(s.Hold)
	end := fall.Add(s.Decay)
	p := newPieces([]piece{
		{min(s.At, 0) - 1, s.At, level, 0, 0},
		{s.At, top, linear, 0, s.Add},
		{top, fall, level, s.Add, s.Add},
		{fall, end, linear, s.Add, 0},
		{end, end + 1, level, 0, 0},
	})
	return &p
}
