package imports

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim/billing"
	"asgsim/sim/ec2"
)

var typeName = regexp.MustCompile(`^[a-z][a-z-]{0,8}[0-9][a-z0-9-]{0,12}\.[a-z0-9-]{1,20}$`)

// isType reports whether a text is the name of an instance type.
func isType(s string) bool { return typeName.MatchString(s) }

// known returns a type that a scenario can have: the one that is meant, or, where the
// text is no type's name, one like it, which is told.
func (m *mapper) known(v *Value) (name string, same bool) {
	if isType(v.Text) {
		return v.Text, true
	}
	like := similar(v.Text)
	m.lose(v.Place(), fmt.Sprintf("%s is not the name of an instance type: %s is written instead", clean.Quoted(v.Text), like))
	return like, false
}

// listed returns what is known of a type where the group is, and whether it has a price
// there.
func (m *mapper) listed(name string) (t ec2.Type, known, priced bool) {
	t, known = ec2.Lookup(name)
	if !m.elsewhere() {
		return t, known, known
	}
	c := m.catalogue()
	if c == nil {
		return t, known, false
	}
	x, ok := c.Type(name)
	if !ok || x.VCPU == 0 && !known || !known && ec2.Bursts(name) {
		return t, known, false
	}
	if x.VCPU > 0 {
		t.Name, t.VCPU, t.MemoryGiB = name, x.VCPU, x.MemoryGiB
	}
	terms, _ := x.Under("linux", "shared")
	return t, true, terms.OnDemand > 0
}

// guessed is a type that no list has, as one like it, by its size.
func guessed(name string) (t ec2.Type, like string) {
	like = similar(name)
	t, _ = ec2.Lookup(like)
	if a, b := units(name), units(like); a > 0 && b > 0 && a != b {
		f := a / b
		t.VCPU, t.MemoryGiB, t.Price = int(max(math.Round(float64(t.VCPU)*f), 1)), t.MemoryGiB*f, billing.USD(math.Round(float64(t.Price)*f))
	}
	t.Name = name
	return t, like
}

// units is the size of a type in vCPUs of most families; 0: not known.
func units(name string) float64 {
	_, size, _ := strings.Cut(name, ".")
	switch size {
	case "medium":
		return 1
	case "large":
		return 2
	case "xlarge":
		return 4
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(size, "metal-"), "xlarge")); err == nil && n > 0 && n <= 1024 {
		return 4 * float64(n)
	}
	return 0
}

// inPlace are what a scenario must say of a type itself, in order: its keys and values.
func (m *mapper) inPlace(name string) [][2]string {
	_, known, priced := m.listed(name)
	if priced {
		return nil
	}
	price := func(t ec2.Type) string { return quoted(fmt.Sprintf("$%.4f/h", t.Price.Float())) }
	if known {
		like, ok := ec2.Lookup(name)
		if !ok {
			like, _ = guessed(name)
		}
		m.assume("prices", fmt.Sprintf("the group is in %s, where prices are not known: those of %s are written, which are most often lower; asgsim prices import reads AWS's list", m.region, ec2.PricesRegion))
		return [][2]string{{"price", price(like)}}
	}
	t, like := guessed(name)
	guess := "its vCPUs, memory and price are guessed from " + like
	if size, told := m.found.types[name]; told {
		t.Price = billing.USD(math.Round(float64(t.Price) * float64(size.vcpus) / float64(max(t.VCPU, 1))))
		t.VCPU, t.MemoryGiB = size.vcpus, size.memoryGiB
		guess = "its price is guessed from " + like + ", by the vCPUs that describe-instance-types has"
	}
	m.assume(name, "is not in the price list of "+ec2.PricesDate+": "+guess+"; write its own, or read AWS's list with asgsim prices import")
	out := [][2]string{{"vcpus", strconv.Itoa(t.VCPU)}, {"memory_size", quoted(strconv.FormatFloat(t.MemoryGiB, 'f', -1, 64) + "GiB")}}
	if ec2.Bursts(name) {
		baseline := t.Burst.Baseline
		if baseline == 0 {
			baseline = 0.2
		}
		out = append(out, [2]string{"baseline", quoted(strconv.FormatFloat(100*baseline, 'f', -1, 64) + "%")})
	}
	return append(out, [2]string{"price", price(t)})
}

// described is what an override says of its type beside the name.
func (m *mapper) described(name string) string {
	var b strings.Builder
	for _, kv := range m.inPlace(name) {
		b.WriteString(", " + kv[0] + " = " + kv[1])
	}
	return b.String()
}

// elsewhere reports whether the group is where prices are not known.
func (m *mapper) elsewhere() bool { return m.region != "" && m.region != ec2.PricesRegion }
