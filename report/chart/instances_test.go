package chart

import (
	"slices"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// states makes an instance's changes of alternating seconds and states.
func (f *figure) states(i int, changes ...record.StateChange) *record.Instance {
	f.res.Instances[i].Changes = changes
	return &f.res.Instances[i]
}

func change(at float64, s record.State) record.StateChange {
	return record.StateChange{At: seconds(at), State: s}
}

// Instances stand in blocks of their zones, the zones by name, each in order of launch.
func TestZonesAreBlocks(t *testing.T) {
	f := lives(nil, nil, nil, nil)
	for i, z := range []string{"c", "a", "c", "b"} {
		f.res.Instances[i].Zone = z
	}
	same(t, "blocks", []zone{{"a", []int{1}}, {"b", []int{3}}, {"c", []int{0, 2}}}, f.zones())
}

// Each instance has a row; packed, who comes takes over the first that is free then.
func TestRowsAreTakenOver(t *testing.T) {
	f := lives(nil, nil, nil, nil)
	f.states(0, change(0, record.Ready), change(100, record.Gone))
	f.states(1, change(0, record.Ready), change(300, record.Gone))
	f.states(2, change(100, record.Ready))
	f.states(3, change(300, record.Ready), change(400, record.Gone))
	for i := range f.res.Instances {
		f.res.Instances[i].Zone = "a"
	}
	for packed, want := range map[bool][]int{false: {0, 1, 2, 3}, true: {0, 1, 0, 1}} {
		if got := f.blocks(packed); len(got) != 1 || !slices.Equal(got[0].row, want) || got[0].rows != slices.Max(want)+1 {
			t.Errorf("packed %v: %+v, want rows %v", packed, got, want)
		}
	}
}

// A life is a strip of states, each from its change to the next, the last to the end of
// the run; nothing after the instance is gone. States are named where asked and where
// there is room, and not where a fault's cross stands.
func TestLifeline(t *testing.T) {
	f := lives(nil)
	in := f.states(0, change(600, record.Pending), change(1200, record.Booting), change(6000, record.Ready))
	draw := func(named bool) *drawing {
		d := drawOn(21600, 100)
		f.lifeline(d.panel, in, row{top: d.rect.Max.Y, height: 20}, named)
		return d
	}
	d := draw(false)
	for s, want := range map[record.State]span{record.Pending: {600, 1200}, record.Booting: {1200, 6000}, record.Ready: {6000, 21600}} {
		got := d.boxes(stateColour(s))
		same(t, s.String(), []box{{want.from, want.to, 91, 99}}, got) // 20 points less two on both sides
	}
	if w := d.words(); w != nil {
		t.Errorf("named without being asked: %q", w)
	}
	same(t, "names", []string{"booting", "ready"}, draw(true).words()) // 600 s are 17 points, too few for "pending"
	in.Up = 3000 * second
	d = draw(true)
	same(t, "checks", []string{"health checks", "booting", "ready"}, d.words())
	same(t, "checked", []box{{3000, 6000, 91, 99}}, d.boxes(fade(rgb(white), 0.35)))
	f.doc.Summary.Incidents = []account.Incident{{Fault: "hang", Kind: "hang", AtS: 9000, Instance: in.ID}}
	same(t, "struck", []string{"health checks", "booting", "hang"}, draw(true).words())
	in.Changes = append(in.Changes, change(12000, record.Gone))
	d = draw(false)
	same(t, "gone", []box{{6000, 12000, 91, 99}}, d.boxes(stateColour(record.Ready)))
	if got := d.boxes(stateColour(record.Gone)); got != nil {
		t.Errorf("drawn after its end: %v", got)
	}
}

// Where it waits for a hook, an instance says for which: its own hold, begun in that state.
func TestStateNamesItsHook(t *testing.T) {
	f := lives(nil, nil)
	in := f.states(0, change(100, record.Pending), change(200, record.Booting), change(300, record.Terminating))
	name := func(i int, h asg.Hold) string {
		f.res.Holds = []asg.Hold{h}
		return f.stateName(in, i)
	}
	hook := asg.Hold{Kind: asg.HookWait, Name: "warm-cache", From: 150 * second}
	late, other, first, back := hook, hook, hook, hook
	late.From, other.Instance, first.From, back.Kind = 200*second, 1, 100*second, asg.Backoff
	for what, row := range map[string]struct {
		got, want string
	}{
		"waits": {name(0, hook), "pending: waits for hook warm-cache"}, "from the start": {name(0, first), "pending: waits for hook warm-cache"},
		"later": {name(0, late), "pending"}, "another": {name(0, other), "pending"}, "no hook": {name(0, back), "pending"},
		"boots": {name(1, late), "booting"}, "leaves": {name(2, asg.Hold{Kind: asg.HookWait, Name: "drain", From: 400 * second}), "terminating: waits for hook drain"},
	} {
		if row.got != row.want {
			t.Errorf("%s: %q, want %q", what, row.got, row.want)
		}
	}
}

// The group's own mark is a line under the strip, from the mark until the instance leaves
// service, if it lasted a minute while the balancer found it healthy.
func TestGroupsMark(t *testing.T) {
	f := lives(nil)
	in := f.states(0, change(0, record.Pending), change(100, record.Ready), change(1000, record.Draining), change(1100, record.Gone))
	for at, want := range map[float64]span{500: {500, 1000}, 940: {940, 1000}, 941: {}} {
		in.Marked = seconds(at)
		from, to, ok := f.marked(in)
		if want.to == 0 != !ok || ok && (span{from, to}) != want {
			t.Errorf("marked at %g: %g to %g, %v; want %v", at, from, to, ok, want)
		}
		d := drawOn(21600, 100)
		f.groupMark(d.panel, in, row{top: d.rect.Max.Y, height: 20})
		if got := d.boxes(rgb(vermilion)); (len(got) == 1) != ok || ok && (got[0].from != at || got[0].to != 1000 || got[0].lo != 90 || got[0].hi != 91.25) {
			t.Errorf("marked at %g: %v", at, got)
		}
	}
	in.Changes[1].State = record.Unhealthy // the strip says so itself
	in.Marked = 500 * second
	if f.anyMarked() {
		t.Error("marked twice")
	}
	in.Changes[1].State = record.Warming
	if !f.anyMarked() {
		t.Error("not marked while it warms up")
	}
	in.Marked = des.Never
	if f.anyMarked() {
		t.Error("never marked")
	}
}

// The legend names the states that occur in their order, the group's mark, Spot and
// faults where there are any.
func TestStateLegend(t *testing.T) {
	f := lives(nil)
	f.states(0, change(0, record.Ready), change(50, record.Pending), change(500, record.Gone))
	same(t, "states", []string{"pending", "ready"}, names(f.stateLegend()))
	f.res.Instances[0].Marked = second
	f.res.Instances[0].Changes = []record.StateChange{change(0, record.Ready)}
	f.doc.Summary.Spot = &account.SpotSummary{}
	f.doc.Summary.Incidents = []account.Incident{{}}
	same(t, "all", []string{"ready", "Unhealthy for the group (lower edge)", "Spot (left edge)", "fault"}, names(f.stateLegend()))
	if all := f.stateLegend(); !all[3].mark || all[2].mark {
		t.Errorf("a fault is named by its cross: %+v", all)
	}
	d := drawOn(21600, 100)
	f.spotMark(d.panel, &f.res.Instances[0], row{top: d.rect.Max.Y, height: 20})
	if len(d.canvas.Actions) > 0 {
		t.Error("an instance on demand is marked")
	}
	f.res.Instances[0].Spot = true
	f.spotMark(d.panel, &f.res.Instances[0], row{top: d.rect.Max.Y, height: 20})
	if got := d.boxes(rgb(violet)); len(got) != 1 || got[0].to >= 0 || got[0].hi != 100 || got[0].lo != 90 {
		t.Errorf("%v", got)
	}
}

// Rows of eight points are named one by one, in their middles; lower ones by block, with
// their number.
func TestRowsAreNamed(t *testing.T) {
	f := lives(nil, nil, nil)
	d := drawOn(21600, 100)
	f.zoneLabel(d.panel, block{zone{"eu-west-1a", []int{1, 2}}, []int{0, 1}, 2}, d.rect.Max.Y, 8)
	same(t, "rows", []string{"…0001 a", "…0002 a"}, d.words())
	_, _, texts := d.marks()
	if gap := texts[0].at.y - texts[1].at.y; gap < 3.99 || gap > 4.01 || texts[0].at.x >= 0 {
		t.Errorf("%g apart, want 8 points; %+v", gap, texts[0])
	}
	d = drawOn(21600, 100)
	f.zoneLabel(d.panel, block{zone{"eu-west-1a", []int{1, 2}}, []int{0, 1}, 2}, d.rect.Max.Y, 7.9)
	same(t, "block", []string{"zone a", "2 rows"}, d.words())
	d = drawOn(21600, 100)
	f.zoneLabel(d.panel, block{zone{"eu-west-1a", []int{1, 2}}, []int{0, 0}, 1}, d.rect.Max.Y, 13)
	same(t, "packed", []string{"zone a", "2 in 1 rows"}, d.words())
	if got := shortID(&record.Instance{ID: "i-abc"}); got != "i-abc" {
		t.Errorf("a short id is cut to %q", got)
	}
}
