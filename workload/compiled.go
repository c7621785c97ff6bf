package workload

import "asgsim/sim/des"

// Compiled is a curve as cells of constant rate, each with the curve's exact
// integral: one second long (an hour for a curve that is flat in its stretches),
// split where it jumps or bends. It is the load everywhere. Cells are made when asked for,
// so a year takes no more memory than a minute, and a Compiled is never written
// to: any number of runs may share it.
type Compiled struct {
	curve Curve
	end   des.Time
	step  des.Duration
}

// cell is [from, to) with the expected number of requests in it.
type cell struct {
	from, to des.Time
	mass     float64
}

// Compile makes the cells of curve over [0, end).
func Compile(curve Curve, end des.Time) *Compiled {
	c := &Compiled{curve: curve, end: end, step: des.Second}
	if curve.Flat() {
		// A cell no longer than an hour keeps an arrival exact to far below a
		// nanosecond.
		c.step = des.Hour
	}
	return c
}

// End returns the instant to which the curve was compiled.
func (c *Compiled) End() des.Time { return c.end }

// cellAt returns the cell that holds t, 0 <= t < end.
func (c *Compiled) cellAt(t des.Time) cell {
	from := t - t%des.Time(c.step)
	to := min(from.Add(c.step), c.end)
	since, until := c.curve.Stretch(t)
	from, to = max(from, since), min(to, until)
	return cell{from, to, c.curve.Integral(from, to)}
}

// Rate returns the rate of the cell that holds t, in requests per second; 0
// outside [0, end).
func (c *Compiled) Rate(t des.Time) float64 {
	if t < 0 || t >= c.end {
		return 0
	}
	cell := c.cellAt(t)
	return cell.mass / cell.to.Sub(cell.from).Seconds()
}

// Integral returns the expected number of requests in [from, to), the parts
// outside [0, end) counting nothing.
func (c *Compiled) Integral(from, to des.Time) float64 {
	from, to = max(from, 0), min(to, c.end)
	if from >= to {
		return 0
	}
	first, last := c.cellAt(from), c.cellAt(to-1)
	if first.from == last.from {
		return first.mass * float64(to-from) / float64(first.to-first.from)
	}
	sum := first.mass*float64(first.to-from)/float64(first.to-first.from) +
		last.mass*float64(to-last.from)/float64(last.to-last.from)
	if first.to < last.from {
		sum += c.curve.Integral(first.to, last.from)
	}
	return sum
}

// Max returns the greatest rate of the cells that touch [from, to), in requests
// per second. It looks at every cell.
func (c *Compiled) Max(from, to des.Time) float64 {
	from, to = max(from, 0), min(to, c.end)
	most := 0.0
	for t := from; t < to; {
		cell := c.cellAt(t)
		most = max(most, cell.mass/cell.to.Sub(cell.from).Seconds())
		t = cell.to
	}
	return most
}
