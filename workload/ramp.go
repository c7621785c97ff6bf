package workload

import "asgsim/sim/des"

// Ramp is a load that changes once, in a straight line.
type Ramp struct {
	From, To float64 // requests per second, before and after
	At       des.Time
	Over     des.Duration // 0: a step
}

// Curve returns the load.
func (r Ramp) Curve() Curve {
	end := r.At.Add(r.Over)
	p := newPieces([]piece{
		{min(r.At, 0) - 1, r.At, level, r.From, r.From},
		{r.At, end, linear, r.From, r.To},
		{end, end + 1, level, r.To, r.To},
	})
	return &p
}
