package chart

import (
	"math"

	"gonum.org/v1/plot/vg"

	"asgsim/sim/record"
)

// cpuCurves are the hottest instance and the group's average, shares of CPU by the middle
// of their intervals.
func (f *figure) cpuCurves() []curve {
	rows, iv := f.res.Rows, f.res.Interval
	return []curve{
		{"hottest", rowLine(rows, iv, func(r record.Row) float64 { return r.Hottest }), stroke(rgb(orange), 0.8)},
		{"average", rowLine(rows, iv, func(r record.Row) float64 { return r.CPU }), stroke(rgb(blue), lineNormal)},
	}
}

// latencyCurves are the percentiles of windows, in seconds, the lowest first and widest,
// so that lines that coincide show both colours.
func latencyCurves(ws []window) []curve {
	out := make([]curve, 4)
	for k, name := range [...]string{"p50", "p90", "p99", "p99.9"} {
		pts := make([]xy, len(ws))
		for i, w := range ws {
			pts[i] = xy{w.at, w.q[k]}
		}
		out[k] = curve{name, pts, stroke(rgb(latencyColours[k]), latencyWidths[k])}
	}
	return out
}

// The colours and widths of the percentiles.
var (
	latencyColours = [4]uint32{blue, green, vermilion, purple}
	latencyWidths  = [4]vg.Length{2, 1.6, 1.2, 0.8}
)

// neededCurves are the capacities that the target and the SLO need, of those that have an
// answer anywhere.
func (f *figure) neededCurves() []curve {
	var out []curve
	for _, n := range []struct {
		label string
		get   func(record.Row) int
		hex   uint32
		width vg.Length
	}{
		{"needed for the target (estimate)", func(r record.Row) int { return r.NeededTarget }, green, 0.9},
		{"needed for the SLO (estimate)", func(r record.Row) int { return r.NeededSLO }, purple, 1.3},
	} {
		if !f.hasNeeded(n.get) {
			continue
		}
		steps := rowSteps(f.res.Rows, func(r record.Row) float64 {
			if v := n.get(r); v >= 0 {
				return float64(v)
			}
			return math.NaN()
		})
		out = append(out, curve{n.label, stairs(steps, f.end()), stroke(rgb(n.hex), n.width)})
	}
	return out
}

// desiredCurve is the desired capacity; limitCurves are min_size and max_size.
func (f *figure) desiredCurve() curve {
	return curve{"desired", stairs(capacitySteps(f.res.Capacity, func(c record.CapacityChange) int { return c.Desired }), f.end()), stroke(rgb(ink), 0.9)}
}

func (f *figure) limitCurves() []curve {
	dashed := stroke(rgb(ink), 0.9, 4, 2.5)
	return []curve{
		{"min_size", stairs(capacitySteps(f.res.Capacity, func(c record.CapacityChange) int { return c.MinSize }), f.end()), dashed},
		{"max_size", stairs(capacitySteps(f.res.Capacity, func(c record.CapacityChange) int { return c.MaxSize }), f.end()), dashed},
	}
}

// costCurves are the cumulative EC2 dollars of the run and of the baseline it is compared
// with, if there is one.
func (f *figure) costCurves() []curve {
	out := []curve{{"this run", f.costTotal(), stroke(rgb(green), 1.5)}}
	if s := f.saving(); s != nil {
		out = append(out, curve{baseline(s), f.baselineTotal(s), stroke(rgb(slate), lineNormal, 4, 2.5)})
	}
	return out
}
