package report

import (
	"fmt"
	"math"
	"strings"

	"asgsim/sim/account"
)

// Tile is a key figure of the picture, read from the Summary.
type Tile struct {
	Value string
	Name  string
	Alarm bool // drawn in vermilion
}

// Headline returns the saving to speak of in one line: the first that is no
// estimate, else the first; nil without any.
func Headline(all []account.Saving) *account.Saving {
	for i := range all {
		if !all[i].Estimate {
			return &all[i]
		}
	}
	if len(all) > 0 {
		return &all[0]
	}
	return nil
}

// Tiles returns the key figures: cost, saving, good requests, breached minutes,
// peak, p99.
func (d *Document) Tiles() []Tile {
	s := &d.Summary
	tiles := []Tile{{Value: Money(s.Cost.EC2), Name: "EC2 in " + d.length() + ", " + tileTerms(&s.Cost)}}
	if h := Headline(s.Savings); h != nil {
		tiles = append(tiles, savingTile(h))
	}
	good := Tile{Value: "no requests", Name: "in the window"}
	if s.Requests.GoodShare != nil {
		good = Tile{Value: Share(*s.Requests.GoodShare), Name: "good, SLO " + Share(s.SLO.Good), Alarm: *s.Requests.GoodShare < s.SLO.Good}
	}
	breached := Tile{Value: thousands(int64(s.SLO.BreachedMinutes)) + " min",
		Name: fmt.Sprintf("breached, %s allowed", decimal(s.SLO.AllowedMinutes)), Alarm: s.SLO.BreachedMinutes > 0}
	peak := Tile{Value: fmt.Sprintf("%d of %d", s.Capacity.InService.Max, s.Capacity.MaxSize), Name: "peak in service, of max_size"}
	p99 := Tile{Value: "none served", Name: "p99 latency of the served", Alarm: s.Requests.Offered > 0}
	if s.Latency.P99 != nil {
		p99 = Tile{Value: Latency(*s.Latency.P99), Name: "p99 latency of the served"}
	}
	return append(tiles, good, breached, peak, p99)
}

func savingTile(s *account.Saving) Tile {
	t := Tile{Value: Percent(s.Share) + " less", Name: "than " + BaselineName(s)}
	switch {
	case s.Estimate:
		t = Tile{Value: Money(s.BaselineUS), Name: "for " + BaselineName(s)}
	case !s.Comparable:
		t = Tile{Value: "no saving", Name: "SLO missed: not comparable"}
	case s.CashUSD != nil: // cash decides where commitments exist
		word := " less"
		if *s.CashUSD < 0 {
			word = " more"
		}
		t = Tile{Value: cents(math.Abs(*s.CashUSD)) + word, Name: "in cash than " + BaselineName(s)}
	case same(s.Share):
		t = Tile{Value: "no saving", Name: "costs as much as " + BaselineName(s)}
	case s.Share < 0:
		t.Value = Percent(-s.Share) + " more"
	}
	return t
}

// same reports whether a saving rounds to 0 %.
func same(share float64) bool { return share > -0.005 && share < 0.005 }

// BaselineName prints a baseline as people say it: "always-on (20)", "same
// headroom estimate (14)".
func BaselineName(s *account.Saving) string {
	name := s.Baseline
	if s.Instances == 0 {
		return strings.ReplaceAll(name, "_", " ") // the same instances on other terms
	}
	if s.Estimate {
		name = strings.ReplaceAll(strings.TrimPrefix(name, "fixed_"), "_", " ")
	}
	return fmt.Sprintf("%s (%d)", name, s.Instances)
}

// priceBasis is what the price is: "on demand", "own price".
func priceBasis(source string) string {
	basis, _, _ := strings.Cut(source, ",")
	return basis
}

// length prints the length of the window: "2 days", "6 hours".
func (d *Document) length() string {
	s := d.Setup.DurationS - d.Setup.WarmUpS
	switch {
	case s >= 2*86400 || s == 86400:
		return Plural(int(s/86400+0.5), "day")
	case s >= 7200:
		return trimZeros(fmt.Sprintf("%.1f", s/3600)) + " hours"
	}
	return Minutes(s / 60)
}
