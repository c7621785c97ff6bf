package scenarios

import (
	"math"
	"path"
	"slices"
	"strings"

	"asgsim/sim/ec2"
)

// requirement is what the instance types of a group are chosen by.
type requirement struct {
	vcpu, memory, perVCPU span // vCPUs, MiB, GiB a vCPU
	makers, generations   []string
	burstable, metal      presence
	allowed, excluded     []string // patterns
	perUnit               bool     // prices are those of a vCPU
	onDemandOver          int      // percent
	spotOver              int      // percent; noLimit
	spotOfOnDemand        int      // percent of the identified on-demand price; noLimit
}

// noLimit is a price protection that protects from nothing.
const noLimit = 999_999

// span is what lies between two numbers.
type span struct{ least, most float64 }

func (s span) holds(x float64) bool { return s.least <= x && x <= s.most }

// presence is whether types of a kind are among those that are chosen.
type presence uint8

const (
	isExcluded presence = iota
	isIncluded
	isRequired
)

func presences() []option[presence] {
	return []option[presence]{{"excluded", isExcluded}, {"included", isIncluded}, {"required", isRequired}}
}

func (p presence) allows(has bool) bool { return p == isIncluded || has == (p == isRequired) }

// The names of makers of processors and of generations, as AWS has them.
const (
	intel, amd, graviton = "intel", "amd", "amazon-web-services"
	current, previous    = "current", "previous"
)

// generationOf returns the generation of a type: previous are the families that the EC2
// instance types guide lists as such (read 2026-11).
func generationOf(name string) string {
	switch family(name) {
	case "a1", "c1", "c3", "c4", "g2", "g3", "g3s", "i2", "m1", "m2", "m3", "m4", "p2", "r3", "r4", "t1":
		return previous
	}
	return current
}

// makerOf returns who makes a type's processor: a g behind the generation is Graviton, an
// a is AMD ("Instance type naming conventions", EC2 instance types guide, read 2026-11).
func makerOf(name string) string {
	f := family(name)
	options := strings.TrimLeft(strings.TrimLeft(f, "abcdefghijklmnopqrstuvwxyz"), "0123456789")
	switch {
	case f == "a1" || strings.Contains(options, "g"):
		return graviton
	case strings.HasPrefix(options, "a"):
		return amd
	}
	return intel
}

// offered is a type with its share saved on the Spot market.
type offered struct {
	ec2.Type
	saving float64
}

// meets reports whether a type has the attributes, prices aside.
func (q *requirement) meets(t *ec2.Type) bool {
	matches := func(patterns []string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { ok, err := path.Match(p, t.Name); return ok && err == nil })
	}
	among := func(list []string, s string) bool { return len(list) == 0 || slices.Contains(list, s) }
	return q.vcpu.holds(float64(t.VCPU)) && q.memory.holds(1024*t.MemoryGiB) && q.perVCPU.holds(t.MemoryGiB/float64(t.VCPU)) &&
		among(q.makers, makerOf(t.Name)) && among(q.generations, generationOf(t.Name)) &&
		q.burstable.allows(t.Burstable) && q.metal.allows(strings.Contains(t.Name, ".metal")) &&
		(len(q.allowed) == 0 || matches(q.allowed)) && !matches(q.excluded)
}

// choose returns the types that meet the requirements and are not too dear, cheapest
// first: those that may be launched on demand, and with spot those that may as Spot.
func (q *requirement) choose(market []offered, spot bool) []ec2.Type {
	var fit []offered
	for _, o := range market {
		if q.meets(&o.Type) {
			fit = append(fit, o)
		}
	}
	onDemand := func(o *offered) float64 { return q.unit(o, o.Price.Float()) }
	onSpot := func(o *offered) float64 { return q.unit(o, o.Price.Float()*(1-o.saving)) }
	most := identified(fit, onDemand) * (1 + float64(q.onDemandOver)/100)
	mostSpot := identified(fit, onSpot) * (1 + float64(q.spotOver)/100)
	if q.spotOfOnDemand != noLimit {
		mostSpot = identified(fit, onDemand) * float64(q.spotOfOnDemand) / 100
	}
	fit = slices.DeleteFunc(fit, func(o offered) bool {
		return onDemand(&o) > most && !(spot && onSpot(&o) <= mostSpot)
	})
	slices.SortStableFunc(fit, func(a, b offered) int {
		if x, y := onDemand(&a), onDemand(&b); x != y {
			return int(math.Copysign(1, x-y))
		}
		return strings.Compare(a.Name, b.Name)
	})
	var out []ec2.Type
	for _, o := range fit {
		out = append(out, o.Type)
	}
	return out
}

// unit is the price of a type as price protection compares it.
func (q *requirement) unit(o *offered, price float64) float64 {
	if q.perUnit {
		return price / float64(o.VCPU)
	}
	return price
}

// identified is the price that price protection goes out from: of the cheapest current C,
// M or R type; where there is none, of the cheapest current type, else of the cheapest
// (OnDemandMaxPricePercentageOverLowestPrice, EC2 Auto Scaling API, read 2026-11).
func identified(fit []offered, price func(*offered) float64) float64 {
	best := [3]float64{math.Inf(1), math.Inf(1), math.Inf(1)}
	for i := range fit {
		o := &fit[i]
		p := price(o)
		best[2] = min(best[2], p)
		if generationOf(o.Name) == current {
			best[1] = min(best[1], p)
			if f := family(o.Name); len(f) > 1 && strings.ContainsRune("cmr", rune(f[0])) && f[1] >= '0' && f[1] <= '9' {
				best[0] = min(best[0], p)
			}
		}
	}
	for _, p := range best {
		if !math.IsInf(p, 1) {
			return p
		}
	}
	return 0
}
