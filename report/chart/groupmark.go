package chart

import (
	"gonum.org/v1/plot/vg"

	"asgsim/sim/des"
	"asgsim/sim/record"
)

// marked is the stretch, in seconds, in which an instance was in service and Unhealthy
// for the group while the balancer found it healthy, so that its strip does not say so.
func (f *figure) marked(in *record.Instance) (from, to float64, ok bool) {
	if in.Marked == des.Never {
		return 0, 0, false
	}
	end := f.end()
	for _, c := range in.Changes {
		if c.At >= in.Marked && c.State > record.Unhealthy {
			end = c.At.Seconds()
			break
		}
		ok = ok || c.State == record.Ready || c.State == record.Warming
	}
	from = in.Marked.Seconds()
	return from, end, ok && end-from >= 60
}

// groupMark underlines the strip of an instance that the group has marked Unhealthy:
// the colour of the strip is the balancer's verdict.
func (f *figure) groupMark(p *panel, in *record.Instance, r row) {
	from, to, ok := f.marked(in)
	if !ok {
		return
	}
	x0, x1 := max(p.px(from), p.rect.Min.X), min(p.px(to), p.rect.Max.X)
	if x1 > x0 {
		y := r.top - r.height
		p.page.rect(vg.Rectangle{Min: vg.Point{X: x0, Y: y}, Max: vg.Point{X: x1, Y: y + max(0.7, min(r.height*0.25, 2.5))}}, stateColour(record.Unhealthy))
	}
}

// anyMarked reports whether an instance is underlined.
func (f *figure) anyMarked() bool {
	for i := range f.res.Instances {
		if _, _, ok := f.marked(&f.res.Instances[i]); ok {
			return true
		}
	}
	return false
}
