package chart

import "gonum.org/v1/plot"

// overview is the capacity of a long run: what each stretch of it was like.
type overview struct {
	stretch         string // what a stretch is called: "day"
	inService, load envelope
	desired         envelope
	right           plot.Axis // of the load
	rate            string    // what it is counted in
	lines           []curve   // others, with their names
	retried         *curve    // attempts a second, most of each stretch; nil without a storm of retries
}

// draw draws the load as a pale band, what was in service all the time and at times with
// the mean as a line, and how much was desired at most.
func (o *overview) draw(p *panel) {
	over := *p
	over.y = o.right
	if peakIn(o.load.most) > 0 {
		o.load.fill(&over, rgb(mist))
		over.rightLabels()
	}
	if o.retried != nil {
		over.line(o.retried.pts, o.retried.style)
	}
	p.area(o.inService.corners(o.inService.least), rgb(blue))
	o.inService.fill(p, bandColour())
	most := o.desired.corners(o.desired.most)
	p.line(most, stroke(rgb(ink), lineThin))
	mean := o.inService.middles(o.inService.mean)
	p.line(mean, stroke(fade(rgb(white), 0.85), 2.8))
	p.line(mean, stroke(rgb(blue), 1.5))
	for _, c := range o.lines {
		p.line(c.pts, stroke(fade(rgb(white), 0.75), c.style.Width+1.4))
		p.line(c.pts, c.style)
	}
}

// legend names what draw draws.
func (o *overview) legend() (states, lines []key) {
	states = []key{swatch("in service all "+o.stretch, rgb(blue)), swatch("at times", bandColour()), {name: "mean", style: stroke(rgb(blue), 1.5)}}
	for _, c := range o.lines {
		states = append(states, key{name: c.label, style: c.style})
	}
	lines = []key{{name: "desired, most of a " + o.stretch, style: stroke(rgb(ink), lineThin)}, swatch("load, least to most of a "+o.stretch+", "+o.rate+" (right)", rgb(chalk))}
	if o.retried != nil {
		lines = append(lines, key{name: o.retried.label, style: o.retried.style})
	}
	return states, lines
}
