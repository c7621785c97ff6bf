package chart

import (
	"fmt"
	"regexp"
	"slices"
	"sort"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"asgsim/report/story"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// row is the strip of one instance.
type row struct{ top, height vg.Length }

// instances is the picture of all lives: one row per instance, in blocks by
// zone, in order of launch, coloured by state. Where there are too many for that, who
// comes takes over the row of one that is gone.
func (f *figure) instances() Picture {
	const top = vg.Length(102)
	packed, named := len(f.res.Instances) > mostRows, "Instances, one row each"
	if packed {
		named = "Instances: who comes takes over the row of one that is gone"
	}
	blocks, n := f.blocks(packed), 0
	for _, b := range blocks {
		n += b.rows
	}
	h := min(max(660/vg.Length(max(n, 1)), 1.4), 13)
	const between = vg.Length(7)
	body := vg.Length(n)*h + vg.Length(len(blocks)-1)*between
	zooms := f.zooms()
	height := top + body + 66
	if len(zooms) > 0 {
		height += 70 + f.zoomHeight(zooms)
	}
	return Picture{Name: "instances", width: pageWidth, height: height, paint: func(pg *page) {
		pg.header(f.doc.Setup.Title, f.context())
		p := newPanel(pg, dataLeft, dataRight, top, top+body, f.timeAxis(), linear(0, 1, nil))
		p.verticals()
		f.bands(p)
		y := p.rect.Max.Y
		for _, b := range blocks {
			f.zoneLabel(p, b, y, h)
			for k, ord := range b.ordinals {
				in, r := &f.res.Instances[ord], row{y - vg.Length(b.row[k])*h, h}
				f.lifeline(p, in, r, false)
				f.spotMark(p, in, r)
				if packed {
					f.begins(p, in, r)
				}
			}
			if packed { // over those who came afterwards
				for k, ord := range b.ordinals {
					for _, inj := range f.injections(&f.res.Instances[ord], p) {
						p.cross(inj, row{y - vg.Length(b.row[k])*h, h}, false)
					}
				}
			}
			y -= vg.Length(b.rows)*h + between
		}
		f.hairlines(p)
		p.lift = 7
		p.title(named, f.stateLegend())
		p.base(true)
		if len(zooms) > 0 {
			f.zoomRow(pg, zooms, top+body+74)
		}
		pg.footer(f.provenance())
	}}
}

// zone is a block of rows.
type zone struct {
	name     string
	ordinals []int
}

// zones groups the instances by zone, in order of name.
func (f *figure) zones() []zone {
	index := map[string]int{}
	var out []zone
	for i := range f.res.Instances {
		z := f.res.Instances[i].Zone
		k, ok := index[z]
		if !ok {
			k = len(out)
			index[z] = k
			out = append(out, zone{name: z})
		}
		out[k].ordinals = append(out[k].ordinals, i)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

// block is the rows of a zone.
type block struct {
	zone
	row  []int // of each of its instances
	rows int
}

// blocks gives the instances of each zone their rows.
func (f *figure) blocks(packed bool) []block {
	var out []block
	for _, z := range f.zones() {
		var lives []life
		for _, ord := range z.ordinals {
			lives = append(lives, f.life(&f.res.Instances[ord]))
		}
		b := block{zone: z, row: lanes(lives, packed)}
		b.rows = slices.Max(b.row) + 1
		out = append(out, b)
	}
	return out
}

// life is that of an instance, which may outlast the run.
func (f *figure) life(in *record.Instance) life {
	if len(in.Changes) == 0 {
		return life{}
	}
	last := in.Changes[len(in.Changes)-1]
	if last.State == record.Gone {
		return life{in.Changes[0].At.Seconds(), last.At.Seconds()}
	}
	return life{in.Changes[0].At.Seconds(), f.end()}
}

// begins sets a life apart from the one before it in its row.
func (f *figure) begins(p *panel, in *record.Instance, r row) {
	if x := p.px(f.life(in).from); x > p.rect.Min.X {
		p.page.StrokeLine2(stroke(rgb(white), 0.4), x, r.top-r.height, x, r.top)
	}
}

// zoneLabel names a block and, where each instance has a row that is high enough, it.
func (f *figure) zoneLabel(p *panel, b block, y, h vg.Length) {
	if h >= 8 && b.rows == len(b.ordinals) {
		sty := at(face(sizeNote, false, ink), text.XRight, text.YCenter)
		for k, ord := range b.ordinals {
			in := &f.res.Instances[ord]
			p.page.write(sty, vg.Point{X: p.rect.Min.X - 4, Y: y - (vg.Length(k)+0.5)*h}, shortID(in)+" "+shortZone(in.Zone))
		}
		return
	}
	mid := y - vg.Length(b.rows)*h/2
	rows := fmt.Sprintf("%d rows", b.rows)
	if b.rows < len(b.ordinals) {
		rows = fmt.Sprintf("%d in %d rows", len(b.ordinals), b.rows)
	}
	p.page.write(at(face(sizeTick, true, ink), text.XRight, text.YCenter), vg.Point{X: p.rect.Min.X - 6, Y: mid + 5}, "zone "+shortZone(b.name))
	p.page.write(at(face(sizeNote, false, slate), text.XRight, text.YCenter), vg.Point{X: p.rect.Min.X - 6, Y: mid - 5}, rows)
}

// lifeline draws the states of one instance as a strip; named writes the states
// where there is room for their names.
func (f *figure) lifeline(p *panel, in *record.Instance, r row, named bool) {
	pad := min(r.height*0.12, 2)
	sty := at(face(min(sizeNote-1, r.height*0.62), false, white), text.XCenter, text.YCenter)
	struck := f.injections(in, p)
	for i, c := range in.Changes {
		if c.State == record.Gone {
			break
		}
		end := f.end()
		if i+1 < len(in.Changes) {
			end = in.Changes[i+1].At.Seconds()
		}
		x0, x1 := max(p.px(c.At.Seconds()), p.rect.Min.X), min(p.px(end), p.rect.Max.X)
		if x1 <= x0 {
			continue
		}
		p.page.rect(vg.Rectangle{Min: vg.Point{X: x0, Y: r.top - r.height + pad}, Max: vg.Point{X: x1, Y: r.top - pad}}, stateColour(c.State))
		if up := p.px(in.Up.Seconds()); named && c.State == record.Booting && in.Up != des.Never && up > x0 && up < x1-1 {
			f.checked(p, r, up, x1)
			x1 = up
		}
		name := f.stateName(in, i)
		if sty.Width(name)+6 >= x1-x0 {
			name = c.State.String()
		}
		if named && sty.Width(name)+6 < x1-x0 && !holds(struck, c.At.Seconds(), end) {
			sty.Color = rgb(inkOn(c.State))
			p.page.write(sty, vg.Point{X: (x0 + x1) / 2, Y: r.top - r.height/2}, name)
		}
	}
	f.groupMark(p, in, r)
	for _, inj := range struck {
		p.cross(inj, r, named)
	}
}

// checked sets the part of a boot apart in which the application is up and waits for its
// health checks.
func (f *figure) checked(p *panel, r row, up, until vg.Length) {
	txt := "health checks"
	pad := min(r.height*0.12, 2)
	p.page.rect(vg.Rectangle{Min: vg.Point{X: up, Y: r.top - r.height + pad}, Max: vg.Point{X: until, Y: r.top - pad}}, fade(rgb(white), 0.35))
	sty := at(face(min(sizeNote-1, r.height*0.62), false, ink), text.XCenter, text.YCenter)
	if sty.Width(txt)+6 >= until-up {
		txt = "checks"
	}
	if sty.Width(txt)+6 < until-up {
		p.page.write(sty, vg.Point{X: (up + until) / 2, Y: r.top - r.height/2}, txt)
	}
}

// stateName is what an instance does after its ith change: its state, or the lifecycle
// hook that it waits for.
func (f *figure) stateName(in *record.Instance, i int) string {
	state, from, end := in.Changes[i].State, in.Changes[i].At, in.Changes[len(in.Changes)-1].At
	if i+1 < len(in.Changes) {
		end = in.Changes[i+1].At
	}
	if state == record.Pending || state == record.Terminating {
		for _, h := range f.res.Holds {
			if h.Kind == asg.HookWait && h.Instance == in.Ordinal && h.From >= from && (h.From < end || i+1 == len(in.Changes)) {
				return state.String() + ": waits for hook " + h.Name
			}
		}
	}
	return state.String()
}

// shortZone is what tells the zones of a region apart: "a" of "eu-central-1a". Local and
// other zones keep their names.
func shortZone(name string) string {
	if m := zoneName.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return name
}

var zoneName = regexp.MustCompile(`^[a-z]{2}(?:-[a-z]+)+-[0-9]+([a-z])$`)

// injections returns the faults that struck the instance in the panel's time.
func (f *figure) injections(in *record.Instance, p *panel) []record.Injection {
	var out []record.Injection
	for _, i := range f.doc.Summary.Incidents { // a zone's instances are struck with it
		if i.Instance == in.ID && i.AtS >= p.x.Min && i.AtS <= p.x.Max {
			out = append(out, record.Injection{Name: i.Fault, Kind: i.Kind, At: seconds(i.AtS), Ordinal: in.Ordinal})
		}
	}
	return out
}

func holds(all []record.Injection, from, to float64) bool {
	for _, inj := range all {
		if t := inj.At.Seconds(); t >= from && t < to {
			return true
		}
	}
	return false
}

// inkOn is the colour of text on a state's colour.
func inkOn(s record.State) uint32 {
	switch s {
	case record.Ready, record.Unhealthy:
		return white
	}
	return ink
}

// cross marks where a fault struck, and names its kind before it.
func (p *panel) cross(inj record.Injection, r row, named bool) {
	x, y := p.px(inj.At.Seconds()), r.top-r.height/2
	d := min(max(r.height*0.3, 2.2), 3.2)
	p.page.cross(vg.Point{X: x, Y: y}, d)
	sty := at(face(sizeNote-0.5, true, white), text.XRight, text.YCenter)
	if named && x-d-5-sty.Width(inj.Kind) > p.rect.Min.X {
		p.page.write(sty, vg.Point{X: x - d - 3, Y: y}, inj.Kind)
	}
}

// verticals draws the vertical grid only.
func (p *panel) verticals() {
	for _, t := range p.x.Tick.Marker.Ticks(p.x.Min, p.x.Max) {
		x := p.px(t.Value)
		p.page.StrokeLine2(stroke(rgb(mist), 0.5), x, p.rect.Min.Y, x, p.rect.Max.Y)
	}
}

// hairlines marks the moments with thin lines over the whole panel and discs
// on its upper edge, moved apart sideways.
func (f *figure) hairlines(p *panel) {
	const r = vg.Length(4.8)
	var xs, widths []vg.Length
	var ms []story.Moment
	for _, m := range f.doc.Story.Numbered() {
		if x := p.px(m.At.Seconds()); inside(x, p.rect.Min.X, p.rect.Max.X) {
			xs, widths, ms = append(xs, x), append(widths, 2*r+2), append(ms, m)
		}
	}
	spread(xs, widths, p.rect.Min.X-r-1, p.rect.Max.X+r+1)
	for i, m := range ms {
		x := p.px(m.At.Seconds())
		p.page.StrokeLine2(stroke(fade(rgb(ink), 0.4), 0.5), x, p.rect.Min.Y, x, p.rect.Max.Y)
		p.page.StrokeLine2(stroke(rgb(ink), 0.6), x, p.rect.Max.Y, xs[i], p.rect.Max.Y+3)
	}
	for i, m := range ms {
		p.page.disc(vg.Point{X: xs[i], Y: p.rect.Max.Y + 3}, r, m.N)
	}
}

// stateLegend names the states that occur.
func (f *figure) stateLegend() []key {
	var seen [record.Gone + 1]bool
	for i := range f.res.Instances {
		for _, c := range f.res.Instances[i].Changes {
			seen[c.State] = true
		}
	}
	var out []key
	for s := record.Pending; s < record.Gone; s++ {
		if seen[s] {
			out = append(out, swatch(s.String(), stateColour(s)))
		}
	}
	if f.anyMarked() {
		out = append(out, swatch("Unhealthy for the group (lower edge)", stateColour(record.Unhealthy)))
	}
	if f.hasSpot() {
		out = append(out, swatch("Spot (left edge)", rgb(violet)))
	}
	if len(f.doc.Summary.Incidents) > 0 {
		out = append(out, key{name: "fault", mark: true})
	}
	return out
}
