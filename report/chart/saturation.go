package chart

import (
	"image/color"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"asgsim/sim/account"
	"asgsim/sim/record"
)

// resource is something that can be a bottleneck, as a row of the saturation panel.
type resource struct {
	name string
	used func(r *record.Row) float64 // share in use; NaN: not known
}

// resources are those of a run, from the instances outwards: nothing where only the CPU
// can be scarce, which has a panel of its own, and where nothing ever was.
func resources(res *account.Result) []resource {
	t, deps := &res.Config.Template, res.Config.Dependencies
	if len(deps) == 0 && (t.Workers <= 0 || len(res.Summary.Saturation) == 0) {
		return nil
	}
	out := []resource{{"CPU", func(r *record.Row) float64 { return r.CPU }}}
	if t.Workers > 0 {
		out = append(out, resource{"workers", func(r *record.Row) float64 { return r.Workers }})
		if t.Queue > 0 {
			out = append(out, resource{"queue", func(r *record.Row) float64 { return r.Queue }})
		}
	}
	for k := range deps {
		out = append(out, resource{deps[k].Name, func(r *record.Row) float64 {
			if k >= len(r.Dependencies) {
				return 0
			}
			return r.Dependencies[k].Busy
		}})
	}
	return out
}

// Rows of the saturation panel, and how far the next panel is below it.
const (
	resourceHeight = vg.Length(9)
	resourceStep   = vg.Length(12)
	resourceBelow  = vg.Length(40)
)

// saturationHeight is how much room the panel takes.
func saturationHeight(res *account.Result) vg.Length {
	n := len(resources(res))
	if n == 0 {
		return 0
	}
	return resourceStep*vg.Length(n) + resourceBelow
}

// level is a share from which on a colour holds.
type level struct {
	from float64
	name string
	hex  uint32
}

// levels are those of the panel; from the last on a resource is the bottleneck, as the
// summary's saturation has it.
func levels() []level {
	return []level{{0, "", mist}, {0.5, "50 %", sky}, {0.8, "80 %", orange}, {0.95, "95 % in use and more", vermilion}}
}

// levelOf is the level of a share; -1 where it is not known.
func levelOf(share float64) int {
	at := -1
	for k, l := range levels() {
		if share >= l.from {
			at = k
		}
	}
	return at
}

// saturationPanel draws how much of each resource was in use.
func saturationPanel(p *panel, res *account.Result) {
	var keys []key
	for _, l := range levels()[1:] {
		keys = append(keys, swatch(l.name, rgb(l.hex)))
	}
	p.title("What was scarce", keys)
	name := at(face(sizeTick, false, ink), text.XRight, text.YCenter)
	for i, r := range resources(res) {
		top := p.rect.Max.Y - resourceStep*vg.Length(i)
		p.page.write(name, vg.Point{X: p.rect.Min.X - 4, Y: top - resourceHeight/2}, fit(r.name, name, p.rect.Min.X-8))
		cells(res, r, func(from, to float64, c color.Color) {
			x0, x1 := max(p.px(from), p.rect.Min.X), min(p.px(to), p.rect.Max.X)
			p.page.rect(vg.Rectangle{Min: vg.Point{X: x0, Y: top - resourceHeight}, Max: vg.Point{X: x1, Y: top}}, c)
		})
	}
}

// cells tells the stretches, in seconds, in which a resource keeps a level.
func cells(res *account.Result, r resource, cell func(from, to float64, c color.Color)) {
	rows := res.Rows
	for i := 0; i < len(rows); {
		level, k := levelOf(r.used(&rows[i])), i+1
		for k < len(rows) && levelOf(r.used(&rows[k])) == level {
			k++
		}
		to := res.Config.Duration.Seconds()
		if k < len(rows) {
			to = rows[k].At.Seconds()
		}
		if level >= 0 {
			cell(rows[i].At.Seconds(), to, rgb(levels()[level].hex))
		}
		i = k
	}
}
