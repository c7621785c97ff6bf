package scenarios

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/scenarios/prices"
	"asgsim/sim/billing"
	"asgsim/sim/ec2"
)

// Catalogues opens the prices of a region that the user has imported, and names them for
// messages. The error is fs.ErrNotExist where there are none.
type Catalogues func(region string) (r io.ReadCloser, name string, err error)

const (
	pricesRegion  = "prices.region"
	pricesCatalog = "prices.catalogue"
	shippedPrices = "shipped"
	zonesKey      = "auto_scaling_group.availability_zones"
)

// priceList is where the prices come from that a scenario does not give.
type priceList struct {
	region  string
	catalog *prices.Catalogue // nil: the shipped prices
	system  string
	tenancy string
	foreign bool // the shipped prices, and the group is elsewhere, or has another system or tenancy
}

// catalogueRead is what was read of a catalogue: once, be it what is wrong with it.
type catalogueRead struct {
	catalog *prices.Catalogue
	wrong   *form.Mistake
}

// lookup returns an instance type with what it costs where the group is; 0 if that is
// not known.
func (l *priceList) lookup(name string) (ec2.Type, bool) {
	shipped, known := ec2.Lookup(name)
	if l.catalog == nil {
		if l.foreign {
			shipped.Price = 0
		}
		return shipped, known
	}
	t, listed := l.catalog.Type(name)
	if !listed {
		shipped.Price = 0
		return shipped, known
	}
	out := ec2.Type{Name: strings.Clone(name), VCPU: t.VCPU, MemoryGiB: t.MemoryGiB, Burstable: shipped.Burstable, Burst: shipped.Burst}
	if known && out.VCPU == 0 {
		out.VCPU, out.MemoryGiB = shipped.VCPU, shipped.MemoryGiB
	}
	if x, ok := t.Under(l.system, l.tenancy); ok {
		out.Price = billing.Dollars(x.OnDemand)
	}
	if p := l.catalog.Credits[l.system+"/"+family(name)]; out.Burstable && p > 0 {
		out.Burst.Surplus = billing.Dollars(p)
	}
	return out, out.VCPU > 0 && (known || !ec2.Bursts(name))
}

// names are those of all types of the list.
func (l *priceList) names() []string {
	var out []string
	for _, t := range ec2.Types() {
		out = append(out, t.Name)
	}
	if l.catalog != nil {
		for _, t := range l.catalog.Types {
			if !slices.Contains(out, t.Name) {
				out = append(out, t.Name)
			}
		}
	}
	return out
}

// date is the day of the prices.
func (l *priceList) date() string {
	if l.catalog != nil {
		return l.catalog.Date
	}
	return ec2.PricesDate
}

// basis says what the prices are, for a bill; empty: the shipped ones.
func (l *priceList) basis() string {
	if l.catalog == nil {
		return ""
	}
	system := map[string]string{"linux": "Linux", "windows": "Windows", "rhel": "RHEL", "suse": "SUSE"}[l.system]
	if l.tenancy != prices.Tenancies[0] {
		system += " " + l.tenancy
	}
	return fmt.Sprintf("on demand, %s, %s, %s", l.catalog.Region, system, l.catalog.Date)
}

// spotTerms is how a type fares on the Spot market there; the families' where the list
// does not say.
func (l *priceList) spotTerms(name string) ec2.SpotTerms {
	out := ec2.DefaultSpotTerms(name)
	if l.catalog == nil {
		return out
	}
	if t, ok := l.catalog.Type(name); ok {
		if x, ok := t.Under(l.system, l.tenancy); ok && x.SpotSaving > 0 {
			out.Saving = x.SpotSaving
			if x.Interruption > 0 {
				out.Interruption = x.Interruption
			}
		}
	}
	return out
}

// quoteTOML quotes a text that needs no escapes.
func quoteTOML(s string) string { return `"` + s + `"` }

// family is that of an instance type: c7g of c7g.large.
func family(name string) string {
	f, _, _ := strings.Cut(name, ".")
	return f
}
