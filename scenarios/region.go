package scenarios

import (
	"regexp"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/scenarios/prices"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// zoneName is a zone as AWS names it: its region, then a letter, or the city of a
// Local or Wavelength Zone and a letter ("Regions and Zones", EC2 User Guide, 2026-08).
var zoneName = regexp.MustCompile(`^([a-z]{2}(?:-[a-z]+)+-[0-9])(?:[a-z]|(?:-[a-z0-9]+)+)$`)

// regionOf is the region that a zone names; empty for a short name such as "a".
func regionOf(zone string) string {
	if m := zoneName.FindStringSubmatch(zone); m != nil {
		return m[1]
	}
	return ""
}

// region refuses a group of which the prices are not known until it has them, and warns
// of the other prices that stay those of the shipped list.
func (d *decoder) region(w *record.Config) {
	region := ""
	for _, z := range w.Group.Zones {
		r := regionOf(z)
		if r == "" {
			continue
		}
		if region != "" && r != region {
			d.Problem(zonesKey, d.At(zonesKey), form.Wrong("a group lives in one region", "are of two regions, %s and %s", region, r))
			return
		}
		region = r
	}
	var unpriced []string
	for _, m := range w.Template.Models() {
		if !m.OwnPrice && m.Price == 0 && m.Type.Name != "" && !slices.Contains(unpriced, m.Type.Name) {
			unpriced = append(unpriced, m.Type.Name)
		}
	}
	if len(unpriced) > 0 {
		d.unpriced(w, strings.Join(unpriced, ", "))
		return
	}
	if d.list.foreign || d.list.catalog != nil {
		d.otherPrices(w)
	}
}

// unpriced tells of types whose price is not known, and what to do.
func (d *decoder) unpriced(w *record.Config, types string) {
	l := &d.list
	remedy := `write instance.price = "$0.10/h" with the price there`
	if w.Template.Mixed != nil {
		remedy = `write price = "$0.10/h" with the price there beside each instance_type of overrides`
	}
	if l.catalog == nil {
		remedy += ", or import the prices of " + l.region + " (asgsim help prices)"
	}
	switch {
	case l.foreign && l.region != ec2.PricesRegion:
		at := zonesKey
		if d.IsGiven(pricesRegion) {
			at = pricesRegion
		}
		if at == zonesKey {
			remedy += ", or short zone names (\"a\") to use " + ec2.PricesRegion + "'s"
		}
		d.Problem(at, d.At(at), form.Wrong(remedy, "are in %s, and the price of %s is known for %s only", l.region, types, ec2.PricesRegion))
	case l.foreign:
		d.Problem("prices", d.At("prices"), form.Wrong(remedy, "asks for %s, %s, and the shipped prices are those of Linux, shared: that of %s is not known", l.system, l.tenancy, types))
	case l.catalog != nil:
		d.Problem("instance.type", d.At("instance.type"), form.Wrong(remedy, "has no price in the catalogue of %s, %s, for %s, %s: %s", l.region, l.catalog.Date, l.system, l.tenancy, types))
	default:
		d.Problem("instance.type", d.At("instance.type"), form.Wrong(remedy, "has no price: %s", types))
	}
}

// otherPrices warns of what is billed at another region's or system's prices.
func (d *decoder) otherPrices(w *record.Config) {
	var keys, fixed []string
	l, c := &d.list, d.list.catalog
	elsewhere := l.region != ec2.PricesRegion
	if c == nil {
		c = &prices.Catalogue{} // which knows nothing
	}
	if elsewhere && !w.Bill.NoBalancer && w.Bill.BalancerHour > 0 && !d.IsGiven("load_balancer.price") && c.BalancerHour == 0 {
		keys = append(keys, "load_balancer.price")
	}
	if elsewhere && !w.Bill.NoBalancer && w.Bill.LCUHour > 0 && !d.IsGiven("load_balancer.lcu_price") && c.LCUHour == 0 {
		keys = append(keys, "load_balancer.lcu_price")
	}
	if elsewhere && w.Group.WarmPool != nil && !d.IsGiven(warmPoolTable+".volume_price") && c.Volumes[poolVolume] == 0 {
		keys = append(keys, warmPoolTable+".volume_price")
	}
	if elsewhere && w.Bill.MonitoringHour > 0 && c.MetricMonth == 0 {
		fixed = append(fixed, "detailed monitoring")
	}
	if elsewhere && w.Bill.FineHour > 0 && c.MetricMonth == 0 {
		fixed = append(fixed, "high-resolution metrics")
	}
	for _, m := range w.Template.Models() {
		if m.Credits == ec2.UnlimitedCredits && c.Credits[l.system+"/"+family(m.Type.Name)] == 0 && (elsewhere || l.system != prices.OperatingSystems[0]) {
			fixed = append(fixed, "surplus CPU credits")
			break
		}
	}
	at := zonesKey
	if !d.IsGiven(zonesKey) || d.IsGiven(pricesRegion) {
		at = pricesRegion
	}
	if len(keys) > 0 {
		d.Warn(at, "give them, or import them (asgsim help prices)", "are in %s; billed at %s's prices, for want of others: %s", l.region, ec2.PricesRegion, strings.Join(keys, ", "))
	}
	if len(fixed) > 0 {
		d.Warn(at, "import them (asgsim help prices)", "are in %s; billed at %s's prices, Linux, for want of others: %s", l.region, ec2.PricesRegion, strings.Join(fixed, ", "))
	}
}
