package prices

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"asgsim/report/clean"
)

// Fact is one price of a list: of an instance-hour, or of something else.
type fact struct {
	region string
	kind   string // of a term: "on_demand", "reserved/1y/no_upfront"; empty: of something else
	of     string // operating system and tenancy, "linux/shared"
	name   string // of the instance type
	vcpu   int
	memory float64
	price  float64
}

// collector puts facts together, a catalogue a region.
type collector struct {
	o       Options
	kind    string // of the list, as it says itself
	date    string
	regions map[string]*growing
	prices  int
	skipped map[string]int // what was left out, by why
}

// growing is a catalogue in the making.
type growing struct {
	c     Catalogue
	types map[string]*Type
	terms map[string]*Terms // by type and what they are of
}

// MaxPrices is the most prices of instances that one import keeps: a region has some
// hundred thousand, commitments included.
const MaxPrices = 600_000

var errTooMany = fmt.Errorf("holds more than %d prices of instances: choose a region with --region", MaxPrices)

// wants reports whether a region is asked for; an unknown one is the one asked for.
func (c *collector) wants(region string) (string, bool) {
	if region == "" {
		region = c.o.Region
	}
	if region == "" {
		c.skip("rows that do not say their region: --region says it")
		return "", false
	}
	if c.o.Region != "" && region != c.o.Region || !IsRegion(region) {
		return "", false
	}
	return region, true
}

func (c *collector) skip(why string) {
	if c.skipped == nil {
		c.skipped = map[string]int{}
	}
	c.skipped[why]++
}

func (c *collector) region(name string) *growing {
	g := c.regions[name]
	if g == nil {
		if c.regions == nil {
			c.regions = map[string]*growing{}
		}
		name = strings.Clone(name)
		g = &growing{c: Catalogue{Schema: Schema, Region: name, Volumes: map[string]float64{}, Credits: map[string]float64{}}, types: map[string]*Type{}, terms: map[string]*Terms{}}
		c.regions[name] = g
	}
	return g
}

// upfront marks the part of a commitment's price that is paid at once, spread over its
// hours; it is added to the other part at the end.
const upfront = "/upfront"

// instance keeps the price of an instance-hour: the last one, where a list has several.
func (c *collector) instance(f fact) error {
	if !isType(f.name) || !(f.price > 0 && f.price <= MaxPrice) {
		return nil
	}
	g := c.region(f.region)
	t := g.types[f.name]
	if t == nil {
		t = &Type{Name: strings.Clone(f.name)}
		g.types[t.Name] = t
	}
	if f.vcpu > 0 {
		t.VCPU, t.MemoryGiB = f.vcpu, f.memory
	}
	id := t.Name + "\x00" + f.of
	x := g.terms[id]
	if x == nil {
		x = &Terms{Of: f.of}
		g.terms[id] = x
	}
	if f.kind == "on_demand" {
		if x.OnDemand == 0 {
			c.prices++
		}
		x.OnDemand = f.price
		return c.full()
	}
	if x.Committed == nil {
		x.Committed = map[string]float64{}
	}
	if _, had := x.Committed[f.kind]; !had {
		c.prices++
	}
	x.Committed[f.kind] = f.price
	return c.full()
}

// full refuses more prices than one import keeps.
func (c *collector) full() error {
	if c.prices > MaxPrices {
		return errTooMany
	}
	return nil
}

var typeName = regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9-]+$`)

// isType reports whether a text is the name of an instance type.
func isType(s string) bool { return len(s) <= longestType && typeName.MatchString(s) }

// catalogues returns what was collected, a region each, in the order of their names.
func (c *collector) catalogues() ([]*Catalogue, error) {
	var out []*Catalogue
	for _, g := range c.regions {
		out = append(out, g.finished(c))
	}
	if len(out) == 0 {
		var why []string
		for s := range c.skipped {
			why = append(why, s)
		}
		slices.Sort(why)
		if c.o.Region != "" {
			why = append(why, "--region "+clean.Line(c.o.Region)+" is asked for")
		}
		text := "holds no price of an instance, a load balancer, a metric, a volume or CPU credits"
		if len(why) > 0 {
			text += " that can be used (" + strings.Join(why, "; ") + ")"
		}
		return nil, errors.New(text)
	}
	slices.SortFunc(out, func(a, b *Catalogue) int { return cmp.Compare(a.Region, b.Region) })
	return out, nil
}

// finished puts terms to their types.
func (g *growing) finished(c *collector) *Catalogue {
	for id, x := range g.terms {
		for kind, price := range x.Committed {
			if whole, is := strings.CutSuffix(kind, upfront); is {
				x.Committed[whole] += price
				delete(x.Committed, kind)
			}
		}
		name, _, _ := strings.Cut(id, "\x00")
		t := g.types[name]
		t.Terms = append(t.Terms, *x)
	}
	for _, t := range g.types {
		slices.SortFunc(t.Terms, func(a, b Terms) int { return compare(a.Of, b.Of) })
		g.c.Types = append(g.c.Types, *t)
	}
	slices.SortFunc(g.c.Types, func(a, b Type) int { return compare(a.Name, b.Name) })
	g.c.Date = c.date
	g.c.Sources = []Source{{Name: c.o.Name, Kind: c.kind, Date: c.date}}
	return &g.c
}

// number reads a price or size, "16 GiB" included; 0 where it is none.
func number(s string) float64 {
	s = strings.ReplaceAll(strings.TrimSuffix(strings.TrimSpace(s), " GiB"), ",", "")
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v >= 0 && v <= 1e9) {
		return 0
	}
	return v
}

// priceOf reads a price of AWS's, 0 where none is given. AWS writes numbers alone: what is
// none is a list that was damaged, whose other prices are not to be trusted either.
func priceOf(s string) (float64, error) {
	v, err := strconv.ParseFloat(s, 64)
	if s != "" && (err != nil || !(v >= 0 && v <= 1e9)) {
		return 0, fmt.Errorf("has the price %s, which is no number of dollars: fetch the list again", clean.Quoted(s))
	}
	return v, nil
}
