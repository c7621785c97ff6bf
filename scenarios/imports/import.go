package imports

import (
	"fmt"
	"strings"

	"asgsim/report/clean"
)

// Result is a scenario made of files.
type Result struct {
	Name     string // of the group; may be empty
	Text     []byte // of the scenario
	Read     []string
	NotInIt  []Note     // what the scenario does not hold, and what that changes
	Assumed  []Note     // what the files cannot say
	NoEffect []Note     // what changes nothing
	Replayed []Recorded // those that a metric of the scenario replays
}

// Import reads files and writes a scenario. check returns what is wrong with one, by
// line, so that the scenario can leave it out.
func Import(files []File, o Options, check func([]byte) []Fault) (*Result, error) {
	f := &Found{load: o.Load, recorded: o.Recorded, prices: o.Prices, before: o.Before}
	left := newBudget()
	for _, file := range files {
		if err := f.readFile(file, left, o); err != nil {
			return nil, fmt.Errorf("%s: %w", clean.Line(file.Name), err)
		}
	}
	for _, folder := range o.Folders {
		if err := f.readSources(folder, o, left); err != nil {
			return nil, fmt.Errorf("%s: %w", clean.Line(folder.Name), err)
		}
	}
	if err := f.checkParameters(o.Parameters); err != nil {
		return nil, err
	}
	group, err := f.group(o.Group)
	if err != nil {
		return nil, err
	}
	if group == nil && len(f.Resources) == 0 {
		return nil, Choose{fmt.Errorf("the files hold neither a group nor anything that belongs to one%s", f.idleReasons())}
	}
	d := f.draft(group)
	var names []string
	for _, file := range files {
		names = append(names, fileBase(file.Name))
	}
	for _, folder := range o.Folders {
		names = append(names, folder.Name)
	}
	text := d.settle(title(group, names), check)
	return &Result{Name: groupName(group), Text: text, Read: f.Read, NotInIt: d.lost, Assumed: d.assumed, Replayed: f.replayed, NoEffect: append(f.Idle, d.idle...)}, nil
}

// idleReasons lists what was recognised and of no use.
func (f *Found) idleReasons() string {
	var b strings.Builder
	for _, n := range append(f.unread(nil), f.Idle...) {
		fmt.Fprintf(&b, "\n  %s: %s", clean.Line(n.What), n.Effect)
	}
	return b.String()
}

func groupName(group *Resource) string {
	if group == nil {
		return ""
	}
	if name := group.Value.text("AutoScalingGroupName"); name != "" {
		return name
	}
	return group.title()
}

// draft maps everything that belongs to the group.
func (f *Found) draft(group *Resource) *draft {
	m := &mapper{draft: &draft{}, found: f, group: group, replays: map[string]string{}}
	m.lost = append(m.lost, f.unread(group)...)
	m.mapGroup()
	m.mapInstance()
	m.mapWarmPool()
	m.mapBalancer()
	m.mapPolicies()
	m.mapSchedules()
	m.mapHooks()
	m.mapRefresh()
	m.assumeRest()
	for _, sort := range [...]Sort{Policy, Schedule, Hook} {
		if n := len(f.of(sort)); n > mostOfAKind {
			m.lose("the "+string(sort)+"s", fmt.Sprintf("%d are in the files, of which %d at most are read: a scenario holds no more", n, mostOfAKind))
		}
	}
	m.idle = distinct(m.idle)
	m.lost = distinct(m.lost)
	return m.draft
}

// distinct leaves out notes that say the same as one before.
func distinct(notes []Note) []Note {
	seen := map[Note]bool{}
	var out []Note
	for _, n := range notes {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// title is the scenario's.
func title(group *Resource, files []string) string {
	name := groupName(group)
	if name == "" {
		name = "A group"
	}
	from := clean.Short(files[0], 80)
	if more := len(files) - 1; more > 0 {
		from += fmt.Sprintf(" and %d more", more)
	}
	return clean.Short(name, 80) + ", imported from " + from
}
