package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"asgsim/report"
	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/scenarios/imports"
	"asgsim/sim"
)

// planOptions are the flags that go with --plan.
type planOptions struct {
	file, load, column, like, group string
}

func (p *planOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&p.file, "plan", "", "compare before and after of every group that this plan touches: what terraform show -json prints of one")
	f.StringVar(&p.load, "load", "", "with --plan: the recording of a load, in any shape that [load.NAME.trace] reads")
	f.StringVar(&p.column, "column", "", "with --load: of its columns or series the one with the values (default: the only one)")
	f.StringVar(&p.like, "like", "", "with --plan: the scenario whose load, requests, boot times and prices hold")
	f.StringVar(&p.group, "group", "", "with --plan: compare only the group of this name or address")
}

// alone refuses the flags that go with --plan without it.
func (p *planOptions) alone() error {
	for _, f := range [...][2]string{{"--load", p.load}, {"--column", p.column}, {"--like", p.like}, {"--group", p.group}} {
		if f[1] != "" {
			return usagef("%s goes with --plan", f[0])
		}
	}
	return nil
}

// comparePlan compares the two sides of every group that a plan touches.
func (a *app) comparePlan(ctx context.Context, o compareOptions, u *usageFile) error {
	p := &o.plan
	switch {
	case (p.load == "") == (p.like == ""):
		return usagef("--plan needs a load: --load FILE, a recording of requests, or --like SCENARIO, which has one")
	case len(o.tries) > 0 || len(o.variants) > 0:
		return usagef("--plan goes without --try and --variants: it compares before and after")
	}
	a.at.set("reading %s", clean.Line(p.file))
	text, err := a.importedFile(p.file)
	if err != nil {
		return err
	}
	groups, err := imports.PlannedGroups(p.file, text)
	switch {
	case errors.As(err, new(imports.Seems)):
		return usagef("%s: %w", clean.Line(p.file), err)
	case err != nil:
		return err
	}
	side := &planSide{a: a, o: o, text: text}
	if err := side.load(); err != nil {
		return err
	}
	var whats []*compared
	for _, g := range groups {
		what, err := side.group(g)
		if err != nil {
			return err
		}
		if what != nil {
			whats = append(whats, what)
		}
	}
	if len(whats) == 0 && p.group != "" && !slices.ContainsFunc(groups, func(g imports.PlannedGroup) bool { return g.Is(p.group) }) {
		return usagef("--group %s: is no group of the plan, which has %s", clean.Quoted(p.group), groupsOf(groups))
	}
	if len(whats) > 1 && o.json {
		return usagef("--json prints one object, and the plan touches %d groups: choose one with --group", len(whats))
	}
	if len(whats) == 0 {
		a.say("No group changes that the plan touches, in what is simulated.\n")
		return nil
	}
	var worst error
	for _, what := range whats {
		each := o
		if each.out == "" {
			each.out = filepath.Join("out", "plan")
		}
		if len(whats) > 1 {
			each.out = filepath.Join(each.out, resourceName(what.address))
		}
		if what.alone != "" && o.markdown {
			fmt.Fprintf(a.out, "### %s: %s\n\nNote: %s.\n\n", clean.Markdown(what.address), what.alone, what.why)
		}
		done, err := a.compareCases(ctx, []string{"--plan", p.file}, what, each, u)
		if !done {
			return err
		}
		if err != nil && len(whats) > 1 {
			err = fmt.Errorf("%s: %w", clean.Line(what.address), err)
		}
		if worst = errors.Join(worst, err); ctx.Err() != nil {
			break
		}
	}
	return errors.Join(worst, u.write())
}

// groupsOf lists the groups of a plan for a message, some of many.
func groupsOf(groups []imports.PlannedGroup) string {
	var out []string
	for _, g := range groups {
		out = append(out, g.Address)
	}
	if len(out) == 0 {
		return "none"
	}
	return clean.Short(strings.Join(out, ", "), 400)
}

// planSide makes scenarios of the sides of a plan.
type planSide struct {
	a    *app
	o    compareOptions
	text []byte

	imported *imports.Load            // of --load
	open     scenarios.Opener         // of the recording, or of what the scenario of --like names
	sets     []string                 // what the scenario of --like says
	notes    []string                 // on the group at hand
	made     map[bool]*imports.Result // its sides: true is before
}

// load reads --load or --like.
func (s *planSide) load() error {
	p := &s.o.plan
	if p.like == "" {
		i := importing{load: p.load, column: p.column}
		open := opened{}
		if err := s.a.importedLoad(&i, open); err != nil {
			return err
		}
		s.open, s.imported = open.open, i.o.Load
		return nil
	}
	_, open, err := s.a.source(p.like)
	if err != nil {
		return err
	}
	like, err := s.a.load(p.like, scenarios.Options{Only: []string{scenarios.Plain}, Unadvised: true})
	if err != nil {
		return err
	}
	s.open, s.sets = open, alike(&like.Configs[0])
	return nil
}

// alike are the settings that make a group's scenario one under the load of another, with
// its requests, instances and prices.
func alike(c *scenarios.Config) []string {
	var out, loads []string
	for _, v := range c.Values {
		table, rest, _ := strings.Cut(v.Key, ".")
		if table == "load" && rest != "" {
			if name, _, _ := strings.Cut(rest, "."); !slices.Contains(loads, name) {
				loads = append(loads, name)
			}
		}
		if v.Text == "" || strings.HasPrefix(v.From, "default") || !ofLoad(v.Key) {
			continue
		}
		out = append(out, v.Key+"="+v.Text)
	}
	for i, name := range loads {
		loads[i] = fmt.Sprintf("%q", name)
	}
	return append(out, "loads=["+strings.Join(loads, ", ")+"]")
}

// ofLoad reports whether a key says nothing of the group itself: who asks, what that
// costs, how instances behave, what is paid.
func ofLoad(key string) bool {
	table, rest, nested := strings.Cut(key, ".")
	switch table {
	case "load", "slo", "prices", "discount", "commitment", "gate", "cloudwatch", "baseline":
		return nested
	case "request":
		return nested && !strings.HasPrefix(rest, "measured.")
	case "instance":
		return slices.Contains([]string{"boot", "launch", "boot_cpu", "queue", "workers", "discipline", "speed", "billing"}, rest)
	case "start", "duration", "warm_up", "timezone", "initial":
		return true
	}
	return false
}

// group makes the two sides of a group; nil where there is nothing to compare, which is
// told.
func (s *planSide) group(g imports.PlannedGroup) (*compared, error) {
	if p := s.o.plan.group; p != "" && !g.Is(p) {
		return nil, nil
	}
	say := func(why string) { s.note(g, why) }
	s.notes, s.made = nil, map[bool]*imports.Result{}
	if !g.Before || !g.After {
		return s.alone(g, say)
	}
	before, err := s.scenario(g, true, s.sets)
	if err != nil {
		return nil, err
	}
	sets := s.sets
	if s.imported != nil { // what import assumes is the same on both sides
		sets = assumedAlike(before)
	}
	after, err := s.scenario(g, false, sets)
	if err != nil {
		return nil, err
	}
	changes := changesOf(&before.Configs[0], &after.Configs[0])
	if len(changes) == 0 {
		say("the plan changes nothing of it that is simulated")
		return nil, nil
	}
	s.oneSided()
	s.sayNotes(say)
	what := s.compared(g, before, changes)
	what.warnings = slices.Clone(s.notes)
	what.add("before", before)
	what.add("after", after)
	return what, nil
}

// What a plan does to a group that it has on one side.
const (
	created   = "created"
	destroyed = "destroyed"
)

// alone makes the one side of a group that the plan creates or destroys: what it costs, and
// how it fares under the load.
func (s *planSide) alone(g imports.PlannedGroup, say func(string)) (*compared, error) {
	name, why := created, "the plan creates it: what follows is the group alone, under the whole load"
	if g.Before {
		name, why = destroyed, "the plan destroys it: what follows is what goes, under the whole load; who serves that load afterwards is not in the plan"
	}
	side, err := s.scenario(g, g.Before, s.sets)
	if err != nil {
		return nil, err
	}
	say(why)
	s.sayNotes(say)
	what := s.compared(g, side, nil)
	what.alone, what.why, what.warnings = name, why, slices.Clone(s.notes)
	what.add(name, side)
	return what, nil
}

// compared is a comparison of a group of the plan, as yet without its sides.
func (s *planSide) compared(g imports.PlannedGroup, side *scenarios.Scenario, changes []report.Change) *compared {
	sum := sha256.Sum256(s.text)
	return &compared{name: "plan", seed: side.Seed, changes: changes, address: g.Address, gates: side.Configs[0].Gates,
		inputs: report.Inputs{Scenario: "--plan " + s.o.plan.file + " " + g.Address, SHA256: hex.EncodeToString(sum[:]), Sets: s.o.sets}}
}

// add adds one side.
func (c *compared) add(name string, side *scenarios.Scenario) {
	x := &side.Configs[0]
	x.World.Title = c.address
	c.cases = append(c.cases, sim.Case{Name: name, Config: &x.World})
	c.warnings = append(c.warnings, warnings(x)...)
}

// assumedAlike are the settings that give the other side what import has assumed of one.
// Defaults are the same on both, and some are no values that may be given.
func assumedAlike(side *scenarios.Scenario) []string {
	var out []string
	for _, v := range side.Configs[0].Values {
		if v.Text != "" && !strings.HasPrefix(v.From, "derived") && !strings.HasPrefix(v.From, "default") && ofLoad(v.Key) && !strings.HasPrefix(v.Key, "prices.") {
			out = append(out, v.Key+"="+v.Text)
		}
	}
	return out
}

// scenario makes a scenario of one side of a group.
func (s *planSide) scenario(g imports.PlannedGroup, before bool, sets []string) (*scenarios.Scenario, error) {
	opts := scenarios.Options{Sets: append(slices.Clone(sets), s.o.sets...), Only: []string{scenarios.Plain}, Prices: s.a.openPrices,
		MaxRows: int(s.a.reach.rows), MaxFiles: int64(s.a.reach.largest)}
	check := func(text []byte) []imports.Fault { return s.a.faults(text, s.open) }
	how := imports.Options{Group: g.Address, Before: before, Load: s.imported, Prices: s.a.importedPrices}
	res, err := imports.Import([]imports.File{{Name: s.o.plan.file, Text: s.text}}, how, check)
	switch {
	case errors.As(err, new(imports.Choose)), errors.As(err, new(imports.Seems)):
		return nil, usage(err)
	case err != nil:
		return nil, err
	}
	s.made[before] = res
	one := g.Before != g.After
	if !before || one {
		s.told(res)
	}
	if s.imported != nil && (before || one) {
		s.assumed(res, map[bool]string{true: "assumed: ", false: "assumed on both sides: "}[one])
	}
	name := g.Address + map[bool]string{true: " before", false: " after"}[before]
	return scenarios.Load(scenarios.Source{Name: clean.Line(name), Text: res.Text}, s.open, opts)
}

// assumed says on what the sides rest that no plan knows.
func (s *planSide) assumed(res *imports.Result, begin string) {
	for _, n := range res.Assumed {
		if n.What == "request.cpu" || n.What == "instance.boot" {
			s.notes = append(s.notes, begin+n.What+": "+n.Effect+"; --like SCENARIO takes it from one")
		}
	}
}

// oneSided says what is assumed, or not simulated, of one side alone: what differs by that
// is no change of the plan's.
func (s *planSide) oneSided() {
	for _, before := range [...]bool{true, false} {
		side := map[bool]string{true: "before", false: "after"}[before]
		mine, other := s.made[before], s.made[!before]
		for _, n := range mine.Assumed {
			if !slices.ContainsFunc(other.Assumed, func(o imports.Note) bool { return o.What == n.What }) && !ofLoad(n.What) {
				s.notes = append(s.notes, "assumed of "+side+" alone, so that a change of it may be none: "+n.What+": "+n.Effect)
			}
		}
		for _, n := range mine.NotInIt {
			if before && !slices.ContainsFunc(other.NotInIt, func(o imports.Note) bool { return o.Effect == n.Effect }) {
				s.notes = append(s.notes, "not simulated of before alone: "+n.What+": "+n.Effect)
			}
		}
	}
}

// sayNotes says what the figures rest on, where no text does that is read as warnings.
func (s *planSide) sayNotes(say func(string)) {
	if o := &s.o; o.markdown || o.json || o.quiet || o.claim != "" {
		for _, text := range s.notes {
			say(text)
		}
	}
}

// note tells something of a group.
func (s *planSide) note(g imports.PlannedGroup, text string) {
	for k, line := range wrap(clean.Line("note: "+g.Address+": "+text), 110) {
		fmt.Fprintf(s.a.stderr, "%s%s\n", [...]string{"", "  "}[min(k, 1)], line)
	}
}

// told says what of the group is not simulated.
func (s *planSide) told(res *imports.Result) {
	for _, n := range res.NotInIt {
		s.notes = append(s.notes, "not simulated: "+n.What+": "+n.Effect)
	}
}
